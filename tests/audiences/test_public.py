"""What is published names no case, no officer and no address, in any byte of any file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.audiences.conftest import COUNCIL, PEOPLE
from tests.audiences.opening import REFERENCE, texts_of

if TYPE_CHECKING:
    from tests.conftest import House, Made

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
INTERNAL = ("Official-Sensitive", "Official–Sensitive", "OFFICIAL-SENSITIVE")


@pytest.fixture(scope="module")
def published(house: House, report: Made) -> Mapping[str, str]:
    """Everything that can be read in each file of Northmere's annual report."""
    folder = Path(house.settings.home) / report.release.folder
    assert report.draft.audience == "public"
    return {file.name: texts_of((folder / file.name).read_bytes()) for file in report.draft.files}


def test_every_medium_is_looked_into(published: Mapping[str, str]) -> None:
    assert {name.rpartition(".")[2] for name in published} == {
        "csv", "docx", "html", "pdf", "xlsx",
    }  # fmt: skip
    for name, said in published.items():
        if not name.endswith("csv"):
            assert "Northmere Council" in said, name


def test_no_case_is_named(published: Mapping[str, str]) -> None:
    assert not {name: found for name, s in published.items() if (found := REFERENCE.findall(s))}


def test_no_officer_is_named(published: Mapping[str, str]) -> None:
    """Neither by name, in any spelling, nor by their id in an attribute or a ledger."""
    for id_, person in PEOPLE.items():
        for spelling in (person["name"], *person.get("also", ()), id_, person.get("email", id_)):
            assert not [name for name, said in published.items() if spelling in said], spelling


def test_no_address_is_told_but_the_teams_own(published: Mapping[str, str]) -> None:
    team = COUNCIL["complaints_team"]["email"]
    for name, said in published.items():
        assert set(ADDRESS.findall(said)) <= {team}, name
        assert not POSTCODE.findall(said), name


def test_nothing_is_marked_as_kept_inside(published: Mapping[str, str]) -> None:
    for name, said in published.items():
        assert not [mark for mark in INTERNAL if mark in said], name
