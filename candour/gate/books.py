"""Books: a finished workbook held against the ledger and the report, in every cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from candour.gate.finding import Finding, Kind
from candour.gate.grids import changed_grid
from candour.gate.opened import Block, Grid, Piece, Use
from candour.gate.readback import loose_number
from candour.gate.texts import listed, spaced
from candour.workbook.ledger_sheet import TITLE as LEDGER
from candour.workbook.ledger_sheet import ledger_rows
from candour.workbook.readback import differences, sheets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.gate.accounted import Accounts
    from candour.ledger import Ledger
    from candour.report import Report
    from candour.workbook.readback import Book, SheetRead, Value

_CHANGED = "The file was changed after it was made."
_MOST_TOLD = 10
_PRINTED_IN = 8
"""The ledger sheet's column of places, which files written later add to."""


def changed_workbook(
    name: str, workbook: Book, report: Report, ledger: Ledger, accounts: Accounts
) -> Iterator[Finding]:
    """What a workbook says otherwise than the ledger and the report (G01, G02, G05, G06)."""
    for found in differences(workbook, ledger, name, report):
        in_a_cell = "!" in found.place
        code = ("G01" if found.counted else "G02") if in_a_cell else "G06"
        yield Finding(
            code,
            Kind.BLOCKS,
            f"{name}, {found.place}",
            found.sentence,
            printed=found.printed,
            counted=found.counted,
            cause="" if _CHANGED in found.sentence else _CHANGED,
        )
    for sheet in sheets_of(workbook):
        if sheet.title == LEDGER:
            yield from _ledger(name, sheet, ledger)
            continue
        place = f"{name}, sheet '{sheet.name}'"
        for number in accounts.loose(sheet.above):
            yield loose_number(place, spaced(sheet.above), number, ledger)
        yield from changed_grid(_grid(place, sheet), report, digits_only=True)
        if not _known(sheet, report):
            for text in (*sheet.headings, *(str(row[0] or "") for row in sheet.rows)):
                for number in accounts.loose(text):
                    yield loose_number(place, text, number, ledger)


def words_in(workbook: Book) -> str:
    """Everything a workbook says above its tables."""
    return " ".join(sheet.above for sheet in sheets_of(workbook))


def _known(sheet: SheetRead, report: Report) -> bool:
    return any(spaced(item.title) == spaced(sheet.title) for _, item in report.items())


def _grid(place: str, sheet: SheetRead) -> Grid:
    """A sheet's table, its figures left out: the ledger has their cells."""
    return Grid(
        place,
        sheet.title,
        tuple(_cell(f"{place}, column headings", text) for text in sheet.headings),
        tuple(
            tuple(_cell(f"{place}, row {row[0]}", _shown(value)) for value in row)
            for row in sheet.rows
        ),
    )


def _cell(place: str, text: str) -> Block:
    return Block(place, Use.CELL, (Piece(text),))


def _shown(value: Value) -> str:
    match value:
        case dt.datetime():
            return listed(value.date())
        case float() if value.is_integer():
            return listed(int(value))
        case float():
            return str(value)
    return listed(value)


def _ledger(name: str, sheet: SheetRead, ledger: Ledger) -> Iterator[Finding]:
    """The sheet that lists the ledger says what the ledger says."""
    wanted = ledger_rows(ledger, name)
    for number, (row, said) in enumerate(zip(wanted, sheet.rows, strict=False), start=1):
        for column, (value, written) in enumerate(zip(row, said, strict=False)):
            if not _equal(value, written, may_grow=column == _PRINTED_IN):
                yield Finding(
                    "G05",
                    Kind.BLOCKS,
                    f"{name}, sheet '{sheet.name}', row {number}, {sheet.headings[column]}",
                    f"It says {written}, and the ledger says {value} of '{row[-1]}'.",
                    printed=str(written),
                    counted=str(value),
                    cause=_CHANGED,
                )
    if len(wanted) != len(sheet.rows):
        yield Finding(
            "G05",
            Kind.BLOCKS,
            f"{name}, sheet '{sheet.name}'",
            f"It lists {len(sheet.rows):,} figures, and the ledger has {len(wanted):,}.",
            printed=f"{len(sheet.rows):,}",
            counted=f"{len(wanted):,}",
            cause=_CHANGED,
        )


def _equal(wanted: Value, written: Value, *, may_grow: bool) -> bool:
    if may_grow:
        return bool(written) and str(wanted).startswith(str(written))
    return (wanted if wanted is not None else "") == (written if written is not None else "")


def changed_ledger(name: str, text: str, ledger: Ledger) -> Iterator[Finding]:
    """What the ledger's own file says otherwise than the ledger (G05)."""
    headings, *wanted = csv.reader(io.StringIO(ledger.to_csv()))
    first, *said = csv.reader(io.StringIO(text)) if text else [[]]
    if first != headings:
        yield _csv(name, "headings", ", ".join(first), ", ".join(headings))
        return
    found = [
        (f"'{row[0]}', {heading}", other, value)
        for row, written in zip(wanted, said, strict=False)
        for heading, value, other in zip(headings, row, written, strict=False)
        if value != other
    ]
    if len(wanted) != len(said):
        found.append(("number of figures", f"{len(said):,}", f"{len(wanted):,}"))
    for place, printed, counted in found[:_MOST_TOLD]:
        yield _csv(name, place, printed, counted)
    if len(found) > _MOST_TOLD:
        yield _csv(name, "other cells that differ", f"{len(found) - _MOST_TOLD:,}", "no difference")


def _csv(name: str, place: str, printed: str, counted: str) -> Finding:
    return Finding(
        "G05",
        Kind.BLOCKS,
        f"{name}, {place}",
        f"It says “{printed}”, and the ledger says “{counted}”.",
        printed=printed,
        counted=counted,
        cause=_CHANGED,
    )
