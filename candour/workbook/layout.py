"""Layout: names of sheets and tables, widths and heights; what Excel would not do by itself."""

from __future__ import annotations

import math
import re
import textwrap
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LINE_POINTS = 16.5
_NARROW, _WIDE = frozenset("iljftIr.,:;'|!()[] -"), frozenset("mwMWQO@%")


class Names:
    """Names given so far in one workbook; each is valid, and no two are alike."""

    def __init__(self) -> None:
        self._sheets: set[str] = set()
        self._tables: set[str] = set()

    def sheet(self, title: str) -> str:
        """A sheet name made of a title: at most 31 characters, none that Excel forbids."""
        wanted = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'") or "Sheet"
        name, number = _cut(wanted, _LONGEST_NAME), 2
        while name.casefold() in self._sheets:
            ending = f" {number}"
            name = _cut(wanted, _LONGEST_NAME - len(ending)) + ending
            number += 1
        self._sheets.add(name.casefold())
        return name

    def table(self, id_: str) -> str:
        """A table name made of an id."""
        wanted = re.sub(r"\W+", "_", id_)
        name, number = wanted, 2
        while name.casefold() in self._tables:
            name, number = f"{wanted}_{number}", number + 1
        self._tables.add(name.casefold())
        return name


def _cut(text: str, longest: int) -> str:
    """Whole words of ``text`` that fit."""
    if len(text) <= longest:
        return text
    return text[: longest + 1].rsplit(" ", 1)[0].strip() or text[:longest]


def width_of(text: str) -> float:
    """About how wide a text is, in the characters that column widths are counted in."""
    return sum(0.55 if c in _NARROW else 1.45 if c in _WIDE else 1.08 for c in text)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column, words kept whole."""
    lines = 0
    for paragraph in text.split("\n"):
        taken, lines = 0.0, lines + 1
        for word in paragraph.split(" "):
            wide = width_of(word)
            if taken and taken + width_of(" ") + wide > width:
                taken, lines = 0.0, lines + 1
            taken += wide + (width_of(" ") if taken else 0)
            if wide > width:
                lines += math.ceil(wide / width) - 1
    return lines


def set_height(sheet: Worksheet, row: int, texts: dict[int, str], least: int = 1) -> None:
    """Make a row as tall as its tallest wrapped cell; no program does it on opening."""
    widths = {c: sheet.column_dimensions[get_column_letter(c)].width - 1.5 for c in texts}
    lines = max([least, *(lines_of(text, widths[c]) for c, text in texts.items())])
    sheet.row_dimensions[row].height = _LINE_POINTS * lines + 4


def set_widths(sheet: Worksheet, widths: list[float]) -> None:
    """Set the widths of the first columns."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def across(text: str, widths: list[float]) -> list[str]:
    """A sentence cut into the lines that fit across the columns of a sheet."""
    total = max(60, int(sum(widths) / 1.05))
    return textwrap.wrap(text, total) or [""]


def mark_table(
    sheet: Worksheet, name: str, first_row: int, headings: list[str], rows: int, *, filters: bool
) -> None:
    """Mark cells up as a table with a tagged header row."""
    last = get_column_letter(len(headings))
    table = Table(displayName=name, ref=f"A{first_row}:{last}{first_row + rows}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table._initialise_columns()
    for column, heading in zip(table.tableColumns, headings, strict=True):
        column.name = heading
    if not filters:
        table.autoFilter = None
    sheet.add_table(table)


def set_page(sheet: Worksheet, header_row: int | None, last_row: int, columns: int) -> None:
    """Print on A4 landscape, as wide as the page, the header row repeated."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.print_area = f"A1:{get_column_letter(columns)}{last_row}"
    if header_row is not None:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.sheet_view.showGridLines = False
