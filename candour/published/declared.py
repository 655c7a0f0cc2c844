"""Declared: one published number is our figure's name, and the number as it was printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from candour.figures import Slice
    from candour.published.printed import Number


class Show(StrEnum):
    """Which part of a figure was printed."""

    VALUE = "value"
    COUNT = "count"
    BASE = "base"
    SHARE = "share"
    """A part of its table's whole, per cent."""
    CHANGE = "change"
    PER_CENT_CHANGE = "per_cent_change"
    DIRECTION = "direction"
    """The way it went since the earlier period, in words."""
    MOST = "most"
    """What there was most of, by a breakdown; its name or names."""
    EACH = "each"
    """Every value of a statistic, one after another."""


CHANGES = frozenset({Show.CHANGE, Show.PER_CENT_CHANGE, Show.DIRECTION})
"""What is told since an earlier period."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of ours by name: a KPI, a period and a slice."""

    kpi: str
    period: str
    slice: Slice = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One value as a document printed it, and the figure of ours that says the same."""

    entry: str
    """The id of the entry it stands in."""
    number: int
    """Which value of the entry it is, from one."""
    printed: str
    """As printed; empty for an empty cell."""
    amount: Number | None
    """The printed number with its precision; nothing for words and for a cell without one."""
    measure: Measure | None = None
    """Our figure; nothing for what only a person can state."""
    show: Show = Show.VALUE
    since: str = ""
    """The earlier period a change is measured from."""
    stated_base: Measure | None = None
    """What the document itself says a share is of."""
    whole: Measure | None = None
    """The table's whole, where the value is a part of it."""
    above: Measure | None = None
    """The row it is a part of in its table."""
    by: str = ""
    """The breakdown whose leading value is printed."""
    what: str = ""
    """What a stated value is about, in words."""
    said: tuple[str, ...] = ()
    """The words of ours that say a stated value."""

    @property
    def exact(self) -> Fraction | None:
        """The number printed, or nothing."""
        return None if self.amount is None else self.amount.value


@dataclass(frozen=True, slots=True)
class Note:
    """What a reviewer saw that arithmetic cannot, with the place it concerns."""

    code: str
    says: str


@dataclass(frozen=True, slots=True)
class Given:
    """A sum or mean of an entry's numbers that a person worked out beside the page."""

    what: str
    """``sum`` or ``mean``."""
    amount: Number


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence, table or figure of a document with the values it prints."""

    id: str
    at: str
    values: tuple[Value, ...]
    complete: bool = True
    """Whether the rows of its table are all there are."""
    shows: tuple[str, ...] = ()
    """What our reports print in the place of a chart or text whose values are not told."""
    notes: tuple[Note, ...] = ()
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One publication: its title, what it was read from, its period and its entries."""

    title: str
    source: str
    period: str
    entries: tuple[Entry, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """Everything a council published that is held as data."""

    council: str
    documents: tuple[Document, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that say the same as a word of ours: ``fell`` was printed as *decrease*."""

    def entries(self) -> Iterator[tuple[Document, Entry]]:
        """Every entry with the document it stands in."""
        for document in self.documents:
            for entry in document.entries:
                yield document, entry

    def values(self) -> Iterator[Value]:
        """Every value, in the order they were printed."""
        for _, entry in self.entries():
            yield from entry.values

    def place(self, entry_id: str) -> str:
        """Where an entry stands: the document and the place in it."""
        for document, entry in self.entries():
            if entry.id == entry_id:
                return f"{document.title}, {entry.at} ({entry.id})"
        raise KeyError(entry_id)
