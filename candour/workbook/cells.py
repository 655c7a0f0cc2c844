"""Cells: the one way a value gets into a workbook, inert, with the format its unit asks for."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.hyperlink import Hyperlink

from candour.errors import CandourError
from candour.figures import CHANGED_UNITS, SHORTHAND, Figure, State, Unit

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767
"""Characters a cell can hold; openpyxl cuts the rest off without a word."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads ``_x0041_`` as the letter A."""
_CALCULATED = frozenset("=+-@\t＝＋－＠")
"""A cell that begins so becomes a formula when someone edits it, unless it is marked as text."""
_PER_CENTS = {Unit.PERCENT, Unit.PER_CENT_CHANGE}


@dataclass(frozen=True, slots=True)
class Written:
    """A figure as a cell holds it."""

    value: float | str
    number_format: str


def inert(text: str) -> str:
    """A text as a workbook can hold it: nothing in it is calculated, decoded or dropped unseen.

    Raises:
        CandourError: it is longer than a cell can hold.
    """
    text = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    if len(text) > LONGEST:
        raise CandourError(
            f"A text of {len(text):,} characters does not fit a cell, which holds {LONGEST:,}; "
            f"it begins '{text[:40]}'. Shorten it."
        )
    return text


def needs_quoting(text: str) -> bool:
    """Whether a text must be marked as one, so that editing its cell cannot calculate it."""
    return text[:1] in _CALCULATED


def put(
    sheet: Worksheet, row: int, column: int, value: str | float | dt.date | None, style: str
) -> Cell:
    """Write a value; text stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.style = style
    if isinstance(value, str):
        text = inert(value)
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = needs_quoting(text)
    else:
        cell.value = value
    return cell


def put_lead(sheet: Worksheet, row: int, lead: str, text: str, style: str) -> Cell:
    """Write a text whose first words stand out in bold at the left edge."""
    cell = put(sheet, row, 1, lead + text, style)
    font = InlineFont(rFont=cell.font.name, sz=cell.font.sz, color=cell.font.color, b=True)
    rest = InlineFont(rFont=cell.font.name, sz=cell.font.sz, color=cell.font.color)
    cell.value = CellRichText(TextBlock(font, inert(lead)), TextBlock(rest, inert(text)))
    return cell


def put_link(sheet: Worksheet, row: int, column: int, words: str, to: str, *, style: str) -> Cell:
    """Write a link to the sheet named ``to``."""
    cell = put(sheet, row, column, words, style)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=address(to, "A1"))
    return cell


def address(sheet: str, cell: str) -> str:
    """A cell of another sheet as links and names write it."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


def put_figure(sheet: Worksheet, row: int, column: int, figure: Figure, style: str) -> Cell:
    """Write a figure as its rounded value, so that cell and sentence show the same."""
    written = as_written(figure)
    cell = put(sheet, row, column, written.value, style)
    cell.number_format = written.number_format
    return cell


def as_written(figure: Figure) -> Written:
    """What a cell holds and shows for a figure; a figure without a number is its shorthand."""
    shown = figure.shown
    if not figure.printable or shown is None:
        return Written(figure.display, "General")
    value = float(shown / 100) if figure.unit in _PER_CENTS else float(shown)
    return Written(value, number_format(figure.unit, figure.decimals, figure.state))


def number_format(unit: Unit, decimals: int, state: State = State.RECORDED) -> str:
    """Excel's format for a unit; a provisional figure carries its mark."""
    number = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    if unit in {Unit.POUNDS, Unit.CHANGE_IN_POUNDS}:
        number = f'"£"{number}'
    if unit in _PER_CENTS:
        number = f"{number}%"
    if state is State.PROVISIONAL:
        number = f'{number} "{SHORTHAND[state]}"'
    return f"+{number};-{number};{number}" if unit in CHANGED_UNITS else number
