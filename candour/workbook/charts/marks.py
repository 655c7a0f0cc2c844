"""Marks: the columns a control chart's target and unusual months are drawn from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from candour.figures import Figure
from candour.spc import Mark
from candour.table import Heading

if TYPE_CHECKING:
    from candour.chart import Chart
    from candour.table import Row, Table

TARGET = "target"


@dataclass(frozen=True, slots=True)
class Shape:
    """How an unusual month is drawn and named: its shape says what colour only repeats."""

    key: str
    label: str
    symbol: str


SHAPES = {
    Mark.IMPROVEMENT: Shape("better", "Better than usual", "square"),
    Mark.CONCERN: Shape("worse", "Worse than usual", "triangle"),
    Mark.UNUSUAL: Shape("unusual", "Unusual", "diamond"),
}


def found(chart: Chart) -> list[Mark]:
    """The kinds of unusual months a control chart has."""
    return [mark for mark in SHAPES if chart.control and mark in chart.control.marks]


def with_marks(table: Table, chart: Chart) -> Table:
    """A control chart's table with a column for its target and one for each kind of mark."""
    if chart.control is None:
        return table
    marks, unit = found(chart), table.headings[0].unit
    headings = [Heading(TARGET, "Target", unit)] if chart.target else []
    headings += [Heading(SHAPES[mark].key, SHAPES[mark].label, unit) for mark in marks]
    rows = []
    for row, here in zip(table.rows, chart.control.marks, strict=True):
        cells = [_value(row) if here is mark else None for mark in marks]
        target = [chart.target] if chart.target else []
        rows.append(replace(row, cells=(*row.cells, *target, *cells)))
    labels = " or ".join(SHAPES[mark].label for mark in marks)
    notes = [f"A cell under {labels} is empty where the month is not."] if marks else []
    return replace(
        table,
        headings=(*table.headings, *headings),
        rows=tuple(rows),
        notes=(*table.notes, *notes),
    )


def _value(row: Row) -> Figure | None:
    value = row.cells[0]
    return value if isinstance(value, Figure) else None
