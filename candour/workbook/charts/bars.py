"""Bars: values of categories side by side, and shares of a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart
from openpyxl.chart.shapes import GraphicalProperties

from candour.workbook.cells import number_format
from candour.workbook.charts.parts import (
    label_all,
    series_of,
    set_axes,
    set_categories,
    set_legend,
    set_plot,
)
from candour.workbook.contrast import contrast

if TYPE_CHECKING:
    from candour.chart import Chart
    from candour.workbook.tables import Placed
    from candour.workbook.theme import Theme

COLUMN_HEIGHT = 360.0
_BAR, _AROUND, _MOST = 25.0, 60.0, 405.0
_WHITE = "FFFFFF"


def bar_height(chart: Chart) -> float:
    """How tall a chart of horizontal bars is, in points: room for each, on one page."""
    return min(_MOST, _AROUND + _BAR * len(chart.categories) * max(1, _abreast(chart)))


def _abreast(chart: Chart) -> int:
    return 1 if chart.kind == "stacked" else len(chart.series)


def column_chart(chart: Chart, data: Placed, theme: Theme) -> BarChart:
    """Upright bars, each with its value, in the order of the table."""
    drawn = _bars(chart, data, theme)
    drawn.type, drawn.grouping, drawn.gapWidth = "col", "clustered", 60
    _label_instead_of_axis(drawn, chart, theme)
    set_plot(drawn, left=0.01, top=0.1, right=0.01, bottom=0.14)
    return drawn


def bar_chart(chart: Chart, data: Placed, theme: Theme) -> BarChart:
    """Horizontal bars, each with its value, the table's first row on top."""
    drawn = _bars(chart, data, theme)
    drawn.type, drawn.grouping, drawn.gapWidth = "bar", "clustered", 40
    drawn.x_axis.scaling.orientation = "maxMin"
    _label_instead_of_axis(drawn, chart, theme)
    return drawn


def stacked_chart(chart: Chart, data: Placed, theme: Theme) -> BarChart:
    """Shares of a whole, with the numbers behind them on the bars."""
    drawn = _bars(chart, data, theme)
    drawn.type, drawn.grouping, drawn.overlap, drawn.gapWidth = "bar", "percentStacked", 100, 40
    drawn.x_axis.scaling.orientation = "maxMin"
    drawn.y_axis.number_format = "0%"
    drawn.y_axis.scaling.max, drawn.y_axis.majorUnit = 1.0, 0.2
    drawn.y_axis.crosses = "max"
    shown_as = f"{number_format(chart.unit, 0)};;"
    for number, series in enumerate(drawn.series):
        colour = readable_on(_colour(theme, number), theme)
        label_all(series, theme, colour, "ctr", shown_as)
    return drawn


def readable_on(fill: str, theme: Theme) -> str:
    """White or the theme's ink, whichever stands out more from a colour."""
    return max((_WHITE, theme.ink), key=lambda ink: contrast(ink, fill))


def _bars(chart: Chart, data: Placed, theme: Theme) -> BarChart:
    drawn, rows = BarChart(), len(chart.categories)
    for number, series in enumerate(chart.series):
        bars = series_of(data, series.key, rows, series.label)
        bars.graphicalProperties = GraphicalProperties(solidFill=_colour(theme, number))
        bars.invertIfNegative = False
        drawn.series.append(bars)
    set_categories(drawn, data, rows)
    set_axes(drawn, chart, theme)
    if len(chart.series) > 1:
        set_legend(drawn, theme)
    else:
        drawn.legend = None
    return drawn


def _colour(theme: Theme, number: int) -> str:
    return theme.chart.palette[number % len(theme.chart.palette)]


def _label_instead_of_axis(drawn: BarChart, chart: Chart, theme: Theme) -> None:
    """Values on the bars say more than an axis beside them."""
    drawn.y_axis.delete = True
    drawn.y_axis.majorGridlines = None
    for series in drawn.series:
        label_all(series, theme, theme.ink, "outEnd", number_format(chart.unit, 0))
