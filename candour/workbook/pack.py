"""Packs: a report as a workbook - summary, contents, one item a sheet, and the ledger last."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from candour.chart import Chart, ChartKind
from candour.errors import ConfigurationError
from candour.ledger import Ledger
from candour.table import Listing, Table
from candour.workbook.book import CONTENTS, Book
from candour.workbook.charts import chart_sheet, with_marks
from candour.workbook.contents import Entry, contents_sheet
from candour.workbook.ledger_sheet import TITLE as LEDGER_TITLE
from candour.workbook.ledger_sheet import ledger_sheet
from candour.workbook.listings import listing_sheet
from candour.workbook.package import describe, finished
from candour.workbook.summary import NAME as SUMMARY
from candour.workbook.summary import headlines_of, summary_sheet, title_of
from candour.workbook.tables import table_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from candour.report import Item, Report, Section
    from candour.workbook.book import Sheet
    from candour.workbook.tables import Placed
    from candour.workbook.theme import Theme


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
    book = Book(theme, ledger, file_name, _stamp(report.marking, report.notice))
    summary, contents = book.new_sheet(SUMMARY), book.new_sheet(CONTENTS)
    entries = [Entry(SUMMARY, summary.name, "What matters at a glance")]
    sheets = []
    for section, item in _items(report):
        sheets.append((section, item, book.new_sheet(_sheet_title(item))))
        entries.append(Entry(section.title, sheets[-1][2].name, _shows(item)))
    summary_sheet(summary, report)
    _fill(sheets)
    last = book.new_sheet("Ledger")
    entries.append(Entry("Ledger", last.name, LEDGER_TITLE))
    contents_sheet(contents, "Contents", entries)
    ledger_sheet(last)
    describe(book, title_of(report), report.council, created)
    return finished(book, created)


def write_listings(
    title: str,
    notice: str,
    marking: str,
    listings: Sequence[Listing],
    theme: Theme,
    *,
    created: dt.datetime,
    author: str = "Candour",
) -> bytes:
    """Case lists as a workbook made for filtering, a listing a sheet."""
    book = Book(theme, Ledger(), "", _stamp(marking, notice))
    contents = book.new_sheet(CONTENTS) if len(listings) > 1 else None
    sheets = [(listing, book.new_sheet(_sheet_title(listing))) for listing in listings]
    if contents:
        entries = [Entry(title, sheet.name, listing.title) for listing, sheet in sheets]
        contents_sheet(contents, title, entries)
    for listing, sheet in sheets:
        listing_sheet(sheet, listing, filters=True)
    describe(book, title, author, created)
    return finished(book, created)


def _stamp(marking: str, notice: str) -> str:
    return " ".join(f"{words.rstrip('.')}." for words in (marking, notice) if words)


def _items(report: Report) -> Iterator[tuple[Section, Item]]:
    """Every item that has a sheet of its own, once, in reading order."""
    headlines = headlines_of(report)
    seen = {headlines.id} if headlines else set()
    for section, item in report.items():
        if item.id not in seen:
            seen.add(item.id)
            yield section, item


def _sheet_title(item: Item) -> str:
    name = item.sheet or item.title
    return f"{name} chart" if isinstance(item, Chart) else name


def _shows(item: Item) -> str:
    return f"Chart: {item.title}" if isinstance(item, Chart) else item.title


def _fill(sheets: Sequence[tuple[Section, Item, Sheet]]) -> None:
    """Write every item on its sheet; charts last, as they are drawn from the tables' cells."""
    controls = {
        item.table_id: item
        for _, item, _ in sheets
        if isinstance(item, Chart) and item.kind is ChartKind.CONTROL
    }
    placed: dict[str, Placed] = {}
    for section, item, sheet in sheets:
        sentences = _opening(section, item)
        if isinstance(item, Table):
            table = with_marks(item, controls[item.id]) if item.id in controls else item
            placed[item.id] = table_sheet(sheet, table, sentences)
        elif isinstance(item, Listing):
            listing_sheet(sheet, item, sentences)
    for section, item, sheet in sheets:
        if isinstance(item, Chart):
            chart_sheet(sheet, item, _table_of(item, placed), _opening(section, item))


def _opening(section: Section, item: Item) -> tuple[str, ...]:
    """What a section says of itself stands on the sheet of its first item."""
    return section.sentences if item is section.items[0] else ()


def _table_of(chart: Chart, placed: dict[str, Placed]) -> Placed:
    if chart.table_id not in placed:
        raise ConfigurationError(
            f"The chart '{chart.id}' is drawn from the table '{chart.table_id}', which the "
            "report does not hold; add the table to a section."
        )
    return placed[chart.table_id]
