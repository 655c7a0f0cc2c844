"""Binary Excel workbooks (.xlsb): the marks of their sheets, from the records (MS-XLSB 2.1.4)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from candour.errors import InputError
from candour.reading.workbooks.marks import ERROR_TEXTS, Marks
from candour.reading.workbooks.xlsx import sheet_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW = 0
BLANK = 1
ERRORS = frozenset({3, 11})
"""A cell with an error, and a formula whose result is one."""
CELLS = range(2, 12)
SHEET = 156
HIDDEN_ROW = 0x10
ROW_FLAGS_AT = 11


def xlsb_marks(parts: dict[str, bytes], sheet: str) -> Marks:
    """The marks of one sheet, by its name.

    Raises:
        InputError: when the workbook does not hold the sheet it lists, or spans too far.
    """
    by_id = sheet_parts(parts, "xl/workbook.bin")
    for kind, body in _records(parts["xl/workbook.bin"]):
        if kind == SHEET:
            relation, after = _text(body, 8)
            if _text(body, after)[0] == sheet and by_id.get(relation) in parts:
                return _marks(parts[by_id[relation]])
    raise InputError(f"lists a sheet “{sheet}” that it does not hold; export it again.")


def _marks(part: bytes) -> Marks:
    marks = Marks()
    row = 0
    for kind, body in _records(part):
        if kind == ROW:
            row = int.from_bytes(body[:4], "little")
            if body[ROW_FLAGS_AT] & HIDDEN_ROW:
                marks.hidden.add(row)
        elif kind in CELLS:
            column = int.from_bytes(body[:4], "little")
            if kind in ERRORS:
                marks.add_error(row, column, ERROR_TEXTS.get(body[8], ""))
            else:
                marks.fill(row, column)
    return marks


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Every record's type and body; type and size are written in groups of seven bits."""
    at = 0
    while at < len(part):
        kind, at = _number(part, at, 2)
        size, at = _number(part, at, 4)
        yield kind, part[at : at + size]
        at += size


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for place in range(most):
        byte = part[at + place]
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80 or place == most - 1:  # noqa: PLR2004
            return number, at + place + 1
    raise AssertionError(most)


def _text(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le"), end
