"""Cells: the one way a value gets into a workbook, inert, with the format its unit asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from candour.errors import CandourError
from candour.figures import Figure, State, Unit

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767
"""Characters a cell can hold; openpyxl cuts the rest off without a word."""

_PER_CENTS = {Unit.PERCENT, Unit.PER_CENT_CHANGE}


@dataclass(frozen=True, slots=True)
class Written:
    """A figure as a cell holds it."""

    value: float | str
    number_format: str


def put(sheet: Worksheet, row: int, column: int, value: str | float | dt.date | None, style: str) -> Cell:
    """Write a value; text stays text, whatever it begins with.

    Raises:
        CandourError: the text is longer than a cell can hold.
    """
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)
        if len(text) > LONGEST:
            raise CandourError(
                f"A text of {len(text):,} characters does not fit a cell, which holds {LONGEST:,}; "
                f"it begins '{text[:40]}'. Shorten it."
            )
        cell.value = text
        cell.data_type = "s"
        cell.style = style
        if text[:1] in {"=", "+", "-", "@"}:
            cell.quotePrefix = True
    else:
        cell.value = value
        cell.style = style
    return cell


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
    point = f".{'0' * decimals}" if decimals else ""
    mark = ' "[p]"' if state is State.PROVISIONAL else ""
    match unit:
        case Unit.PERCENT:
            return f"0{point}%{mark}"
        case Unit.PER_CENT_CHANGE:
            return f"+#,##0{point}%;-#,##0{point}%;0{point}%"
        case Unit.POUNDS:
            return f'"£"#,##0{point}{mark}'
        case Unit.CHANGE_IN_POUNDS:
            return f'+"£"#,##0{point};-"£"#,##0{point};"£"0{point}'
        case Unit.CHANGE_IN_NUMBER | Unit.CHANGE_IN_DAYS | Unit.PERCENTAGE_POINTS:
            return f"+#,##0{point};-#,##0{point};0{point}"
        case _:
            return f"#,##0{point}{mark}"
