"""Rows: lists as a sheet's own XML; for openpyxl one cell costs more than all of its text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from candour.workbook.cells import inert, needs_quoting
from candour.workbook.layout import height_of, lines_of
from candour.workbook.styles import style_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | dt.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its letter, the width its text has, and its styles' numbers."""

    letter: str
    room: float
    style: int
    quoted: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A list on its way into a sheet's XML: its rows, and the links in them."""

    rows: Iterator[bytes]
    links: bytes


def links_xml(column: str, first: int, links: Sequence[str]) -> bytes:
    """Links of a list's rows in one of its columns; an empty one is none."""
    found = (
        f'<hyperlink ref="{column}{row}" location={quoteattr(inert(link))} />'
        for row, link in enumerate(links, start=first)
        if link
    )
    return "".join(found).encode()


def columns(sheet: Worksheet, rooms: Sequence[float], looks: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a list from the left edge, by their text's widths and their styles."""
    return tuple(
        Column(
            get_column_letter(number),
            room,
            style_id(sheet, look),
            style_id(sheet, look, quoted=True),
        )
        for number, (room, look) in enumerate(zip(rooms, looks, strict=True), start=1)
    )


def heights_of(
    rows: Sequence[Sequence[Value]], across: Sequence[Column], size: float
) -> list[float]:
    """How tall each row is so that all of its text shows."""
    heights: dict[int, float] = {}
    found = []
    for row in rows:
        lines = 1
        for value, column in zip(row, across, strict=True):
            # Most texts are shorter than their column even in capitals, and need no measuring.
            if isinstance(value, str) and len(value) * size > column.room:
                lines = max(lines, lines_of(value, column.room, size))
        found.append(heights.setdefault(lines, height_of(lines, size)))
    return found


def stream(
    rows: Sequence[Sequence[Value]],
    heights: Sequence[float],
    across: Sequence[Column],
    first: int,
) -> Iterator[bytes]:
    """The rows as XML, from row ``first`` of the sheet down."""
    for number, (row, height) in enumerate(zip(rows, heights, strict=True), start=first):
        cells = "".join(
            _cell(value, column, number) for value, column in zip(row, across, strict=True)
        )
        yield f'<row r="{number}" ht="{height}" customHeight="1">{cells}</row>'.encode()


def _cell(value: Value, column: Column, row: int) -> str:
    at = f'<c r="{column.letter}{row}" s="'
    if value is None or value == "":
        return f'{at}{column.style}"/>'
    if isinstance(value, str):
        quoted, text = _text(value)
        style = column.quoted if quoted else column.style
        return f'{at}{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'{at}{column.style}"><v>{_serial(value)}</v></c>'


@lru_cache(maxsize=65_536)
def _text(text: str) -> tuple[bool, str]:
    return needs_quoting(text), escape(inert(text))


@lru_cache(maxsize=65_536)
def _serial(value: int | dt.date) -> int:
    """A day as Excel counts it; a number as it is."""
    return value if isinstance(value, int) else int(to_excel(value))
