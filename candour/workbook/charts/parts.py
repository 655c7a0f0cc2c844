"""Parts: what charts are made of - fonts, strokes, markers, labels, axes - in the theme's look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import Reference, Series
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.descriptors import Typed
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RichTextProperties,
)

from candour.workbook.cells import number_format

if TYPE_CHECKING:
    from openpyxl.chart._chart import ChartBase

    from candour.chart import Chart
    from candour.workbook.tables import Placed
    from candour.workbook.theme import Theme

_LEVEL = 1
"""Sixty-thousandths of a degree. LibreOffice leaves out crowded labels unless they are quite level,
when it breaks their words instead."""
_MONTHS, _LABEL_EVERY = 15, 3
"""From so many categories along a line on, every third one is labelled."""
_NAMED = {"showCatName": False, "showLegendKey": False, "showPercent": False}


# openpyxl collects the parts of a class anew for each subclass.
MovedLabel = type(
    "MovedLabel",
    (DataLabel,),
    {
        **{part: getattr(DataLabel, part) for part in DataLabel.__elements__},
        "tagname": DataLabel.tagname,
        "layout": Typed(expected_type=Layout, allow_none=True),
        "__elements__": ("idx", "layout", *DataLabel.__elements__[1:]),
    },
)
"""A data label that may be moved from its place; openpyxl's own cannot."""


def series_of(data: Placed, key: str, rows: int, label: str) -> Series:
    """The first rows of a table's column as a series."""
    column, first = data.columns[key], data.header_row + 1
    cells = Reference(data.sheet.worksheet, min_col=column, min_row=first, max_row=first + rows - 1)
    return Series(cells, title=label)


def set_categories(drawn: ChartBase, data: Placed, rows: int) -> None:
    """Name the points after the first rows of a table's first column."""
    first = data.header_row + 1
    drawn.set_categories(
        Reference(data.sheet.worksheet, min_col=1, min_row=first, max_row=first + rows - 1)
    )


def stroke(line: Series, colour: str, points: float, dash: str | None = None) -> None:
    """Draw a series as a straight line."""
    properties = LineProperties(solidFill=colour, w=int(points * 12_700))
    if dash:
        properties.prstDash = dash
    line.graphicalProperties = GraphicalProperties(ln=properties)
    line.smooth = False
    line.marker = Marker(symbol="none")


def unconnected(points: Series) -> None:
    """Draw a series as points without a line."""
    points.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    points.smooth = False


def marker(symbol: str, colour: str, size: int) -> Marker:
    """A filled shape."""
    look = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
    return Marker(symbol=symbol, size=size, spPr=look)


def label_all(series: Series, theme: Theme, colour: str, position: str, shown_as: str) -> None:
    """Write each value of a series beside its bar or point."""
    series.dLbls = DataLabelList(
        showVal=True, showSerName=False, dLblPos=position, numFmt=shown_as,
        txPr=text(theme, colour), **_NAMED,
    )  # fmt: skip


def label_end(
    line: Series, last: int, theme: Theme, colour: str, *, moved: float, value: bool
) -> None:
    """Name a line at its right end, which reads better than a legend; or write its last value.

    Args:
        line: the series.
        last: which of its points is the last.
        theme: the look.
        colour: of the words.
        moved: how far down from its place, as a share of the chart's height.
        value: whether its last value is written instead of its name.
    """
    label = MovedLabel(
        idx=last, showSerName=not value, showVal=value, dLblPos="r",
        txPr=text(theme, colour, bold=True), **_NAMED,
    )  # fmt: skip
    label.layout = Layout(manualLayout=ManualLayout(x=0, y=moved)) if moved else None
    line.dLbls = DataLabelList(dLbl=[label], showSerName=False, showVal=False, **_NAMED)


def text(theme: Theme, colour: str, *, bold: bool = False, turned: int | None = None) -> RichText:
    """How words in a chart look."""
    look = CharacterProperties(
        sz=theme.size * 100, b=bold, solidFill=colour, latin=Font(typeface=theme.font)
    )
    body = RichTextProperties() if turned is None else RichTextProperties(rot=turned, vert="horz")
    return RichText(
        bodyPr=body, p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)]
    )


def set_axes(drawn: ChartBase, chart: Chart, theme: Theme) -> None:
    """Both axes shown (newer Excel hides them otherwise), pale gridlines, our own fonts."""
    grid = LineProperties(solidFill=theme.chart.grid, w=6_000)
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.delete = False
        axis.title = None
        axis.majorTickMark = "none"
        axis.graphicalProperties = GraphicalProperties(ln=grid)
        axis.txPr = text(theme, theme.ink)
    drawn.x_axis.tickLblPos = "low"
    if len(chart.categories) >= _MONTHS:
        drawn.x_axis.txPr = text(theme, theme.ink, turned=_LEVEL)
        drawn.x_axis.tickLblSkip = drawn.x_axis.tickMarkSkip = _LABEL_EVERY
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=grid)
    drawn.y_axis.number_format = number_format(chart.unit, 0)
    drawn.y_axis.scaling.min = 0


def set_legend(drawn: ChartBase, theme: Theme) -> None:
    """The legend above the plot, in our own font, covering nothing."""
    drawn.legend.position = "t"
    drawn.legend.overlay = False
    drawn.legend.txPr = text(theme, theme.ink)


def set_plot(drawn: ChartBase, *, left: float, top: float, right: float, bottom: float) -> None:
    """Where the plot lies within the chart: what is left free on each side, as shares."""
    drawn.layout = Layout(
        manualLayout=ManualLayout(
            layoutTarget="inner", xMode="edge", yMode="edge",
            x=left, y=top, w=1 - left - right, h=1 - top - bottom,
        )
    )  # fmt: skip
