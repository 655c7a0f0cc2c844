"""A small Northmere whose exports landed on three days of 2024, in a project folder of its own."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from candour.period import Period
from tasks.build import Draft, build
from tasks.compute_kpis import Computed, compute_kpis
from tasks.documentation.released import approved_by_name
from tasks.extract import Intake, extract
from tasks.publish import publish
from tasks.retaining.planning import Plan, plan
from tasks.retaining.purging import purge
from tasks.settings import Settings, settings
from tasks.state import Release, State, Tombstone, Tombstones
from tasks.store import Store
from tasks.validate import validate

PROJECT = Path(__file__).parents[2]
SAMPLES = PROJECT / "data/exports/northmere"
FOLDERS = ("kpis", "templates", "expectations", "councils/northmere", "data/reference")
EVERY = 50
"""One case in so many is taken over from the sample exports."""
LANDED = {
    dt.date(2024, 3, 4): ("complaints_full_20240304.csv", "older_system_20220404.csv"),
    dt.date(2024, 4, 2): ("complaints_changes_20240325.csv", "complaints_changes_20240401.csv"),
    dt.date(2024, 5, 28): ("complaints_full_20240527.csv", "complaints_changes_20240527.csv"),
}
FIRST_FULL, OLDER = LANDED[dt.date(2024, 3, 4)]
CHANGES = LANDED[dt.date(2024, 4, 2)]
VANISHED = "NM/2024/00100"
"""A case that the first whole extract has, and no other file that is put into the inbox."""
NOON = dt.time(12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Town:
    """Declarations, an inbox and a run state that a test may change."""

    root: Path
    home_url: str = ""

    @property
    def project(self) -> Path:
        return self.root / "project"

    @property
    def inbox(self) -> Path:
        return self.project / "data/exports/northmere"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def settings(self) -> Settings:
        return settings(
            {
                "CANDOUR_HOME": self.home_url or str(self.home),
                "CANDOUR_PROJECT": str(self.project),
                "CANDOUR_DATABASE": f"sqlite:///{self.root / 'candour.db'}",
                "CANDOUR_SMTP": os.environ.get("CANDOUR_SMTP", ""),
            }
        )

    @property
    def store(self) -> Store:
        return Store(self.settings.home)

    @property
    def state(self) -> State:
        return State(self.settings.database)

    def take_in(self, on: dt.date) -> Intake:
        """Land and conform the inbox and call it good, which is for others to test."""
        intake = extract(self.settings, "northmere", on)
        self.state.note_intake("northmere", intake.id, intake.known_on, good=True)
        return intake

    def judge(self) -> None:
        """Judge the newest intake, which a report needs."""
        validate(self.settings, "northmere", self.state.last_good_intake("northmere"))

    def put(self, *names: str) -> None:
        """Copy files of the sample, a case in so many, into the inbox."""
        for name in names:
            target = self.inbox / name
            target.write_bytes(thinned(SAMPLES / name))
            os.utime(target, (0, 0))  # written long ago, so that nobody waits for it to settle

    def lose(self, name: str, reference: str) -> None:
        """Take the rows of a case out of a file of the inbox."""
        file = self.inbox / name
        lines = file.read_bytes().split(b"\r\n")
        kept = [line for line in lines if reference.encode() not in line]
        file.write_bytes(b"\r\n".join(kept))
        os.utime(file, (0, 0))

    def files(self) -> list[str]:
        """Every file of the run state that is no database."""
        return self.store.names("")

    def raw(self, name: str) -> str:
        """Where the landed bytes of a file of the inbox are in the store."""
        sha = hashlib.sha256((self.inbox / name).read_bytes()).hexdigest()
        return f"raw/northmere/{sha[:2]}/{sha}"

    def retain(self, words: str) -> None:
        """Declare how long things are kept."""
        file = self.project / "councils/northmere/council.yaml"
        kept = file.read_text("utf-8").split("\nretention:")[0].rstrip("\n")
        file.write_text(f"{kept}\nretention: {words}\n", "utf-8")

    def compute(self, period: str = "2024-03") -> Computed:
        return compute_kpis(self.settings, "northmere", "monthly_pack", Period.parse(period))

    def draft(self, period: str = "2024-03") -> Draft:
        return build(self.settings, self.compute(period))

    def release(self, at: dt.datetime, period: str = "2024-03") -> Release:
        draft = self.draft(period)
        approved_by_name(self.settings, draft, at=at)
        return publish(self.settings, draft, released_at=at)

    def plan(self, today: dt.date) -> Plan:
        return plan(self.settings, "northmere", today)

    def purge(self, today: dt.date, by: str = "Bronwen Hale") -> Plan:
        now = dt.datetime.combine(today, NOON)
        return purge(self.settings, "northmere", today, now=now, by=by)

    def tombstones(self) -> list[Tombstone]:
        return Tombstones(self.settings.database).of("northmere")

    def copy(self, root: Path) -> Town:
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return Town(root)


def thinned(file: Path) -> bytes:
    """A sample export with one case in so many; the same cases in each."""
    content = file.read_bytes()
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252"
    rows = csv.DictReader(io.StringIO(content.decode(encoding), newline=""))
    named = list(rows.fieldnames or ())
    reference = next(name for name in named if name in {"Ref", "reference"})
    written = io.StringIO()
    writer = csv.DictWriter(written, named, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        digits = "".join(filter(str.isdigit, row[reference] or ""))
        if digits and int(digits) % EVERY == 0:
            writer.writerow(row)
    return written.getvalue().encode(encoding)


def empty_town(root: Path) -> Town:
    town = Town(root)
    for folder in FOLDERS:
        shutil.copytree(PROJECT / folder, town.project / folder)
    town.inbox.mkdir(parents=True)
    return town


@pytest.fixture(scope="session")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Exports landed on three days; the last lost a case the first had. Nothing was reported."""
    town = empty_town(tmp_path_factory.mktemp("landed"))
    for day, names in LANDED.items():
        town.put(*names)
        for name in names:
            if name != FIRST_FULL:
                town.lose(name, VANISHED)
        town.take_in(day)
    return town


@pytest.fixture
def town(landed: Town, tmp_path: Path) -> Town:
    """A copy of it, for one test to change."""
    return landed.copy(tmp_path / "town")
