"""Sheets: the one sheet of a workbook that holds the export, cell by cell."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from candour.errors import InputError
from candour.reading.header import SEARCHED_ROWS, check_header, name_list, propose_header
from candour.reading.kinds import Kind
from candour.reading.rows import Row, comparable, counted
from candour.reading.sieve import Sieve
from candour.reading.workbooks.marks import cell_name
from candour.reading.workbooks.ods import ods_marks
from candour.reading.workbooks.package import pack, unpack
from candour.reading.workbooks.texts import cell_text
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
    rows = _fill_merged(_rows(sheet.cells, sheet.marks), _merged_down(sheet), given)
    sieve = Sieve(sheet.header, layout, len(sheet.header.labels))
    sieve.sort(_fit(rows, sheet.header))
    _check_calculated(sieve, sheet)
    return sieve.table([*notes, *_notes(sheet, sieve, given)], from_spreadsheet=True)


@contextmanager
def _refusing_damage() -> Iterator[None]:
    """Turns what a library says of a damaged workbook, or its panic, into a refusal."""
    try:
        yield
    except InputError:
        raise
    except MemoryError as error:
        raise InputError(
            "needs more memory than there is; export it as CSV, or in shorter spans of time."
        ) from error
    except PasswordError as error:
        raise InputError("is password-protected; export or save it without a password.") from error
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise InputError(
                f"is a workbook that cannot be read ({type(error).__name__}): it is damaged; open "
                f"it in Excel, save it and send it again."
            ) from error
        raise


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
    with _refusing_damage():
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
        with _refusing_damage():
            marks = marks_of(position, sheet.name)
            cells = workbook.get_sheet_by_name(sheet.name)
        header = propose_header(list(islice(_rows(cells, marks), SEARCHED_ROWS)), layout)
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


def _rows(cells: CalamineSheet, marks: Marks) -> Iterator[Row]:
    """Every row of a sheet as text, from its first, with its errors and written zeros."""
    left = [""] * (cells.start[1] if cells.start else 0)
    rows = cells.iter_rows()
    number = -1
    while True:
        with _refusing_damage():
            values = next(rows, None)
        if values is None:
            return
        number += 1
        texts = left + [cell_text(value) for value in values]
        fault = ""
        for column, digits in marks.padded.get(number, {}).items():
            texts[column] = (
                texts[column].zfill(digits) if texts[column].isdigit() else texts[column]
            )
        for column, error in marks.errors.get(number, {}).items():
            texts += [""] * (column + 1 - len(texts))
            texts[column] = error
            fault = fault or f"cell {cell_name(number, column)} shows {error}"
        if number in marks.uncalculated:
            cell = cell_name(number, marks.uncalculated[number])
            fault = fault or f"cell {cell} holds a formula without a result"
        yield Row(number + 1, texts, "\t".join(texts).rstrip("\t"), fault)


def _merged_down(sheet: _Sheet) -> dict[int, list[tuple[int, int]]]:
    """Cells merged over several rows below the header: first row to column and last row."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sorted(sheet.cells.merged_cell_ranges or ()):
        if bottom > top >= sheet.header.number and left == right:
            starts.setdefault(top, []).append((left, bottom))
    return starts


def _fill_merged(
    rows: Iterator[Row], merged: dict[int, list[tuple[int, int]]], given: set[int]
) -> Iterator[Row]:
    """Gives each filled row the value of the merged cell that stands over it, and notes which.

    A merged area shows its one value beside every row it spans; the file holds it in the first.
    """
    shown: dict[int, tuple[int, str]] = {}
    for row in rows:
        at = row.number - 1
        shown.update({column: (last, row.cells[column]) for column, last in merged.get(at, ())})
        under = [(column, text) for column, (last, text) in shown.items() if at <= last]
        if under and any(row.cells):
            for column, text in under:
                if row.cells[column] != text:
                    given.add(row.number)
                row.cells[column] = text
        yield row


def _fit(rows: Iterator[Row], header: Header) -> Iterator[Row]:
    """Every row as wide as the header; longer only where a cell stands beyond it."""
    width = len(header.labels)
    for row in rows:
        cells = row.cells
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        cells += [""] * (width - len(cells))
        yield row


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
