"""Styles: the few named styles every cell of a workbook has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from candour.workbook.theme import Theme

TITLE, HEADLINE, WORDS, LINK = "Candour title", "Candour headline", "Candour words", "Candour link"
HEADING, NUMBER_HEADING = "Candour heading", "Candour number heading"
LABEL, TOTAL_LABEL = "Candour label", "Candour total label"
NUMBER, TOTAL_NUMBER = "Candour number", "Candour total number"
TEXT, DAY = "Candour text", "Candour day"


def add_styles(workbook: Workbook, theme: Theme) -> None:
    """Give a workbook its named styles: assigning one is quick, building one is not."""

    def font(*, size: int = theme.size, bold: bool = False, colour: str = theme.ink) -> Font:
        return Font(name=theme.font, size=size, bold=bold, color=colour)

    def underline(colour: str) -> Border:
        return Border(bottom=Side(style="thin", color=colour))

    wrapped = Alignment(wrap_text=True, vertical="top")
    # A text column right after a number column would run into it without the indent.
    indented = Alignment(horizontal="left", wrap_text=True, vertical="top", indent=1)
    right = Alignment(horizontal="right", vertical="top")
    over = Border(top=Side(style="thin", color=theme.ink))
    heavy = Border(bottom=Side(style="medium", color=theme.accent))
    plain = Alignment(vertical="center")
    thin = underline(theme.rule)
    for style in (
        NamedStyle(TITLE, font=font(size=theme.title_size, bold=True, colour=theme.accent)),
        NamedStyle(HEADLINE, font=font(size=theme.headline_size), alignment=plain),
        NamedStyle(WORDS, font=font(), alignment=plain),
        NamedStyle(LINK, font=Font(name=theme.font, size=theme.size, color=theme.accent, u="single"), alignment=Alignment(vertical="top")),
        NamedStyle(HEADING, font=font(bold=True), alignment=Alignment(horizontal="left", wrap_text=True, vertical="bottom", indent=1), border=heavy),
        NamedStyle(NUMBER_HEADING, font=font(bold=True), alignment=Alignment(horizontal="right", wrap_text=True, vertical="bottom"), border=heavy),
        NamedStyle(LABEL, font=font(), alignment=wrapped, border=thin),
        NamedStyle(TOTAL_LABEL, font=font(bold=True), alignment=wrapped, border=over),
        NamedStyle(NUMBER, font=font(), alignment=right, border=thin),
        NamedStyle(TOTAL_NUMBER, font=font(bold=True), alignment=right, border=over),
        NamedStyle(TEXT, font=font(), alignment=indented, border=thin),
        NamedStyle(DAY, font=font(), alignment=right, border=thin, number_format="dd/mm/yyyy"),
    ):  # fmt: skip
        workbook.add_named_style(style)


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
