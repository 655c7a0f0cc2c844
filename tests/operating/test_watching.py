"""Watching: what is late, waits or was refused is told, with numbers a monitor gets unchanged."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from tasks.cli.app import app
from tasks.extract import extract, read_intake
from tasks.settings import Settings, settings
from tasks.state import Landing, Outbox, Queued, Release, State
from tasks.store import Store
from tasks.validate import validate
from tasks.watching import METRICS, Watched, measured, watch
from tests.conftest import LANDED_ON

LONDON = ZoneInfo("Europe/London")
COUNCIL = "northmere"
MONDAY = dt.datetime(2024, 6, 3, 9, tzinfo=LONDON)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Northmere's exports taken in: the last tells of Monday, 27 May 2024."""
    at = settings({"CANDOUR_HOME": str(tmp_path_factory.mktemp("watched"))})
    validate(at, COUNCIL, extract(at, COUNCIL, LANDED_ON).id)
    return at


@pytest.fixture
def own(taken_in: Settings, tmp_path: Path) -> Settings:
    """A copy of it that a test may change."""
    home = Path(taken_in.home)
    (tmp_path / "candour.db").write_bytes((home / "candour.db").read_bytes())
    for file in (home / "intakes").rglob("*.json"):
        copy = tmp_path / file.relative_to(home)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    return settings({"CANDOUR_HOME": str(tmp_path)})


def _release(at: Settings, report: str, period: str, version: int = 1) -> None:
    folder = f"releases/{COUNCIL}/{report}/{period}/managers/v{version}"
    made = Release(COUNCIL, report, period, "managers", version, f"{report}{period}{version}",
                   folder, "First release", f"2024-05-{version:02}T09:00:00+00:00")  # fmt: skip
    assert State(at.database).commit_release(made, "0" * 64)


def _reports(watched: Watched) -> dict[str, object]:
    return {one.report: one for one in watched.reports}


def test_the_rows_are_those_of_each_exports_newest_file(taken_in: Settings) -> None:
    watched = watch(taken_in, COUNCIL, MONDAY)
    assert watched.taken.known_on == dt.date(2024, 5, 27)
    assert watched.taken.age_days == 7
    files = {one.export: one for one in watched.taken.files}
    text = Path("data/exports/northmere/complaints_changes_20240527.csv")
    written = (settings().project / text).read_text("utf-8-sig")
    rows = len(list(csv.reader(written.splitlines(keepends=True)))) - 1
    newest = files["complaints"]
    assert newest.file == text.name
    assert newest.loaded + newest.quarantined + newest.noise == rows
    assert files["older_system"].noise == 500


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (dt.datetime(2024, 6, 3, 7, 29, tzinfo=LONDON), False),
        (dt.datetime(2024, 6, 3, 7, 30, tzinfo=LONDON), True),
        (dt.datetime(2024, 5, 28, 12, tzinfo=LONDON), False),
    ],
)
def test_an_export_is_late_from_the_hour_its_council_names(
    taken_in: Settings, moment: dt.datetime, late: bool
) -> None:
    watched = watch(taken_in, COUNCIL, moment)
    assert watched.taken.is_late is late
    assert ("A newer export is late" in " ".join(watched.troubles)) is late


def test_a_report_is_late_when_its_hour_is_well_past(own: Settings) -> None:
    """Worked out by hand: May 2024 has its bank holiday on the 6th, Easter Monday is 1 April."""
    _release(own, "annual_report", "2023-24")
    reports = _reports(watch(own, COUNCIL, MONDAY))
    pack, bulletin, annual = (
        reports[one] for one in ("monthly_pack", "weekly_bulletin", "annual_report")
    )
    assert (pack.due, pack.due_at) == ("2024-04", dt.datetime(2024, 5, 8, 7, tzinfo=LONDON))
    assert pack.is_late
    assert (bulletin.due, bulletin.due_at) == ("2024-W23", MONDAY.replace(hour=8))
    assert (bulletin.is_missing, bulletin.is_late) == (True, False)
    assert (annual.due, annual.due_at) == ("2023-24", dt.datetime(2024, 4, 15, 7, tzinfo=LONDON))
    assert (annual.is_missing, annual.is_late) == (False, False)
    later = watch(own, COUNCIL, MONDAY.replace(hour=10, minute=1))
    assert _reports(later)["weekly_bulletin"].is_late
    _release(own, "weekly_bulletin", "2024-W23")
    gone = watch(own, COUNCIL, MONDAY.replace(hour=10, minute=1))
    assert not _reports(gone)["weekly_bulletin"].is_late


def test_what_landed_and_could_not_be_read_is_named(own: Settings) -> None:
    name = "complaints_changes_20240603.csv"
    State(own.database).land(COUNCIL, Landing("f" * 64, name, 10, "2024-06-03"))
    State(own.database).land(COUNCIL, Landing("e" * 64, "holiday photo.jpg", 10, "2024-06-03"))
    watched = watch(own, COUNCIL, MONDAY)
    assert watched.taken.refused == (name,)
    assert any(name in one for one in watched.troubles)


def test_an_intake_that_was_stopped_leaves_the_last_good_one(own: Settings) -> None:
    State(own.database).note_intake(COUNCIL, "2024-06-03-bad", "2024-06-03", good=False)
    watched = watch(own, COUNCIL, MONDAY)
    assert watched.taken.was_stopped
    assert watched.taken.known_on == dt.date(2024, 5, 27)
    assert any("were stopped" in one for one in watched.troubles)


def test_mails_are_counted_by_what_became_of_them(own: Settings) -> None:
    box = Outbox(own.database)
    for number in range(4):
        letter = Queued(f"k{number}", f"m{number}", COUNCIL, "a", "r", "0" * 64, b"")
        assert box.add(letter, held=number == 3)
    mails = watch(own, COUNCIL, MONDAY).mails
    assert (mails.sent, mails.waiting, mails.held, mails.refused) == (0, 3, 1, 0)


def test_a_broken_folder_says_so_and_stops_no_other(own: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "further" / "brokenham"
    folder.mkdir(parents=True)
    (folder / "council.yaml").write_text("name: [", "utf-8")
    both = replace(own, council_folders=(*own.council_folders, tmp_path / "further"))
    broken = watch(both, "brokenham", MONDAY)
    assert broken.troubles == (broken.wrong,)
    assert "council.yaml" in broken.wrong
    assert list(measured(broken)) == []
    assert watch(both, COUNCIL, MONDAY).wrong == ""


def test_every_metric_is_measured_and_none_besides(taken_in: Settings) -> None:
    found = list(measured(watch(taken_in, COUNCIL, MONDAY)))
    declared = {one.name: one.tags for one in METRICS}
    assert {one.name: tuple(one.tags) for one in found} == declared
    assert all(one.tags["council"] == COUNCIL for one in found)
    values = {one.dotted: one.value for one in found}
    assert values["candour.intake_age.northmere"] == 7
    intake = read_intake(Store(taken_in.home), COUNCIL, _intake(taken_in))
    newest = {one.export: one for one in intake.snapshots}["learning"]
    assert values["candour.rows_landed.northmere.learning"] == newest.rows_in_file


def _intake(at: Settings) -> str:
    return State(at.database).last_good_intake(COUNCIL)


def test_the_verb_tells_a_person_and_a_machine(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_HOME", own.home)
    said = CliRunner().invoke(app, ["status", COUNCIL])
    assert said.exit_code == 1  # the demonstration's exports are of 2024
    for words in ("Northmere Council", "27 May 2024", "monthly pack", "late"):
        assert words in said.output
    told = CliRunner().invoke(app, ["status", COUNCIL, "--json"])
    assert told.exit_code == 1
    (one,) = json.loads(told.output)
    assert one["taken"]["known_on"] == "2024-05-27"
    assert one["troubles"]


def test_nothing_taken_in_is_said_of_every_council(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_HOME", str(tmp_path))
    said = CliRunner().invoke(app, ["status"])
    assert said.exit_code == 1
    for council in ("northmere", "knowsley", "stockport", "cheshire_west"):
        assert f"{council}__intake" in said.output
