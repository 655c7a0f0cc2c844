"""Workbooks as people and systems send them: read exactly, or refused with the cause."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import olefile
import openpyxl
import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from candour.errors import InputError
from candour.reading.files import read_table
from candour.reading.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

HEADER = ("Case Reference", "Stage", "Date Received", "Service")
DAYS = (dt.datetime(2024, 1, 2), dt.datetime(2024, 1, 3), dt.datetime(2024, 1, 4))  # noqa: DTZ001
CELLS = (
    ("COR000101", "Stage 1", DAYS[0], "Housing"),
    ("COR000102", "Stage 1", DAYS[1], "Adult social care"),
    ("COR000103", "Stage 2", DAYS[2], "Parks"),
)
ROWS = (
    ("COR000101", "Stage 1", "2024-01-02", "Housing"),
    ("COR000102", "Stage 1", "2024-01-03", "Adult social care"),
    ("COR000103", "Stage 2", "2024-01-04", "Parks"),
)
LAYOUT = Layout(
    expected=frozenset({"Case Reference", "Stage", "Date Received"}),
    noise=("Grand Total", "Confidential"),
    identifying=("Case Reference",),
)
TWO_LINES = Layout(
    expected=frozenset({"Case Reference", "Stage 1 Received", "Stage 1 Sent"}), header_lines=2
)


@dataclass(frozen=True)
class Reads:
    rows: tuple[tuple[str, ...], ...] = ROWS
    columns: tuple[str, ...] = HEADER
    noise: dict[int, str] = field(default_factory=dict)
    torn: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    layout: Layout = LAYOUT
    name: str = "cases.xlsx"


@dataclass(frozen=True)
class Refuses:
    causes: tuple[str, ...]
    layout: Layout = LAYOUT
    name: str = "cases.xlsx"


def refuses(*causes: str, layout: Layout = LAYOUT, name: str = "cases.xlsx") -> Refuses:
    return Refuses(causes, layout, name)


# Excel workbooks


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def excel(
    change: Callable[[Worksheet], object] = lambda sheet: None,
    rows: tuple[tuple[object, ...], ...] = (HEADER, *CELLS),
) -> bytes:
    """A workbook of the rows, changed as a person would in Excel."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell in book.active["C"]:
        cell.number_format = "dd/mm/yyyy"
    change(book.active)
    return saved(book)


def with_services(*services: object, number_format: str = "General") -> bytes:
    """The three rows with other services, in the last column."""

    def change(sheet: Worksheet) -> None:
        for number, service in enumerate(services, start=2):
            sheet.cell(number, 4, service).number_format = number_format

    return excel(change)


def served(*services: str) -> tuple[tuple[str, ...], ...]:
    return tuple((*row[:3], service) for row, service in zip(ROWS, services, strict=True))


def put(**cells: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return change


def with_sheets(**sheets: tuple[tuple[object, ...], ...]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def rewritten(content: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """A package with some parts changed; a part not there yet is added."""
    parts = unzipped(content)
    for name, change in changes.items():
        parts[name] = change(parts.get(name, b""))
    return zipped(parts)


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def swap(old: bytes, new: bytes, part: str = SHEET) -> bytes:
    """A plain workbook of which one text of a part is replaced, wherever it stands."""

    def change(written: bytes) -> bytes:
        assert old in written
        return written.replace(old, new)

    return rewritten(excel(put(D3="=1+1")), {part: change})


FORMULA = b"<f>1+1</f><v></v></c>"


def hidden_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True


def error_cell(sheet: Worksheet) -> None:
    sheet["B3"] = "#N/A"
    sheet["B3"].data_type = "e"


def an_error_in_the_totals(sheet: Worksheet) -> None:
    sheet.append(("Grand Total", None, None, "#REF!"))
    sheet["D5"].data_type = "e"


def merged_services(sheet: Worksheet) -> None:
    sheet.merge_cells("D2:D3")


def a_merged_footer(sheet: Worksheet) -> None:
    sheet["A5"] = "Confidential"
    sheet.merge_cells("A5:A8")


def merged_beside(sheet: Worksheet) -> None:
    sheet.merge_cells("H2:H9")


def merged_header(sheet: Worksheet) -> None:
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")


def moved(sheet: Worksheet) -> None:
    sheet.move_range("A1:D4", rows=3, cols=2)
    sheet["A1"] = "Complaints received"


def styled_far_out(sheet: Worksheet) -> None:
    for place in ("H2", "H900", "XFD1"):
        sheet[place].font = openpyxl.styles.Font(bold=True)


def year_1904() -> bytes:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in (HEADER, *CELLS):
        book.active.append(row)
    return saved(book)


def with_hidden_sheet() -> bytes:
    book = with_sheets(Summary=(("Cases", 3),), Data=(HEADER, *CELLS))
    book["Data"].sheet_state = "hidden"
    return saved(book)


def with_chart_sheet() -> bytes:
    book = with_sheets(Data=(HEADER, *CELLS))
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book["Data"], min_col=3, min_row=1, max_row=4))
    book.create_chartsheet("Chart", 0).add_chart(chart)
    return saved(book)


def encrypted() -> bytes:
    content = io.BytesIO()
    OOXMLFile(io.BytesIO(excel())).encrypt("secret", content)
    return content.getvalue()


def prefixed(part: bytes) -> bytes:
    """The same XML with every name prefixed, as some writers do."""
    part = part.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")
    part = part.replace(b"<x:?xml", b"<?xml")
    return part.replace(b"xmlns=", b"xmlns:x=")


def without_positions(part: bytes) -> bytes:
    return re.sub(rb'<(c|row) r="[A-Z]*\d+"', rb"<\1", part)


EXCEL = {
    "plain": (excel(), Reads()),
    "named .xlsm": (excel(), Reads(name="cases.xlsm")),
    "named .xls": (excel(), Reads(name="cases.xls")),
    "days, instants and times": (
        with_services(
            dt.datetime(2024, 3, 28),  # noqa: DTZ001
            dt.datetime(2024, 3, 28, 16, 5, 30),  # noqa: DTZ001
            dt.time(9, 30),
            number_format="dd/mm/yyyy hh:mm:ss",
        ),
        Reads(served("2024-03-28", "2024-03-28T16:05:30", "09:30:00")),
    ),
    "days whatever their format": (
        with_services(45379, 45379, 45379, number_format='[$-809]dddd d mmmm yyyy'),
        Reads(served("2024-03-28", "2024-03-28", "2024-03-28")),
    ),
    "the instant a rounded fraction means": (
        with_services(45379.67013888889, 45379.99999999, 1, number_format="dd/mm/yyyy hh:mm"),
        Reads(served("2024-03-28T16:05:00", "2024-03-29T00:00:00", "1900-01-01")),
    ),
    "durations": (
        with_services(1.25, 0.5, 10.000694444, number_format="[h]:mm:ss"),
        Reads(served("30:00:00", "12:00:00", "240:01:00")),
    ),
    "days counted from 1904": (year_1904(), Reads()),
    "the last day": (
        with_services(2958465, 2958465, 2958465, number_format="dd/mm/yyyy"),
        Reads(served("9999-12-31", "9999-12-31", "9999-12-31")),
    ),
    "serial numbers stay numbers": (
        with_services(45032, 45032.5, "45032"), Reads(served("45032", "45032.5", "45032"))
    ),
    "numbers": (
        with_services(1250.0, 0.1 + 0.2, 1e15), Reads(served("1250", "0.3", "1000000000000000"))
    ),
    "small and negative numbers": (
        with_services(-3, 1e-7, 12.50), Reads(served("-3", "0.0000001", "12.5"))
    ),
    "leading zeros as text": (
        with_services("000123", "007", "0"), Reads(served("000123", "007", "0"))
    ),
    "leading zeros by number format": (
        with_services(123, 7, 1234567, number_format="000000"),
        Reads(served("000123", "000007", "1234567")),
    ),
    "yes and no": (with_services(True, False, ""), Reads(served("TRUE", "FALSE", ""))),
    "words that look like nothing": (
        with_services("NA", "None", "NULL"), Reads(served("NA", "None", "NULL"))
    ),
    "error words as text": (
        with_services("n/a", "nan", "N/A"), Reads(served("n/a", "nan", "N/A"))
    ),
    "white space at the ends": (
        with_services(" Housing\u00a0", "Adult\u00a0social care ", "\tParks\n"),
        Reads(served("Housing", "Adult\u00a0social care", "Parks")),
    ),
    "line ends and escapes": (
        with_services("a\nb", "a_x000D_\nb", "x" * 32_767),
        Reads(served("a\nb", "a\r\nb", "x" * 32_767)),
    ),
    "an escaped control character": (
        with_services("Hou_x0002_sing", "Adult\u200b social care", "Parks"), Reads()
    ),
    "formulas as text": (
        swap(FORMULA, b"<v>2</v></c>"), Reads(served("Housing", "2", "Parks"))
    ),
    "a formula with its result": (
        swap(FORMULA, b"<f>1+1</f><v>2</v></c>"), Reads(served("Housing", "2", "Parks"))
    ),
    "a formula whose result is an empty text": (
        swap(b"<c r=\"D3\"><f>1+1</f><v></v></c>", b'<c r="D3" t="str"><f>1+1</f><v></v></c>'),
        Reads(served("Housing", "", "Parks")),
    ),
    "a formula never calculated": (
        excel(put(D3="=1+1")),
        refuses("formulas without results (first in cell D3)", "open it in Excel and save it"),
    ),
    "a formula never calculated, in indented XML": (
        swap(FORMULA, b"<f>1+1</f>\n  <v />\n </c>\n"),
        refuses("formulas without results (first in cell D3)"),
    ),
    "a formula never calculated in the totals": (
        excel(put(A5="Grand Total", D5="=COUNTA(A2:A4)")),
        Reads(noise={5: "begins with “Grand Total”"}),
    ),
    "an error cell": (
        excel(error_cell), Reads((ROWS[0], ROWS[2]), torn={3: "cell B3 shows #N/A"})
    ),
    "an error cell in the totals": (
        excel(an_error_in_the_totals), Reads(noise={5: "begins with “Grand Total”"})
    ),
    "hidden rows": (excel(hidden_rows), Reads(notes=("Read 2 records from hidden rows",))),
    "names with a prefix": (
        rewritten(excel(hidden_rows), {SHEET: prefixed}),
        Reads(notes=("Read 2 records from hidden rows",)),
    ),
    "cells without positions": (
        rewritten(excel(error_cell), {SHEET: without_positions}),
        Reads((ROWS[0], ROWS[2]), torn={3: "cell B3 shows #N/A"}),
    ),
    "titles above and a table further in": (
        excel(moved),
        Reads(
            noise={1: "above the header", 2: "blank", 3: "blank"},
            notes=("Left out column 1, 2",),
        ),
    ),
    "blank rows, totals, footer, the header again": (
        excel(rows=(HEADER, CELLS[0], (), CELLS[1], HEADER, CELLS[2], ("Grand Total", 3),
                    (None, None, None, "Confidential"))),
        Reads(noise={3: "blank", 5: "the header again", 7: "begins with “Grand Total”",
                     8: "begins with “Confidential”"}),
    ),
    "a subtotal without a reference": (
        excel(put(D5="3 cases")), Reads(noise={5: "nothing in “Case Reference”"})
    ),
    "a remark beside the table": (
        excel(put(F3="ask Ann")),
        Reads((ROWS[0], ROWS[2]), torn={3: "6 fields where the header has 4"}),
    ),
    "a column without a name": (
        excel(rows=((*HEADER[:3], None, "Service"), (*CELLS[0][:3], "x", "Housing"))),
        refuses("column 4 has no header (row 1) but holds text"),
    ),
    "the same name twice": (
        excel(put(D1="stage ")), refuses("“Stage”, “stage” more than once")
    ),
    "cells merged down": (
        excel(merged_services),
        Reads(served("Housing", "Housing", "Parks"), notes=("Gave 1 record the value",)),
    ),
    "blank cells merged beside the table": (excel(merged_beside), Reads()),
    "a footer merged down": (
        excel(a_merged_footer),
        Reads(noise={5: "begins with “Confidential”"}),
    ),
    "a merged header over two rows": (
        excel(merged_header, rows=(("Case Reference", "Stage 1", None),
                                   (None, "Received", "Sent"), ("COR1", "a", "b"))),
        Reads((("COR1", "a", "b"),), ("Case Reference", "Stage 1 Received", "Stage 1 Sent"),
              layout=TWO_LINES),
    ),
    "styles far outside the table": (excel(styled_far_out), Reads()),
    "a header and nothing below": (
        excel(rows=(HEADER,)), Reads((), notes=("Holds a header and no records",))
    ),
    "an empty workbook": (excel(rows=()), refuses("has no filled cell in any sheet")),
    "another export": (excel(rows=(("Asset", "Condition"), ("Bridge", "Fair"))),
                       refuses("rows of any sheet (“Sheet”) holds any of the expected columns")),
    "a mapped column is missing": (
        excel(put(C1="Received")), refuses("lacks “Date Received”")
    ),
}  # fmt: skip

SHEETS = {
    "the second": (
        saved(with_sheets(Summary=(("Cases", 3),), Data=(HEADER, *CELLS))), Reads()
    ),
    "two that match": (
        saved(with_sheets(April=(HEADER, *CELLS), May=(HEADER, *CELLS))),
        refuses("2 sheets with the expected header (“April”, “May”)", "name the one to read"),
    ),
    "two that match, one named": (
        saved(with_sheets(April=(HEADER, *CELLS[:1]), May=(HEADER, *CELLS[1:]))),
        Reads(ROWS[1:], layout=replace(LAYOUT, sheet=" may")),
    ),
    "a named one that is not there": (
        saved(with_sheets(April=(HEADER, *CELLS))),
        refuses("has no sheet “May”; its sheets are “April”",
                layout=replace(LAYOUT, sheet="May")),
    ),
    "a hidden one": (with_hidden_sheet(), Reads(notes=("Read from the hidden sheet “Data”",))),
    "a chart before it": (with_chart_sheet(), Reads()),
    "nothing expected yet": (
        saved(with_sheets(Empty=(), Data=(("A title",), HEADER, *CELLS))),
        Reads(noise={1: "above the header"}, layout=Layout(expected=frozenset())),
    ),
    "one listed but not held": (
        zipped({name: part for name, part in unzipped(excel()).items() if name != SHEET}),
        refuses("lists a sheet “Sheet” that it does not hold"),
    ),
}  # fmt: skip

# Attacks


def with_prolog(prolog: str, encoding: str = "utf-8") -> bytes:
    """A sheet that begins with a declaration of its own."""

    def change(part: bytes) -> bytes:
        head = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}'
        return (head + part.decode()).encode(encoding)

    return rewritten(excel(), {SHEET: change})


LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


def twice() -> bytes:
    content = io.BytesIO(excel())
    with zipfile.ZipFile(content, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<worksheet/>")
    return content.getvalue()


def understated() -> bytes:
    """A part that unpacks to 30 MB and declares, in both directories, a hundred bytes of it."""
    parts = unzipped(excel())
    sheet = parts.pop(SHEET)
    long = sheet.replace(b"</sheetData>", b" " * 30_000_000 + b"</sheetData>")
    content = zipped({SHEET: long, **parts})
    true = struct.pack("<III", zlib.crc32(long), 0, 0)[:4]
    lie = struct.pack("<I", zlib.crc32(long[:100]))
    content = content.replace(true, lie)
    return content.replace(struct.pack("<I", len(long)), struct.pack("<I", 100))


def protected_parts() -> bytes:
    content = bytearray(excel())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def bloated(size: int, repeats: bool) -> bytes:
    filler = b" " * size if repeats else zlib.compress(b"", 0) + bytes(i % 251 for i in range(size))
    return rewritten(excel(), {"xl/bloat.xml": lambda _: filler})


ATTACKS = {
    "a DOCTYPE": (with_prolog("<!DOCTYPE worksheet>"), refuses("declares DOCTYPE")),
    "an entity that reads a file": (
        with_prolog('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        refuses("declares DOCTYPE"),
    ),
    "an entity in the shared strings": (
        rewritten(excel(), {"xl/sharedStrings.xml": lambda part: b"<!ENTITY a 'b'>" + part}),
        refuses("xl/sharedStrings.xml declares ENTITY"),
    ),
    "a DOCTYPE in utf-16": (
        with_prolog("<!DOCTYPE worksheet>", "utf-16"), refuses("declares DOCTYPE")
    ),
    "a billion laughs": (with_prolog(LAUGHS), refuses("declares DOCTYPE")),
    "an archive bomb": (
        bloated(60_000_000, repeats=True), refuses("unpacks to more than 100 times its size")
    ),
    "a size that lies": (understated(), refuses("")),
    "two parts of one name": (twice(), refuses("two parts of the same name")),
    "too many parts": (
        rewritten(excel(), {f"xl/a{i}.xml": lambda _: b"" for i in range(1_001)}),
        refuses("parts; no spreadsheet program writes that"),
    ),
    "a cell at the far corner": (
        excel(put(XFD1048576=" x")), refuses("a stray cell", "XFD1048576")
    ),
    "a row number beyond every sheet": (
        swap(b'<row r="4"', b'<row r="999999999"'), refuses("a stray cell")
    ),
    "a row number that is none": (swap(b'<row r="4"', b'<row r="four"'), refuses("ValueError")),
    "half a sheet": (swap(b"</sheetData>", b""), refuses("cannot be read")),
    "protected by a password": (encrypted(), refuses("is password-protected")),
    "protected parts": (protected_parts(), refuses("is password-protected")),
    "cut short": (excel()[:-300], refuses("cut short or damaged")),
    "damaged in the middle": (
        excel()[:700] + b"\0" * 20 + excel()[720:], refuses("damaged")
    ),
}  # fmt: skip

# Excel 97-2003 workbooks


def old_excel(
    rows: tuple[tuple[object, ...], ...] = (HEADER, *CELLS),
    change: Callable[[xlwt.Worksheet], object] = lambda sheet: None,
    mac: bool = False,
    name: str = "Cases",
) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = mac
    sheet = book.add_sheet(name)
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell, *([day] if isinstance(cell, dt.datetime) else []))
    change(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def old_error(sheet: xlwt.Worksheet) -> None:
    sheet.row(4).set_cell_text(0, "COR000104")
    sheet.row(4).set_cell_error(3, "#DIV/0!")


def old_hidden(sheet: xlwt.Worksheet) -> None:
    sheet.row(2).hidden = True


def old_merged(sheet: xlwt.Worksheet) -> None:
    sheet.write_merge(4, 5, 3, 3, "Roads")
    sheet.write(4, 0, "COR000104")
    sheet.write(5, 0, "COR000105")


def recoded(content: bytes, old: int, new: int) -> bytes:
    """An old workbook with one kind of record under another's number, the first of them."""
    with olefile.OleFileIO(io.BytesIO(content)) as compound:
        stream = compound.openstream("Workbook").read()
    at = 0
    while struct.unpack_from("<H", stream, at)[0] != old:
        at += 4 + struct.unpack_from("<H", stream, at + 2)[0]
    place = content.index(stream[:512]) + at
    return content[:place] + struct.pack("<H", new) + content[place + 2 :]


def spanning(content: bytes, top: int, bottom: int) -> bytes:
    """An old workbook whose sheet declares other rows than it has."""
    true = struct.pack("<HHIIHHH", 0x0200, 14, 0, 4, 0, 4, 0)
    assert content.count(true) == 1
    return content.replace(true, struct.pack("<HHIIHHH", 0x0200, 14, top, bottom, 0, 4, 0))


def result_of(content: bytes, result: bytes) -> bytes:
    """An old workbook with a formula's stored result in place of none."""
    none = struct.pack("<Q", 0xFFFF000000000003)
    assert content.count(none) == 1
    return content.replace(none, result)


def renamed_stream(content: bytes, new: str) -> bytes:
    """A compound file whose encrypted package goes by another name."""
    old = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    at = content.index(old)
    entry = new.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(new) + 2)
    return content[:at] + entry + content[at + 66 :]


def with_old_formula(formula: str = "1+1") -> bytes:
    return old_excel((HEADER, *CELLS[:2], (*CELLS[2][:3], xlwt.Formula(formula))))


OLD_EXCEL = {
    "plain": (old_excel(), Reads(name="cases.xls")),
    "named .xlsx": (old_excel(), Reads()),
    "days counted from 1904": (old_excel(mac=True), Reads()),
    "numbers and zeros": (
        old_excel((HEADER, (*CELLS[0][:3], 12.0), (*CELLS[1][:3], "012"), (*CELLS[2][:3], 1.5))),
        Reads(served("12", "012", "1.5")),
    ),
    "an error cell": (
        old_excel(change=old_error), Reads(torn={5: "cell D5 shows #DIV/0!"})
    ),
    "hidden rows": (old_excel(change=old_hidden), Reads(notes=("Read 1 record from hidden rows",))),
    "cells merged down": (
        old_excel(change=old_merged),
        Reads((*ROWS, ("COR000104", "", "", "Roads"), ("COR000105", "", "", "Roads")),
              notes=("Gave 1 record the value",)),
    ),
    "titles above": (
        old_excel((("Complaints",), (), HEADER, *CELLS)),
        Reads(noise={1: "above the header", 2: "blank"}),
    ),
    "a formula never calculated": (
        with_old_formula(), refuses("formulas without results (first in cell D4)")
    ),
    "a formula with its result": (
        result_of(with_old_formula(), struct.pack("<d", 2.0)),
        Reads(served("Housing", "Adult social care", "2")),
    ),
    "a formula whose result is an error": (
        result_of(with_old_formula(), bytes([2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF])),
        Reads(ROWS[:2], torn={4: "cell D4 shows #N/A"}),
    ),
    "protected by a password": (
        recoded(old_excel(), 0x0019, 0x002F), refuses("is password-protected")
    ),
    "a declared span beyond every sheet": (
        spanning(old_excel(), 0, 2_000_000_000), refuses("a stray cell", "2,000,000,000 rows")
    ),
    "a declared span that ends before it begins": (
        spanning(old_excel(), 60_000, 4), refuses("with a damaged sheet")
    ),
    "a declared span wider than its rows": (spanning(old_excel(), 0, 60_000), Reads()),
    "cut short": (old_excel()[:1_200], refuses("is an Excel 97-2003 file that was cut short")),
    "a Word document": (
        renamed_stream(encrypted(), "WordDocument"), refuses("a Word document", name="cases.xls")
    ),
    "an Outlook message": (
        renamed_stream(encrypted(), "__properties_version1.0"), refuses("an Outlook message")
    ),
    "another Office file": (
        renamed_stream(encrypted(), "Something"), refuses("an Office file without a workbook")
    ),
}  # fmt: skip

# OpenDocument spreadsheets


def written(value: object, **attributes: object) -> TableCell:
    if isinstance(value, dt.datetime):
        attributes |= {"valuetype": "date", "datevalue": value.strftime("%Y-%m-%d")}
    elif isinstance(value, float):
        attributes |= {"valuetype": "float", "value": str(value)}
    elif value:
        attributes |= {"valuetype": "string"}
    cell = TableCell(**attributes)
    if value:
        cell.addElement(P(text=str(value)))
    return cell


def open_document(
    *rows: tuple[object, ...], change: Callable[[bytes], bytes] = lambda part: part
) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Cases")
    book.spreadsheet.addElement(table)
    for row in rows:
        line = TableRow()
        for cell in row:
            line.addElement(cell if not isinstance(cell, str | float | dt.datetime) else
                            written(cell))  # fmt: skip
        table.addElement(line)
    content = io.BytesIO()
    book.write(content)
    return rewritten(content.getvalue(), {"content.xml": change})


def blank_rows_to_the_end(part: bytes) -> bytes:
    rest = (
        b'<table:table-row table:number-rows-repeated="1048572"><table:table-cell '
        b'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    return part.replace(b"</table:table>", rest)


def filled_rows_to_the_end(part: bytes) -> bytes:
    rest = (
        b'<table:table-row table:number-rows-repeated="1048572"><table:table-cell '
        b'office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
        b"</table:table-cell></table:table-row></table:table>"
    )
    return part.replace(b"</table:table>", rest)


def filtered(part: bytes) -> bytes:
    return part.replace(b"<table:table-row>", b'<table:table-row table:visibility="filter">')


def an_error(part: bytes) -> bytes:
    calculated = b'table:formula="of:=NA()" office:value-type="string"><text:p>#N/A</text:p>'
    return part.replace(b'office:value-type="string"><text:p>Parks</text:p>', calculated)


ODS = {
    "plain": (open_document(HEADER, *CELLS), Reads(name="cases.ods")),
    "numbers": (
        open_document(HEADER, (*CELLS[0][:3], 12.0), (*CELLS[1][:3], 1.5), CELLS[2]),
        Reads(served("12", "1.5", "Parks")),
    ),
    "a million blank rows below": (
        open_document(HEADER, *CELLS, change=blank_rows_to_the_end), Reads()
    ),
    "a million full rows below": (
        open_document(HEADER, *CELLS, change=filled_rows_to_the_end),
        refuses("a stray cell", "16,384 columns"),
    ),
    "repeated cells": (
        open_document(HEADER, (written("x", numbercolumnsrepeated=4),)),
        Reads((("x", "x", "x", "x"),)),
    ),
    "filtered rows": (
        open_document(HEADER, *CELLS, change=filtered),
        Reads(notes=("Read 3 records from hidden rows",)),
    ),
    "an error cell": (
        open_document(HEADER, *CELLS, change=an_error),
        Reads(ROWS[:2], torn={4: "cell D4 shows #N/A"}),
    ),
    "a formula never calculated": (
        open_document(HEADER, (*CELLS[0][:3], written("", formula="of:=1+1"))),
        refuses("formulas without results (first in cell D2)"),
    ),
    "a DOCTYPE": (
        open_document(HEADER, *CELLS, change=lambda part: b"<!DOCTYPE x>" + part),
        refuses("content.xml declares DOCTYPE"),
    ),
    "protected by a password": (
        rewritten(
            open_document(HEADER, *CELLS),
            {"META-INF/manifest.xml": lambda part: part.replace(
                b"</manifest:manifest>",
                b"<manifest:encryption-data/></manifest:manifest>")},
        ),
        refuses("is password-protected"),
    ),
}  # fmt: skip

# Binary Excel workbooks: no library writes them, so the records are written out here (MS-XLSB)


def record(kind: int, body: bytes = b"") -> bytes:
    assert len(body) < 1 << 14
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = bytes([len(body)]) if len(body) < 0x80 else bytes([len(body) & 0x7F | 0x80,
                                                              len(body) >> 7])  # fmt: skip
    return number + size + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_cell(column: int, value: object) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, int):  # an error code
        return record(3, place + bytes([value]))
    if isinstance(value, float):
        return record(5, place + struct.pack("<d", value))
    return record(6, place + wide(str(value)))


def binary_excel(*rows: tuple[object, ...], hidden: int = -1, first: int = 0) -> bytes:
    lines = b""
    for number, row in enumerate(rows, start=first):
        flags = 0x10 if number == hidden else 0
        lines += record(0, struct.pack("<IIHBBB", number, 0, 300, 0, flags, 0) + b"\0" * 4)
        lines += b"".join(binary_cell(column, cell) for column, cell in enumerate(row))
    last = struct.pack("<IIII", first, first + len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = record(129) + record(148, last) + record(145) + lines + record(146) + record(130)
    listed = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Cases"))
    book = record(131) + record(143) + listed + record(144) + record(132)
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    return zipped({
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/'
        b'package/2006/relationships"><Relationship Id="rId1" Type="' + kind +
        b'" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/worksheets/sheet1.bin": sheet,
    })  # fmt: skip


TEXTS = tuple((*row[:2], "45293", row[3]) for row in ROWS)
BINARY = {
    "plain": (binary_excel(HEADER, *TEXTS), Reads(TEXTS, name="cases.xlsb")),
    "numbers": (
        binary_excel(HEADER, (*TEXTS[0][:3], 12.0)), Reads(((*TEXTS[0][:3], "12"),))
    ),
    "an error cell": (
        binary_excel(HEADER, *TEXTS[:2], (*TEXTS[2][:3], 0x17)),
        Reads(TEXTS[:2], torn={4: "cell D4 shows #REF!"}),
    ),
    "hidden rows": (
        binary_excel(HEADER, *TEXTS, hidden=2),
        Reads(TEXTS, notes=("Read 1 record from hidden rows",)),
    ),
    "a row beyond every sheet": (
        binary_excel(HEADER, *TEXTS, first=400_000_000), refuses("a stray cell")
    ),
    "half a sheet": (
        rewritten(binary_excel(HEADER, *TEXTS),
                  {"xl/worksheets/sheet1.bin": lambda part: part[:-40] + b"\xff" * 7}),
        refuses("cannot be read"),
    ),
}  # fmt: skip

CORPUS = {
    f"{group}: {name}": case
    for group, cases in {
        "xlsx": EXCEL,
        "sheet": SHEETS,
        "attack": ATTACKS,
        "xls": OLD_EXCEL,
        "ods": ODS,
        "xlsb": BINARY,
    }.items()
    for name, case in cases.items()
}
READ = {name: case for name, case in CORPUS.items() if isinstance(case[1], Reads)}
REFUSED = {name: case for name, case in CORPUS.items() if isinstance(case[1], Refuses)}


@pytest.mark.parametrize(("content", "wanted"), READ.values(), ids=READ.keys())
def test_a_workbook_is_read_exactly_and_to_its_last_row(content: bytes, wanted: Reads) -> None:
    table = read_table(content, wanted.name, wanted.layout)

    assert tuple(table.cells.columns) == wanted.columns
    assert tuple(table.cells.itertuples(index=False, name=None)) == wanted.rows
    assert {row.row_number: row.reason for row in table.noise} == wanted.noise
    assert {row.row_number: row.reason for row in table.torn} == wanted.torn
    assert len(table.notes) == len(wanted.notes), table.notes
    assert all(part in note for part, note in zip(wanted.notes, table.notes, strict=True))
    assert len(table.cells) + len(table.noise) + len(table.torn) == table.rows_in_file
    assert len(table.row_numbers) == len(table.cells)
    assert table.from_spreadsheet
    assert set(map(str, table.cells.dtypes)) <= {"string"}


@pytest.mark.parametrize(("content", "wanted"), REFUSED.values(), ids=REFUSED.keys())
def test_a_workbook_is_refused_with_a_sentence_that_names_the_cause(
    content: bytes, wanted: Refuses
) -> None:
    with pytest.raises(InputError) as refusal:
        read_table(content, wanted.name, wanted.layout)
    sentence = str(refusal.value)
    assert sentence.startswith(f"{wanted.name}: ")
    assert sentence.endswith(".")
    assert all(cause in sentence for cause in wanted.causes), sentence
