"""Messages: a bulletin as a mail to its reader, replies going to the complaints team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.bulletin.writers import created
from candour.mail import Attachment, Mail
from candour.mail import to_message as message_of

if TYPE_CHECKING:
    from email.message import EmailMessage

    from candour.bulletin.bulletin import Bulletin


@dataclass(frozen=True, slots=True)
class Content:
    """What a mail carries: subject, the text and HTML of one message, and perhaps a workbook."""

    subject: str
    text: str
    html: str
    workbook: bytes | None = None


def to_message(bulletin: Bulletin, content: Content) -> EmailMessage:
    """The mail to the bulletin's recipient.

    Its id follows from council, report, period, recipient and content, so that a second attempt
    can be recognised as the same mail.

    Raises:
        ConfigurationError: an address is none.
    """
    edition, recipient = bulletin.edition, bulletin.recipient
    name = f"outstanding-{edition.period.key}.xlsx"
    return message_of(
        Mail(
            key="|".join((edition.council_id, edition.report, edition.period.key, recipient.key)),
            team=edition.team,
            team_email=edition.team_email,
            name=recipient.name,
            email=recipient.email,
            subject=content.subject,
            text=content.text,
            html=content.html,
            at=created(bulletin),
            attachments=() if content.workbook is None else (Attachment(name, content.workbook),),
        )
    )
