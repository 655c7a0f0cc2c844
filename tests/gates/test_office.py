"""The documents in other people's programs: LibreOffice prints them, and the PDF is in order."""

from __future__ import annotations

import re
import subprocess
import zlib
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.gates.conftest import program, released

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import House, Made

pytestmark = pytest.mark.gate

PRINTED_ROWS = 20
"""Fewer rows than these on a full page mean that a sheet was not fitted to the page's width."""

UNREADABLE = re.compile(r"###|#REF!|#NAME\?|#VALUE!|#DIV/0!|#N/A|Err:\d+")


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def _pages(pdf: Path) -> list[str]:
    """The text of each page, its white space evened out."""
    text = _said(program("pdftotext", "poppler-utils"), "-layout", str(pdf), "-")
    return [" ".join(page.split()) for page in text.removesuffix("\f").split("\f")]


def _about(pdf: Path) -> dict[str, str]:
    lines = _said(program("pdfinfo", "poppler-utils"), str(pdf)).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _inflated(pdf: Path) -> bytes:
    """A PDF's bytes, what is compressed in it unpacked."""
    content = pdf.read_bytes()
    streams = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    assert streams
    return b"\n".join([content, *(zlib.decompressobj().decompress(found) for found in streams)])


@pytest.fixture(scope="module", params=["monthly-pack", "case-list"])
def workbook(request: pytest.FixtureRequest, house: House, pack: Made) -> Path:
    """Each workbook of the month."""
    return next(released(house, pack).glob(f"*-{request.param}-*.xlsx"))


@pytest.fixture(scope="module")
def printed(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook as LibreOffice prints it."""
    office = program("soffice", "libreoffice-calc")
    folder = tmp_path_factory.mktemp("printed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _said(office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder),
          str(workbook))  # fmt: skip
    return folder / workbook.with_suffix(".pdf").name


def test_libreoffice_prints_every_sheet_under_its_title(workbook: Path, printed: Path) -> None:
    pages = _pages(printed)
    titles = [" ".join(sheet["A1"].value.split()) for sheet in openpyxl.load_workbook(workbook)]
    assert titles
    assert [one for one in titles if not any(page.startswith(one) for page in pages)] == []


def test_no_cell_is_printed_as_hashes_or_as_an_error(printed: Path) -> None:
    assert [page for page in _pages(printed) if UNREADABLE.search(page)] == []


def test_a_sheet_is_printed_as_wide_as_the_page(workbook: Path, printed: Path) -> None:
    sheets = openpyxl.load_workbook(workbook).worksheets
    most = sum(1 + sheet.max_row // PRINTED_ROWS for sheet in sheets)
    assert len(sheets) <= int(_about(printed)["Pages"]) <= most


def test_no_page_is_printed_empty(printed: Path) -> None:
    assert all(_pages(printed))


@pytest.fixture(scope="module")
def narrative(house: House, pack: Made) -> Path:
    """The narrative's PDF, where this machine can make one."""
    found = next(released(house, pack).glob("*-narrative-*.pdf"), None)
    if found is None:
        pytest.skip("the narrative's PDF was not made: Pango is not installed")
    return found


def test_the_narrative_is_two_pages_with_a_title(narrative: Path) -> None:
    about = _about(narrative)
    assert about["Pages"] == "2"
    assert about["Title"] == "Complaints in March 2024: Northmere Council"


def test_the_narrative_is_tagged_for_screen_readers_in_british_english(narrative: Path) -> None:
    assert _about(narrative)["Tagged"] == "yes"
    structure = _said(program("pdfinfo", "poppler-utils"), "-struct", str(narrative))
    assert {"H1", "H2", "Table", "TH", "TD", "Figure"} <= set(re.findall(r"\w+", structure))
    assert b"/Lang (en-GB)" in _inflated(narrative)


def test_the_narrative_carries_its_own_fonts(narrative: Path) -> None:
    _, _, *fonts = _said(program("pdffonts", "poppler-utils"), str(narrative)).splitlines()
    assert fonts
    for font in fonts:
        embedded = font.split()[-5]
        assert embedded == "yes", font


def test_the_narrative_leads_to_no_file_of_the_machine_that_made_it(narrative: Path) -> None:
    links = _said(program("pdfinfo", "poppler-utils"), "-url", str(narrative))
    assert "file:" not in links
    assert b"file:" not in _inflated(narrative)
    assert "file:" not in " ".join(_pages(narrative))
