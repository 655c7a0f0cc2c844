"""Tables: checks of how a sheet's cells are laid out and marked up."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from candour.workbook.cells import inert
from candour.workbook.tables import explains_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from candour.workbook.checklist.seen import Seen


def _marked_up(seen: Seen) -> Iterator[str]:
    if len(seen.areas) > 1:
        yield "there is more than one table."
    filled = Counter(cell.row for cell in seen.outside())
    if any(number > 1 for number in filled.values()):
        yield "cells stand side by side that are not marked up as a table."


def _named(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        if re.fullmatch(r"Table_?\d*", area.name, re.IGNORECASE):
            yield f"the table name {area.name} says nothing."


def _not_merged(seen: Seen) -> Iterator[str]:
    if seen.sheet.merged_cells.ranges:
        yield "cells are merged."


def _placed(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        if area.left != 1:
            yield f"the table {area.name} is not at the left edge."
        if any(cell.row > area.bottom for cell in seen.cells):
            yield f"something stands below the table {area.name}."


def _one_header_row(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        headers = [cell.value for cell in seen.headers(area)]
        words = {text.casefold() for text in headers if isinstance(text, str) and text.strip()}
        if area.table.headerRowCount != 1:
            yield f"the table {area.name} has not one header row."
        if len(words) < len(headers):
            yield f"the headers of {area.name} are not all filled and different."
        if [inert(column.name) for column in area.table.tableColumns] != headers:
            yield f"the columns of {area.name} are not called what their headers say."


def _no_blank_rows(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        if len({cell.row for cell in seen.body(area)}) < area.bottom - area.top:
            yield f"a row of {area.name} is blank."


def _no_blank_columns(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        if len({cell.column for cell in seen.body(area)}) < area.right - area.left + 1:
            yield f"a column of {area.name} is blank."


def _no_blank_rows_between_words(seen: Seen) -> Iterator[str]:
    rows = sorted({cell.row for cell in seen.cells})
    if rows and rows != list(range(1, rows[-1] + 1)):
        yield "a blank row parts what stands on the sheet."


def _blanks_explained(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        cells = (area.bottom - area.top) * (area.right - area.left + 1)
        if len(seen.body(area)) < cells and not explains_empty([seen.above]):
            yield f"{area.name} has blank cells and no words above say why."


def _wrapped(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        cells = [*seen.headers(area), *seen.body(area)]
        looks = {c.style_id: c for c in cells if isinstance(c.value, str)}.values()
        unwrapped = [cell for cell in looks if not cell.alignment.wrap_text]
        if unwrapped:
            yield f"text in {area.name} does not wrap, in {unwrapped[0].coordinate} for one."


def _sized(seen: Seen) -> Iterator[str]:
    sheet = seen.sheet
    given = {
        number
        for column in sheet.column_dimensions.values()
        for number in range(column.min or 0, (column.max or 0) + 1)
    }
    for area in seen.areas:
        if not given.issuperset(range(area.left, area.right + 1)):
            yield f"a column of {area.name} has no width of its own."
    if any(sheet.row_dimensions[row].height is None for row in {cell.row for cell in seen.cells}):
        yield "a row has no height of its own, so that wrapped text may be cut."


def _nothing_frozen(seen: Seen) -> Iterator[str]:
    filters = any(area.table.autoFilter is not None for area in seen.areas)
    if filters or seen.sheet.auto_filter.ref:
        yield "there are filters."
    if seen.sheet.freeze_panes:
        yield "panes are frozen."


CHECKS: tuple[Callable[[Seen], Iterator[str]], ...] = (
    _marked_up, _named, _not_merged, _placed, _one_header_row, _no_blank_rows,
    _no_blank_rows_between_words, _blanks_explained, _wrapped, _sized,
)  # fmt: skip

NOT_FOR_FILTERING = (_nothing_frozen, _no_blank_columns)
"""A list made for filtering has both, and the same columns whatever the month brought."""
