"""The portal of real releases: every byte of each reader's folder, however it is packed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tasks.portal import publish_portal
from tests.audiences.conftest import PEOPLE, Cases, rows_of
from tests.audiences.opening import REFERENCE, references_in, texts_of

if TYPE_CHECKING:
    from tests.conftest import House, Made

READERS = ("p_osei", "p_singh", "p_ashdown", "p_mbeki", "p_lyle-homes_and_communities")


@pytest.fixture(scope="module")
def root(house: House, pack: Made, bulletin: Made) -> Path:
    """Northmere's portal."""
    assert pack.release.council == bulletin.release.council
    publish_portal(house.settings, pack.release.council)
    return Path(house.settings.home) / "portal" / pack.release.council


@pytest.fixture(scope="module")
def cases(house: House, pack: Made) -> Cases:
    """The cases as the pack knew them."""
    manifest = Path(house.settings.home) / pack.release.folder / "manifest.json"
    named = [one["name"] for one in json.loads(manifest.read_text())["inputs"]]
    return Cases(rows_of([name for name in named if name.startswith("complaints_")]))


@pytest.mark.parametrize("reader", READERS)
def test_a_readers_folder_tells_of_no_case_of_anybody_else(
    reader: str, root: Path, cases: Cases
) -> None:
    own = {row["Ref"] for row in cases.of(reader)}
    files = [path for path in (root / "managers" / reader).rglob("*") if path.is_file()]
    found = {name for path in files for name in references_in(path.read_bytes())}
    assert found <= own
    assert found or reader == "p_ashdown"
    assert {path.suffix for path in files} >= {".html", ".xlsx", ".pdf"}
    keys = {person for person in PEOPLE if person != reader.partition("-")[0]}
    for path in files:
        assert not keys & set(re.findall(r"p_[a-z]+", path.name)), path.name
    page = (root / "managers" / reader / "index.html").read_text("utf-8")
    assert not [person for person in keys if person in page]


def test_what_the_public_opens_names_no_case_and_no_officer(
    house: House, yearly: tuple[Made, ...], root: Path
) -> None:
    publish_portal(house.settings, yearly[1].release.council)
    files = [path for path in (root / "public").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".html", ".xlsx", ".pdf", ".docx"}
    for path in files:
        said = texts_of(path.read_bytes())
        assert not REFERENCE.findall(said), path.name
        assert "Official-Sensitive" not in said, path.name
        assert not [one["name"] for one in PEOPLE.values() if one["name"] in said], path.name


def test_a_managers_page_counts_the_cases_of_their_workbook(root: Path) -> None:
    for reader in ("p_osei", "p_singh", "p_mbeki"):
        folder = root / "managers" / reader
        told = re.search(
            r"outstanding in all</dt><dd class=\"figure\">(\d+)<",
            (folder / "index.html").read_text("utf-8"),
        )
        assert told is not None
        (workbook,) = folder.glob("weekly_bulletin/2024-W14/v1/*.xlsx")
        rows = openpyxl.load_workbook(workbook)["Outstanding"].iter_rows(values_only=True)
        assert int(told[1]) == len([row for row in rows if REFERENCE.fullmatch(str(row[0]))])
