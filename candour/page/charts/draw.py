"""Drawing: a chart becomes an SVG in the shape its kind asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.chart import Chart, ChartKind
from candour.errors import ConfigurationError
from candour.page.charts.bars import bar_chart, column_chart, stacked_chart
from candour.page.charts.canvas import Size
from candour.page.charts.lines import control_chart, line_chart
from candour.page.charts.svg import drawn_alike, to_svg

if TYPE_CHECKING:
    from candour.page.theme import Look


def draw(chart: Chart, look: Look, size: Size = Size.WIDE) -> str:
    """The chart as one ``<svg>`` element that needs nothing outside itself.

    Printed figures stand in groups marked ``data-figure``; numbers on an axis are a scale.

    Raises:
        ConfigurationError: a control chart has no control limits.
    """
    with drawn_alike(chart):
        match chart.kind:
            case ChartKind.LINE:
                drawing = line_chart(chart, look, size)
            case ChartKind.COLUMN:
                drawing = column_chart(chart, look, size)
            case ChartKind.BAR:
                drawing = bar_chart(chart, look, size)
            case ChartKind.STACKED:
                drawing = stacked_chart(chart, look, size)
            case ChartKind.CONTROL:
                if chart.control is None:
                    raise ConfigurationError(
                        f"Chart '{chart.id}' is a control chart without limits; it needs at least "
                        "two months of figures."
                    )
                drawing = control_chart(chart, chart.control, look, size)
        return to_svg(drawing, chart)
