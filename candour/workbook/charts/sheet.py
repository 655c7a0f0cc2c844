"""Chart sheets: a chart alone on its sheet, its message in words, a link to its numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

from candour.chart import ChartKind
from candour.workbook.charts import bars, lines
from candour.workbook.charts.marks import SHAPES, found
from candour.workbook.layout import PAGE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.chart._chart import ChartBase

    from candour.chart import Chart
    from candour.workbook.book import Sheet
    from candour.workbook.tables import Placed

_POINTS_A_CM = 72 / 2.54
_ROW = 20.0

_DRAW = {
    ChartKind.LINE: lines.line_chart,
    ChartKind.CONTROL: lines.control_chart,
    ChartKind.COLUMN: bars.column_chart,
    ChartKind.BAR: bars.bar_chart,
    ChartKind.STACKED: bars.stacked_chart,
}


def chart_sheet(sheet: Sheet, chart: Chart, data: Placed, sentences: Sequence[str] = ()) -> None:
    """Fill a sheet with a chart whose numbers stand on another, as wide as the printed page."""
    sheet.begin(chart.title, [PAGE_WIDTH])
    for words in (*sentences, chart.reading, *_key(chart)):
        sheet.paragraph(words)
    sheet.link(f"The numbers of this chart: {data.sheet.name}", data.sheet.name)
    drawn = _DRAW[chart.kind](chart, data, sheet.book.theme)
    _place(sheet, drawn, _height(chart))
    sheet.book.descriptions[sheet.name] = (chart.title, chart.alt)
    sheet.finish()


def _place(sheet: Sheet, drawn: ChartBase, height: float) -> None:
    drawn.width, drawn.height = PAGE_WIDTH / _POINTS_A_CM, height / _POINTS_A_CM
    drawn.roundedCorners = False
    drawn.title = None
    drawn.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    sheet.worksheet.add_chart(drawn, f"A{sheet.row}")
    for _ in range(math.ceil(height / _ROW)):
        sheet.end_row(_ROW)


def _height(chart: Chart) -> float:
    match chart.kind:
        case ChartKind.BAR | ChartKind.STACKED:
            return bars.bar_height(chart)
        case ChartKind.COLUMN:
            return bars.COLUMN_HEIGHT
        case _:
            return lines.HEIGHT


def _key(chart: Chart) -> tuple[str, ...]:
    """How to read a control chart, with the shapes it uses."""
    if chart.kind is not ChartKind.CONTROL:
        return ()
    shapes = [
        f"A {SHAPES[mark].symbol} is a month {_SAID[SHAPES[mark].key]}" for mark in found(chart)
    ]
    usual = "Between the dashed limits, a month's difference from the mean is usual variation."
    return (" ".join([usual, *(f"{shape}." for shape in shapes)]),)


_SAID = {
    "better": "better than usual",
    "worse": "worse than usual",
    "unusual": "that is unusual, for good or ill",
}
