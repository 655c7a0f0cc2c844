"""Messages: a bulletin as a mail whose bytes, and whose id, are the same every time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from candour.bulletin.writers import created
from candour.errors import ConfigurationError

if TYPE_CHECKING:
    from candour.bulletin.bulletin import Bulletin

_WORKBOOK = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Content:
    """What a mail carries: subject, the text and HTML of one message, and perhaps a workbook."""

    subject: str
    text: str
    html: str
    workbook: bytes | None = None


def to_message(
    bulletin: Bulletin, content: Content, *, sender: str, revision: int = 1
) -> EmailMessage:
    """The mail to the bulletin's recipient, replies going to the complaints team.

    Its id follows from council, report, period, revision, recipient and content, so that a second
    attempt can be recognised as the same mail.

    Args:
        bulletin: whose it is.
        content: what it carries.
        sender: the address it comes from.
        revision: counts corrections of the same bulletin, from one.

    Raises:
        ConfigurationError: an address is none.
    """
    edition, recipient = bulletin.edition, bulletin.recipient
    key = _key(bulletin, content, revision)
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(edition.team, sender)
    message["To"] = _address(recipient.name, recipient.email)
    message["Reply-To"] = _address(edition.team, edition.team_email)
    message["Subject"] = " ".join(content.subject.split())
    message["Date"] = format_datetime(created(bulletin))
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(content.text)
    message.add_alternative(content.html, subtype="html")
    if content.workbook is not None:
        message.add_attachment(
            content.workbook,
            maintype="application",
            subtype=_WORKBOOK,
            filename=f"outstanding-{edition.period.key}.xlsx",
        )
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"candour-{number}-{key[:24]}")
    return message


def _key(bulletin: Bulletin, content: Content, revision: int) -> str:
    carried = hashlib.sha256()
    for part in (content.subject, content.text, content.html):
        carried.update(part.encode() + b"\0")
    carried.update(content.workbook or b"")
    edition = bulletin.edition
    named = (
        *(edition.council_id, edition.report, edition.period.key, str(revision)),
        *(bulletin.recipient.key, bulletin.recipient.email, carried.hexdigest()),
    )
    return hashlib.sha256("|".join(named).encode()).hexdigest()


def _address(name: str, email: str) -> Address:
    try:
        return Address(" ".join(name.split()), addr_spec=email)
    except (ValueError, IndexError, MessageError) as wrong:
        raise ConfigurationError(
            f"'{' '.join(email.split())}' is not a mail address; correct it in people.yaml or "
            "council.yaml. It needs one @ and no spaces."
        ) from wrong
