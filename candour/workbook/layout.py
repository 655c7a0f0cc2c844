"""Layout: widths, lines and heights in points; what Excel would not work out by itself."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

from candour.errors import ConfigurationError
from candour.workbook import arial
from candour.workbook.cells import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

PADDING = 9.0
"""What a cell keeps free beside its text, both sides together."""
INDENT = 10.0
_CLEAR = 13.0
"""What the lines of a heading keep free, so that two in a row are not read as one."""
_MOST_HEADING_LINES = 3
AIR = 6.0
"""What a row keeps free above and below its text, together."""
PAGE_WIDTH, PAGE_HEIGHT = 777.0, 523.0
"""A4 landscape within our margins."""

_HINTING = 1.04
"""Screens draw letters a little wider than the font's metrics."""
_PARTS = re.compile(r"\s+|(?<=-)(?=\S)")
"""Between words, and after a hyphen, lines may be broken."""
_LEADING = 1.3
_TALLEST = 409.0
_SHORT = 0.3
_MARGIN_INCHES = 0.45
_LEAST_SCALE = 0.65
"""A sheet that would fit one page at this scale is printed on one; text stays near 8 points."""
_PIXELS_A_POINT = 96 / 72


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How many points wide a text is on one line, as drawn on a screen."""
    return arial.points(text, size, bold=bold) * _HINTING


@lru_cache(maxsize=65_536)
def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes in so many points, words kept whole where they can be."""
    lines = 0
    for paragraph in text.split("\n"):
        words = paragraph.split()
        wide = {word: width_of(word, size, bold=bold) for word in words}
        for line in _filled(words, wide, width, width_of(" ", size, bold=bold)):
            lines += max(1, math.ceil(wide[line[0]] / width)) if len(line) == 1 else 1
        lines += not words
    return lines


def broken(text: str, width: float, size: float) -> list[str]:
    """A sentence in the fewest lines that fit; no short last line, for which all are shortened."""
    words = text.split()
    wide = {word: width_of(word, size) for word in words}
    space = width_of(" ", size)
    lines = _filled(words, wide, width, space)
    if width_of(" ".join(lines[-1]), size) > width * _SHORT:
        return [" ".join(line) for line in lines]
    while len(lines) > 1 and width > max(wide.values()):
        width *= 0.97
        narrower = _filled(words, wide, width, space)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return [" ".join(line) for line in lines]


def _filled(
    words: Sequence[str], wide: dict[str, float], width: float, space: float
) -> list[list[str]]:
    lines: list[list[str]] = []
    left = 0.0
    for word in words:
        if lines and wide[word] + space <= left:
            lines[-1].append(word)
            left -= wide[word] + space
        else:
            lines.append([word])
            left = width - wide[word]
    return lines


def height_of(lines: int, size: float, air: float = AIR) -> float:
    """How tall a row of so many lines is, as far as Excel lets it grow."""
    return min(_TALLEST, round(lines * size * _LEADING + air, 1))


def heading_width(text: str, size: float, least: float) -> float:
    """The narrowest column in which a heading takes few lines and keeps clear of the next one."""
    parts = _PARTS.split(text)
    wide = {part: width_of(part, size, bold=True) for part in parts}
    width = max([least, *(width_of(word, size, bold=True) + _CLEAR for word in text.split())])
    while not _stands_clear(parts, wide, width, width_of(" ", size, bold=True)):
        width += 2
    return width


def _stands_clear(parts: Sequence[str], wide: dict[str, float], width: float, space: float) -> bool:
    """Whether a heading is short, apart from the next and whole however a program breaks it."""
    # Programs differ in how much of a column they fill before they break a line.
    for room in (width - PADDING, width * _HINTING):
        lines = _filled(parts, wide, room, space)
        longest = max(sum(wide[part] + space for part in line) - space for line in lines)
        torn = any(line[-1].endswith("-") for line in lines[:-1])
        if torn or len(lines) > _MOST_HEADING_LINES or longest > width - _CLEAR:
            return False
    return True


def set_widths(sheet: Worksheet, widths: Sequence[float], size: float) -> None:
    """Set the widths of the first columns, given in points of a workbook's font size."""
    # Excel counts columns in digits of the workbook's own font, as wide as whole pixels.
    digit = round(arial.points("0", size) * _PIXELS_A_POINT)
    for column, width in enumerate(widths, start=1):
        characters = round(width * _PIXELS_A_POINT / digit, 2)
        sheet.column_dimensions[get_column_letter(column)].width = characters


def mark_table(
    sheet: Worksheet, name: str, first_row: int, headings: list[str], rows: int, *, filters: bool
) -> None:
    """Mark cells up as a table with a tagged header row.

    Raises:
        ConfigurationError: two headings are alike, or one is empty; Excel would not open it.
    """
    alike = [one for one, number in Counter(h.casefold() for h in headings).items() if number > 1]
    if alike or not all(headings):
        found = f"two columns called '{alike[0]}'" if alike else "a column without a heading"
        raise ConfigurationError(
            f"The sheet '{sheet.title}' has {found}; give each column a label of its own."
        )
    last = get_column_letter(len(headings))
    table = Table(displayName=name, ref=f"A{first_row}:{last}{first_row + rows}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    # Without its columns named beforehand, a table cannot lose its filter buttons.
    table._initialise_columns()
    for column, heading in zip(table.tableColumns, headings, strict=True):
        column.name = inert(heading)
    if not filters:
        table.autoFilter = None
    sheet.add_table(table)


def set_page(
    sheet: Worksheet, header_row: int | None, last_row: int, widths: Sequence[float], height: float
) -> None:
    """Print on A4 landscape, as wide as the page; on one page where it stays readable.

    Args:
        sheet: the sheet.
        header_row: the row repeated on every page.
        last_row: the last row printed.
        widths: of the columns printed, in points.
        height: of the rows printed, in points.
    """
    across, down = PAGE_WIDTH / max(sum(widths), 1), PAGE_HEIGHT / max(height, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if down >= min(_LEAST_SCALE, across) else 0
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = _MARGIN_INCHES
    margins.header = margins.footer = 0.2
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{last_row}"
    if header_row is not None:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.sheet_view.showGridLines = False
