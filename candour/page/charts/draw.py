"""Drawing: a chart becomes an SVG in the shape its kind asks for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from candour.chart import Chart, ChartKind
from candour.errors import ConfigurationError
from candour.page.charts.bars import bar_chart, column_chart, stacked_chart
from candour.page.charts.canvas import Size
from candour.page.charts.lines import control_chart, line_chart
from candour.page.charts.svg import drawn_alike, to_png, to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from candour.page.theme import Look


_KEPT = 128
"""Drawings: a page, its review and its print show the same ones."""


@lru_cache(_KEPT)
def draw(chart: Chart, look: Look, size: Size = Size.WIDE) -> str:
    """The chart as one ``<svg>`` element that needs nothing outside itself.

    Printed figures stand in groups marked ``data-figure``; numbers on an axis are a scale.

    Raises:
        ConfigurationError: a control chart has no control limits.
    """
    with drawn_alike(chart):
        return to_svg(_drawing(chart, look, size), chart)


@lru_cache(_KEPT)
def picture(chart: Chart, look: Look, size: Size = Size.WIDE) -> bytes:
    """The chart as a PNG, for a medium that shows no SVG; errors as for ``draw``."""
    with drawn_alike(chart):
        return to_png(_drawing(chart, look, size))


def _drawing(chart: Chart, look: Look, size: Size) -> Axes:
    match chart.kind:
        case ChartKind.LINE:
            return line_chart(chart, look, size)
        case ChartKind.COLUMN:
            return column_chart(chart, look, size)
        case ChartKind.BAR:
            return bar_chart(chart, look, size)
        case ChartKind.STACKED:
            return stacked_chart(chart, look, size)
        case ChartKind.CONTROL:
            if chart.control is None:
                raise ConfigurationError(
                    f"Chart '{chart.id}' is a control chart without limits; it needs at least "
                    "two months of figures."
                )
            return control_chart(chart, chart.control, look, size)
