"""The finished file: the same bytes every time, sound in all its parts, inert in all its texts."""

import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from candour.chart import Chart
from candour.figures import Figure
from candour.ledger import Ledger
from candour.report import Report
from candour.table import Listing, Table
from candour.workbook import Theme, check, read_back, write_listings, write_pack

BUILD = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("example", sys.argv[1])
example = importlib.util.module_from_spec(spec)
sys.modules["example"] = example
spec.loader.exec_module(example)
print(hashlib.sha256(example.written(example.report())[0]).hexdigest())
"""


@pytest.mark.parametrize(
    ("seed", "zone"), [("0", "UTC"), ("1", "Pacific/Auckland"), ("77", "America/Lima")]
)
def test_another_process_makes_the_same_bytes(
    pack: tuple[bytes, Ledger], seed: str, zone: str
) -> None:
    built = subprocess.run(
        [sys.executable, "-c", BUILD, str(Path(__file__).with_name("conftest.py"))],
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone,
             "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert built.stdout.strip() == hashlib.sha256(pack[0]).hexdigest()


def test_a_case_list_too_is_the_same_twice(example: ModuleType, theme: Theme) -> None:
    once, twice = (
        write_listings("Cases", "", "", [example.FINDINGS], theme, created=example.CREATED)
        for _ in range(2)
    )
    assert once == twice


def test_the_document_says_what_it_is_and_when_it_was_made(book: Workbook) -> None:
    properties = book.properties
    assert properties.title == "Northmere Council: Complaints performance pack, March 2024"
    assert properties.creator == properties.lastModifiedBy == "Northmere Council"
    assert properties.language == "en-GB"
    assert properties.created == properties.modified == dt.datetime(2024, 4, 2, 8, 30)  # noqa: DTZ001


def test_the_instant_is_told_in_universal_time(example: ModuleType, theme: Theme) -> None:
    summer = dt.datetime(2024, 4, 2, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    there = write_pack(example.report(), Ledger(), theme, file_name=example.FILE, created=summer)
    assert there == example.written(example.report())[0]


def test_members_are_sorted_and_dated_alike(pack: tuple[bytes, Ledger]) -> None:
    with zipfile.ZipFile(BytesIO(pack[0])) as package:
        members = package.infolist()
        assert package.testzip() is None
    assert [m.filename for m in members] == sorted(m.filename for m in members)
    assert {m.date_time for m in members} == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_is_sound_xml_and_every_relation_leads_to_a_part(
    pack: tuple[bytes, Ledger], example: ModuleType
) -> None:
    parts = example.parts(pack[0])
    for name, part in parts.items():
        ElementTree.fromstring(part)
        if name.endswith(".rels"):
            for target in re.findall(rb'Target="([^"]+)"', part):
                path = target.decode()
                base = "" if path.startswith("/") else name.split("_rels")[0]
                assert f"{base}{path}".lstrip("/") in parts, (name, path)


def test_every_sheets_rows_and_cells_stand_once_and_in_order_with_styles_that_exist(
    pack: tuple[bytes, Ledger], example: ModuleType, theme: Theme
) -> None:
    lists = write_listings("Cases", "", "", [example.FINDINGS], theme, created=example.CREATED)
    for content in (pack[0], lists):
        parts = example.parts(content)
        (count,) = re.findall(rb'<cellXfs count="(\d+)"', parts["xl/styles.xml"])
        for name, part in parts.items():
            if not name.startswith("xl/worksheets/sheet"):
                continue
            rows = [int(row) for row in re.findall(rb'<row r="(\d+)"', part)]
            assert rows == sorted(set(rows)), name
            cells = re.findall(rb'<c r="([A-Z]+\d+)"', part)
            assert len(cells) == len(set(cells)), name
            assert all(int(style) < int(count) for style in re.findall(rb'<c [^>]*s="(\d+)"', part))
            (reach,) = re.findall(rb'<dimension ref="A1:[A-Z]+(\d+)"', part)
            assert int(reach) == rows[-1]


def test_tables_and_names_cover_what_they_say(book: Workbook) -> None:
    names = [table for sheet in book for table in sheet.tables]
    assert len({name.casefold() for name in names}) == len(names)
    for sheet in book:
        for table in sheet.tables.values():
            first, last = table.ref.split(":")
            assert sheet[last].row == sheet.max_row
            assert [cell.value for cell in sheet[first:last][0]] == [  # type: ignore[misc]
                column.name for column in table.tableColumns
            ]


def test_the_file_opens_at_the_top_of_its_first_sheet(book: Workbook) -> None:
    assert book.active.title == "Summary"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Summary"]


def attacked(item: object, text: str) -> object:
    """A report's part with an attack before every text of it."""
    match item:
        case str():
            return f"{text}{item}"
        case Figure():
            return replace(item, title=f"{text}{item.title}", source=f"{text}{item.source}")
        case tuple():
            return tuple(attacked(part, text) for part in item)
        case Table():
            headings = tuple(
                replace(h, label=f"{text}{h.label}") if h.unit is None or n else h
                for n, h in enumerate(item.headings)
            )
            rows = tuple(
                replace(row, label=f"{text}{row.label}",
                        cells=tuple(attacked(c, text) if type(c) in {str, Figure} else c
                                    for c in row.cells))
                for row in item.rows
            )  # fmt: skip
            texts = {
                n: f"{text}{getattr(item, n)}" for n in ("title", "row_heading", "reading", "sheet")
            }
            notes = attacked(item.notes, text)
            return replace(item, headings=headings, rows=rows, notes=notes, **texts)  # type: ignore[arg-type]
        case Chart():
            names = ("title", "reading", "alt", "sheet")
            series = tuple(
                replace(s, label=f"{text}{s.label}", figures=attacked(s.figures, text))  # type: ignore[arg-type]
                for s in item.series
            )
            texts = {name: f"{text}{getattr(item, name)}" for name in names}
            return replace(item, series=series, target=attacked(item.target, text), **texts)  # type: ignore[arg-type]
        case Listing():
            headings_of = tuple((f"{text}{label}", kind) for label, kind in item.headings)
            names = ("title", "reading", "sheet", "when_empty")
            texts = {name: f"{text}{getattr(item, name)}" for name in names}
            rows_of = tuple(
                tuple(attacked(v, text) if isinstance(v, str) else v for v in row)
                for row in item.rows
            )
            return replace(item, headings=headings_of, rows=rows_of, notes=(text,), **texts)
    return item


def attacked_report(report: Report, text: str) -> Report:
    sections = tuple(
        replace(s, title=f"{text}{s.title}", sentences=(text,),
                items=tuple(attacked(item, text) for item in s.items))  # type: ignore[arg-type]
        for s in report.sections
    )  # fmt: skip
    texts = {n: f"{text}{getattr(report, n)}" for n in ("title", "council", "marking", "notice")}
    headlines = tuple(f"{text}{headline}" for headline in report.headlines)
    return replace(report, sections=sections, headlines=headlines, **texts)  # type: ignore[arg-type]


ATTACKS = [
    "=1+1 ",
    "+1 ",
    "-1 ",
    "@SUM(A1) ",
    "=cmd|' /C calc'!A0 ",
    "＝1 ",
    "<f>1</f> ",
    "_x003D_1 ",
]


def texts_of(sheet: Worksheet) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_is_inert_wherever_it_can_enter(example: ModuleType, attack: str) -> None:
    report = attacked_report(example.report(), attack)
    content, ledger = example.written(report)
    parts = example.parts(content)
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            assert not re.search(rb"<f[ >/]", part), name
            assert not re.search(rb'"[^"]*_x003D_', part.replace(b"_x005F_x003D_", b"")), name
        if name.startswith("xl/charts/"):
            assert all(b"!$" in ref for ref in re.findall(rb"<f>([^<]*)</f>", part)), name
    book = example.read(content)
    begins = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@＝" and cell.value:
                    assert cell.quotePrefix, (sheet.title, cell.coordinate)
                    begins += 1
    assert begins > 60 or attack[0] in "<_"
    # The last attack is written so that Excel, which decodes it, shows it as it came.
    shown = attack.replace("_x003D_", "_x005F_x003D_").strip()
    assert all(any(shown in text for text in texts_of(sheet)) for sheet in book)
    if attack[0] not in "_":
        assert read_back(content, ledger, example.FILE, report) == []


def test_an_attacked_pack_still_passes_its_checks(example: ModuleType) -> None:
    content, _ = example.written(attacked_report(example.report(), "=1+1 "))
    assert check(content) == []
