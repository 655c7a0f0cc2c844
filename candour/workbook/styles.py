"""Styles: the few named styles every cell of a workbook has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

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

INDENTED = {NEXT_HEADING, TEXT, TOTAL_TEXT, TABLE_LINK}
_FORMATS = {NUMBER: "#,##0", TOTAL_NUMBER: "#,##0", DAY: "dd/mm/yyyy"}


def add_styles(workbook: Workbook, theme: Theme) -> None:
    """Give a workbook its named styles: assigning one is quick, building one is not."""
    # Column widths are counted in the digits of the style that every other one is built on.
    workbook._named_styles["Normal"].font = _font(theme)
    for style in (*_for_words(theme), *_for_tables(theme)):
        workbook.add_named_style(style)


def _font(theme: Theme, *, bold: bool = False) -> Font:
    return Font(name=theme.font, size=theme.size, bold=bold, color=theme.ink)


def _link(theme: Theme) -> Font:
    return Font(name=theme.font, size=theme.size, color=theme.accent, underline="single")


def _style(
    name: str,
    font: Font,
    across: str,
    down: str,
    *,
    wrap: bool = True,
    border: Border | None = None,
) -> NamedStyle:
    # Words right after a column of numbers would run into them without an indent.
    indent = 1 if name in INDENTED else 0
    placed = Alignment(horizontal=across, vertical=down, indent=indent, wrap_text=wrap)
    style = NamedStyle(name, font=font, alignment=placed, border=border)
    style.number_format = _FORMATS.get(name, "General")
    return style


def _for_words(theme: Theme) -> Iterator[NamedStyle]:
    """Styles of what stands above a table: it runs on over the cells beside it."""
    title = Font(name=theme.font, size=theme.title_size, bold=True, color=theme.accent)
    headline = Font(name=theme.font, size=theme.headline_size, color=theme.ink)
    yield _style(TITLE, title, "left", "center", wrap=False)
    yield _style(HEADLINE, headline, "left", "top", wrap=False)
    yield _style(WORDS, _font(theme), "left", "top", wrap=False)
    yield _style(PARAGRAPH, _font(theme), "left", "top")
    yield _style(LINK, _link(theme), "left", "top", wrap=False)


def _for_tables(theme: Theme) -> Iterator[NamedStyle]:
    """Styles of a table's cells: ruled below, totals above and below."""
    plain, strong = _font(theme), _font(theme, bold=True)
    heavy = Border(bottom=Side(style="medium", color=theme.accent))
    thin = Border(bottom=Side(style="thin", color=theme.rule))
    ink = Side(style="thin", color=theme.ink)
    both = Border(top=ink, bottom=ink)
    for name, across in ((HEADING, "left"), (NEXT_HEADING, "left"), (NUMBER_HEADING, "right")):
        yield _style(name, strong, across, "bottom", border=heavy)
    for name, across in ((LABEL, "left"), (TEXT, "left"), (NUMBER, "right"), (DAY, "right")):
        yield _style(name, plain, across, "center", border=thin)
    for name, across in ((TOTAL_LABEL, "left"), (TOTAL_TEXT, "left"), (TOTAL_NUMBER, "right")):
        yield _style(name, strong, across, "center", border=both)
    yield _style(TABLE_LINK, _link(theme), "left", "center", border=thin)


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
