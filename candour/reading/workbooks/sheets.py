"""Sheets: the one sheet of a workbook that holds the export, cell by cell."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from candour.errors import InputError
from candour.reading.header import SEARCHED_ROWS, check_header, name_list, propose_header
from candour.reading.kinds import Kind
from candour.reading.rows import comparable, counted
from candour.reading.sieve import Sieve
from candour.reading.workbooks.damage import refusing_damage
from candour.reading.workbooks.grid import fill_merged, fit, merged_down, read_rows
from candour.reading.workbooks.marks import cell_name
from candour.reading.workbooks.ods import ods_marks
from candour.reading.workbooks.package import pack, unpack
from candour.reading.workbooks.xls import xls_marks
from candour.reading.workbooks.xlsb import xlsb_marks
from candour.reading.workbooks.xlsx import xlsx_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from candour.reading.header import Header
    from candour.reading.layout import Layout
    from candour.reading.raw import RawTable
    from candour.reading.workbooks.marks import Marks


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with its marks and the row that answers the mapping best."""

    name: str
    is_hidden: bool
    cells: CalamineSheet
    marks: Marks
    header: Header


def read_workbook(content: bytes, kind: Kind, layout: Layout, notes: Sequence[str]) -> RawTable:
    """The table of a workbook's one matching sheet.

    Raises:
        InputError: when no sheet, or more than one, holds the header; when the workbook is
            damaged, protected, too large or was never calculated.
    """
    sheet = _choose(list(_sheets(content, kind, layout)), layout)
    given: set[int] = set()
    merged = merged_down(sheet.cells, sheet.header.number)
    rows = fill_merged(read_rows(sheet.cells, sheet.marks), merged, given)
    width = len(sheet.header.labels)
    sieve = Sieve(sheet.header, layout, width)
    sieve.sort(fit(rows, width))
    _check_calculated(sieve, sheet)
    return sieve.table([*notes, *_notes(sheet, sieve, given)], from_spreadsheet=True)


def _weigh(content: bytes, kind: Kind) -> tuple[bytes, Callable[[int, str], Marks]]:
    """The content that may be opened, and the marks of a sheet by its position and name.

    The library reads an .xls or .ods whole when it opens it, so all sheets are weighed here.
    """
    if kind is Kind.XLS:
        by_position = xls_marks(content)
        return content, lambda position, _: by_position[position]
    parts = unpack(content)
    if kind is Kind.ODS:
        by_name = ods_marks(parts)
        return pack(parts), lambda _, name: by_name[name]
    read = xlsx_marks if kind is Kind.XLSX else xlsb_marks
    return pack(parts), lambda _, name: read(parts, name)


def _sheets(content: bytes, kind: Kind, layout: Layout) -> Iterator[_Sheet]:
    """The sheets that may be meant, each weighed before the library opens it."""
    with refusing_damage():
        content, marks_of = _weigh(content, kind)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        listed = list(enumerate(workbook.sheets_metadata))
    sheets = [(at, sheet) for at, sheet in listed if sheet.typ is SheetTypeEnum.WorkSheet]
    if layout.sheet:
        named = comparable(layout.sheet)
        found = [sheet for _, sheet in sheets]
        sheets = [(at, sheet) for at, sheet in sheets if comparable(sheet.name) == named]
        if not sheets:
            raise InputError(
                f"has no sheet “{layout.sheet}”; its sheets are "
                f"{name_list([sheet.name for sheet in found])}. Correct the mapping's sheet."
            )
    for position, sheet in sheets:
        with refusing_damage():
            marks = marks_of(position, sheet.name)
            cells = workbook.get_sheet_by_name(sheet.name)
        header = propose_header(list(islice(read_rows(cells, marks), SEARCHED_ROWS)), layout)
        if header is not None:
            is_hidden = sheet.visible is not SheetVisibleEnum.Visible
            yield _Sheet(sheet.name, is_hidden, cells, marks, header)


def _choose(sheets: Sequence[_Sheet], layout: Layout) -> _Sheet:
    complete = [sheet for sheet in sheets if sheet.header.is_complete]
    if len(complete) > 1:
        raise InputError(
            f"has {len(complete)} sheets with the expected header "
            f"({name_list([sheet.name for sheet in complete])}); name the one to read in the "
            f"mapping (sheet), or send one sheet a file."
        )
    nearest = max(complete or sheets, key=lambda sheet: sheet.header.matched, default=None)
    if nearest is None:
        raise InputError("has no filled cell in any sheet; export it again.")
    if layout.needed and not nearest.header.matched:
        raise InputError(
            f"none of the first {SEARCHED_ROWS} rows of any sheet "
            f"({name_list([sheet.name for sheet in sheets])}) holds any of the expected columns "
            f"({name_list(sorted(layout.needed))}); this may be another export."
        )
    check_header(nearest.header)
    return nearest


def _check_calculated(sieve: Sieve, sheet: _Sheet) -> None:
    """Refuses a workbook whose records hold formulas that nothing ever calculated."""
    for number in sieve.torn_numbers:
        if (column := sheet.marks.uncalculated.get(number - 1)) is not None:
            raise InputError(
                f"holds formulas without results (first in cell {cell_name(number - 1, column)}); "
                f"open it in Excel and save it, or export values instead of formulas."
            )


def _notes(sheet: _Sheet, sieve: Sieve, given: set[int]) -> Iterator[str]:
    if sheet.is_hidden:
        yield f"Read from the hidden sheet “{sheet.name}”."
    if hidden := sum(number - 1 in sheet.marks.hidden for number in sieve.record_numbers):
        yield f"Read {counted(hidden, 'record')} from hidden rows, as a filter leaves them."
    if merged := sum(number in given for number in sieve.record_numbers):
        yield f"Gave {counted(merged, 'record')} the value of a cell merged over several rows."
