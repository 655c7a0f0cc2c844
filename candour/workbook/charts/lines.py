"""Lines: measures month by month, and control charts of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.chart import LineChart
from openpyxl.chart.legend import LegendEntry

from candour.figures import Unit
from candour.spc import Mark
from candour.workbook.cells import as_written, number_format
from candour.workbook.charts import marks
from candour.workbook.charts.parts import (
    label_all,
    label_end,
    marker,
    series_of,
    set_axes,
    set_categories,
    set_legend,
    set_plot,
    stroke,
    unconnected,
)
from candour.workbook.charts.scale import axis_end, spread
from candour.workbook.layout import PAGE_WIDTH, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.chart import Series

    from candour.chart import Chart
    from candour.figures import Figure
    from candour.workbook.tables import Placed
    from candour.workbook.theme import Theme

HEIGHT = 400.0
"""Of a chart of lines, in points."""
_LEFT, _TOP, _BOTTOM, _LEGEND = 0.055, 0.03, 0.08, 0.06
_BESIDE = 16.0
_LABEL_GAP = 0.045
"""How far apart labels at the right end stand, as a share of the plot's height."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before it is drawn: its column, its look, and what stands at its right end."""

    key: str
    name: str
    last: Figure | float | None
    colour: str
    width: float = 2.5
    dash: str | None = None
    valued: bool = False
    """Whether its last value stands there instead of its name."""

    @property
    def height(self) -> float | None:
        """Where its right end lies on the axis."""
        if self.last is None or isinstance(self.last, float):
            return self.last
        value = as_written(self.last).value
        return value if isinstance(value, float) else None


def line_chart(chart: Chart, data: Placed, theme: Theme) -> LineChart:
    """One line a series, named at its right end; where one is highlighted, the others recede."""
    shown = any(series.highlighted for series in chart.series)
    lines = [
        _Line(
            series.key,
            series.label,
            series.figures[-1],
            theme.chart.quiet
            if shown and not series.highlighted
            else theme.chart.palette[0 if shown else number % len(theme.chart.palette)],
        )
        for number, series in enumerate(chart.series)
    ]
    drawn = _drawn(chart, lines, data, theme, top=_TOP)
    drawn.legend = None
    return drawn


def control_chart(chart: Chart, data: Placed, theme: Theme) -> LineChart:
    """Points, mean and limits by month; what is unusual has a shape of its own."""
    look, series = theme.chart, chart.series[0]
    scale = 100 if chart.unit is Unit.PERCENT else 1
    limits = {"mean": "Mean", "lower": "Lower limit", "upper": "Upper limit"}
    lines = [_Line(series.key, series.label, series.figures[-1], look.quiet, valued=True)]
    lines += [
        _Line(
            key,
            name,
            getattr(chart.control, key) / scale,
            look.quiet,
            1.0,
            None if key == "mean" else "dash",
        )
        for key, name in limits.items()
    ]
    if chart.target is not None:
        lines.append(_Line(marks.TARGET, "Target", chart.target, look.palette[2], 1.5, "sysDot"))
    drawn = _drawn(chart, lines, data, theme, top=_TOP + _LEGEND)
    drawn.series[0].marker = marker("circle", look.quiet, 7)
    for mark in marks.found(chart):
        _add_marks(drawn, mark, chart, data, theme)
    named = range(1, len(lines))
    drawn.legend.legendEntry = [LegendEntry(idx=number, delete=True) for number in named]
    set_legend(drawn, theme)
    return drawn


def _add_marks(drawn: LineChart, mark: Mark, chart: Chart, data: Placed, theme: Theme) -> None:
    shape = marks.SHAPES[mark]
    colour = theme.chart.marks[mark]
    points = series_of(data, shape.key, len(chart.categories), shape.label)
    unconnected(points)
    points.marker = marker(shape.symbol, colour, 12)
    side = "t" if _above(chart, mark) else "b"
    label_all(points, theme, colour, side, number_format(chart.unit, 0))
    drawn.series.append(points)


def _above(chart: Chart, mark: Mark) -> bool:
    """Whether the months of a mark lie above the mean, as the first one shows for all."""
    if chart.control is None:
        return True
    point = chart.control.points[chart.control.marks.index(mark)]
    return point is None or point > chart.control.mean


def _drawn(
    chart: Chart, lines: Sequence[_Line], data: Placed, theme: Theme, *, top: float
) -> LineChart:
    drawn, rows = LineChart(), len(chart.categories)
    end, step = _axis(chart, lines)
    for line, moved in zip(lines, _moves(lines, end, plot=1 - top - _BOTTOM), strict=True):
        series: Series = series_of(data, line.key, rows, line.name)
        stroke(series, line.colour, line.width, line.dash)
        if line.height is not None:
            label_end(
                series, rows - 1, theme, line.colour,
                moved=moved, value=line.valued,
            )  # fmt: skip
        drawn.series.append(series)
    set_categories(drawn, data, rows)
    set_axes(drawn, chart, theme)
    drawn.y_axis.scaling.max, drawn.y_axis.majorUnit = end, step
    longest = max(
        width_of("0,000" if line.valued else line.name, theme.size, bold=True) for line in lines
    )
    right = (longest + _BESIDE) / PAGE_WIDTH
    set_plot(drawn, left=_LEFT, top=top, right=right, bottom=_BOTTOM)
    return drawn


def _axis(chart: Chart, lines: Sequence[_Line]) -> tuple[float, float]:
    values = [
        value
        for series in chart.series
        for figure in series.figures
        if figure is not None and isinstance(value := as_written(figure).value, float)
    ]
    end, step = axis_end([*values, *(line.height or 0 for line in lines)])
    # A share ends at the whole, whatever the months came to.
    return (1.0, 0.2) if chart.unit is Unit.PERCENT and 0 < end <= 1 else (end, step)


def _moves(lines: Sequence[_Line], end: float, plot: float) -> list[float]:
    """How far down each line's label is moved so that none covers another."""
    heights = [(line.height or 0) / end for line in lines]
    labelled = [i for i, line in enumerate(lines) if line.height is not None]
    apart = dict(zip(labelled, spread([heights[i] for i in labelled], _LABEL_GAP), strict=True))
    return [round((here - apart.get(i, here)) * plot, 4) for i, here in enumerate(heights)]
