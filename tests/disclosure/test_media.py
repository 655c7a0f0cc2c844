"""No medium says more of a withheld number than that it is, nor does what stands beside it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree, html

from tests.disclosure.reader import HIDDEN

if TYPE_CHECKING:
    from tests.conftest import House, Made

RATINGS = {"Met", "Near", "Missed"}
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
WORD = f"{{{NAMESPACES['w']}}}"
LAST_ROWS = ("All", "Not recorded", "Total")
ORDERED = 4
"""As many numbers from the largest to the smallest are in order, and not so by chance."""

Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def files(house: House, report: Made) -> Files:
    """Northmere's annual report for the public, each file under how its name ends."""
    folder = Path(house.settings.home) / report.release.folder
    return {
        file.name.rpartition(".")[2]: (folder / file.name).read_bytes()
        for file in report.draft.files
    }


@pytest.fixture(scope="module")
def hidden(files: Files) -> frozenset[str]:
    """The figures the published ledger says are withheld, and all it says of them."""
    rows = list(csv.DictReader(io.StringIO(files["csv"].decode())))
    withheld = [row for row in rows if row["display"] == HIDDEN]
    assert withheld
    assert {row[name] for row in withheld for name in ("count", "base", "value")} == {""}
    return frozenset(row["figure"] for row in withheld)


def test_the_page_holds_no_value_of_what_it_withholds(files: Files, hidden: frozenset[str]) -> None:
    page = html.fromstring(files["html"])
    seen = set()
    for element in page.iter():
        if isinstance(element.tag, str) and element.get("data-figure") in hidden:
            seen.add(element.get("data-figure"))
            assert element.text_content() == HIDDEN
            assert {n: v for n, v in element.items() if n != "data-figure" and v} == {}
    assert seen


def test_the_word_file_holds_none(files: Files, hidden: frozenset[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as parts:
        document = etree.fromstring(parts.read("word/document.xml"))
        others = [parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rels"))]
    seen = set()
    for control in document.iter(f"{WORD}sdt"):
        tag = control.find(f"{WORD}sdtPr/{WORD}tag")
        key = "" if tag is None else tag.get(f"{WORD}val").removeprefix("figure:")
        if key in hidden:
            seen.add(key)
            assert "".join(control.itertext()).strip() == HIDDEN
    assert seen
    for key in hidden:
        assert sum(f"figure:{key}".encode() in part for part in others) <= 1


def test_the_workbook_holds_none(files: Files, hidden: frozenset[str]) -> None:
    """Neither in cells, nor in names, comments, hidden sheets, rows or columns."""
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    rows = csv.DictReader(io.StringIO(files["csv"].decode()))
    places = re.compile(r"\.xlsx ([^!;]+)!([A-Z]+\d+)")
    seen = 0
    for row in rows:
        for sheet, cell in places.findall(row["printed_in"]) if row["figure"] in hidden else ():
            seen += 1
            assert book[sheet][cell].value == HIDDEN, row["figure"]
    assert seen >= len(hidden) / 2
    for name in book.defined_names.values():
        assert re.fullmatch(r"'?[^']+'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", name.attr_text), name.name
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not [d for d in sheet.column_dimensions.values() if d.hidden]
        assert not [d for d in sheet.row_dimensions.values() if d.hidden]
        assert not [cell for line in sheet.iter_rows() for cell in line if cell.comment]


def test_a_chart_draws_nothing_of_what_is_withheld(files: Files) -> None:
    """Charts of the workbook show cells and keep no copy; the page's have no such label."""
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as parts:
        charts = [n for n in parts.namelist() if n.startswith("xl/charts/")]
        assert charts
        for name in charts:
            chart = etree.fromstring(parts.read(name))
            assert not chart.xpath("//c:numCache//c:v | //c:numLit//c:v", namespaces=NAMESPACES)
    for drawing in re.findall(rb"<svg.*?</svg>", files["html"], re.DOTALL):
        assert HIDDEN.encode() not in drawing


def _tables(files: Files) -> list[list[list[str]]]:
    """The rows of every table of the page, body rows only, as texts."""
    page = html.fromstring(files["html"])
    return [
        [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
            for row in table.xpath(".//tbody/tr")
        ]
        for table in page.xpath("//table")
    ]


def test_no_rating_says_how_a_withheld_share_stands(files: Files) -> None:
    beside = [
        row
        for table in _tables(files)
        for row in table
        if RATINGS & {*row} and not re.search(r"\d", " ".join(row[1:]))
    ]
    assert not beside


def test_the_order_of_rows_places_no_withheld_number(files: Files) -> None:
    """In a column from the largest to the smallest, nothing above nought stands after a gap."""
    checked = 0
    for table in _tables(files):
        body = [row for row in table if not row[0].startswith(LAST_ROWS)]
        width = min((len(row) for row in body), default=0)
        for column in range(1, width):
            cells = [row[column] for row in body]
            numbers = [int(c.replace(",", "")) for c in cells if re.fullmatch(r"[\d,]+", c)]
            in_order = len(numbers) >= ORDERED and numbers == sorted(numbers, reverse=True)
            if HIDDEN in cells and in_order:
                checked += 1
                after = cells[cells.index(HIDDEN) :]
                assert not [c for c in after if c not in {HIDDEN, "0"}], cells
    assert checked
