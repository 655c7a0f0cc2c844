"""Mail: messages whose bytes, and whose ids, are the same every time."""

from candour.mail.covering import (
    MOST_HEADLINES,
    Covering,
    Enclosed,
    Headline,
    to_html,
    to_subject,
    to_text,
)
from candour.mail.message import Attachment, Mail, identified, redirected, to_message

__all__ = [
    "MOST_HEADLINES",
    "Attachment",
    "Covering",
    "Enclosed",
    "Headline",
    "Mail",
    "identified",
    "redirected",
    "to_html",
    "to_message",
    "to_subject",
    "to_text",
]
