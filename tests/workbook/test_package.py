"""The finished file: the same bytes every time, sound in all its parts, inert in all its texts."""

import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from candour.ledger import Ledger
from candour.period import Period
from candour.spc import Control
from candour.workbook import Theme, check, read_back, write_listings, write_pack

LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
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
            assert int(reach) == max(int(cell.lstrip(LETTERS)) for cell in cells)


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
    """A part of a report with an attack before each of its texts, figures' names included."""
    if type(item) is str:
        return f"{text}{item}"
    if isinstance(item, tuple):
        return tuple(attacked(part, text) for part in item)
    if is_dataclass(item) and not isinstance(item, Period | Control):
        changed = {
            field.name: attacked(getattr(item, field.name), text)
            for field in fields(item)
            if field.name not in SAFE
        }
        return replace(item, **changed)  # type: ignore[type-var]
    return item


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


SAFE = {
    "id",
    "key",
    "table_id",
    "kpi",
    "slice",
    "against",
    "categories",
    "kind",
    "unit",
    "audience",
}
"""Ids and keys, which configuration limits to plain letters."""


def texts_of(sheet: Worksheet) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_is_a_formula_wherever_it_enters(example: ModuleType, attack: str) -> None:
    content, _ = example.written(attacked(example.report(), attack))
    for name, part in example.parts(content).items():
        if name.startswith("xl/worksheets/"):
            assert not re.search(rb"<f[ >/]", part), name
        if name.startswith("xl/charts/"):
            assert all(b"!$" in ref for ref in re.findall(rb"<f>([^<]*)</f>", part)), name


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_stays_as_it_was_on_every_sheet(example: ModuleType, attack: str) -> None:
    content, _ = example.written(attacked(example.report(), attack))
    # Excel decodes this one, so that it must be written otherwise to be shown as it came.
    shown = attack.replace("_x003D_", "_x005F_x003D_").strip()
    for sheet in example.read(content):
        assert any(shown in text for text in texts_of(sheet)), sheet.title


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack[0] not in "<_"])
def test_every_cell_that_begins_like_a_formula_is_marked_as_text(
    example: ModuleType, attack: str
) -> None:
    content, _ = example.written(attacked(example.report(), attack))
    cells = [cell for sheet in example.read(content) for row in sheet.iter_rows() for cell in row]
    begin = [c for c in cells if isinstance(c.value, str) and c.value.startswith(attack[0])]
    assert len(begin) > 100
    assert all(cell.quotePrefix for cell in begin)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attacked_pack_still_reads_back_and_passes(example: ModuleType, attack: str) -> None:
    report = attacked(example.report(), attack)
    content, ledger = example.written(report)
    assert read_back(content, ledger, example.FILE, report) == []  # type: ignore[arg-type]
    assert check(content) == []
