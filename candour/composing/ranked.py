"""Ranked: rows by a column, the largest first, and what stands behind the first few."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from candour.composing.composer import NOT_RECORDED_WORDS
from candour.figures import Figure, State, Unit
from candour.table import Cell, Row, RowKind

_LAST = (RowKind.NOT_RECORDED, RowKind.TOTAL, RowKind.APART)
"""The kinds of row that keep the end of a table."""


def leading(rows: list[Row], position: int, top: int | None) -> list[Row]:
    """Body rows by a column, largest first and names in ties, their details below; then the rest.

    With ``top`` only the first rows are kept, those that tie with the last of them too, and the
    others are added up in one row.
    """
    groups: list[list[Row]] = []
    for row in rows:
        if row.kind is RowKind.DETAIL and groups:
            groups[-1].append(row)
        elif row.kind not in _LAST:
            groups.append([row])
    groups.sort(key=lambda group: (-_number(group[0], position), group[0].label))
    shown, rest = _first(groups, position, top)
    others = [_others(rest)] if rest else []
    ends = [row for kind in _LAST for row in rows if row.kind is kind]
    return [*(row for group in shown for row in group), *others, *ends]


def with_remainders(rows: list[Row]) -> list[Row]:
    """The rows with what of each names no part, below its parts, where it has parts."""
    made: list[Row] = []
    for place, row in enumerate(rows):
        made.append(row)
        last = place + 1 == len(rows) or rows[place + 1].kind is not RowKind.DETAIL
        if row.kind is RowKind.DETAIL and last:
            first = max(n for n, r in enumerate(rows[:place]) if r.kind is not RowKind.DETAIL)
            made.append(_remainder(rows[first], rows[first + 1 : place + 1]))
    return made


def _remainder(whole: Row, parts: list[Row]) -> Row:
    columns = zip(*(row.cells for row in parts), strict=True)
    cells = (_less(total, named) for total, named in zip(whole.cells, columns, strict=True))
    return Row(NOT_RECORDED_WORDS, tuple(cells), RowKind.DETAIL)


def _less(total: Cell, parts: tuple[Cell, ...]) -> Cell:
    """What is left of a count when its parts are taken from it; nothing where it is no count."""
    figures = [part for part in parts if isinstance(part, Figure)]
    if not isinstance(total, Figure) or total.unit is not Unit.COUNT or total.base is not None:
        return None if isinstance(total, Figure) else ""
    told = [figure for figure in (total, *figures) if figure.state is not State.NOT_APPLICABLE]
    hidden = next((figure.state for figure in told if not figure.printable), None)
    rest = sum((-(f.value or Fraction(0)) for f in figures), total.value or Fraction(0))
    return replace(
        total,
        kpi=f"{total.kpi}.remainder",
        title=f"{total.title}: no part recorded",
        count=None if hidden else int(rest),
        value=None if hidden else rest,
        state=hidden or State.RECORDED,
        source=f"'{total.key}' less its parts",
    )


def _first(
    groups: list[list[Row]], position: int, top: int | None
) -> tuple[list[list[Row]], list[Row]]:
    if top is None or len(groups) <= top:
        return groups, []
    least = _number(groups[top - 1][0], position)
    shown = [group for group in groups if _number(group[0], position) >= least]
    return shown, [group[0] for group in groups[len(shown) :]]


def _number(row: Row, position: int) -> Fraction:
    cell = row.cells[position]
    return (cell.value or Fraction(0)) if isinstance(cell, Figure) else Fraction(0)


def _others(rows: list[Row]) -> Row:
    """The rows that are not shown, added up where they can be."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return Row("All others", tuple(_sum(cells) for cells in columns), RowKind.OTHERS)


def _sum(cells: tuple[Cell, ...]) -> Cell:
    first = cells[0]
    every = [cell for cell in cells if isinstance(cell, Figure)]
    if not isinstance(first, Figure):
        return ""
    if first.unit is not Unit.COUNT or first.base is not None:
        return None
    figures = [figure for figure in every if figure.state is not State.NOT_APPLICABLE]
    hidden = next((figure.state for figure in figures if not figure.printable), None)
    total = sum((figure.value or Fraction(0) for figure in figures), Fraction(0))
    return replace(
        first,
        kpi=f"{first.kpi}.others",
        title=f"{first.title}: all others",
        slice=tuple(part for part in first.slice if all(part in f.slice for f in every)),
        count=None if hidden else int(total),
        value=None if hidden else total,
        state=hidden or State.RECORDED,
        source="the sum of the rows that are not shown",
    )
