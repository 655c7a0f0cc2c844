"""Read-back: a finished workbook opened again, its numbers and sentences beside the ledger."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from openpyxl import Workbook

from candour.chart import Chart
from candour.workbook.cells import as_written, inert
from candour.workbook.checklist.seen import open_again, see
from candour.workbook.summary import NAME as SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell import Cell

    from candour.figures import Figure
    from candour.ledger import Ledger
    from candour.report import Report
    from candour.workbook.checklist.seen import Seen

_CELL = re.compile(r"(.+)!([A-Z]{1,3}[0-9]+)")
_TINY = 1e-9

Place = tuple[str, bool]
Claims = dict[tuple[str, str], "Figure"]
Book: TypeAlias = Workbook
"""A workbook that is open."""
Value = str | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Something a finished workbook says otherwise than it was told."""

    place: str
    sentence: str
    printed: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet of a finished workbook as a reader meets it."""

    name: str
    title: str
    above: str
    """Everything it says over its table."""
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    """What stands below the headings, row by row."""


def read_back(
    content: bytes, ledger: Ledger, file_name: str, report: Report | None = None
) -> list[str]:
    """What differs between a finished workbook and the ledger, and every number with no figure.

    Args:
        content: the workbook's bytes.
        ledger: what was printed and where.
        file_name: how the ledger calls the workbook.
        report: given, its sentences are looked for as well.
    """
    workbook = open_again(content)
    return [d.sentence for d in differences(workbook, ledger, file_name, report)]


def differences(
    workbook: Book, ledger: Ledger, file_name: str, report: Report | None = None
) -> list[Difference]:
    """The same as ``read_back`` of a workbook that is open, each with its place and both values."""
    claims = _claims(ledger, file_name)
    sheets = [see(sheet) for sheet in workbook.worksheets]
    return [
        *_differences(workbook, claims),
        *(difference for seen in sheets for difference in _loose(seen, claims)),
        *(_missing(sheets, report) if report else ()),
    ]


def sheets_of(workbook: Book) -> list[SheetRead]:
    """Every sheet with its words and its table; charts have words alone."""
    return [_read(see(sheet)) for sheet in workbook.worksheets]


def _read(seen: Seen) -> SheetRead:
    area = next(iter(seen.areas), None)
    table: list[tuple[Value, ...]] = []
    if area is not None:
        cells = seen.sheet.iter_rows(area.top, area.bottom, area.left, area.right, values_only=True)
        table = [tuple(row) for row in cells]
    headings = tuple(str(value or "") for value in table[0]) if table else ()
    title = str(seen.sheet["A1"].value or "")
    return SheetRead(seen.sheet.title, title, seen.above, headings, tuple(table[1:]))


def _claims(ledger: Ledger, file_name: str) -> Claims:
    """The figure of each cell of this workbook, by sheet and cell."""
    found: Claims = {}
    for figure in ledger:
        for place in ledger.places(figure):
            inside = place.removeprefix(f"{file_name} ")
            cell = _CELL.fullmatch(inside) if inside != place else None
            if cell:
                found[cell[1], cell[2]] = figure
    return found


def _differences(workbook: Book, claims: Claims) -> Iterator[Difference]:
    for (sheet, at), figure in claims.items():
        place = f"{sheet}!{at}"
        if sheet not in workbook.sheetnames:
            gone = f"The sheet '{sheet}' is gone, where the ledger's '{figure.key}' stood."
            yield Difference(place, gone, counted=figure.display)
            continue
        cell = workbook[sheet][at]
        if not _same(cell, figure):
            yield Difference(
                place,
                f"{place} holds {cell.value}, shown as {cell.number_format}, and the ledger's "
                f"'{figure.key}' is {figure.display}. The file was changed after it was made.",
                printed=str(cell.value),
                counted=figure.display,
            )


def _same(cell: Cell, figure: Figure) -> bool:
    wanted = as_written(figure)
    if cell.number_format != wanted.number_format and isinstance(wanted.value, float):
        return False
    if isinstance(wanted.value, float) and isinstance(cell.value, int | float):
        return abs(cell.value - wanted.value) < _TINY
    return bool(cell.value == wanted.value)


def _loose(seen: Seen, claims: Claims) -> Iterator[Difference]:
    """Numbers that no figure claims; only a list of cases, files or holidays may hold others."""
    name = seen.sheet.title
    figures = any(sheet == name for sheet, _ in claims)
    listed = {cell.coordinate for area in seen.areas for cell in seen.body(area)}
    for cell in seen.cells:
        counted = isinstance(cell.value, int | float) and (name, cell.coordinate) not in claims
        if counted and (figures or cell.coordinate not in listed):
            place = f"{name}!{cell.coordinate}"
            no_figure = f"{place} holds {cell.value}, which is no figure of the ledger."
            yield Difference(place, no_figure, printed=str(cell.value))


def _missing(sheets: list[Seen], report: Report) -> Iterator[Difference]:
    """Sentences of the report that no sheet of their title says any more, word for word."""
    said = {_place(seen): " ".join(seen.above.split()) for seen in sheets}
    for place, sentence in _sentences(report):
        if " ".join(inert(sentence).split()) not in said.get(place, ""):
            gone = f"The sheet '{place[0]}' no longer says: {sentence}"
            yield Difference(place[0], gone, counted=sentence)


def _place(seen: Seen) -> Place:
    """A sheet by its title, and whether it is a chart's: a table may have the same."""
    title = SUMMARY if seen.sheet.title == SUMMARY else str(seen.sheet["A1"].value)
    return title, bool(seen.sheet._charts)


def _sentences(report: Report) -> Iterator[tuple[Place, str]]:
    first = next((item for _, item in report.items()), None)
    for headline in report.headlines:
        yield (SUMMARY, False), headline
    for section in report.sections:
        for item in section.items:
            title = SUMMARY if item is first else inert(item.title)
            place = (title, isinstance(item, Chart))
            if item.reading and getattr(item, "rows", True):
                yield place, item.reading
            for sentence in section.sentences if item is section.items[0] else ():
                yield place, sentence
