"""Bulletins: what a reader has outstanding on a morning, as page, text, workbook and mail."""

from candour.bulletin.bulletin import (
    Bulletin,
    Edition,
    Flow,
    Move,
    OpenStep,
    Part,
    Parts,
    Standing,
    Tally,
)
from candour.bulletin.composing import compose
from candour.bulletin.message import Content, to_message
from candour.bulletin.morning import Morning, morning_of
from candour.bulletin.sheets import to_listing, to_listings
from candour.bulletin.writers import created, place, to_html, to_subject, to_text

__all__ = [
    "Bulletin",
    "Content",
    "Edition",
    "Flow",
    "Morning",
    "Move",
    "OpenStep",
    "Part",
    "Parts",
    "Standing",
    "Tally",
    "compose",
    "created",
    "morning_of",
    "place",
    "to_html",
    "to_listing",
    "to_listings",
    "to_message",
    "to_subject",
    "to_text",
]
