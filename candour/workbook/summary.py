"""Summary: the first sheet - what is open, what is overdue, are we on target, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.workbook.defined_name import DefinedName

from candour.figures import Figure
from candour.period import day_in_words
from candour.table import Table
from candour.workbook import styles
from candour.workbook.book import place
from candour.workbook.tables import (
    notes_of,
    table_widths,
    without_blank_columns,
    write_table,
)

if TYPE_CHECKING:
    from candour.report import Report
    from candour.workbook.book import Sheet
    from candour.workbook.tables import Placed

NAME = "Summary"
_LONGEST_LEAD = 24
_EXCEPTED = "Not everything in this report holds. It went out all the same, with these exceptions:"
_WIDTHS_WITHOUT_TABLE = (260.0, 260.0, 260.0)


def title_of(report: Report) -> str:
    """What the workbook is called: council, report and period."""
    return f"{report.council}: {report.title}, {report.period.label}"


def headlines_of(report: Report) -> Table | None:
    """The table of the first sheet: the report's first item, if it is a table."""
    first = next((item for _, item in report.items()), None)
    return without_blank_columns(first) if isinstance(first, Table) else None


def summary_sheet(sheet: Sheet, report: Report) -> None:
    """Fill the first sheet: the headlines in large type, then the table of headlines."""
    headlines = headlines_of(report)
    theme = sheet.book.theme
    widths = table_widths(headlines, theme.size) if headlines else _WIDTHS_WITHOUT_TABLE
    sheet.begin(title_of(report), widths, back="Contents: all tables and charts")
    sheet.words(
        f"State at the end of {day_in_words(report.as_of)}, "
        f"as known on {day_in_words(report.known_on)}."
    )
    if report.caveat:
        sheet.pause()
        sheet.words(report.caveat, styles.HEADLINE, theme.headline_size)
    if report.exceptions:
        sheet.pause()
        sheet.words(_EXCEPTED, styles.HEADLINE, theme.headline_size)
    for exception in report.exceptions:
        sheet.words(exception)
    for headline in report.headlines:
        sheet.pause()
        lead, text = _parted(headline)
        sheet.words(text, styles.HEADLINE, theme.headline_size, lead=lead)
    sheet.pause()
    if headlines is None:
        sheet.finish()
        return
    for words in (*report.sections[0].sentences, headlines.reading, *notes_of(headlines)):
        if words:
            sheet.words(words)
    _name_figures(headlines, write_table(sheet, headlines))


def _parted(headline: str) -> tuple[str, str]:
    """The words before a headline's first colon, when they are few, and the rest."""
    lead, colon, text = headline.partition(": ")
    return (lead + colon, text) if colon and len(lead) <= _LONGEST_LEAD else ("", headline)


def _name_figures(table: Table, placed: Placed) -> None:
    """Name the cells of the first sheet's figures, for whoever links to them."""
    names = placed.sheet.book.workbook.defined_names
    for row, line in enumerate(table.rows, start=placed.header_row + 1):
        for column, cell in enumerate(line.cells, start=2):
            if isinstance(cell, Figure) and cell.name not in names:
                where = place(placed.sheet, row, column)
                names[cell.name] = DefinedName(cell.name, attr_text=where)
