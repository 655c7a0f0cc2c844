"""Sound files of every kind, and the layout by which they are read."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from candour.reading.layout import Layout

HEADER = ["Case Reference", "Stage", "Date Received", "Service"]
ROWS = [
    ["COR000101", "Stage 1", dt.date(2024, 1, 2), "Housing"],
    ["COR000102", "Stage 1", dt.date(2024, 1, 3), "Adult social care"],
    ["COR000103", "Stage 2", dt.date(2024, 1, 4), "Parks"],
    ["Grand Total", "", "", ""],
]


@pytest.fixture
def layout() -> Layout:
    return Layout(
        expected=frozenset({"Case Reference", "Stage", "Date Received"}),
        noise=("Grand Total",),
        identifying=("Case Reference",),
    )


def delimited() -> bytes:
    lines = [HEADER, *([*map(str, row[:3]), f'"{row[3]}, and more"'] for row in ROWS)]
    return "\r\n".join(",".join(line) for line in lines).encode()


def excel() -> bytes:
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def old_excel() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Cases")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for number, row in enumerate([HEADER, *ROWS]):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell, *([day] if isinstance(cell, dt.date) else []))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def open_document() -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Cases")
    book.spreadsheet.addElement(table)
    for row in [HEADER, *ROWS]:
        line = TableRow()
        for cell in row:
            is_day = isinstance(cell, dt.date)
            kind = {"valuetype": "date", "datevalue": str(cell)} if is_day else {}
            written = TableCell(**(kind or {"valuetype": "string"}))
            written.addElement(P(text=str(cell)))
            line.addElement(written)
        table.addElement(line)
    content = io.BytesIO()
    book.write(content)
    return content.getvalue()


@pytest.fixture(scope="session")
def sound_files() -> dict[str, bytes]:
    """The same four rows in four kinds of file, by the name they are landed under."""
    return {
        "cases.csv": delimited(),
        "cases.xlsx": excel(),
        "cases.xls": old_excel(),
        "cases.ods": open_document(),
    }
