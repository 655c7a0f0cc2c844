"""Listings: a list a sheet - definitions, holidays, findings, cases - on paper or for filtering."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from candour.errors import CandourError
from candour.table import ListingKind
from candour.workbook import styles
from candour.workbook.cells import put
from candour.workbook.layout import (
    INDENT,
    PADDING,
    heading_width,
    mark_table,
    width_of,
)
from candour.workbook.rows import Stream, columns, heights_of, links_xml, stream
from candour.workbook.tables import EMPTY, end_heading, explains_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from candour.table import Listing
    from candour.workbook.book import Sheet
    from candour.workbook.rows import Value

MOST_ROWS = 1_048_576
_LEAST_NUMBER, _LEAST_TEXT, _WIDEST_TEXT = 70.0, 80.0, 330.0
_USUAL = 0.9
"""A column is as wide as nine in ten of its texts, and as its longest word; the others wrap."""
_BUTTON = 16.0
"""A filter's button covers the end of its heading."""

_LOOKS = {
    ListingKind.WORDS: styles.TEXT,
    ListingKind.REFERENCE: styles.TEXT,
    ListingKind.NUMBER: styles.NUMBER,
    ListingKind.DAY: styles.DAY,
}
_AT_THE_RIGHT = {ListingKind.NUMBER, ListingKind.DAY}


def listing_sheet(
    sheet: Sheet, listing: Listing, sentences: Sequence[str] = (), *, filters: bool = False
) -> None:
    """Fill a sheet with a listing; made for filtering where ``filters`` says so."""
    listing = listing if filters else listing.filled()
    sheet.begin(listing.title, _widths(listing, sheet.book.theme.size, filters=filters))
    reading = listing.reading if listing.rows else listing.when_empty
    for words in (*sentences, reading, *listing.notes):
        if words:
            sheet.words(words)
    if not listing.rows:
        sheet.finish()
        return
    if any(None in row for row in listing.rows) and not explains_empty(listing.notes):
        sheet.words(EMPTY)
    labels = [label for label, _ in listing.headings]
    kinds = [kind for _, kind in listing.headings]
    looks = [styles.LABEL if _first_text(n, k) else _LOOKS[k] for n, k in enumerate(kinds)]
    write_list(sheet, listing.id, labels, looks, listing.rows, filters=filters)


def write_list(
    sheet: Sheet,
    name: str,
    headings: Sequence[str],
    looks: Sequence[str],
    rows: Sequence[Sequence[Value]],
    *,
    links: Sequence[str] = (),
    filters: bool = False,
) -> None:
    """Write a list from the sheet's next row down, each column in a style of its own.

    Args:
        sheet: the sheet, begun with a width for each column.
        name: what the table is called.
        headings: one a column.
        looks: the style of each column's cells.
        rows: the values, one a column.
        links: where each row's cell in the style of links leads, if anywhere.
        filters: whether headings have filter buttons and stay in sight.

    Raises:
        CandourError: a sheet cannot hold so many rows.
    """
    header = sheet.row
    _refuse_too_many(sheet, len(rows))
    for column, (heading, look) in enumerate(zip(headings, looks, strict=True), start=1):
        put(sheet.worksheet, header, column, heading, _HEADING_OF[look])
    end_heading(sheet, headings)
    heights = _stream(sheet, looks, rows, links)
    table = sheet.book.names.table(name)
    mark_table(sheet.worksheet, table, header, list(headings), len(rows), filters=filters)
    if filters:
        sheet.worksheet.freeze_panes = f"B{header + 1}"
    sheet.finish(header, heights)


def _refuse_too_many(sheet: Sheet, rows: int) -> None:
    if sheet.row + rows > MOST_ROWS:
        raise CandourError(
            f"'{sheet.name}' would have {rows:,} rows, and a sheet holds {MOST_ROWS:,}. "
            "Narrow the list, or take it as CSV."
        )


def _stream(
    sheet: Sheet, looks: Sequence[str], rows: Sequence[Sequence[Value]], links: Sequence[str]
) -> list[float]:
    """Put the rows aside to be written into the sheet's XML; gives their heights."""
    rooms = [
        width - PADDING - INDENT * (look in styles.INDENTED)
        for width, look in zip(sheet.widths, looks, strict=False)
    ]
    across = columns(sheet.worksheet, rooms, looks)
    heights = heights_of(rows, across, sheet.book.theme.size)
    letter = across[looks.index(styles.TABLE_LINK)].letter if links else ""
    sheet.book.streams[sheet.name] = Stream(
        stream(rows, heights, across, sheet.row), links_xml(letter, sheet.row, links)
    )
    return heights


_HEADING_OF = {
    styles.LABEL: styles.HEADING,
    styles.TEXT: styles.NEXT_HEADING,
    styles.TABLE_LINK: styles.NEXT_HEADING,
    styles.NUMBER: styles.NUMBER_HEADING,
    styles.DAY: styles.NUMBER_HEADING,
}


def _first_text(position: int, kind: ListingKind) -> bool:
    return position == 0 and kind not in _AT_THE_RIGHT


def _widths(listing: Listing, size: float, *, filters: bool) -> list[float]:
    """Widths from what the columns hold: narrow for numbers and days, up to a limit for words."""
    button = _BUTTON if filters else 0
    return [
        _width([row[position] for row in listing.rows], label, kind, size) + button
        for position, (label, kind) in enumerate(listing.headings)
    ]


def _width(values: Sequence[Value], label: str, kind: ListingKind, size: float) -> float:
    if kind in _AT_THE_RIGHT:
        return heading_width(label, size, _LEAST_NUMBER)
    texts = {value for value in values if isinstance(value, str)}
    widths = sorted(width_of(text, size) for text in texts)
    usual = widths[math.ceil((len(widths) - 1) * _USUAL)] + PADDING if widths else 0
    words = {word for text in texts for word in text.split()}
    longest = max((width_of(word, size) for word in words), default=0) + PADDING
    wanted = min(_WIDEST_TEXT, max(_LEAST_TEXT, usual, longest))
    return heading_width(label, size, wanted) + INDENT
