"""Sheets: one table or listing a sheet, at the left edge, with its sentence above and nothing below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from candour.figures import Figure, State
from candour.table import Listing, ListingKind, Rating, RowKind, Table
from candour.workbook import styles
from candour.workbook.cells import put, put_figure
from candour.workbook.layout import (
    Names,
    across,
    mark_table,
    set_height,
    set_page,
    set_widths,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from candour.ledger import Ledger
    from candour.workbook.theme import Theme

CONTENTS = "Contents"
PROVISIONAL = "[p] after a number: provisional, because some cases could still go either way."


@dataclass
class Book:
    """A workbook being written, and what its sheets share."""

    workbook: Workbook
    theme: Theme
    ledger: Ledger
    file_name: str
    names: Names = field(default_factory=Names)

    def enter(self, figure: Figure, sheet: Worksheet, row: int, column: int) -> None:
        """Write down where a figure stands."""
        cell = f"{get_column_letter(column)}{row}"
        self.ledger.enter(figure, f"{self.file_name} {sheet.title}!{cell}")


@dataclass(frozen=True, slots=True)
class Placed:
    """A table that stands on a sheet: where its header is and which column holds what."""

    sheet: Worksheet
    header_row: int
    rows: int
    columns: dict[str, int]

    def cells(self, key: str, rows: int) -> tuple[int, int, int]:
        """Column, first and last row of a column's first ``rows`` cells below the header."""
        return self.columns[key], self.header_row + 1, self.header_row + rows


def write_intro(
    book: Book, sheet: Worksheet, title: str, sentences: Sequence[str], widths: list[float]
) -> int:
    """Title, the way back and the sentences of a sheet; gives the row after them."""
    put(sheet, 1, 1, title, styles.TITLE)
    sheet.row_dimensions[1].height = 30
    row = 2
    if sheet.title != CONTENTS:
        link = put(sheet, row, 1, "Back to contents", styles.LINK)
        link.hyperlink = f"#'{CONTENTS}'!A1"
        row += 1
    for sentence in sentences:
        for line in across(sentence, widths):
            put(sheet, row, 1, line, styles.WORDS)
            row += 1
    return row


def write_table(book: Book, sheet: Worksheet, table: Table, row: int, widths: list[float]) -> Placed:
    """A table of figures from ``row`` down, each cell entered in the ledger."""
    headings = [table.row_heading, *(heading.label for heading in table.headings)]
    put(sheet, row, 1, headings[0], styles.HEADING)
    for column, heading in enumerate(table.headings, start=2):
        style = styles.HEADING if heading.unit is None else styles.NUMBER_HEADING
        put(sheet, row, column, heading.label, style)
    set_height(sheet, row, dict(enumerate(headings, start=1)))
    for offset, line in enumerate(table.rows, start=1):
        _write_row(book, sheet, row + offset, table, offset - 1)
        texts = {1: line.label}
        texts |= {c: t for c, t in enumerate(line.cells, start=2) if isinstance(t, str)}
        set_height(sheet, row + offset, texts)
    mark_table(sheet, book.names.table(table.id), row, headings, len(table.rows), filters=False)
    _colour(sheet, table, row, book.theme)
    keys = {heading.key: column for column, heading in enumerate(table.headings, start=2)}
    return Placed(sheet, row, len(table.rows), keys)


def _write_row(book: Book, sheet: Worksheet, row: int, table: Table, index: int) -> None:
    line = table.rows[index]
    total = line.kind is RowKind.TOTAL
    put(sheet, row, 1, line.label, styles.TOTAL_LABEL if total else styles.LABEL)
    for column, cell in enumerate(line.cells, start=2):
        number = styles.TOTAL_NUMBER if total else styles.NUMBER
        if isinstance(cell, Figure):
            put_figure(sheet, row, column, cell, number)
            book.enter(cell, sheet, row, column)
        elif isinstance(cell, Rating):
            put(sheet, row, column, cell.value, styles.TEXT)
        else:
            is_number = table.headings[column - 2].unit is not None
            put(sheet, row, column, cell or None, number if is_number else styles.TEXT)


def _colour(sheet: Worksheet, table: Table, row: int, theme: Theme) -> None:
    for column in range(2, len(table.headings) + 2):
        if any(isinstance(line.cells[column - 2], Rating) for line in table.rows):
            letter = get_column_letter(column)
            cells = f"{letter}{row + 1}:{letter}{row + len(table.rows)}"
            styles.colour_ratings(sheet, cells, theme)


def table_widths(table: Table, theme: Theme) -> list[float]:
    """Column widths that keep every word of a heading whole."""
    widths: list[float] = [float(theme.label_width)]
    for position, heading in enumerate(table.headings):
        longest = max((width_of(word) for word in heading.label.split()), default=0) + 3
        words = [
            width_of(str(row.cells[position])) * 0.6 + 4
            for row in table.rows
            if isinstance(row.cells[position], str)
        ]
        widths.append(max(theme.column_width, longest, min(34, max(words, default=0))))
    return widths


def table_sheet(book: Book, table: Table, sentences: Sequence[str] = ()) -> Placed:
    """A sheet of one table."""
    sheet = book.workbook.create_sheet(book.names.sheet(table.sheet or table.title))
    widths = table_widths(table, book.theme)
    set_widths(sheet, widths)
    words = [*sentences, *([table.reading] if table.reading else []), *_notes(table)]
    row = write_intro(book, sheet, table.title, words, widths)
    placed = write_table(book, sheet, table, row, widths)
    set_page(sheet, row, row + len(table.rows), len(widths))
    return placed


def _notes(table: Table) -> tuple[str, ...]:
    figures = [figure for _, _, figure in table.figures()]
    provisional = any(figure.state is State.PROVISIONAL for figure in figures)
    return (*table.notes, *([PROVISIONAL] if provisional else []))


def listing_sheet(book: Book, listing: Listing, *, filters: bool = False) -> Worksheet:
    """A sheet of one listing; made for filtering where ``filters`` says so."""
    sheet = book.workbook.create_sheet(book.names.sheet(listing.sheet or listing.title))
    widths = _listing_widths(listing)
    set_widths(sheet, widths)
    reading = listing.reading if listing.rows else listing.when_empty
    row = write_intro(book, sheet, listing.title, [w for w in (reading, *listing.notes) if w], widths)
    if not listing.rows:
        set_page(sheet, None, row, len(widths))
        return sheet
    headings = [label for label, _ in listing.headings]
    for column, (label, kind) in enumerate(listing.headings, start=1):
        number = kind in {ListingKind.NUMBER, ListingKind.DAY}
        put(sheet, row, column, label, styles.NUMBER_HEADING if number else styles.HEADING)
    set_height(sheet, row, dict(enumerate(headings, start=1)))
    kinds = [kind for _, kind in listing.headings]
    for offset, values in enumerate(listing.rows, start=1):
        for column, (value, kind) in enumerate(zip(values, kinds, strict=True), start=1):
            put(sheet, row + offset, column, value, _LISTED[kind])
        if not filters:
            texts = {c: v for c, v in enumerate(values, start=1) if isinstance(v, str)}
            set_height(sheet, row + offset, texts)
    mark_table(sheet, book.names.table(listing.id), row, headings, len(listing.rows), filters=filters)
    if filters:
        sheet.freeze_panes = sheet.cell(row + 1, 2)
    set_page(sheet, row, row + len(listing.rows), len(widths))
    return sheet


_LISTED = {
    ListingKind.WORDS: styles.TEXT,
    ListingKind.REFERENCE: styles.TEXT,
    ListingKind.NUMBER: styles.NUMBER,
    ListingKind.DAY: styles.DAY,
}


def _listing_widths(listing: Listing) -> list[float]:
    """Widths from what the columns hold: narrow for numbers and days, up to 56 for words."""
    widths = []
    for position, (label, kind) in enumerate(listing.headings):
        longest_word = max(width_of(word) for word in label.split()) + 3
        if kind in {ListingKind.NUMBER, ListingKind.DAY}:
            widths.append(max(14.0, longest_word))
            continue
        texts = [str(row[position]) for row in listing.rows[:200] if row[position] is not None]
        usual = sorted(width_of(text) for text in texts)
        widest = usual[int(len(usual) * 0.9)] + 3 if usual else 0
        widths.append(min(56.0, max(16.0, longest_word, widest)))
    return widths
