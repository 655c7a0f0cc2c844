"""Contents: what the workbook holds, part by part, each sheet a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.workbook import styles
from candour.workbook.cells import put, put_link
from candour.workbook.layout import INDENT, PADDING, heading_width, height_of, mark_table, width_of
from candour.workbook.tables import end_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from candour.workbook.book import Sheet

HEADINGS = ("Part", "Sheet", "What it shows")
_WIDEST = 420.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    part: str
    sheet: str
    shows: str


def contents_sheet(
    sheet: Sheet, title: str, entries: Sequence[Entry], words: Sequence[str] = ()
) -> None:
    """Fill a sheet with links to the others."""
    size = sheet.book.theme.size
    lines = [(entry.part, entry.sheet, entry.shows) for entry in entries]
    widths = []
    for heading, texts in zip(HEADINGS, zip(*lines, strict=True), strict=True):
        longest = max(width_of(text, size) for text in texts) + PADDING + INDENT
        widths.append(heading_width(heading, size, min(_WIDEST, longest)) + INDENT)
    sheet.begin(title, widths)
    for text in words:
        sheet.words(text)
    header = sheet.row
    for column, heading in enumerate(HEADINGS, start=1):
        style = styles.HEADING if column == 1 else styles.NEXT_HEADING
        put(sheet.worksheet, header, column, heading, style)
    end_heading(sheet, HEADINGS)
    for entry in entries:
        put(sheet.worksheet, sheet.row, 1, entry.part, styles.LABEL)
        put_link(sheet.worksheet, sheet.row, 2, entry.sheet, entry.sheet, style=styles.TABLE_LINK)
        put(sheet.worksheet, sheet.row, 3, entry.shows, styles.TEXT)
        sheet.end_row(height_of(1, size, air=2))
    name = sheet.book.names.table("contents")
    mark_table(sheet.worksheet, name, header, list(HEADINGS), len(entries), filters=False)
    sheet.finish(header)
