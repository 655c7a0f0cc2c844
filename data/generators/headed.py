"""Workbooks as people keep them: titles above, headings in two lines, totals and a footer below."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import openpyxl

from data.generators.writing import without_clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Heading:
    """An upper heading and the columns under it."""

    over: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the records of a sheet, where no records are."""

    above: tuple[str, ...]
    footer: str
    made: datetime
    blank_rows: int = 3
    """Formatted and never filled, at the very end."""


def headed(
    title: str,
    headings: Sequence[Heading],
    rows: Sequence[Sequence[Cell]],
    around: Surroundings,
) -> bytes:
    """A workbook of one sheet, the same bytes every time."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for line in around.above:
        sheet.append([line])
    sheet.append([])
    _two_lines(sheet, headings)
    for row in (*rows, (), _totals(rows), (around.footer,)):
        sheet.append(list(row))
    for cell in (cell for line in sheet.iter_rows() for cell in line):
        if isinstance(cell.value, date):
            cell.number_format = "DD/MM/YYYY"
    for _ in range(around.blank_rows):
        sheet.append([" "])
    written = io.BytesIO()
    book.save(written)
    return without_clock(written.getvalue(), around.made)


def _two_lines(sheet: Worksheet, headings: Iterable[Heading]) -> None:
    """The upper headings, each merged over its columns, and the columns' own below."""
    groups = tuple(headings)
    upper = [text for one in groups for text in (one.over, *[None] * (len(one.columns) - 1))]
    sheet.append(upper)
    line = sheet.max_row
    starts = [n for n, text in enumerate(upper, 1) if text is not None]
    for first, following in pairwise((*starts, len(upper) + 1)):
        if following - first > 1:
            sheet.merge_cells(
                start_row=line, end_row=line, start_column=first, end_column=following - 1
            )
    sheet.append([column for one in groups for column in one.columns])


def _totals(rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    """How many records there are, and how many have something in each further column."""
    counts = [sum(cell not in (None, "") for cell in column) for column in zip(*rows, strict=True)]
    return ["Total", *counts[1:]]
