"""Published: what a council printed before, as data, and whether it can be true."""

from candour.published.arithmetic import Slip, examine
from candour.published.beside import Comparison, Ours, Verdict, compared
from candour.published.counting import counted_for
from candour.published.declared import Document, Entry, Note, Published, Show, Value
from candour.published.kinds import Kind, kind_of
from candour.published.ledgers import read_ledger, told_by
from candour.published.reading import read_published
from candour.published.restated import Restatements
from candour.published.scheme import Scheme

__all__ = [
    "Comparison",
    "Document",
    "Entry",
    "Kind",
    "Note",
    "Ours",
    "Published",
    "Restatements",
    "Scheme",
    "Show",
    "Slip",
    "Value",
    "Verdict",
    "compared",
    "counted_for",
    "examine",
    "kind_of",
    "read_ledger",
    "read_published",
    "told_by",
]
