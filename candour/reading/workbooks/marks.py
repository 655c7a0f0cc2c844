"""Marks: what stands in a sheet that the cell reader does not tell.

It gives an error cell and a formula never calculated as blank, and says nothing of hidden rows or
of zeros that only a number format writes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from candour.errors import InputError

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""What the largest of the formats can hold; numbers beyond come from damage."""
MAX_CELLS = 20_000_000
"""Rows times columns that a reader may have to hold: a full Excel sheet of nineteen columns."""

ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""Error codes of the binary formats (MS-XLS 2.5.198.2, MS-XLSB 2.5.97.2)."""


@dataclass(slots=True)
class Marks:
    """The marks of one sheet; rows and columns count from nought."""

    errors: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    """Row to column to the error shown."""
    uncalculated: dict[int, int] = field(default_factory=dict)
    """Row to its first column with a formula whose result was never stored."""
    hidden: set[int] = field(default_factory=set)
    padded: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    """Row to column to the digits that its number format (``00000``) always shows."""
    rows: int = 0
    """One more than the last row that holds something."""
    columns: int = 0

    def fill(self, row: int, column: int) -> None:
        """Tells that a cell holds something.

        Raises:
            InputError: when the sheet would span more cells than any export does.
        """
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        beyond = row >= MAX_ROWS or column >= MAX_COLUMNS
        if beyond or self.rows * self.columns > MAX_CELLS:
            raise InputError(
                f"has a stray cell far from its table (its sheet would span {self.rows:,} rows of "
                f"{self.columns:,} columns, up to {cell_name(row, column)}); delete what stands "
                f"outside the table and save it again."
            )

    def add_error(self, row: int, column: int, text: str) -> None:
        """Tells of an error cell."""
        self.fill(row, column)
        self.errors[row][column] = text or "an error"

    def add_uncalculated(self, row: int, column: int) -> None:
        """Tells of a formula without a result."""
        self.uncalculated.setdefault(row, column)


def cell_name(row: int, column: int) -> str:
    """A cell as the officer knows it: ``C7``."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
