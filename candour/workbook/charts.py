"""Charts: native Excel charts on sheets of their own, with their message above and alt text inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RichTextProperties,
)

from candour.chart import Chart, ChartKind
from candour.workbook import styles
from candour.workbook.cells import number_format, put
from candour.workbook.layout import set_page, set_widths
from candour.workbook.sheets import Book, Placed, write_intro

if TYPE_CHECKING:
    from openpyxl.chart._chart import ChartBase
    from openpyxl.worksheet.worksheet import Worksheet

    from candour.workbook.theme import Theme

WIDTH_CM = 28.0
_HEIGHT_CM, _BAR_CM = 13.5, 0.8
_FONT_SIZE = 1100
MANY, LABEL_EVERY = 15, 3
"""From so many months on, every third one is labelled."""
_WIDTHS = [27.0] * 5

OVERLAYS = (("better", "Better than usual"), ("worse", "Worse than usual"), ("target", "Target"))
"""Columns a control chart's table has besides its values and limits, for the points that stand out."""


def chart_sheet(book: Book, chart: Chart, data: Placed) -> Worksheet:
    """A sheet of one chart whose numbers stand on another."""
    sheet = book.workbook.create_sheet(book.names.sheet(f"Chart {chart.sheet or chart.title}"))
    set_widths(sheet, _WIDTHS)
    row = write_intro(book, sheet, chart.title, [chart.reading], _WIDTHS)
    link = put(sheet, row, 1, f"The numbers of this chart: {data.sheet.title}", styles.LINK)
    link.hyperlink = f"#'{data.sheet.title}'!A1"
    drawn = _DRAW[chart.kind](chart, data, book.theme)
    drawn.width, drawn.height = WIDTH_CM, _height(chart)
    drawn.roundedCorners = False
    drawn.title = None
    drawn.candour_alt = (chart.title, chart.alt)
    sheet.add_chart(drawn, f"A{row + 2}")
    rows = row + 3 + int(drawn.height / 0.52)
    set_page(sheet, None, rows, len(_WIDTHS))
    return sheet


def _height(chart: Chart) -> float:
    if chart.kind in {ChartKind.BAR, ChartKind.STACKED}:
        return max(8.0, 3.0 + _BAR_CM * len(chart.categories))
    return _HEIGHT_CM


def _series(data: Placed, key: str, rows: int, label: str) -> Series:
    column, first, last = data.cells(key, rows)
    series = Series(Reference(data.sheet, min_col=column, min_row=first, max_row=last), title=label)
    series.cat = None
    return series


def _categories(drawn: ChartBase, data: Placed, rows: int) -> None:
    _, first, last = 1, data.header_row + 1, data.header_row + rows
    drawn.set_categories(Reference(data.sheet, min_col=1, min_row=first, max_row=last))


def _line(chart: Chart, data: Placed, theme: Theme) -> LineChart:
    drawn = LineChart()
    keys = [k for k in data.columns if k in _keys(chart, data)]
    for position, (key, series) in enumerate(zip(keys, chart.series, strict=True)):
        line = _series(data, key, len(chart.categories), series.label)
        colour = theme.chart.palette[position % len(theme.chart.palette)]
        _stroke(line, colour, 32_000)
        line.smooth = False
        line.marker = Marker(symbol="none")
        _label_end(line, len(chart.categories) - 1, colour)
        drawn.series.append(line)
    _categories(drawn, data, len(chart.categories))
    _axes(drawn, chart, theme)
    drawn.legend = None
    drawn.layout = Layout(manualLayout=ManualLayout(x=0.06, y=0.05, w=0.78, h=0.75, layoutTarget="inner", xMode="edge", yMode="edge"))
    return drawn


def _keys(chart: Chart, data: Placed) -> set[str]:
    """The columns of the table that hold the chart's series, by their figures' places."""
    labels = {series.label for series in chart.series}
    return {
        key
        for key, column in data.columns.items()
        if data.sheet.cell(data.header_row, column).value in labels
    }


def _columns(chart: Chart, data: Placed, theme: Theme) -> BarChart:
    drawn = BarChart()
    drawn.type, drawn.grouping, drawn.gapWidth = "col", "clustered", 60
    _bars(drawn, chart, data, theme)
    _axes(drawn, chart, theme)
    drawn.legend.position = "t"
    return drawn


def _bar(chart: Chart, data: Placed, theme: Theme) -> BarChart:
    drawn = BarChart()
    drawn.type, drawn.grouping, drawn.gapWidth = "bar", "clustered", 40
    _bars(drawn, chart, data, theme)
    _axes(drawn, chart, theme)
    drawn.x_axis.scaling.orientation = "maxMin"
    drawn.y_axis.delete = True
    drawn.y_axis.majorGridlines = None
    drawn.legend = None
    for series in drawn.series:
        series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False)
        series.dLbls.txPr = _text(theme.ink)
    return drawn


def _stacked(chart: Chart, data: Placed, theme: Theme) -> BarChart:
    drawn = BarChart()
    drawn.type, drawn.grouping, drawn.overlap, drawn.gapWidth = "bar", "percentStacked", 100, 40
    _bars(drawn, chart, data, theme)
    _axes(drawn, chart, theme)
    drawn.x_axis.scaling.orientation = "maxMin"
    drawn.y_axis.number_format = "0%"
    drawn.y_axis.crosses = "max"
    drawn.legend.position = "t"
    return drawn


def _bars(drawn: BarChart, chart: Chart, data: Placed, theme: Theme) -> None:
    keys = [k for k in data.columns if k in _keys(chart, data)]
    for position, (key, series) in enumerate(zip(keys, chart.series, strict=True)):
        bars = _series(data, key, len(chart.categories), series.label)
        colour = theme.chart.palette[position % len(theme.chart.palette)]
        bars.graphicalProperties = GraphicalProperties(solidFill=colour)
        bars.invertIfNegative = False
        drawn.series.append(bars)
    _categories(drawn, data, len(chart.categories))


def _control(chart: Chart, data: Placed, theme: Theme) -> LineChart:
    """Points, mean and limits; what is unusual has a shape of its own."""
    drawn = LineChart()
    look, rows = theme.chart, len(chart.categories)
    lines = [
        ("value", chart.series[0].label, look.quiet, 24_000, None, "circle"),
        ("mean", "Mean", look.quiet, 12_000, None, "none"),
        ("lower", "Lower limit", look.quiet, 12_000, "dash", "none"),
        ("upper", "Upper limit", look.quiet, 12_000, "dash", "none"),
    ]
    if chart.target is not None:
        lines.append(("target", "Target", look.palette[2], 15_000, "sysDot", "none"))
    for key, label, colour, width, dash, symbol in lines:
        line = _series(data, key, rows, label)
        _stroke(line, colour, width, dash)
        line.smooth = False
        line.marker = _marker(symbol, colour, 6)
        if key != "value":
            _label_end(line, rows - 1, colour)
        drawn.series.append(line)
    for key, label, colour, symbol in (
        ("better", "Better than usual", look.improvement, "square"),
        ("worse", "Worse than usual", look.concern, "triangle"),
    ):
        points = _series(data, key, rows, label)
        points.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
        points.marker = _marker(symbol, colour, 11)
        drawn.series.append(points)
    _categories(drawn, data, rows)
    _axes(drawn, chart, theme)
    drawn.legend.position = "t"
    drawn.layout = Layout(manualLayout=ManualLayout(x=0.06, y=0.12, w=0.80, h=0.68, layoutTarget="inner", xMode="edge", yMode="edge"))
    return drawn


def _axes(drawn: ChartBase, chart: Chart, theme: Theme) -> None:
    """Both axes shown (newer Excel hides them otherwise), pale gridlines, our own fonts."""
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.delete = False
        axis.txPr = _text(theme.ink)
        axis.title = None
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=theme.chart.grid))
    drawn.x_axis.tickLblPos = "low"
    if len(chart.categories) >= MANY and chart.kind in {ChartKind.LINE, ChartKind.CONTROL}:
        drawn.x_axis.tickLblSkip = drawn.x_axis.tickMarkSkip = LABEL_EVERY
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=theme.chart.grid, w=6_000))
    drawn.y_axis.number_format = number_format(chart.unit, 0)
    if chart.kind is not ChartKind.CONTROL:
        drawn.y_axis.scaling.min = 0
    if drawn.legend is not None:
        drawn.legend.txPr = _text(theme.ink)
        drawn.legend.overlay = False


def _stroke(line: Series, colour: str, width: int, dash: str | None = None) -> None:
    properties = LineProperties(solidFill=colour, w=width)
    if dash:
        properties.prstDash = dash
    line.graphicalProperties = GraphicalProperties(ln=properties)


def _marker(symbol: str, colour: str, size: int) -> Marker:
    marker = Marker(symbol=symbol, size=size)
    if symbol != "none":
        marker.graphicalProperties = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
    return marker


def _label_end(line: Series, last: int, colour: str) -> None:
    """Name a line at its right end, which reads better than a legend."""
    label = DataLabel(idx=last, showSerName=True, showVal=False, showCatName=False, showLegendKey=False, showPercent=False, dLblPos="r", txPr=_text(colour, bold=True))
    line.dLbls = DataLabelList(dLbl=[label], showSerName=False, showVal=False, showCatName=False, showLegendKey=False, showPercent=False)


def _text(colour: str, *, bold: bool = False) -> RichText:
    character = CharacterProperties(sz=_FONT_SIZE, b=bold, solidFill=colour, latin=Font(typeface="Arial"))
    return RichText(
        bodyPr=RichTextProperties(),
        p=[Paragraph(pPr=ParagraphProperties(defRPr=character), endParaRPr=character)],
    )


_DRAW = {
    ChartKind.LINE: _line,
    ChartKind.COLUMN: _columns,
    ChartKind.BAR: _bar,
    ChartKind.STACKED: _stacked,
    ChartKind.CONTROL: _control,
}
