"""Whose a case is, worked out from the raw exports and declarations with nothing of Candour."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from tests.conftest import House, Made

ROOT = Path(__file__).parents[2]
INBOX = ROOT / "data/exports/northmere"
SERVICES = yaml.safe_load((ROOT / "councils/northmere/services.yaml").read_text("utf-8"))
COUNCIL = yaml.safe_load((ROOT / "councils/northmere/council.yaml").read_text("utf-8"))
PEOPLE = yaml.safe_load((ROOT / "councils/northmere/people.yaml").read_text("utf-8"))

Row = Mapping[str, str]


@dataclass(frozen=True)
class Cases:
    """The newest row of every case and stage, and who may see it."""

    rows: tuple[Row, ...]

    @property
    def all(self) -> frozenset[str]:
        """Every reference."""
        return frozenset(row["Ref"] for row in self.rows)

    def of(self, reader: str) -> tuple[Row, ...]:
        """The rows a reader answers for, by the reader's key."""
        return tuple(row for row in self.rows if reader in readers(row))


def readers(row: Row) -> frozenset[str]:
    """Who answers for a row: its service's manager, its directorate's director, the corporate."""
    found = {f"{person}-council" for person in COUNCIL["bulletins"]["corporate"]}
    for directorate, department in SERVICES["directorates"].items():
        if _says(row["Department"], department):
            if "director" in department:
                found.add(f"{department['director']}-{directorate}")
            for service in department["services"].values():
                if _says(row["Service"], service) and "manager" in service:
                    found.add(service["manager"])
    return frozenset(found)


def _says(label: str, named: Mapping[str, object]) -> bool:
    spellings = [named["name"], *named.get("also", ())]  # type: ignore[misc]
    return _plain(label) in {_plain(str(one)) for one in spellings}


def _plain(label: str) -> str:
    return " ".join(label.replace("\xa0", " ").casefold().split())


def rows_of(names: list[str]) -> tuple[Row, ...]:
    """The newest row of every case and stage in the named exports."""
    newest: dict[tuple[str, str], Row] = {}
    for name in sorted(names, key=lambda n: (n[-12:], "changes" in n)):
        with (INBOX / name).open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["Ref"] and row["Complaint Stage"]:
                    plain = {h: (v or "").replace("\xa0", " ").strip() for h, v in row.items() if h}
                    newest[plain["Ref"], _stage(plain["Complaint Stage"])] = plain
    return tuple(newest.values())


def _stage(label: str) -> str:
    words = {"one": "1", "two": "2", "panel": "3", "1": "1", "2": "2", "3": "3"}
    return next((n for word, n in words.items() if word in label.casefold()), "")


@pytest.fixture(scope="session")
def report(house: House) -> Made:
    """Northmere's annual report for the public."""
    return house.made("northmere", "annual_report", "2023-24")


@pytest.fixture(scope="session")
def pack_cases(house: House, pack: Made) -> Cases:
    """The cases as they were known to the pack: in the exports its manifest names."""
    return Cases(rows_of(_inputs(house, pack)))


@pytest.fixture(scope="session")
def cases(house: House, pack: Made, bulletin: Made) -> Cases:
    """The cases as they were known to the pack and to the bulletin, by their manifests' inputs."""
    known = (rows_of(_inputs(house, made)) for made in (pack, bulletin))
    return Cases(tuple(row for rows in known for row in rows))


def _inputs(house: House, made: Made) -> list[str]:
    folder = Path(house.settings.home) / made.release.folder
    inputs = json.loads((folder / "manifest.json").read_text())["inputs"]
    names = [one["name"] for one in inputs if one["name"].startswith("complaints_")]
    assert names
    return names
