"""Grid: a sheet's rows as text, each as wide as the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.reading.rows import Row
from candour.reading.workbooks.damage import refusing_damage
from candour.reading.workbooks.marks import cell_name
from candour.reading.workbooks.texts import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet

    from candour.reading.workbooks.marks import Marks
    from candour.reading.workbooks.texts import Cell

Merged = dict[int, list[tuple[int, int]]]
"""First row of a merged area, counted from nought, to its column and last row."""


def read_rows(cells: CalamineSheet, marks: Marks) -> Iterator[Row]:
    """Every row of a sheet from its first, with its errors and the zeros its formats write.

    Raises:
        InputError: when the library cannot read a row.
    """
    left = [""] * (cells.start[1] if cells.start else 0)
    for number, values in enumerate(_values(cells)):
        texts = left + [cell_text(value) for value in values]
        fault = _mark(texts, number, marks)
        yield Row(number + 1, texts, "\t".join(texts).rstrip("\t"), fault)


def _values(cells: CalamineSheet) -> Iterator[list[Cell]]:
    with refusing_damage():
        yield from cells.iter_rows()


def _mark(texts: list[str], number: int, marks: Marks) -> str:
    """Writes a row's marks into its texts; says why it cannot be a record, if so."""
    for column, digits in marks.padded.get(number, {}).items():
        if column < len(texts) and texts[column].isdigit():
            texts[column] = texts[column].zfill(digits)
    fault = ""
    for column, error in marks.errors.get(number, {}).items():
        texts += [""] * (column + 1 - len(texts))
        texts[column] = error
        fault = fault or f"cell {cell_name(number, column)} shows {error}"
    if number in marks.uncalculated:
        cell = cell_name(number, marks.uncalculated[number])
        fault = fault or f"cell {cell} holds a formula without a result"
    return fault


def merged_down(cells: CalamineSheet, below: int) -> Merged:
    """The cells merged over several rows, from a row on."""
    with refusing_damage():
        areas = sorted(cells.merged_cell_ranges or ())
    last_column = cells.end[1] if cells.end else -1
    starts: Merged = {}
    for (top, left), (bottom, right) in areas:
        if bottom > top >= below and left == right <= last_column:
            starts.setdefault(top, []).append((left, bottom))
    return starts


def fill_merged(rows: Iterator[Row], merged: Merged, given: set[int]) -> Iterator[Row]:
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


def fit(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Every row as wide as the header is; longer only where a cell stands beyond it."""
    for row in rows:
        cells = row.cells
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        cells += [""] * (width - len(cells))
        yield row
