"""A small council of the test's own, and the command line typed at it."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tasks.cli import main
from tasks.extract import extract
from tasks.settings import settings
from tasks.state import State

PROJECT = Path(__file__).parents[2]

HEADERS = (
    "Ref", "Stage", "Type", "Service", "Category", "Received", "Acknowledged", "Agreed",
    "Told On", "Extended To", "Answered", "Closed", "Withdrawn", "Reopened", "Outcome", "Redress",
    "Due", "Met", "Name", "Details",
)  # fmt: skip
COMPLAINT = {
    "Stage": "1", "Type": "receipt", "Service": "Bins", "Category": "Delay",
    "Name": "Zebedee Canary", "Details": "Zebedee Canary of 1 Canary Street is unhappy",
}  # fmt: skip

FOLDER = {
    "council.yaml": """
name: Dunmere Council
kind: fictional
inbox: {inbox}
history_from: 2022-09-01
complaints_team: {{name: Complaints team, email: team@dunmere.invalid}}
reports:
  monthly_pack: {{audience: managers}}
  annual_report: {{audience: managers, form: annual_public}}
""",
    "procedures.yaml": """
receipt:
  name: Counted from receipt
  short_name: Receipt
  basis: a table of worked dates
  stages:
    1: {name: Stage one, acknowledge_within: 5, respond_within: 10, extend_to: 20}
    2: {name: Stage two, acknowledge_within: 5, respond_within: 20}
receipt_day:
  name: Counted with the day of receipt
  short_name: Receipt day
  basis: a table of worked dates
  stages: {1: {name: Stage one, clock: day_of_receipt, respond_within: 10}}
rolled:
  name: Counted after the day receipt rolls to
  short_name: Rolled
  basis: a table of worked dates
  stages: {1: {name: Stage one, clock: rolled_receipt, respond_within: 10, extendable: false}}
acknowledged:
  name: Counted from the acknowledgement
  short_name: Acknowledged
  basis: a table of worked dates
  stages: {1: {name: Stage one, clock: acknowledgement, acknowledge_within: 5, respond_within: 10}}
""",
    "services.yaml": """
directorates:
  place: {name: Place, services: {bins: {name: Bins}, roads: {name: Roads}}}
categories: {delay: {name: Delay}, staff: {name: Staff}}
""",
    "exports.yaml": """
complaints:
  fills: steps
  files: [{name: "complaints_{date}.csv", holds: everything}]
  dates: ["%Y-%m-%d"]
  columns:
    case_ref: Ref
    stage: Stage
    procedure:
      column: Type
      values:
        receipt: [receipt]
        receipt_day: [receipt_day]
        rolled: [rolled]
        acknowledged: [acknowledged]
    service: Service
    category: Category
    received_on: Received
    acknowledged_on: Acknowledged
    statement_agreed_on: Agreed
    extension_agreed_on: Told On
    extended_to_on: Extended To
    responded_on: Answered
    closed_on: Closed
    withdrawn_on: Withdrawn
    reopened_on: Reopened
    outcome:
      column: Outcome
      values: {upheld: [Upheld], partially_upheld: [Partly upheld], not_upheld: [Not upheld]}
    redress_pence: {column: Redress, money: pounds}
    vendor_due_on: Due
    vendor_in_time: {column: Met, values: {"yes": [Y], "no": [N]}}
  personal: [Name, Details]
""",
    "targets.yaml": "[]\n",
    "audiences.yaml": "managers: {name: Managers, sees: cases}\n",
}


@dataclass(frozen=True)
class Answer:
    """What the command line said and how it left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.out.splitlines()]


@dataclass(frozen=True)
class Typist:
    """Somebody who types at a run state."""

    home: Path

    def __call__(self, *words: str) -> Answer:
        return type_at(self.home, *words)


def type_at(home: Path, *words: str, councils: Path | None = None) -> Answer:
    """The answer of the real ``main`` in this process, with its own run state."""
    out, err = io.StringIO(), io.StringIO()
    here = {"CANDOUR_HOME": str(home), "CANDOUR_COUNCILS": str(councils or "")}
    before = dict(os.environ)
    os.environ.update(here)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main(words)
    except SystemExit as left:
        return Answer(int(left.code or 0), out.getvalue(), err.getvalue())
    finally:
        os.environ.clear()
        os.environ.update(before)
    raise AssertionError("main always leaves by SystemExit")


@dataclass
class Dunmere:
    """A fictional council in a folder of the test's own: one row a stage, ISO dates."""

    root: Path
    folder: dict[str, str] = field(default_factory=lambda: dict(FOLDER))

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def home(self) -> Path:
        return self.root / "home"

    def declare(self, **changed: str) -> None:
        """Write the folder; ``services="…"`` replaces a file's text."""
        self.inbox.mkdir(parents=True, exist_ok=True)
        texts = self.folder | {f"{name}.yaml": text for name, text in changed.items()}
        place = self.root / "councils" / "dunmere"
        place.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            if name == "council.yaml":
                text = text.format(inbox=self.inbox)  # noqa: PLW2901
            (place / name).write_text(text, "utf-8")

    def export(
        self,
        rows: Iterable[dict[str, str]],
        day: str = "20240603",
        headers: tuple[str, ...] = HEADERS,
    ) -> Path:
        """Write an export of these rows; what a row does not say is as in ``COMPLAINT``."""
        self.inbox.mkdir(parents=True, exist_ok=True)
        path = self.inbox / f"complaints_{day}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headers, restval="", extrasaction="ignore")
            writer.writeheader()
            writer.writerows(COMPLAINT | row for row in rows)
        os.utime(path, (0, 0))  # written long ago, so that nobody waits for it to settle
        return path

    def take_in(self) -> None:
        """Extract, and take the verdict for granted."""
        here = settings(
            {"CANDOUR_HOME": str(self.home), "CANDOUR_COUNCILS": str(self.root / "councils")}
        )
        intake = extract(here, "dunmere", dt.date(2024, 6, 3))
        State(here.database).note_intake("dunmere", intake.id, intake.known_on, good=True)

    def candour(self, *words: str) -> Answer:
        """Type at it."""
        return type_at(self.home, *words, councils=self.root / "councils")


@pytest.fixture
def dunmere(tmp_path: Path) -> Dunmere:
    council = Dunmere(tmp_path)
    council.declare()
    return council


@pytest.fixture(scope="session")
def northmere(tmp_path_factory: pytest.TempPathFactory) -> Typist:
    """The command line with the sample exports of Northmere taken in."""
    home = tmp_path_factory.mktemp("northmere")
    here = settings({"CANDOUR_HOME": str(home)})
    intake = extract(here, "northmere", dt.date(2024, 6, 3))
    State(here.database).note_intake("northmere", intake.id, intake.known_on, good=True)
    return Typist(home)


@pytest.fixture(scope="session")
def exported() -> list[dict[str, str]]:
    """Northmere's complaints as its files tell them, read without any of the product's code.

    The newest row of a reference and stage counts; rows no figure may hold are left out: without
    a reference, with a day that is none, or of a procedure nobody declared.
    """
    stages = {"1": "1", "2": "2", "3": "3", "stage one": "1", "stage two": "2", "stage 1": "1",
              "stage 2": "2", "panel": "3"}  # fmt: skip
    newest: dict[tuple[str, str], dict[str, str]] = {}
    files = sorted(
        (PROJECT / "data/exports/northmere").glob("complaints_*.csv"),
        key=lambda path: (path.stem[-8:], "changes" in path.stem),
    )
    for path in files:
        text = path.read_text("utf-8-sig")
        for row in csv.DictReader(io.StringIO(text, newline="")):
            plain = {key: " ".join((value or "").split()) for key, value in row.items() if key}
            stage = stages.get(plain["Complaint Stage"].casefold())
            if stage and plain["Ref"] and _readable(plain):
                newest[plain["Ref"], stage] = plain | {"stage": stage, "file": path.name}
    return list(newest.values())


def _readable(row: dict[str, str]) -> bool:
    if row["Procedure"] == "Freedom of information":
        return False
    return all(day_of(row[name]) is not False for name in ("Received", "Response Sent"))


def day_of(text: str) -> dt.date | bool | None:
    """A day as the export writes it; nothing for a blank, false for no day at all."""
    if text in {"", "N/A", "TBC", "01/01/1900"}:
        return None
    try:
        return dt.datetime.strptime(text[:10], "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        return False
