"""Northmere in a project folder of the test's own, its pack for March 2024 released once."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from candour.period import Period
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.desk import Desk
from tasks.documentation.released import approved_by_name
from tasks.extract import extract
from tasks.publish import publish
from tasks.settings import Settings, settings
from tasks.state import Release, State
from tasks.validate import validate

PROJECT = Path(__file__).parents[2]
FIRST_ON = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)
LATER_ON = dt.datetime(2024, 6, 10, 9, tzinfo=dt.UTC)
REASON = "A case was recoded, and a definition put right"
NEWEST = "complaints_full_20240527.csv"
CHANGES = "complaints_changes_20240603.csv"


@dataclass(frozen=True)
class Town:
    """A copy of Northmere's declarations and exports, and a run state."""

    root: Path

    @property
    def project(self) -> Path:
        return self.root / "project"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def inbox(self) -> Path:
        return self.project / "data/exports/northmere"

    @property
    def settings(self) -> Settings:
        return settings({"CANDOUR_HOME": str(self.home), "CANDOUR_PROJECT": str(self.project)})

    @property
    def state(self) -> State:
        return State(self.settings.database)

    def take_in(self) -> None:
        intake = extract(self.settings, "northmere", dt.date(2024, 6, 10))
        validate(self.settings, "northmere", intake.id)

    def desk(self, report: str = "monthly_pack", period: str = "2024-03") -> Desk:
        return Desk(
            self.settings, compute_kpis(self.settings, "northmere", report, Period.parse(period))
        )

    def release(
        self,
        report: str = "monthly_pack",
        period: str = "2024-03",
        *,
        reason: str = "",
        at: dt.datetime = FIRST_ON,
    ) -> Release:
        computed = compute_kpis(self.settings, "northmere", report, Period.parse(period))
        draft = build(self.settings, computed, reason)
        approved_by_name(self.settings, draft, at=at)
        return publish(self.settings, draft, released_at=at)

    def rows(self) -> list[dict[str, str]]:
        """The newest full extract, as the system wrote it."""
        text = (self.inbox / NEWEST).read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def export(self, *rows: Mapping[str, str]) -> None:
        """A later file of changes with these rows."""
        written = io.StringIO()
        writer = csv.DictWriter(written, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        path = self.inbox / CHANGES
        path.write_text("﻿" + written.getvalue(), "utf-8")
        os.utime(path, (0, 0))  # written long ago, so that nobody waits for it to settle

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a declaration."""
        path = self.project / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")

    def copy(self, root: Path) -> Town:
        """The same again, to be changed without changing this one."""
        for folder in ("project", "home"):
            shutil.copytree(self.root / folder, root / folder, symlinks=True)
        return Town(root)


def day(written: str) -> str:
    """A day as the export writes it, so that days compare."""
    return written[6:10] + written[3:5] + written[:2]


def answered_in_march(town: Town, **also: str) -> dict[str, str]:
    """A corporate stage one complaint answered in March 2024, of those the newest."""
    for row in reversed(town.rows()):
        plain = {name: value.strip() for name, value in row.items()}
        if (
            plain["Procedure"] == "Corporate"
            and plain["Complaint Stage"] == "1"
            and plain["Response Sent"][3:] == "03/2024"
            and all(plain[name] == value for name, value in also.items())
        ):
            return row
    raise AssertionError("the sample exports hold no such case")


def recoded(town: Town) -> dict[str, str]:
    """One case that was upheld is not."""
    return answered_in_march(town, Decision="Upheld") | {"Decision": "Not upheld"}


def redefine(town: Town) -> None:
    """In time counts answers within an agreed extension too."""
    count = "population: responded\n    count: {}\n    out_of: responded\n    unit: percent\n"
    above = "  responded_in_time:\n    title: Responded to in time\n    question: {}\n"
    above += "    of: steps\n    clock: responded\n    "
    asked = "Of the responses we sent, how many went by the first due day?"
    town.edit(
        "kpis/timeliness.yaml",
        above.format(asked) + count.format("in_time"),
        above.format(asked) + count.format("within_extension"),
    )


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """The pack for March 2024 is released; nothing has been corrected yet."""
    town = Town(tmp_path_factory.mktemp("first"))
    for folder in ("kpis", "templates", "expectations", "councils/northmere", "data/reference"):
        shutil.copytree(PROJECT / folder, town.project / folder)
    shutil.copytree(PROJECT / "data/exports/northmere", town.inbox)
    for path in town.inbox.iterdir():
        os.utime(path, (0, 0))
    town.take_in()
    town.release()
    return town


@pytest.fixture(scope="session")
def corrected(original: Town, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Version two: a case was recoded in a later export, and a KPI defined otherwise."""
    town = original.copy(tmp_path_factory.mktemp("corrected"))
    town.export(recoded(town))
    redefine(town)
    town.take_in()
    town.release(reason=REASON, at=LATER_ON)
    return town


@pytest.fixture
def town(original: Town, tmp_path: Path) -> Town:
    """A copy of it, for one test to change."""
    return original.copy(tmp_path)
