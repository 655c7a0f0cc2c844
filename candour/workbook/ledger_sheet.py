"""Ledger sheet: every figure the workbook prints, in words, each leading to where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from candour.ledger import COLUMNS
from candour.words import shorthand_note
from candour.workbook import styles
from candour.workbook.cells import address
from candour.workbook.listings import write_list

if TYPE_CHECKING:
    from candour.figures import Figure
    from candour.ledger import Ledger
    from candour.workbook.book import Sheet
    from candour.workbook.rows import Value

TITLE = "Every figure of this release"
_COLUMNS = (
    ("KPI", 190.0, styles.LABEL),
    ("Period", 110.0, styles.TEXT),
    ("About", 200.0, styles.TEXT),
    ("Shown", 66.0, styles.NUMBER),
    ("Count", 66.0, styles.NUMBER),
    ("Base", 66.0, styles.NUMBER),
    ("Exact value", 100.0, styles.NUMBER),
    ("Unit", 110.0, styles.TEXT),
    ("Printed in", 230.0, styles.TABLE_LINK),
    ("Source", 170.0, styles.TEXT),
    ("Key", 270.0, styles.TEXT),
)
_CELL = re.compile(r"(.+![A-Z]+)(\d+)")


def ledger_sheet(sheet: Sheet) -> None:
    """Fill a sheet with the ledger as it stands; write it after everything that enters figures."""
    ledger, file_name = sheet.book.ledger, sheet.book.file_name
    sheet.begin(TITLE, [width for _, width, _ in _COLUMNS])
    if not len(ledger):
        sheet.words("This release prints no figure.")
        sheet.finish()
        return
    sheet.words("Count and base are the cases behind a figure; both are empty where it has none.")
    sheet.words("The key is the figure's one name in every file of the release.")
    marks = shorthand_note(ledger)
    if marks:
        sheet.words(f"{marks}.")
    rows = ledger_rows(ledger, file_name)
    links = [_first_cell(sheet, _places(ledger, figure, file_name)) for figure in ledger]
    headings, _, looks = zip(*_COLUMNS, strict=True)
    write_list(sheet, "ledger", headings, looks, rows, links=links)


def ledger_rows(ledger: Ledger, file_name: str) -> list[tuple[Value, ...]]:
    """The ledger as the sheet shows it, one row a figure."""
    return [
        _row(figure, dict(zip(COLUMNS, texts, strict=True)), _places(ledger, figure, file_name))
        for figure, texts in zip(ledger, ledger.rows(), strict=True)
    ]


def _places(ledger: Ledger, figure: Figure, file_name: str) -> list[str]:
    return [place.removeprefix(f"{file_name} ") for place in ledger.places(figure)]


def _row(figure: Figure, texts: dict[str, str], places: list[str]) -> tuple[Value, ...]:
    about = ", ".join(f"{dimension} {value}" for dimension, value in figure.slice)
    return (
        figure.title,
        figure.period.label,
        about.replace("_", " ") or "everything",
        figure.display,
        int(texts["count"]) if texts["count"] else None,
        int(texts["base"]) if texts["base"] else None,
        texts["value"] or None,
        figure.unit.value.replace("_", " "),
        "; ".join(_together(places)),
        figure.source,
        figure.key,
    )


def _together(places: list[str]) -> list[str]:
    """Places in order, those of cells one below the other as one: ``By month!C9:C32``."""
    runs: list[list[str]] = []
    for place in places:
        if runs and place == _below(runs[-1][-1]):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run[0] if len(run) == 1 else f"{run[0]}:{run[-1].rpartition('!')[2]}" for run in runs]


def _below(place: str) -> str:
    """The place one row further down, if it is a cell."""
    cell = _CELL.fullmatch(place)
    return f"{cell[1]}{int(cell[2]) + 1}" if cell else ""


def _first_cell(sheet: Sheet, places: list[str]) -> str:
    """The first cell of this workbook that shows a figure."""
    for place in places:
        name, _, cell = place.rpartition("!")
        if name in sheet.book.workbook.sheetnames:
            return address(name, cell)
    return ""
