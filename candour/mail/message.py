"""Messages: a mail to one person, its bytes and its id following from what it says."""

from __future__ import annotations

import copy
import hashlib
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError

if TYPE_CHECKING:
    import datetime as dt

_SAFE = SMTP.clone(cte_type="7bit")
"""Lines that any server passes on unchanged."""
_SUBTYPES = {
    "xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "pdf",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """Who writes what to whom, before it is a message."""

    key: str
    """The same key and the same words are the same mail."""
    team: str
    team_email: str
    """Where it comes from, and where a reply goes."""
    name: str
    email: str
    subject: str
    text: str
    html: str
    at: dt.datetime
    """The instant it is dated."""
    attachments: tuple[Attachment, ...] = ()


def to_message(mail: Mail) -> EmailMessage:
    """The mail as a message; the same mail gives the same bytes.

    Raises:
        ConfigurationError: an address is none.
    """
    key = _digest(mail)
    message = EmailMessage(policy=_SAFE)
    message["From"] = _address(mail.team, mail.team_email)
    message["To"] = _address(mail.name, mail.email)
    message["Reply-To"] = _address(mail.team, mail.team_email)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{key}@{mail.team_email.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for attached in mail.attachments:
        message.add_attachment(
            attached.content,
            maintype="application",
            subtype=_SUBTYPES.get(attached.name.rpartition(".")[2], "octet-stream"),
            filename=attached.name,
        )
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"candour-{number}-{key[:24]}")
    return message


def identified(message: EmailMessage, key: str) -> EmailMessage:
    """The message, with an id that follows from its key where it has none of its own."""
    if message["Message-ID"] is not None:
        return message
    domain = message["From"].addresses[0].domain
    named = copy.deepcopy(message)
    named["Message-ID"] = f"<{_short(key)}@{domain}>"
    return named


def redirected(message: EmailMessage, to: str, recipient: str) -> EmailMessage:
    """The message to another address, saying whom it was for; it is another mail, with its own id.

    Args:
        message: the mail as it would go.
        to: where it goes instead.
        recipient: who it was for, where the address has no name.
    """
    moved = copy.deepcopy(message)
    name = message["To"].addresses[0].display_name or recipient
    subject, before = str(message["Subject"]), str(message["Message-ID"])
    domain = message["From"].addresses[0].domain
    for header in ("To", "Cc", "Bcc", "Subject", "Message-ID"):
        del moved[header]
    moved["To"] = _address("", to)
    moved["Subject"] = f"[for {' '.join(name.split())}] {subject}"
    moved["Message-ID"] = f"<{_short(f'{before}|{to}')}@{domain}>"
    return moved


def _digest(mail: Mail) -> str:
    content = hashlib.sha256()
    for part in (mail.subject, mail.text, mail.html):
        content.update(part.encode() + b"\0")
    for attached in mail.attachments:
        content.update(attached.name.encode() + b"\0" + attached.content)
    named = (mail.key, mail.email, content.hexdigest())
    return _short("|".join(named))


def _short(words: str) -> str:
    """A digest that fits on a header's line."""
    return hashlib.sha256(words.encode()).hexdigest()[:40]


def _address(name: str, email: str) -> Address:
    try:
        return Address(" ".join(name.split()), addr_spec=email)
    except (ValueError, IndexError, MessageError) as wrong:
        raise ConfigurationError(
            f"'{' '.join(email.split())}' is not a mail address; correct it in people.yaml or "
            "council.yaml. It needs one @ and no spaces."
        ) from wrong
