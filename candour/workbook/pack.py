"""Packs: a report as a workbook - summary, contents, one item a sheet, and the ledger last."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from candour.chart import Chart, ChartKind
from candour.errors import ConfigurationError
from candour.figures import Figure
from candour.ledger import COLUMNS, DIMENSIONS, Ledger
from candour.period import day_in_words
from candour.spc import Mark
from candour.table import Heading, Listing, Table
from candour.workbook import styles
from candour.workbook.cells import put
from candour.workbook.charts import OVERLAYS, chart_sheet
from candour.workbook.layout import across, mark_table, set_height, set_page, set_widths
from candour.workbook.package import describe, finished
from candour.workbook.sheets import (
    CONTENTS,
    Book,
    Placed,
    listing_sheet,
    table_sheet,
    table_widths,
    write_intro,
    write_table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from candour.report import Item, Report
    from candour.workbook.theme import Theme

_PAUSE_POINTS = 10


def write_pack(
    report: Report, ledger: Ledger, theme: Theme, *, file_name: str, created: dt.datetime
) -> bytes:
    """The report as a workbook; every figure it shows is entered in the ledger with its cell.

    Args:
        report: what to write; the first item of its first section stands on the summary sheet.
        ledger: where each printed figure is written down.
        theme: the look.
        file_name: the file it becomes, as the ledger calls it.
        created: the instant the document says it was made.

    Raises:
        ConfigurationError: a chart's table is not in the report.
    """
    book = _book(theme, ledger, file_name)
    summary = book.workbook.active
    summary.title = book.names.sheet("Summary")
    contents = book.workbook.create_sheet(book.names.sheet(CONTENTS))
    listed: list[tuple[str, str]] = [(summary.title, "What matters at a glance")]
    placed = _Placed(book, report)
    for section, item in report.items():
        if item is not placed.headlines:
            sentences = section.sentences if item is section.items[0] else ()
            sheet = placed.sheet(item, sentences)
            listed.append((sheet.title, item.title))
    _summary(book, summary, report, placed.headlines)
    listed.append((_ledger(book), "Every figure of this release, with its count, base and source"))
    _contents(book, contents, report, listed)
    describe(book.workbook, f"{report.title}, {report.period.label}", report.council, created)
    return finished(book.workbook, created)


def write_listings(
    title: str,
    notice: str,
    marking: str,
    listings: Sequence[Listing],
    theme: Theme,
    *,
    created: dt.datetime,
) -> bytes:
    """Case lists as a workbook made for filtering, a listing a sheet."""
    book = _book(theme, Ledger(), "")
    book.workbook.remove(book.workbook.active)
    contents = book.workbook.create_sheet(book.names.sheet(CONTENTS))
    listed = []
    for listing in listings:
        words = tuple(w for w in (marking, notice) if w)
        sheet = listing_sheet(book, replace(listing, notes=(*listing.notes, *words)), filters=True)
        listed.append((sheet.title, listing.title))
    _contents_table(book, contents, title, [w for w in (marking, notice) if w], listed)
    describe(book.workbook, title, notice or title, created)
    return finished(book.workbook, created)


def _book(theme: Theme, ledger: Ledger, file_name: str) -> Book:
    workbook = Workbook()
    styles.add_styles(workbook, theme)
    return Book(workbook, theme, ledger, file_name)


class _Placed:
    """Where each table of the report stands, written when a sheet or a chart first needs it."""

    def __init__(self, book: Book, report: Report) -> None:
        self._book = book
        items = [item for _, item in report.items()]
        self._tables = {item.id: item for item in items if isinstance(item, Table)}
        self._controls = {
            item.table_id: item
            for item in items
            if isinstance(item, Chart) and item.kind is ChartKind.CONTROL
        }
        self._placed: dict[str, Placed] = {}
        first = items[0] if items else None
        self.headlines = first if isinstance(first, Table) else None

    def sheet(self, item: Item, sentences: Sequence[str]) -> Worksheet:
        """The sheet of an item."""
        if isinstance(item, Listing):
            return listing_sheet(self._book, item)
        if isinstance(item, Table):
            return self._of(item.id, sentences).sheet
        if item.table_id not in self._tables:
            raise ConfigurationError(
                f"The chart '{item.id}' is drawn from the table '{item.table_id}', which the "
                "report does not hold; add the table to a section."
            )
        # A chart stands before the sheet of its numbers when the report names it first.
        position = len(self._book.workbook.sheetnames)
        data = self._of(item.table_id, ())
        drawn = chart_sheet(self._book, item, data)
        if item.table_id in self._placed and position < len(self._book.workbook.sheetnames) - 1:
            self._book.workbook.move_sheet(drawn, -1)
        return drawn

    def _of(self, table_id: str, sentences: Sequence[str]) -> Placed:
        if table_id not in self._placed:
            table = self._tables[table_id]
            if table_id in self._controls:
                table = _with_overlays(table, self._controls[table_id])
            self._placed[table_id] = table_sheet(self._book, table, sentences)
        return self._placed[table_id]


def _with_overlays(table: Table, chart: Chart) -> Table:
    """A control chart's table with the columns its marks and target are drawn from."""
    if chart.control is None:
        return table
    keys = [key for key, _ in OVERLAYS if key != "target" or chart.target is not None]
    unit = table.headings[0].unit
    headings = tuple(Heading(key, label, unit) for key, label in OVERLAYS if key in keys)
    marked = {"better": Mark.IMPROVEMENT, "worse": Mark.CONCERN}
    rows = []
    for row, mark in zip(table.rows, chart.control.marks, strict=True):
        value = row.cells[0] if isinstance(row.cells[0], Figure) else None
        extra = tuple(
            chart.target if key == "target" else value if mark is marked[key] else None
            for key in keys
        )
        rows.append(replace(row, cells=(*row.cells, *extra)))
    note = "A cell under Better or Worse than usual is empty where the month is not unusual."
    return replace(
        table, headings=(*table.headings, *headings), rows=tuple(rows), notes=(*table.notes, note)
    )


def _summary(book: Book, sheet: Worksheet, report: Report, headlines: Table | None) -> None:
    widths = table_widths(headlines, book.theme) if headlines else [book.theme.label_width] * 3
    set_widths(sheet, widths)
    put(sheet, 1, 1, f"{report.council}: {report.title}", styles.TITLE)
    sheet.row_dimensions[1].height = 30
    row = 2
    told = (
        f"{report.period.label}. State at the end of {day_in_words(report.as_of)}, "
        f"as known on {day_in_words(report.known_on)}."
    )
    for words in (told, report.marking, report.notice):
        for line in across(words, widths) if words else []:
            put(sheet, row, 1, line, styles.WORDS)
            row += 1
    sheet.row_dimensions[row].height = _PAUSE_POINTS
    row += 1
    for words in report.headlines:
        for line in across(words, [width * 0.8 for width in widths]):
            put(sheet, row, 1, line, styles.HEADLINE)
            sheet.row_dimensions[row].height = 22
            row += 1
    link = put(sheet, row, 1, "All tables and charts: contents", styles.LINK)
    link.hyperlink = f"#'{CONTENTS}'!A1"
    row += 1
    if headlines is None:
        set_page(sheet, None, row, len(widths))
        return
    for note in headlines.notes:
        put(sheet, row, 1, note, styles.WORDS)
        row += 1
    placed = write_table(book, sheet, headlines, row, widths)
    _name_figures(book, sheet, headlines, placed)
    set_page(sheet, row, row + len(headlines.rows), len(widths))


def _name_figures(book: Book, sheet: Worksheet, table: Table, placed: Placed) -> None:
    """Name the cells of the first sheet's figures, for whoever links to them."""
    for offset, line in enumerate(table.rows, start=1):
        for column, cell in enumerate(line.cells, start=2):
            if isinstance(cell, Figure) and cell.name not in book.workbook.defined_names:
                where = sheet.cell(placed.header_row + offset, column)
                reference = f"'{sheet.title}'!${where.column_letter}${where.row}"
                name = DefinedName(cell.name, attr_text=reference)
                book.workbook.defined_names[cell.name] = name


def _contents(
    book: Book, sheet: Worksheet, report: Report, listed: Sequence[tuple[str, str]]
) -> None:
    words = [f"{report.council}, {report.period.label}.", *([report.notice] if report.notice else [])]
    _contents_table(book, sheet, "Contents", words, listed)


def _contents_table(
    book: Book,
    sheet: Worksheet,
    title: str,
    words: Sequence[str],
    listed: Sequence[tuple[str, str]],
) -> None:
    widths = [40.0, 84.0]
    set_widths(sheet, widths)
    row = write_intro(book, sheet, title, words, widths)
    for column, heading in enumerate(("Sheet", "What it shows"), start=1):
        put(sheet, row, column, heading, styles.HEADING)
    set_height(sheet, row, {1: "Sheet", 2: "What it shows"})
    for offset, (name, shows) in enumerate(listed, start=1):
        link = put(sheet, row + offset, 1, name, styles.LINK)
        link.hyperlink = f"#'{name}'!A1"
        put(sheet, row + offset, 2, shows, styles.TEXT)
        set_height(sheet, row + offset, {1: name, 2: shows})
    mark_table(sheet, book.names.table("contents"), row, ["Sheet", "What it shows"], len(listed), filters=False)
    set_page(sheet, row, row + len(listed), 2)


def _ledger(book: Book) -> str:
    """The last sheet: every figure printed so far, with the columns that hold anything."""
    sheet = book.workbook.create_sheet(book.names.sheet("Ledger"))
    rows = book.ledger.rows()
    used = [
        position
        for position, name in enumerate(COLUMNS)
        if name not in DIMENSIONS or any(row[position] for row in rows)
    ]
    headings = [COLUMNS[position].replace("_", " ").capitalize() for position in used]
    widths = [_LEDGER_WIDTHS.get(COLUMNS[position], 18.0) for position in used]
    set_widths(sheet, widths)
    words = ["Every figure of this release. Slice columns are empty where a figure is of everything."]
    row = write_intro(book, sheet, "Ledger", words, widths)
    for column, heading in enumerate(headings, start=1):
        put(sheet, row, column, heading, styles.HEADING)
    for offset, values in enumerate(rows, start=1):
        for column, position in enumerate(used, start=1):
            put(sheet, row + offset, column, values[position] or None, styles.TEXT)
    mark_table(sheet, book.names.table("ledger"), row, headings, len(rows), filters=False)
    set_page(sheet, row, row + len(rows), len(widths))
    title: str = sheet.title
    return title


_LEDGER_WIDTHS = {"figure": 70.0, "kpi": 34.0, "printed_in": 60.0, "source": 44.0, "count": 10.0,
                  "base": 10.0, "display": 14.0}  # fmt: skip
