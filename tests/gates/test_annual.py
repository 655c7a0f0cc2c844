"""The annual reports in other people's programs: printed, tagged, and opened by LibreOffice."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.gates.conftest import program, released

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import House, Made

pytestmark = pytest.mark.gate

COUNCILS = ("knowsley", "northmere", "stockport", "cheshire_west")
MOST_PAGES = 45


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    return done.stdout


@pytest.fixture(scope="module", params=COUNCILS)
def folder(request: pytest.FixtureRequest, house: House, yearly: tuple[Made, ...]) -> Path:
    """The release of each council's annual report."""
    made = next(
        made
        for made in yearly
        if (made.release.council, made.release.report) == (request.param, "annual_report")
    )
    return released(house, made)


def test_the_print_is_tagged_in_english_and_of_a_length_people_read(folder: Path) -> None:
    printed = next(folder.glob("*.pdf"), None)
    if printed is None:
        pytest.skip("the PDF was not made: Pango is not installed")
    about = _said(program("pdfinfo", "poppler-utils"), str(printed))
    assert re.search(r"Tagged:\s+yes", about)
    assert 10 <= int(re.search(r"Pages:\s+(\d+)", about)[1]) <= MOST_PAGES  # type: ignore[index]
    structure = _said(program("pdfinfo", "poppler-utils"), "-struct", str(printed))
    assert {"H1", "H2", "Table", "TH", "TD", "Figure"} <= set(re.findall(r"\w+", structure))
    links = _said(program("pdfinfo", "poppler-utils"), "-url", str(printed))
    assert "file:" not in links


def test_word_files_open_and_say_the_same_headings(folder: Path, tmp_path: Path) -> None:
    word = next(folder.glob("*.docx"))
    office = program("soffice", "libreoffice-writer")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    _said(office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
          str(word))  # fmt: skip
    printed = _said(program("pdftotext", "poppler-utils"), str(tmp_path / f"{word.stem}.pdf"), "-")
    words = " ".join(printed.split())
    page = next(folder.glob("*.html")).read_text("utf-8")
    headings = [
        " ".join(re.sub(r"<[^>]+>", " ", found).split())
        for found in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)
    ]
    assert len(headings) > 5
    plain = [heading.replace("&#39;", "'").replace("&amp;", "&") for heading in headings]
    missing = [h for h in plain if h.split(" ", 1)[-1] not in words and h not in words]
    assert missing == []
    assert "Error" not in words
