"""Bulletins: what a manager has outstanding on a morning, as page, text, workbook and mail."""

from candour.bulletin.bulletin import (
    Bulletin,
    Edition,
    OpenStep,
    Recipient,
    Standing,
    Tally,
    compose,
)
from candour.bulletin.message import Parts, to_message
from candour.bulletin.writers import created, to_html, to_listing, to_subject, to_text

__all__ = [
    "Bulletin",
    "Edition",
    "OpenStep",
    "Parts",
    "Recipient",
    "Standing",
    "Tally",
    "compose",
    "created",
    "to_html",
    "to_listing",
    "to_message",
    "to_subject",
    "to_text",
]
