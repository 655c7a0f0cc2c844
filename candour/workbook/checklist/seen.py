"""Seen: a sheet as the checks look at it, walked through once."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.table import Table
    from openpyxl.worksheet.worksheet import Worksheet


@lru_cache(maxsize=1)
def open_again(content: bytes) -> Workbook:
    """A finished workbook, opened to be looked at: one stays open for whoever looks at it next."""
    return load_workbook(io.BytesIO(content))


@dataclass(frozen=True, slots=True)
class Area:
    """A marked-up table and the cells it covers."""

    table: Table
    left: int
    top: int
    right: int
    bottom: int

    @property
    def name(self) -> str:
        """The table's name."""
        name: str = self.table.name
        return name

    def holds(self, cell: Cell) -> bool:
        """Whether a cell lies in the table, its header included."""
        row, column = int(cell.row), int(cell.column)
        return self.left <= column <= self.right and self.top <= row <= self.bottom


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet, its cells that hold something, and its tables."""

    sheet: Worksheet
    cells: tuple[Cell, ...]
    areas: tuple[Area, ...]

    @property
    def looks(self) -> list[Cell]:
        """One cell of each style there is."""
        return list({cell.style_id: cell for cell in self.cells}.values())

    @property
    def above(self) -> str:
        """The words over the first table, or all words where there is none."""
        top = min((area.top for area in self.areas), default=self.sheet.max_row + 1)
        return " ".join(str(cell.value) for cell in self.cells if cell.row < top)

    @property
    def links(self) -> list[Cell]:
        """The cells that lead elsewhere."""
        return [cell for cell in self.cells if cell.hyperlink is not None]

    def body(self, area: Area) -> list[Cell]:
        """What a table holds below its header."""
        return [cell for cell in self.cells if area.holds(cell) and cell.row > area.top]

    def headers(self, area: Area) -> list[Cell]:
        """A table's header cells, filled or not."""
        return [self.sheet.cell(area.top, column) for column in range(area.left, area.right + 1)]

    def among_numbers(self, area: Area) -> list[Cell]:
        """What stands for numbers in a table: text set as they are, or in a column of some."""
        body = self.body(area)
        columns = {
            cell.column
            for cell in body
            if isinstance(cell.value, int | float) or cell.alignment.horizontal == "right"
        }
        return [c for c in body if c.column in columns and isinstance(c.value, str)]

    def own_words(self) -> list[Cell]:
        """What the sheet itself says: texts outside tables, and headers. Lists quote others."""
        headers = [cell for area in self.areas for cell in self.headers(area)]
        return [cell for cell in (*self.outside(), *headers) if isinstance(cell.value, str)]

    def outside(self) -> list[Cell]:
        """What stands in no table."""
        return [cell for cell in self.cells if not any(area.holds(cell) for area in self.areas)]


def see(sheet: Worksheet) -> Seen:
    """Walk through a sheet."""
    cells = tuple(cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
    areas = tuple(Area(table, *range_boundaries(table.ref)) for table in sheet.tables.values())
    return Seen(sheet, cells, areas)
