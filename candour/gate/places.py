"""Places: the cells of a table that is being read, each with its row and column in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from candour.gate.opened import Block, Grid, Piece, Use

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Cells:
    """A table being read: what it stands in, its title, and its rows so far."""

    where: str
    title: str
    number: int
    rows: list[list[Block]] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The table in words."""
        named = f"table '{self.title}'" if self.title else f"table {self.number}"
        return f"{self.where}, {named}"

    def begin_row(self) -> None:
        """Begin another row."""
        self.rows.append([])

    def add(
        self,
        pieces: tuple[Piece, ...],
        section: str = "",
        use: Use | None = None,
        *,
        folded: str = "",
    ) -> Block:
        """Put a cell at the end of the row that was begun."""
        first = " ".join("".join(piece.text for piece in pieces).split())
        row = self.rows[-1]
        header = len(self.rows) == 1 or not row
        block = Block(
            self._place_of(len(row), first),
            use or (Use.HEADER if header else Use.CELL),
            pieces,
            section,
            folded,
        )
        row.append(block)
        return block

    def filled(self) -> Iterator[Block]:
        """The cells that hold something."""
        return (block for row in self.rows for block in row if block.text or block.figures)

    def grid(self) -> Grid:
        """The table as it was read."""
        rows = [tuple(row) for row in self.rows if row]
        return Grid(self.place, self.title, rows[0] if rows else (), tuple(rows[1:]))

    def _place_of(self, column: int, first: str) -> str:
        """The cell to be added, in words; ``first`` is its text, which names its row."""
        if len(self.rows) <= 1:
            return f"{self.place}, column headings"
        row = self.rows[-1][0].text if self.rows[-1] else first
        heads = self.rows[0]
        place = f"{self.place}, row {row or len(self.rows) - 1}"
        top = heads[column].text if column < len(heads) else ""
        return f"{place}, column {top}" if top and column else place
