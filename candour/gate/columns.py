"""Columns: a table taken column by column, each figure with its row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.figures import Figure
from candour.gate.texts import place_of
from candour.table import RowKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.table import Heading, Row, Table

PARTS = (RowKind.BODY, RowKind.OTHERS, RowKind.NOT_RECORDED)
"""The rows that make the whole; details are part of the row above, and others stand apart."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, with each row's figure."""

    table: Table
    heading: Heading
    cells: tuple[tuple[Row, Figure | None], ...]

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{place_of(self.table)}, column {self.heading.label}"

    def of(self, *kinds: RowKind) -> list[tuple[Row, Figure | None]]:
        """The cells of rows of these kinds."""
        return [(row, cell) for row, cell in self.cells if row.kind in kinds]


def columns_of(table: Table) -> Iterator[Column]:
    """The columns of a table that hold figures."""
    for position, heading in enumerate(table.headings):
        cells = tuple(
            (row, cell if isinstance(cell, Figure) else None)
            for row in table.rows
            for cell in (row.cells[position],)
        )
        if any(cell is not None for _, cell in cells):
            yield Column(table, heading, cells)
