"""Styles: the few named styles every cell of a workbook has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from candour.workbook.theme import Theme

TITLE, HEADLINE, WORDS, LINK = "Candour title", "Candour headline", "Candour words", "Candour link"
PARAGRAPH = "Candour paragraph"
HEADING, NUMBER_HEADING = "Candour heading", "Candour number heading"
NEXT_HEADING = "Candour next heading"
LABEL, TOTAL_LABEL = "Candour label", "Candour total label"
NUMBER, TOTAL_NUMBER = "Candour number", "Candour total number"
TEXT, TOTAL_TEXT = "Candour text", "Candour total text"
DAY, TABLE_LINK = "Candour day", "Candour table link"

_FORMATS = {NUMBER: "#,##0", TOTAL_NUMBER: "#,##0", DAY: "dd/mm/yyyy"}


def add_styles(workbook: Workbook, theme: Theme) -> None:
    """Give a workbook its named styles: assigning one is quick, building one is not."""

    def font(*, size: int = theme.size, bold: bool = False, colour: str = theme.ink) -> Font:
        return Font(name=theme.font, size=size, bold=bold, color=colour)

    def under(style: str, colour: str) -> Border:
        return Border(bottom=Side(style=style, color=colour))

    def placed(across: str, down: str, *, indent: int = 0, wrap: bool = True) -> Alignment:
        return Alignment(horizontal=across, vertical=down, indent=indent, wrap_text=wrap)

    # Column widths are counted in the digits of the style that every other one is built on.
    workbook._named_styles["Normal"].font = font()
    thin, heavy = under("thin", theme.rule), under("medium", theme.accent)
    over = Border(
        top=Side(style="thin", color=theme.ink), bottom=Side(style="thin", color=theme.ink)
    )
    link = Font(name=theme.font, size=theme.size, color=theme.accent, underline="single")
    strong, plain = font(bold=True), font()
    title = font(size=theme.title_size, bold=True, colour=theme.accent)
    headline = font(size=theme.headline_size)
    # Words right after a column of numbers would run into them without an indent.
    for name, look, alignment, border in (
        (TITLE, title, placed("left", "center", wrap=False), None),
        (HEADLINE, headline, placed("left", "top", wrap=False), None),
        (WORDS, plain, placed("left", "top", wrap=False), None),
        (PARAGRAPH, plain, placed("left", "top"), None),
        (LINK, link, placed("left", "top", wrap=False), None),
        (HEADING, strong, placed("left", "bottom"), heavy),
        (NEXT_HEADING, strong, placed("left", "bottom", indent=1), heavy),
        (NUMBER_HEADING, strong, placed("right", "bottom"), heavy),
        (LABEL, plain, placed("left", "center"), thin),
        (TOTAL_LABEL, strong, placed("left", "center"), over),
        (NUMBER, plain, placed("right", "center"), thin),
        (TOTAL_NUMBER, strong, placed("right", "center"), over),
        (TEXT, plain, placed("left", "center", indent=1), thin),
        (TOTAL_TEXT, strong, placed("left", "center", indent=1), over),
        (DAY, plain, placed("right", "center"), thin),
        (TABLE_LINK, link, placed("left", "center", indent=1), thin),
    ):
        style = NamedStyle(name, font=look, alignment=alignment, border=border)
        style.number_format = _FORMATS.get(name, "General")
        workbook.add_named_style(style)


def style_id(sheet: Worksheet, style: str, *, quoted: bool = False) -> int:
    """The number by which a sheet's own XML calls a style."""
    cell = Cell(sheet, row=1, column=1)
    cell.style = style
    cell.quotePrefix = quoted
    number: int = cell.style_id
    return number


def colour_ratings(sheet: Worksheet, cells: str, theme: Theme) -> None:
    """Repeat each rating's word in colour; the word alone already says it."""
    first = cells.split(":", maxsplit=1)[0]
    for rating, tone in theme.ratings.items():
        look = DifferentialStyle(
            font=Font(color=tone.ink, bold=True), fill=PatternFill(bgColor=tone.fill)
        )
        rule = FormulaRule(formula=[f'{first}="{rating.value}"'])
        rule.dxf = look
        sheet.conditional_formatting.add(cells, rule)
