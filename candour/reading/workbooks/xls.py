"""Excel 97-2003 workbooks (.xls): the marks of their sheets, from the records (MS-XLS 2.1.4)."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import olefile

from candour.errors import InputError
from candour.reading.workbooks.marks import ERROR_TEXTS, Marks

if TYPE_CHECKING:
    from collections.abc import Iterator

END = 0x000A
PASSWORD = 0x002F
SHEET = 0x0085
SPAN = 0x0200
ROW = 0x0208
FORMULA = 0x0006
BOOLEAN_OR_ERROR = 0x0205
CELLS = frozenset({0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6, FORMULA, BOOLEAN_OR_ERROR})
"""Number, label, shared string, packed number, rich label, formula, boolean or error."""
PACKED_NUMBERS = 0x00BD
HIDDEN_ROW = 0x20
NOT_A_NUMBER = 0xFFFF
"""Marks, in a formula's stored result, that it is an error (2) or blank (3)."""
ERROR_RESULT = 2
BLANK_RESULT = 3


def xls_marks(content: bytes) -> list[Marks]:
    """The marks of every sheet, in the workbook's order.

    Raises:
        InputError: when it is password-protected or a sheet spans too far.
    """
    with olefile.OleFileIO(io.BytesIO(content)) as compound:
        name = "Workbook" if compound.exists("Workbook") else "Book"
        with compound.openstream(name) as stream:
            records = stream.read()
    starts: list[int] = []
    for kind, body in _records(records, 0):
        if kind == PASSWORD:
            raise InputError("is password-protected; export or save it without a password.")
        if kind == SHEET:
            starts.append(struct.unpack_from("<I", body)[0])
    return [_marks(records, start) for start in starts]


def _marks(records: bytes, start: int) -> Marks:
    marks = Marks()
    calculated: dict[tuple[int, int], bool] = {}
    for kind, body in _records(records, start):
        if kind == SPAN:
            _check_span(marks, body)
        elif kind == ROW and struct.unpack_from("<H", body, 12)[0] & HIDDEN_ROW:
            marks.hidden.add(struct.unpack_from("<H", body)[0])
        elif kind == PACKED_NUMBERS:
            marks.fill(*struct.unpack("<HH", body[:2] + body[-2:]))
        elif kind in CELLS:
            row, column = struct.unpack_from("<HH", body)
            _mark_cell(marks, row, column, _error(kind, body))
            if kind == FORMULA:
                calculated[row, column] = _result_kind(body) != BLANK_RESULT
    # One blank result may be meant; when no formula has a result, none was ever calculated.
    for place in () if any(calculated.values()) else calculated:
        marks.add_uncalculated(*place)
    return marks


def _check_span(marks: Marks, body: bytes) -> None:
    """Weighs the span a sheet declares, by which the library sets memory aside."""
    top, bottom, left, right = struct.unpack_from("<IIHH", body)
    if top > bottom or left > right:
        raise InputError("is an Excel 97-2003 file with a damaged sheet; export it again.")
    if bottom and right:
        marks.fill(bottom - 1, right - 1)


def _mark_cell(marks: Marks, row: int, column: int, error: str | None) -> None:
    if error is None:
        marks.fill(row, column)
    else:
        marks.add_error(row, column, error)


def _error(kind: int, body: bytes) -> str | None:
    """The error a cell shows, or None."""
    if kind == BOOLEAN_OR_ERROR and body[7]:
        return ERROR_TEXTS.get(body[6], "")
    if kind == FORMULA and _result_kind(body) == ERROR_RESULT:
        return ERROR_TEXTS.get(body[8], "")
    return None


def _result_kind(body: bytes) -> int | None:
    """What a formula's stored result is when it is no number."""
    return body[6] if struct.unpack_from("<H", body, 12)[0] == NOT_A_NUMBER else None


def _records(records: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, up to its end."""
    at = start
    while at + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, at)
        if kind == END:
            return
        yield kind, records[at + 4 : at + 4 + size]
        at += 4 + size
