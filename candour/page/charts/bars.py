"""Bars: columns by month, bars sorted by size, and shares of a whole."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

from candour.page.charts.canvas import (
    LETTER,
    Margins,
    Size,
    axes,
    category_axis,
    legend,
    legend_height,
    value_axis,
)
from candour.page.charts.lines import values
from candour.page.charts.svg import FONT_SIZE, figure_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from candour.chart import Chart
    from candour.figures import Figure
    from candour.page.theme import Look

_MOST_LABELLED = {Size.WIDE: 26, Size.HALF: 14}
_MOST_CATEGORIES = {Size.WIDE: 13, Size.HALF: 7}
_LONGEST_LABEL = {Size.WIDE: 34, Size.HALF: 24}
_NARROWEST_LABELLED = 0.07


def column_chart(chart: Chart, look: Look, size: Size) -> Axes:
    """Columns side by side a category, from nought; each labelled while there are few."""
    few = len(chart.series) * len(chart.categories) <= _MOST_LABELLED[size]
    top = 12 + _legend_room(chart, size)
    drawing = axes(size, Margins(left=4 if few else 30, right=6, top=top), look)
    width = 0.8 / len(chart.series)
    for number, series in enumerate(chart.series):
        shift = (number - (len(chart.series) - 1) / 2) * width
        places = [place + shift for place in range(len(chart.categories))]
        drawing.bar(places, values(series), width * 0.94, color=_colour(chart, look, number))
        if few:
            _above(drawing, places, series.figures, look)
    # A category keeps its place where nothing of it may be drawn.
    beside = max(0.5, 0.4 + 0.05 * len(chart.categories))
    drawing.set_xlim(-beside, len(chart.categories) - 1 + beside)
    if few:
        drawing.set_yticks([])
    else:
        value_axis(drawing, chart.unit, look)
    category_axis(drawing, chart.categories, _MOST_CATEGORIES[size])
    _legend(drawing, chart, look, size)
    return drawing


def bar_chart(chart: Chart, look: Look, size: Size) -> Axes:
    """Horizontal bars, the longest first, each with its figure and no axis."""
    lengths = values(chart.series[0])
    order = sorted(range(len(lengths)), key=lambda place: -_or_nought(lengths[place]))
    drawing = _lying(chart, [chart.categories[place] for place in order], look, size, right=40)
    drawing.barh(range(len(order)), [lengths[place] for place in order], 0.68, color=look.accent)
    for row, place in enumerate(order):
        figure = chart.series[0].figures[place]
        if figure is not None:
            _write(drawing, figure, (_or_nought(lengths[place]), row), look.ink, shift=4, ha="left")
    return drawing


def stacked_chart(chart: Chart, look: Look, size: Size) -> Axes:
    """One bar a category, cut into its parts, which are labelled where there is room."""
    drawing = _lying(chart, chart.categories, look, size, right=8)
    rows = list(range(len(chart.categories)))
    wholes = [sum(_or_nought(values(s)[row]) for s in chart.series) or 1.0 for row in rows]
    starts = [0.0] * len(rows)
    for number, series in enumerate(chart.series):
        colour = _colour(chart, look, number)
        widths = [_or_nought(values(series)[row]) / wholes[row] for row in rows]
        drawing.barh(rows, widths, 0.62, left=starts, color=colour, edgecolor="white")
        for row in rows:
            figure = series.figures[row]
            if figure is not None and widths[row] >= _NARROWEST_LABELLED:
                middle = (starts[row] + widths[row] / 2, row)
                _write(drawing, figure, middle, readable_on(colour, look), ha="center")
        starts = [start + width for start, width in zip(starts, widths, strict=True)]
    drawing.set_xlim(0, 1)
    _legend(drawing, chart, look, size)
    return drawing


def readable_on(colour: str, look: Look) -> str:
    """White or ink, whichever stands out more against a colour (WCAG's contrast ratio)."""

    def luminance(of: str) -> float:
        parts = [int(of[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]  # noqa: PLR2004
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(first: str, second: str) -> float:
        low, high = sorted((luminance(first), luminance(second)))
        return (high + 0.05) / (low + 0.05)

    return max("#FFFFFF", look.ink, key=lambda ink: contrast(ink, colour))


def _lying(chart: Chart, names: Sequence[str], look: Look, size: Size, right: float) -> Axes:
    """Axes for horizontal bars, the first category on top."""
    labels = [_in_lines(name, _LONGEST_LABEL[size]) for name in names]
    longest = max((len(line) for label in labels for line in label.split("\n")), default=0)
    top = 4 + _legend_room(chart, size)
    margins = Margins(10 + longest * LETTER, right, top=top, bottom=4)
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    a_bar = 8 + lines * FONT_SIZE * 1.2
    drawing = axes(size, margins, look, height=top + 4 + len(labels) * a_bar)
    drawing.spines["bottom"].set_visible(False)
    drawing.set_xticks([])
    drawing.set_yticks(range(len(labels)), labels, ha="left")
    drawing.tick_params(axis="y", pad=margins.left - 2)
    drawing.set_ylim(len(labels) - 0.5, -0.5)
    return drawing


def _in_lines(name: str, longest: int) -> str:
    """A long name on several lines, broken after its comma where it has one."""
    parts = name.split(", ", 1) if len(name) > longest else [name]
    return ",\n".join(textwrap.fill(part, longest) for part in parts)


def _above(
    drawing: Axes, places: Sequence[float], figures: Sequence[Figure | None], look: Look
) -> None:
    for place, figure in zip(places, figures, strict=True):
        if figure is not None:
            height = float(figure.value) if figure.printable and figure.value else 0.0
            _write(drawing, figure, (place, height), look.ink, rise=5, ha="center")


def _write(
    drawing: Axes,
    figure: Figure,
    at: tuple[float, float],
    colour: str,
    *,
    ha: str,
    shift: float = 0,
    rise: float = 0,
) -> None:
    drawing.annotate(
        figure.display,
        at,
        xytext=(shift, rise),
        textcoords="offset points",
        ha=ha,
        va="center_baseline",
        color=colour,
        gid=figure_group(figure),
    )


def _colour(chart: Chart, look: Look, number: int) -> str:
    highlighted = any(series.highlighted for series in chart.series)
    if chart.series[number].highlighted:
        return look.accent
    rest = [colour for colour in look.palette if not highlighted or colour != look.accent]
    return rest[number % len(rest)]


def _legend_room(chart: Chart, size: Size) -> float:
    names = [series.label for series in chart.series]
    return legend_height(names, size) if len(names) > 1 else 0


def _legend(drawing: Axes, chart: Chart, look: Look, size: Size) -> None:
    if len(chart.series) > 1:
        colours = [_colour(chart, look, number) for number in range(len(chart.series))]
        legend(drawing, [series.label for series in chart.series], colours, size)


def _or_nought(number: float) -> float:
    return 0.0 if math.isnan(number) else number
