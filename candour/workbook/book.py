"""Book: a workbook being written, sheet by sheet, each from the top down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from candour.workbook import styles
from candour.workbook.cells import address, put, put_lead, put_link
from candour.workbook.layout import (
    PADDING,
    PAGE_WIDTH,
    broken,
    height_of,
    lines_of,
    set_page,
    set_widths,
)
from candour.workbook.names import Names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from candour.figures import Figure
    from candour.ledger import Ledger
    from candour.workbook.rows import Stream
    from candour.workbook.theme import Theme

CONTENTS = "Contents"
_PAUSE, _LEAST_SPARE = 8.0, 24.0


@dataclass
class Book:
    """A workbook being written, and what its sheets share."""

    theme: Theme
    ledger: Ledger
    file_name: str
    stamp: str
    """What every sheet says under its title: how to handle it, and what its cases are."""
    workbook: Workbook = field(default_factory=Workbook)
    names: Names = field(default_factory=Names)
    descriptions: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name and alt text of the chart on each sheet, by the sheet's name."""
    streams: dict[str, Stream] = field(default_factory=dict)
    """Lists that are written straight into a sheet's XML, by the sheet's name."""

    def __post_init__(self) -> None:
        styles.add_styles(self.workbook, self.theme)
        self.workbook.remove(self.workbook.active)

    def new_sheet(self, title: str) -> Sheet:
        """An empty sheet after those there are."""
        return Sheet(self, self.workbook.create_sheet(self.names.sheet(title)))


class Sheet:
    """A sheet being written from the top down: words, then one table or chart, then nothing."""

    def __init__(self, book: Book, worksheet: Worksheet) -> None:
        self.book = book
        self.worksheet = worksheet
        self.widths: list[float] = []
        self.row = 1
        """The next free row."""

    @property
    def name(self) -> str:
        """The sheet's name."""
        name: str = self.worksheet.title
        return name

    def begin(self, title: str, widths: Sequence[float], back: str = "Back to contents") -> None:
        """Set column widths, write the title, the book's stamp and the way to the contents.

        Where the columns leave room on the page, one more takes it up, for the words above them.
        """
        spare = PAGE_WIDTH - sum(widths)
        self.widths = [*widths, spare] if spare > _LEAST_SPARE else list(widths)
        set_widths(self.worksheet, self.widths, self.book.theme.size)
        put(self.worksheet, 1, 1, title, styles.TITLE)
        self.end_row(height_of(1, self.book.theme.title_size, air=8))
        if self.book.stamp:
            self.words(self.book.stamp)
        if CONTENTS in self.book.workbook.sheetnames and self.name != CONTENTS:
            self.link(back, CONTENTS)

    def words(self, text: str, style: str = styles.WORDS, size: int = 0, lead: str = "") -> None:
        """A sentence in as many rows as it needs across the sheet's columns."""
        size = size or self.book.theme.size
        lines = broken(lead + text, sum(self.widths) - PADDING, size)
        for number, line in enumerate(lines):
            if lead and number == 0:
                put_lead(self.worksheet, self.row, lead, line.removeprefix(lead), style)
            else:
                put(self.worksheet, self.row, 1, line, style)
            self.end_row(height_of(1, size, air=2))

    def paragraph(self, text: str) -> None:
        """A sentence in one cell of a sheet whose only column is as wide as the page."""
        size = self.book.theme.size
        put(self.worksheet, self.row, 1, text, styles.PARAGRAPH)
        self.end_row(height_of(lines_of(text, self.widths[0] - 4, size), size, air=4))

    def link(self, words: str, to: str) -> None:
        """A line that leads to another sheet."""
        put_link(self.worksheet, self.row, 1, words, to, style=styles.LINK)
        self.end_row(height_of(1, self.book.theme.size, air=4))

    def pause(self, by: float = _PAUSE) -> None:
        """Leave some air under the last row; an empty row would be read out as one."""
        self.worksheet.row_dimensions[self.row - 1].height += by

    def end_row(self, height: float) -> None:
        """Give the row its height and go to the next."""
        self.worksheet.row_dimensions[self.row].height = height
        self.row += 1

    def enter(self, figure: Figure, row: int, column: int) -> None:
        """Write down in the ledger where a figure stands."""
        cell = f"{get_column_letter(column)}{row}"
        self.book.ledger.enter(figure, f"{self.book.file_name} {self.name}!{cell}")

    def finish(self, header_row: int | None = None, further_rows: Sequence[float] = ()) -> None:
        """Set up the page for printing all that was written.

        Args:
            header_row: the row repeated on every page.
            further_rows: heights of rows that are written straight into the sheet's XML.
        """
        heights = [self.worksheet.row_dimensions[row].height for row in range(1, self.row)]
        total = sum(heights) + sum(further_rows)
        last = self.row - 1 + len(further_rows)
        set_page(self.worksheet, header_row, last, self.widths, total)


def place(sheet: Sheet, row: int, column: int) -> str:
    """A cell as a defined name refers to it."""
    return address(sheet.name, f"${get_column_letter(column)}${row}")
