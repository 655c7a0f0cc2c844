"""Tables: one table of figures a sheet, at the left edge, its sentence above and nothing below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from candour.figures import SHORTHAND, Figure, State
from candour.table import Heading, Rating, RowKind, Table
from candour.words.printing import SHORTHAND_IN_WORDS, shorthand_note
from candour.workbook import styles
from candour.workbook.cells import put, put_figure
from candour.workbook.layout import (
    INDENT,
    PADDING,
    PAGE_WIDTH,
    heading_width,
    height_of,
    lines_of,
    mark_table,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from candour.table import Cell, Row
    from candour.workbook.book import Sheet

EMPTY = "A cell is empty where there is nothing to show."

_LEAST_NUMBER, _WIDEST_LABEL, _WIDEST_TEXT = 64.0, 330.0, 260.0
_PROVISIONAL = SHORTHAND[State.PROVISIONAL]


@dataclass(frozen=True, slots=True)
class Placed:
    """A table that stands on a sheet: where its header is and which column holds what."""

    sheet: Sheet
    header_row: int
    columns: dict[str, int]


def table_sheet(sheet: Sheet, table: Table, sentences: Sequence[str] = ()) -> Placed:
    """Fill a sheet with a table and the sentences above it."""
    table = without_blank_columns(table)
    sheet.begin(table.title, table_widths(table, sheet.book.theme.size))
    for words in (*sentences, table.reading, *notes_of(table)):
        if words:
            sheet.words(words)
    return write_table(sheet, table)


def without_blank_columns(table: Table) -> Table:
    """The table without the columns that say nothing in any row: targets where none is set."""
    kept = [
        position
        for position in range(len(table.headings))
        if any(row.cells[position] not in {None, ""} for row in table.rows)
    ]
    return replace(
        table,
        headings=tuple(table.headings[position] for position in kept),
        rows=tuple(replace(row, cells=tuple(row.cells[p] for p in kept)) for row in table.rows),
    )


def notes_of(table: Table) -> tuple[str, ...]:
    """The table's notes, and what its own cells need explained."""
    figures = [figure for _, _, figure in table.figures()]
    notes = list(table.notes)
    marks = shorthand_note(figures)
    if marks and not any(marks in note for note in notes):
        notes.append(f"{marks}.")
    if any(figure.state is State.PROVISIONAL for figure in figures):
        notes.append(f"{_PROVISIONAL} after a number: {SHORTHAND_IN_WORDS[_PROVISIONAL]}.")
    empty = any(cell in {None, ""} for row in table.rows for cell in _plain(row))
    return (*notes, *([EMPTY] if empty and not explains_empty(notes) else []))


def explains_empty(words: Sequence[str]) -> bool:
    """Whether a reader is told what an empty cell means."""
    return any("empty" in text or "blank" in text for text in words)


def _plain(row: Row) -> list[str | None]:
    return [cell for cell in row.cells if cell is None or isinstance(cell, str)]


def write_table(sheet: Sheet, table: Table) -> Placed:
    """Write a table from the sheet's next row down, each figure entered in the ledger."""
    header, size = sheet.row, sheet.book.theme.size
    headings = [table.row_heading, *(heading.label for heading in table.headings)]
    put(sheet.worksheet, header, 1, headings[0], styles.HEADING)
    for column, heading in enumerate(table.headings, start=2):
        style = styles.NEXT_HEADING if heading.unit is None else styles.NUMBER_HEADING
        put(sheet.worksheet, header, column, heading.label, style)
    end_heading(sheet, headings)
    for row in table.rows:
        _write_row(sheet, table.headings, row)
        texts = {1: row.label} | {
            c: cell for c, cell in enumerate(row.cells, start=2) if isinstance(cell, str)
        }
        sheet.end_row(height_of(_most_lines(sheet, texts, bold=row.kind is RowKind.TOTAL), size))
    name = sheet.book.names.table(table.id)
    mark_table(sheet.worksheet, name, header, headings, len(table.rows), filters=False)
    _colour(sheet, table, header)
    sheet.finish(header)
    keys = {heading.key: column for column, heading in enumerate(table.headings, start=2)}
    return Placed(sheet, header, keys)


def end_heading(sheet: Sheet, headings: Sequence[str]) -> None:
    """End a header row: as tall as its tallest heading, with a pause above it."""
    lines = _most_lines(sheet, dict(enumerate(headings, start=1)), bold=True)
    sheet.end_row(height_of(lines, sheet.book.theme.size, air=16))


def _most_lines(sheet: Sheet, texts: dict[int, str], *, bold: bool) -> int:
    room = {c: sheet.widths[c - 1] - PADDING - INDENT * (c > 1) for c in texts}
    size = sheet.book.theme.size
    return max(lines_of(text, room[c], size, bold=bold) for c, text in texts.items())


def _write_row(sheet: Sheet, headings: Sequence[Heading], row: Row) -> None:
    total = row.kind is RowKind.TOTAL
    number = styles.TOTAL_NUMBER if total else styles.NUMBER
    words = styles.TOTAL_TEXT if total else styles.TEXT
    label = styles.TOTAL_LABEL if total else styles.LABEL
    put(sheet.worksheet, sheet.row, 1, row.label, label)
    for column, (heading, cell) in enumerate(zip(headings, row.cells, strict=True), start=2):
        if isinstance(cell, Figure):
            put_figure(sheet.worksheet, sheet.row, column, cell, number)
            sheet.enter(cell, sheet.row, column)
        else:
            style = words if heading.unit is None else number
            put(sheet.worksheet, sheet.row, column, cell or None, style)


def _colour(sheet: Sheet, table: Table, header: int) -> None:
    for position in range(len(table.headings)):
        if any(isinstance(row.cells[position], Rating) for row in table.rows):
            column = sheet.worksheet.cell(header, position + 2).column_letter
            cells = f"{column}{header + 1}:{column}{header + len(table.rows)}"
            styles.colour_ratings(sheet.worksheet, cells, sheet.book.theme)


def table_widths(table: Table, size: float) -> list[float]:
    """Column widths in which no word breaks; number columns alike where the page has room."""
    labels = [width_of(row.label, size, bold=True) for row in table.rows]
    heading = heading_width(table.row_heading, size, _LEAST_NUMBER)
    first = max(heading, min(_WIDEST_LABEL, max(labels, default=0) + PADDING))
    widths = [
        _width(heading, [row.cells[position] for row in table.rows], size)
        for position, heading in enumerate(table.headings)
    ]
    numbers = {h.label: w for h, w in zip(table.headings, widths, strict=True) if h.unit}
    one = _one_width(numbers, size)
    alike = [one if h.unit else w for h, w in zip(table.headings, widths, strict=True)]
    return [first, *(alike if first + sum(alike) <= PAGE_WIDTH else widths)]


def _one_width(numbers: dict[str, float], size: float) -> float:
    """A width that suits every column of numbers."""
    width = 0.0
    while width < (
        wider := max([width, *(_suits(numbers, label, size, width) for label in numbers)])
    ):
        width = wider
    return width


def _suits(numbers: dict[str, float], label: str, size: float, width: float) -> float:
    return heading_width(label, size, max(width, numbers[label]))


def _width(heading: Heading, cells: Sequence[Cell], size: float) -> float:
    texts = [_shown(cell) for cell in cells]
    longest = max((width_of(text, size, bold=True) for text in texts), default=0) + PADDING
    if heading.unit is not None:
        return heading_width(heading.label, size, max(_LEAST_NUMBER, longest + PADDING))
    return heading_width(heading.label, size, min(_WIDEST_TEXT, longest)) + INDENT


def _shown(cell: Cell) -> str:
    if isinstance(cell, Figure):
        mark = f" {_PROVISIONAL}" if cell.state is State.PROVISIONAL else ""
        return cell.display + mark
    return cell or ""
