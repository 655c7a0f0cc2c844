"""Published: what a council printed before, as data, and whether it can be true."""

from candour.published.arithmetic import Slip, examine
from candour.published.declared import Document, Entry, Note, Published, Show, Value
from candour.published.reading import read_published
from candour.published.scheme import Scheme

__all__ = [
    "Document",
    "Entry",
    "Note",
    "Published",
    "Scheme",
    "Show",
    "Slip",
    "Value",
    "examine",
    "read_published",
]
