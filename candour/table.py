"""Tables: figures in rows and columns, immutable, drawn afterwards by a workbook or a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from candour.figures import Figure, Unit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator


class Rating(StrEnum):
    """How a figure stands against its target, in a word; colour only repeats it."""

    MET = "Met"
    NEAR = "Near"
    MISSED = "Missed"
    NOT_RATED = "Not rated"


Cell = Figure | Rating | str | None
"""A figure, a rating, plain words (never a number), or nothing (the reason stands in a note)."""


class RowKind(StrEnum):
    """What a row is: a part, the parts nobody could name, or the whole."""

    BODY = "body"
    DETAIL = "detail"
    """A part of the body row above it, and no part of the whole again."""
    OTHERS = "others"
    """The parts that are not shown one by one, added up."""
    NOT_RECORDED = "not_recorded"
    TOTAL = "total"
    APART = "apart"
    """Beside the whole and no part of it: a procedure with a reporting year of its own."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: what stands in it. ``unit`` is ``None`` for words and ratings."""

    key: str
    label: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its label and a cell a heading."""

    label: str
    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.BODY


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of figures; ``reading`` says in a sentence what it shows."""

    id: str
    title: str
    row_heading: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    reading: str = ""
    notes: tuple[str, ...] = ()
    sheet: str = ""
    """A short name, where a workbook's sheet needs one."""
    parts_add_up: bool = False
    """Body and not-recorded rows partition the total row, column by column (counts only)."""

    def figures(self) -> Iterator[tuple[Row, Heading, Figure]]:
        """Every figure with the row and heading it stands under."""
        for row in self.rows:
            for heading, cell in zip(self.headings, row.cells, strict=True):
                if isinstance(cell, Figure):
                    yield row, heading, cell


class ListingKind(StrEnum):
    """What a listing's column holds."""

    WORDS = "words"
    NUMBER = "number"
    DAY = "day"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Listing:
    """A titled list that is not of figures: cases, definitions, bank holidays, findings."""

    id: str
    title: str
    headings: tuple[tuple[str, ListingKind], ...]
    rows: tuple[tuple[str | int | dt.date | None, ...], ...]
    reading: str = ""
    notes: tuple[str, ...] = ()
    sheet: str = ""
    when_empty: str = "There is nothing to list."

    def with_caveat(self, caveat: str) -> Listing:
        """The listing with a sentence above it on what its cases do not reach as far as."""
        return replace(self, notes=(caveat, *self.notes)) if caveat else self

    def filled(self) -> Listing:
        """The listing without the columns that no row has anything in."""
        kept = [
            position
            for position in range(len(self.headings))
            if not self.rows or any(row[position] not in {None, ""} for row in self.rows)
        ]
        return replace(
            self,
            headings=tuple(self.headings[position] for position in kept),
            rows=tuple(tuple(row[position] for position in kept) for row in self.rows),
        )
