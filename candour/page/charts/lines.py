"""Lines: measures month by month, and control charts of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from candour.page.charts.canvas import (
    LETTER,
    EndLabel,
    Margins,
    Size,
    axes,
    category_axis,
    end_labels,
    legend,
    legend_height,
    value_axis,
)
from candour.spc import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from candour.chart import Chart, Series
    from candour.page.theme import Look
    from candour.spc import Control

SHAPES = {
    Mark.COMMON: "o",
    Mark.IMPROVEMENT: "s",
    Mark.CONCERN: "^",
    Mark.UNUSUAL: "D",
}
"""Circle, square, triangle, diamond: the shape says what colour only repeats."""

_LONGEST_BESIDE = 12
_MOST_CATEGORIES = {Size.WIDE: 13, Size.HALF: 7}


def line_chart(chart: Chart, look: Look, size: Size) -> Axes:
    """One line a series, named at its right end; the highlighted ones in colour.

    On a small chart long names stand above the plot instead.
    """
    names, colours = [series.label for series in chart.series], _colours(chart, look)
    above = size is Size.HALF and max(map(len, names)) > _LONGEST_BESIDE
    labels = [
        EndLabel(float(last.value), "" if above else series.label, look.ink, last)
        for series in chart.series
        for last in series.figures[-1:]
        if last is not None and last.printable and last.value is not None
    ]
    top = 8 + (legend_height(names, size) if above else 0)
    drawing = _plot(chart, look, size, labels, top)
    for series, colour in zip(chart.series, colours, strict=True):
        drawing.plot(values(series), color=colour, linewidth=2 if series.highlighted else 1.6)
        _last_point(drawing, values(series), colour)
    _show_all(drawing, chart, floor=0)
    end_labels(drawing, len(chart.categories) - 1, labels)
    if above:
        legend(drawing, names, colours, size)
    return drawing


def control_chart(chart: Chart, control: Control, look: Look, size: Size) -> Axes:
    """Points by month with their average and usual range; a shape marks what is unusual."""
    series = chart.series[0]
    common = look.marks[Mark.COMMON]
    labels = [
        EndLabel(control.mean, "average", look.muted),
        EndLabel(control.upper, "usual range", look.muted),
        *(
            EndLabel(float(last.value), "", look.ink, last)
            for last in series.figures[-1:]
            if last is not None and last.printable and last.value is not None
        ),
    ]
    if chart.target is not None and chart.target.value is not None:
        labels.append(EndLabel(float(chart.target.value), "target", look.ink, chart.target))
    drawing = _plot(chart, look, size, labels)
    drawing.axhspan(control.lower, control.upper, color=look.wash, linewidth=0)
    drawing.axhline(control.mean, color=look.muted, linewidth=1)
    if chart.target is not None and chart.target.value is not None:
        drawing.axhline(float(chart.target.value), color=look.ink, linewidth=1, dashes=(5, 3))
    drawing.plot(values(series), color=common, linewidth=1.4)
    _marks(drawing, values(series), control, look)
    _show_all(drawing, chart, control)
    end_labels(drawing, len(chart.categories) - 1, labels)
    return drawing


def values(series: Series) -> list[float]:
    """The series as numbers to draw, with a gap where there is none to print."""
    return [
        float(figure.value)
        if figure is not None and figure.printable and figure.value is not None
        else math.nan
        for figure in series.figures
    ]


def _plot(chart: Chart, look: Look, size: Size, labels: Sequence[EndLabel], top: float = 8) -> Axes:
    right = 16 + max((label.letters for label in labels), default=0) * LETTER
    drawing = axes(size, Margins(left=30, right=right, top=top), look)
    value_axis(drawing, chart.unit, look)
    category_axis(drawing, chart.categories, _MOST_CATEGORIES[size])
    drawing.set_xlim(-0.4, len(chart.categories) - 0.8)
    return drawing


def _colours(chart: Chart, look: Look) -> list[str]:
    """The accent for what is highlighted, and the rest of the palette in order."""
    rest = iter([colour for colour in look.palette if colour != look.accent] * len(chart.series))
    return [look.accent if series.highlighted else next(rest) for series in chart.series]


def _last_point(drawing: Axes, heights: Sequence[float], colour: str) -> None:
    drawing.plot(
        [len(heights) - 1], heights[-1:], marker="o", color=colour, markersize=5, clip_on=False
    )


def _marks(drawing: Axes, heights: Sequence[float], control: Control, look: Look) -> None:
    for mark, shape in SHAPES.items():
        places = [place for place, found in enumerate(control.marks) if found is mark]
        drawing.plot(
            places,
            [heights[place] for place in places],
            linestyle="none",
            marker=shape,
            markersize=4.5 if mark is Mark.COMMON else 6.5,
            color=look.marks[mark],
            clip_on=False,
            zorder=4,
        )


def _show_all(
    drawing: Axes, chart: Chart, control: Control | None = None, floor: float | None = None
) -> None:
    """A scale that holds every point, limit and target with a little room."""
    heights = [height for series in chart.series for height in values(series)]
    heights += [] if control is None else [control.lower, control.upper]
    heights += [] if chart.target is None else [float(chart.target.value or 0)]
    drawn = [height for height in heights if not math.isnan(height)] or [0, 1]
    low, high = (min(drawn) if floor is None else floor), max(drawn)
    room = (high - low) * 0.08 or 1
    drawing.set_ylim(low - (room if floor is None else 0), high + room)
