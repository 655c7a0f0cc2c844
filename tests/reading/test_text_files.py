"""Text files as people and systems send them: read exactly, or refused with the cause."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
from dataclasses import dataclass, field, replace

import pytest

from candour.errors import InputError
from candour.reading.files import read_table
from candour.reading.layout import Layout

HEADER = ("Case Reference", "Stage", "Date Received", "Service")
ROWS = (
    ("COR000101", "Stage 1", "02/01/2024", "Housing"),
    ("COR000102", "Stage 1", "03/01/2024", "Adult social care"),
    ("COR000103", "Stage 2", "04/01/2024", "Parks"),
)
LAYOUT = Layout(
    expected=frozenset({"Case Reference", "Stage", "Date Received"}),
    noise=("Grand Total", "Total", "Confidential"),
)
TEXT = "\r\n".join(",".join(row) for row in (HEADER, *ROWS)) + "\r\n"
BOM = "\ufeff"


def lines(*changed: str) -> str:
    return "".join(line + "\r\n" for line in changed)


HEAD, ONE, TWO, THREE = TEXT.splitlines()


@dataclass(frozen=True)
class Reads:
    """What a file is read as: exact cells, and every other row with its reason."""

    rows: tuple[tuple[str, ...], ...] = ROWS
    columns: tuple[str, ...] = HEADER
    noise: dict[int, str] = field(default_factory=dict)
    torn: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    layout: Layout = LAYOUT
    name: str = "cases.csv"


@dataclass(frozen=True)
class Refuses:
    """What the sentence must say."""

    causes: tuple[str, ...]
    layout: Layout = LAYOUT
    name: str = "cases.csv"


def refuses(*causes: str, layout: Layout = LAYOUT, name: str = "cases.csv") -> Refuses:
    return Refuses(causes, layout, name)


def with_service(*services: str) -> tuple[tuple[str, ...], ...]:
    return tuple((*row[:3], service) for row, service in zip(ROWS, services, strict=True))


def services_text(*services: str) -> str:
    return lines(HEAD, *(",".join(row) for row in with_service(*services)))


def identified(**changes: object) -> Layout:
    return replace(LAYOUT, identifying=("Case Reference",), **changes)


TWO_LINES = replace(
    LAYOUT,
    expected=frozenset({"Case Reference", "Stage 1 Received", "Stage 1 Sent"}),
    header_lines=2,
)
TWO_COLUMNS = ("Case Reference", "Stage 1 Received", "Stage 1 Sent")

ENCODINGS = {
    "utf-8": (TEXT.encode(), Reads()),
    "utf-8 with its mark": ((BOM + TEXT).encode(), Reads()),
    "two marks": ((BOM + BOM + TEXT).encode(), Reads(notes=("Removed 1 invisible character.",))),
    "cp1252 pound, dash and quotes": (
        services_text("Café £5", "Children – “care”", "Parks").encode("cp1252"),
        Reads(
            with_service("Café £5", "Children – “care”", "Parks"),
            notes=("Read as cp1252, since line 2 is not UTF-8",),
        ),
    ),
    "utf-8 beyond the basic plane": (
        services_text("Housing 🙂", "Łódź", "Parks").encode(),
        Reads(with_service("Housing 🙂", "Łódź", "Parks")),
    ),
    "utf-16 little-endian with mark": (
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        Reads(notes=("Read as UTF-16-LE",)),
    ),
    "utf-16 big-endian with mark": (
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        Reads(notes=("Read as UTF-16-BE",)),
    ),
    "utf-32 with mark": (
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        Reads(notes=("Read as UTF-32-LE",)),
    ),
    "utf-16 little-endian without mark": (
        TEXT.encode("utf-16-le"),
        refuses("UTF-16 (little-endian) without a byte-order mark"),
    ),
    "utf-16 big-endian without mark": (
        TEXT.encode("utf-16-be"),
        refuses("UTF-16 (big-endian) without a byte-order mark"),
    ),
    "two encodings pasted together": (
        lines(HEAD, "COR1,Stage 1,02/01/2024,Café").encode()
        + lines("COR2,Stage 1,02/01/2024,Café").encode("cp1252"),
        refuses("mixes encodings", "line 2 is UTF-8 and line 3 is not"),
    ),
    "two encodings but cp1252 alone declared": (
        lines(HEAD, "COR1,Stage 1,02/01/2024,Café").encode()
        + lines("COR2,Stage 1,02/01/2024,Café").encode("cp1252"),
        Reads(
            (
                ("COR1", "Stage 1", "02/01/2024", "CafÃ©"),
                ("COR2", "Stage 1", "02/01/2024", "Café"),
            ),
            notes=("Read as cp1252",),
            layout=replace(LAYOUT, encodings=("cp1252",)),
        ),
    ),
    "a byte that no declared encoding has": (
        lines(HEAD, ONE).encode() + b"COR2,Stage 1,02/01/2024,\x81\r\n",
        refuses("is not text in utf-8 or cp1252", "line 3"),
    ),
    "a utf-8 mark before cp1252": (
        codecs.BOM_UTF8 + services_text("Housing", "Café", "Parks").encode("cp1252"),
        refuses("mark of UTF-8 but line 3 is not"),
    ),
    "utf-8 though only cp1252 is declared": (
        services_text("Café", "Adult social care", "Parks").encode(),
        Reads(
            with_service("Café", "Adult social care", "Parks"),
            notes=("Read as UTF-8",),
            layout=replace(LAYOUT, encodings=("cp1252",)),
        ),
    ),
    "letters lost before": (
        services_text("Caf\ufffd", "Adult social care", "Parks").encode(),
        Reads(
            with_service("Caf\ufffd", "Adult social care", "Parks"),
            notes=("Holds 1 replacement character (U+FFFD)",),
        ),
    ),
}

BYTES = {
    "a NUL in a cell": (
        lines(HEAD, ONE, TWO.replace("Adult", "Ad\0ult"), THREE).encode(),
        Reads((ROWS[0], ROWS[2]), torn={3: "holds a NUL byte"}),
    ),
    "a NUL in the header": (
        TEXT.replace("Service", "Ser\0vice").encode(),
        refuses("header row (row 1) holds a NUL byte"),
    ),
    "padded with NULs to its end": (
        TEXT.encode() * 200 + b"\0" * 512,
        refuses("block of NUL bytes at line 801", "send it again"),
    ),
    "nothing but NULs": (b"\0" * 8192, refuses("mostly NUL bytes")),
    "a short file padded with NULs": (TEXT.encode() + b"\0" * 900, refuses("mostly NUL bytes")),
    "an end-of-file mark": (TEXT.encode() + b"\x1a", Reads(notes=("end-of-file mark (0x1A)",))),
    "an end-of-file mark on a line of its own": (
        TEXT.encode() + b"\x1a\r\n",
        Reads(notes=("end-of-file mark (0x1A)",)),
    ),
    "control characters": (
        services_text("Hou\x02sing", "Adult\x0b social care", "Parks\x7f").encode(),
        Reads(notes=("Removed 3 invisible characters.",)),
    ),
    "invisible characters": (
        services_text("Hou\u200bsing", "Adult\ufeff social care", "Pa\x85rks").encode(),
        Reads(notes=("Removed 3 invisible characters.",)),
    ),
    "binary": (bytes(range(1, 256)) * 40, refuses("is not text in utf-8 or cp1252")),
    "binary in utf-8": (bytes(range(1, 128)) * 40, refuses("not a text file")),
}

SEPARATORS = {
    "semicolons": (TEXT.replace(",", ";").encode(), Reads()),
    "tabs": (TEXT.replace(",", "\t").encode(), Reads(name="cases.txt")),
    "bars": (TEXT.replace(",", "|").encode(), Reads()),
    "semicolons with commas in the cells": (
        services_text("Housing", "Adult social care", "Parks")
        .replace(",", ";")
        .replace("Housing", "Housing, repairs")
        .encode(),
        Reads(with_service("Housing, repairs", "Adult social care", "Parks")),
    ),
    "a separator nobody declared": (
        TEXT.replace(",", "~").encode(),
        refuses("split by comma or semicolon or tab or bar", "its separator is not declared"),
    ),
    "a separator nobody declared, said by the file": (
        ("sep=~\r\n" + TEXT.replace(",", "~")).encode(),
        Reads(noise={1: "above the header"}),
    ),
    "sep=, line": (("sep=,\r\n" + TEXT).encode(), Reads(noise={1: "above the header"})),
    "quoted sep=; line": (
        ('"sep=;"\r\n' + TEXT.replace(",", ";")).encode(),
        Reads(noise={1: "above the header"}),
    ),
    "one column": (
        lines("Case Reference", "COR000101").encode(),
        Reads(
            (("COR000101",),),
            ("Case Reference",),
            layout=replace(LAYOUT, expected=frozenset({"Case Reference"})),
        ),
    ),
}

QUOTES = {
    "every cell quoted": (
        lines(*(",".join(f'"{cell}"' for cell in row) for row in (HEADER, *ROWS))).encode(),
        Reads(),
    ),
    "doubled quotes and commas": (
        lines(HEAD, ONE, TWO, THREE.replace("Parks", '"Parks, ""green"" spaces"')).encode(),
        Reads(with_service("Housing", "Adult social care", 'Parks, "green" spaces')),
    ),
    "a quote inside an unquoted cell": (
        services_text('12" pipes', "Adult social care", "Parks").encode(),
        Reads(with_service('12" pipes', "Adult social care", "Parks")),
    ),
    "line ends in a cell": (
        lines(HEAD, ONE, TWO.replace("Adult social", '"Adult\r\nsocial\r\n') + '"', THREE).encode(),
        Reads(with_service("Housing", "Adult\r\nsocial\r\n care", "Parks")),
    ),
    "prose with commas and line ends in a cell": (
        lines(
            HEAD, ONE.replace("Housing", '"Damp, mould, cold\nand, again, 3 visits, none useful"')
        ).encode(),
        Reads(
            (
                (
                    "COR000101",
                    "Stage 1",
                    "02/01/2024",
                    "Damp, mould, cold\nand, again, 3 visits, none useful",
                ),
            )
        ),
    ),
    "never closed": (
        lines(HEAD, ONE, TWO.replace("Adult", '"Adult'), THREE).encode(),
        refuses("opened in the record at line 3 is never closed"),
    ),
    "never closed in the header": (
        TEXT.replace("Date Received", '"Date Received').encode(),
        refuses("opened in the record at line 1 is never closed"),
    ),
    "text after a closing quote": (
        lines(HEAD, ONE.replace("Stage 1", '"Stage" 1'), TWO).encode(),
        refuses("line 2 has text straight after a closing quotation mark"),
    ),
    "closed only by a later row's quote": (
        lines(HEAD, ONE.replace("Housing", '"Housing'), TWO.replace("Adult", '"Adult')).encode(),
        refuses("line 3 has text straight after a closing quotation mark", "began at line 2"),
    ),
    "two lone quotes swallow two rows": (
        lines(
            HEAD, ONE.replace("Stage 1", '"Stage 1'), TWO, THREE.replace("Stage 2", 'Stage 2"')
        ).encode(),
        refuses("line 2 holds 3 whole rows between two quotation marks"),
    ),
    "two lone quotes swallow one row": (
        lines(HEAD, ONE.replace("02/01", '"02/01'), TWO.replace("2024", '2024"'), THREE).encode(),
        refuses("line 2 holds 2 whole rows"),
    ),
    "two lone quotes in the first column": (
        lines(HEAD, '"' + ONE, TWO, THREE.replace("COR000103", 'COR000103"')).encode(),
        refuses("line 2 holds 3 whole rows"),
    ),
    "a cell without end": (
        lines(HEAD, ONE.replace("Housing", '"Housing')).encode() + b"x" * 140_000,
        refuses("begins at line 2", "131,072 characters"),
    ),
}

FIELD_COUNTS = {
    "a comma after every row but the header": (
        lines(HEAD, ONE + ",", TWO + ",", THREE + ",").encode(),
        Reads(notes=("Left out column 5",)),
    ),
    "a comma after every row": (
        lines(HEAD + ",", ONE + ",", TWO + ",", THREE + ",").encode(),
        Reads(notes=("Left out column 5",)),
    ),
    "a comma after the header only": (lines(HEAD + ",,", ONE, TWO, THREE).encode(), Reads()),
    "a comma after one row only": (
        lines(HEAD, ONE, TWO + ",", THREE).encode(),
        Reads((ROWS[0], ROWS[2]), torn={3: "5 fields where the header has 4"}),
    ),
    "a comma after every row and one unquoted": (
        lines(HEAD, ONE + ",", TWO.replace("social", "social,") + ",", THREE + ",").encode(),
        Reads(
            (ROWS[0], ROWS[2]),
            torn={3: "6 fields where the header has 4"},
            notes=("Left out column 5",),
        ),
    ),
    "a short row": (
        lines(HEAD, ONE, "COR000102,Stage 1", THREE).encode(),
        Reads((ROWS[0], ROWS[2]), torn={3: "2 fields where the header has 4"}),
    ),
    "a long row": (
        lines(HEAD, ONE, TWO.replace("Adult ", "Adult, "), THREE).encode(),
        Reads((ROWS[0], ROWS[2]), torn={3: "5 fields where the header has 4"}),
    ),
    "a short row without its reference": (
        lines(HEAD, ONE, ",Stage 1", THREE).encode(),
        Reads((ROWS[0], ROWS[2]), torn={3: "2 fields"}, layout=identified()),
    ),
    "cut off in its last row": (
        TEXT.encode()[:-22],
        Reads(ROWS[:2], torn={4: "2 fields where the header has 4"}),
    ),
}

NOISE = {
    "blank lines": (
        lines(HEAD, "", ONE, "   ", TWO, ",,,", THREE, "").encode(),
        Reads(noise={2: "blank", 4: "blank", 6: "blank", 8: "blank"}),
    ),
    "totals and a footer": (
        lines(HEAD, ONE, TWO, THREE, ",GRAND  TOTAL,,3", "Confidential: Northmere").encode(),
        Reads(noise={5: "begins with “Grand Total”", 6: "begins with “Confidential”"}),
    ),
    "an undeclared footer": (
        lines(HEAD, ONE, TWO, THREE, "Printed by the complaints team").encode(),
        Reads(torn={5: "1 field where the header has 4"}),
    ),
    "titles above the header": (
        lines("Complaints received", "", "Filter: all,,", HEAD, ONE, TWO, THREE).encode(),
        Reads(noise={1: "above the header", 2: "blank", 3: "above the header"}),
    ),
    "the header again": (
        lines(HEAD, ONE, HEAD, TWO, HEAD.upper(), THREE).encode(),
        Reads(noise={3: "the header again", 5: "the header again"}),
    ),
    "a second export pasted below, mark and all": (
        lines(HEAD, ONE, BOM + HEAD, TWO, THREE).encode(),
        Reads(noise={3: "the header again"}, notes=("Removed 1 invisible character.",)),
    ),
    "a subtotal without a reference": (
        lines(HEAD, ONE, TWO, ",,,2 cases", THREE).encode(),
        Reads(noise={4: "nothing in “Case Reference”"}, layout=identified()),
    ),
    "noise declared as a blank is no noise": (
        TEXT.encode(),
        Reads(layout=replace(LAYOUT, noise=("", " "))),
    ),
    "a header and nothing below": (
        lines(HEAD).encode(),
        Reads((), notes=("Holds a header and no records",)),
    ),
    "as many rows as an old sheet holds": (
        (HEAD + "\r\n" + lines(ONE, TWO, THREE) * 21_845).encode(),
        Reads(ROWS * 21_845, notes=("Ends at row 65,536",)),
    ),
}

HEADERS = {
    "another case and white space": (
        TEXT.replace("Case Reference", " case\u00a0  REFERENCE ").encode(),
        Reads(columns=("case REFERENCE", *HEADER[1:])),
    ),
    "the same name twice": (
        TEXT.replace("Service", "Stage").encode(),
        refuses("names “Stage” more than once"),
    ),
    "the same name twice but for case and spaces": (
        TEXT.replace("Service", "date\u00a0received ").encode(),
        refuses("“Date Received”", "“date received”", "more than once"),
    ),
    "a column without a name": (
        lines("Case Reference,,Stage,Date Received", "COR1,x,Stage 1,02/01/2024").encode(),
        refuses("column 2 has no header (row 1) but holds text"),
    ),
    "a column without a name or content": (
        lines("Case Reference,,Stage,Date Received", "COR1, ,Stage 1,02/01/2024").encode(),
        Reads(
            (("COR1", "Stage 1", "02/01/2024"),),
            HEADER[:3],
            notes=("Left out column 2",),
        ),
    ),
    "a mapped column is missing": (
        TEXT.replace("Date Received", "Received").encode(),
        refuses("nearest to the expected header is row 1", "lacks “Date Received”"),
    ),
    "a mapped column is missing in a quoted file": (
        lines(*(f'"{row[0]}","{row[2]}","{row[3]}"' for row in (HEADER, *ROWS))).encode(),
        refuses("nearest to the expected header is row 1", "lacks “Stage”"),
    ),
    "another export, quoted": (
        lines('"Asset","Condition"', '"Bridge 4","Fair"').encode(),
        refuses("none of its first 50 rows"),
    ),
    "no header at all": (
        lines(ONE, TWO, THREE).encode(),
        refuses("none of its first 50 rows", "this may be another export"),
    ),
    "another export": (
        lines("Asset,Condition,Surveyed", "Bridge 4,Fair,02/01/2024").encode(),
        refuses("none of its first 50 rows"),
    ),
    "a header too far down": (
        (lines("A title") * 50 + TEXT).encode(),
        refuses("none of its first 50 rows"),
    ),
    "an identifying column that is missing": (
        TEXT.encode(),
        refuses("lacks “Task Id”", layout=replace(LAYOUT, identifying=("Task Id",))),
    ),
    "over two lines": (
        lines("Case,Stage 1,Stage 1", "Reference,Received,Sent", "COR1,a,b").encode(),
        Reads((("COR1", "a", "b"),), TWO_COLUMNS, layout=TWO_LINES),
    ),
    "over two lines, merged": (
        lines("A title", "Case Reference,Stage 1,", ",Received,Sent", "COR1,a,b").encode(),
        Reads((("COR1", "a", "b"),), TWO_COLUMNS, noise={1: "above the header"}, layout=TWO_LINES),
    ),
    "over two lines and again": (
        lines("Case,Stage 1,Stage 1", "Reference,Received,Sent").encode() * 2 + b"COR1,a,b",
        Reads(
            (("COR1", "a", "b"),),
            TWO_COLUMNS,
            noise={3: "the header again", 4: "the header again"},
            layout=TWO_LINES,
        ),
    ),
    "nothing expected yet": (
        lines("Complaints 2024", "", HEAD, ONE, TWO, THREE).encode(),
        Reads(
            noise={1: "above the header", 2: "blank"},
            layout=replace(LAYOUT, expected=frozenset()),
        ),
    ),
    "nothing expected yet, semicolons": (
        TEXT.replace(",", ";").encode(),
        Reads(layout=replace(LAYOUT, expected=frozenset())),
    ),
}

VALUES = {
    "leading zeros": (
        TEXT.replace("COR", "").encode(),
        Reads(tuple((row[0][3:], *row[1:]) for row in ROWS)),
    ),
    "words that look like nothing": (
        services_text("NA", "None", "NULL").encode(),
        Reads(with_service("NA", "None", "NULL")),
    ),
    "error words": (
        services_text("#N/A", "nan", "true").encode(),
        Reads(with_service("#N/A", "nan", "true")),
    ),
    "serial numbers and exponents": (
        services_text("45032", "1E5", "007.50").encode(),
        Reads(with_service("45032", "1E5", "007.50")),
    ),
    "formulas": (
        services_text("=HYPERLINK(1)", "+1", "@x").encode(),
        Reads(with_service("=HYPERLINK(1)", "+1", "@x")),
    ),
    "hard spaces at the ends only": (
        services_text(" \u00a0Housing\u00a0", "Adult\u00a0social care\t", "\u3000Parks").encode(),
        Reads(with_service("Housing", "Adult\u00a0social care", "Parks")),
    ),
    "line ends of unix": (TEXT.replace("\r\n", "\n").encode(), Reads()),
    "line ends of the old mac": (TEXT.replace("\r\n", "\r").encode(), Reads()),
    "no line end at the end": (TEXT.strip().encode(), Reads()),
    "doubled line ends": (
        TEXT.replace("\r\n", "\r\r\n").encode(),
        Reads(noise={2: "blank", 4: "blank", 6: "blank", 8: "blank"}),
    ),
    "line separators that are none": (
        services_text("Housing\u2028x", "Adult social care", "Parks").encode(),
        Reads(with_service("Housing\u2028x", "Adult social care", "Parks")),
    ),
}


def zipped(name: str, content: bytes = b"x") -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr(name, content)
    return archive.getvalue()


PAGE = "<!DOCTYPE html>\n<html><head><title>Complaints</title></head><body>%s</body></html>"
MASKED = {
    "nothing": (b"", refuses("is empty")),
    "white space": (b" \r\n\r\n", refuses("is empty")),
    "a mark and nothing": (codecs.BOM_UTF8, refuses("is empty")),
    "a utf-16 mark and nothing": (codecs.BOM_UTF16_LE, refuses("is empty")),
    "a login page": (
        (PAGE % "<form><input name=user><input type='password'></form>").encode(),
        refuses("a login page", "session had ended"),
    ),
    "a table as a web page": ((PAGE % "<table><tr><td>1").encode(), refuses("a web page (HTML)")),
    "a web page as .xls": (
        ("\n" + PAGE % "<table>").encode(),
        refuses("a web page (HTML)", name="cases.xls"),
    ),
    "a web page in utf-16": (
        codecs.BOM_UTF16_LE + (PAGE % "<table>").encode("utf-16-le"),
        refuses("a web page (HTML)"),
    ),
    "a part of a web page": (b"<table><tr><td>1", refuses("a web page (HTML)")),
    "an Excel 2003 XML spreadsheet": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        refuses("an Excel 2003 XML spreadsheet", "save it as .xlsx", name="cases.xls"),
    ),
    "XML": (b'<?xml version="1.0"?><cases><case/></cases>', refuses("an XML document")),
    "JSON": (b'{"error": "unauthorised"}', refuses("JSON")),
    "a JSON list": (b'[\n {"ref": 1}]', refuses("JSON")),
    "headers in brackets are no JSON": (
        TEXT.replace("Case Reference", "[Case Reference]").encode(),
        Reads(
            columns=("[Case Reference]", *HEADER[1:]),
            layout=replace(LAYOUT, expected=frozenset({"Stage"})),
        ),
    ),
    "a mail message": (b"MIME-Version: 1.0\r\nX: y\r\n\r\nhello", refuses("MHTML", name="a.xls")),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\n", refuses("a PDF document")),
    "rich text": (b"{\\rtf1 Complaints}", refuses("a rich-text document")),
    "gzip": (gzip.compress(TEXT.encode()), refuses("a gzip archive", name="cases.csv.gz")),
    "a zip archive": (zipped("cases.csv", TEXT.encode()), refuses("a zip archive; unpack it")),
    "an empty zip archive": (b"PK\x05\x06" + bytes(18), refuses("an empty zip archive")),
    "a Word document": (zipped("word/document.xml"), refuses("a Word document")),
    "a presentation": (zipped("ppt/presentation.xml"), refuses("a presentation")),
    "a workbook named .csv": (zipped("xl/workbook.xml"), refuses("named .csv but is an Excel")),
    "half a zip archive": (zipped("xl/workbook.xml")[:60], refuses("cut short or damaged")),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c\0\x04", refuses("a 7-Zip archive")),
    "RAR": (b"Rar!\x1a\x07\x01\0", refuses("a RAR archive")),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", refuses("a picture")),
    "Parquet": (b"PAR1\x15\x04", refuses("a Parquet file")),
    "SQLite": (b"SQLite format 3\0\x10", refuses("an SQLite database")),
    "a pointer to a large file": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        refuses("none of its first 50 rows"),
    ),
    "an error message": (b"ORA-01013: user requested cancel\n", refuses("none of its first")),
    "text named .xls": (
        TEXT.replace(",", "\t").encode(),
        Reads(notes=("Named .xls but holds delimited text",), name="cases.xls"),
    ),
    "a compound file cut short": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90,
        refuses("cut short or damaged", name="cases.xls"),
    ),
}

CORPUS = {
    f"{group}: {name}": case
    for group, cases in {
        "encoding": ENCODINGS,
        "bytes": BYTES,
        "separator": SEPARATORS,
        "quotes": QUOTES,
        "fields": FIELD_COUNTS,
        "noise": NOISE,
        "header": HEADERS,
        "values": VALUES,
        "masked": MASKED,
    }.items()
    for name, case in cases.items()
}
READ = {name: case for name, case in CORPUS.items() if isinstance(case[1], Reads)}
REFUSED = {name: case for name, case in CORPUS.items() if isinstance(case[1], Refuses)}


@pytest.mark.parametrize(("content", "wanted"), READ.values(), ids=READ.keys())
def test_a_file_is_read_exactly_and_to_its_last_row(content: bytes, wanted: Reads) -> None:
    table = read_table(content, wanted.name, wanted.layout)

    assert tuple(table.cells.columns) == wanted.columns
    assert tuple(table.cells.itertuples(index=False, name=None)) == wanted.rows
    assert_reasons(table.noise, wanted.noise)
    assert_reasons(table.torn, wanted.torn)
    assert len(table.notes) == len(wanted.notes), table.notes
    assert all(part in note for part, note in zip(wanted.notes, table.notes, strict=True))
    assert len(table.cells) + len(table.noise) + len(table.torn) == table.rows_in_file
    assert len(table.row_numbers) == len(table.cells)
    assert not table.from_spreadsheet
    assert set(map(str, table.cells.dtypes)) <= {"string"}


def assert_reasons(found: tuple, wanted: dict[int, str]) -> None:
    assert [row.row_number for row in found] == list(wanted)
    assert all(row.reason.startswith(wanted[row.row_number]) for row in found), found


@pytest.mark.parametrize(("content", "wanted"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_is_refused_with_a_sentence_that_names_the_cause(
    content: bytes, wanted: Refuses
) -> None:
    with pytest.raises(InputError) as refusal:
        read_table(content, wanted.name, wanted.layout)
    sentence = str(refusal.value)
    assert sentence.startswith(f"{wanted.name}: ")
    assert sentence.endswith(".")
    assert all(cause in sentence for cause in wanted.causes), sentence


def test_the_corpus_holds_a_hundred_files() -> None:
    assert len(CORPUS) >= 100


def test_every_row_keeps_the_line_it_began_on() -> None:
    content = lines("A title", HEAD, ONE, TWO.replace("Adult", '"Adult\n\n') + '"', "", THREE)

    table = read_table(content.encode(), "cases.csv", LAYOUT)

    assert table.row_numbers.tolist() == [3, 4, 8]
    assert [row.row_number for row in table.noise] == [1, 7]


def test_a_torn_row_is_kept_as_it_stands_in_the_file() -> None:
    torn = 'COR000102 , "Stage 1",x'
    content = lines(HEAD, ONE, torn, THREE)

    table = read_table(content.encode(), "cases.csv", LAYOUT)

    assert [row.text for row in table.torn] == [torn + "\r\n"]


def test_a_refusal_quotes_no_row() -> None:
    content = lines("Ann Example,1 High Street", "Ben Example,2 High Street")

    with pytest.raises(InputError) as refusal:
        read_table(content.encode(), "cases.csv", LAYOUT)

    assert "Example" not in str(refusal.value)
    assert "High Street" not in str(refusal.value)


def test_rows_beyond_one_chunk_keep_their_order() -> None:
    content = HEAD + "\n" + "".join(f"COR{i:06},Stage 1,02/01/2024,Parks\n" for i in range(4_500))

    table = read_table(content.encode(), "cases.csv", LAYOUT)

    assert table.cells["Case Reference"].tolist() == [f"COR{i:06}" for i in range(4_500)]
    assert table.row_numbers.tolist() == list(range(2, 4_502))
