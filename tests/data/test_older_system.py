"""Northmere's first year is told by its older system, event by event, and told once."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from candour.frames import SCHEMAS
from tasks.extract import Intake, extract
from tasks.history import Combined, combined
from tasks.settings import Settings, settings
from tasks.validate import validate

ROOT = Path(__file__).parents[2]
INBOX = ROOT / "data/exports/northmere"
LOG = INBOX / "older_system_20220404.csv"
README = (ROOT / "data/README.md").read_text("utf-8")
CLOSED_DOWN = dt.date(2022, 4, 1)
TRUE = re.compile(r"NM/\d{4}/0\d{4}")
STAGES = {"1": 1, "stage one": 1, "stage 1": 1, "2": 2, "stage two": 2, "stage 2": 2,
          "3": 3, "panel": 3}  # fmt: skip
SETS = {
    "ACKNOWLEDGEMENT_SENT": "acknowledged_on",
    "DEFINITION_AGREED": "statement_agreed_on",
    "EXTENSION_APPLIED": "extension_agreed_on",
    "RESPONSE_SENT": "responded_on",
    "CASE_WITHDRAWN": "withdrawn_on",
    "CASE_COMPLETED": "closed_on",
    "CASE_REOPENED": "reopened_on",
}
Step = tuple[str, int]


def rows_of(path: Path, encoding: str) -> list[dict[str, str]]:
    text = io.StringIO(path.read_bytes().decode(encoding), newline="")
    return [{k: " ".join(v.split()) for k, v in row.items()} for row in csv.DictReader(text)]


def stage(text: str) -> int:
    return STAGES[text.casefold()]


def step(row: dict[str, str]) -> Step:
    return row["reference"], stage(row["stage"])


@pytest.fixture(scope="module")
def log() -> list[dict[str, str]]:
    """The events of true cases, in the order of their days."""
    events = [row for row in rows_of(LOG, "cp1252") if TRUE.fullmatch(row["reference"])]
    return sorted(events, key=lambda row: row["timestamp"])


@pytest.fixture(scope="module")
def present() -> set[Step]:
    """The stages that stand in a file of the present system."""
    return {
        (row["Ref"], stage(row["Complaint Stage"]))
        for path in INBOX.glob("complaints_*.csv")
        for row in rows_of(path, "utf-8-sig")
        if TRUE.fullmatch(row["Ref"])
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings({"CANDOUR_HOME": str(tmp_path_factory.mktemp("northmere"))})


@pytest.fixture(scope="module")
def intake(home: Settings) -> Intake:
    return extract(home, "northmere", dt.date(2024, 6, 3))


@pytest.fixture(scope="module")
def known(home: Settings, intake: Intake) -> Combined:
    return combined(home, intake, dt.date(2024, 5, 27))


def test_the_log_ends_on_the_day_before_the_system_was_closed_down(
    log: list[dict[str, str]],
) -> None:
    days = [dt.date.fromisoformat(row["timestamp"][:10]) for row in log]
    assert min(days) >= dt.date(2021, 4, 1)
    assert max(days) < CLOSED_DOWN


def test_a_case_begun_in_the_older_system_and_ended_in_the_present_one_stands_in_both(
    log: list[dict[str, str]], present: set[Step]
) -> None:
    older = {step(row) for row in log}
    both = older & present
    ended = {step(row) for row in log if row["event"] == "CASE_COMPLETED"}
    assert older - present <= ended
    further = {ref for ref, n in present if n > 1} & {ref for ref, _ in older - present}
    assert f"{len(both)} stages stand in both, and {len(further)} more" in " ".join(README.split())


def test_complaints_of_the_first_year_are_counted_once(
    log: list[dict[str, str]], known: Combined
) -> None:
    """By month of receipt: what the log began, and what was logged a day or two later."""
    begun = {step(row): row["DateReceived"][:7] for row in log if row["event"] == "CASE_CREATED"}
    steps = known.frames["steps"]
    first = steps[(steps["stage"] == 1) & (steps["received_on"] < "2022-03-01")]
    told = Counter(first["received_on"].dt.strftime("%Y-%m"))
    assert told == Counter(month for month in begun.values() if month < "2022-03")
    assert sum(told.values()) > 900


@pytest.mark.parametrize(("event", "column"), SETS.items())
def test_a_stage_that_ended_there_has_the_last_day_each_thing_happened(
    event: str, column: str, log: list[dict[str, str]], present: set[Step], known: Combined
) -> None:
    happened = {
        step(row): row["timestamp"][:10]
        for row in log
        if row["event"] == event and step(row) not in present
    }
    steps = known.frames["steps"].set_index(["case_ref", "stage"])
    alone = sorted({step(row) for row in log} - present)
    days = steps.loc[pd.MultiIndex.from_tuples(alone), column].dropna()
    assert {key: f"{day:%Y-%m-%d}" for key, day in days.items()} == happened


def test_officers_findings_and_money_come_with_their_events(
    log: list[dict[str, str]], present: set[Step], known: Combined
) -> None:
    steps = known.frames["steps"].set_index(["case_ref", "stage"])
    answers = {
        step(row): row
        for row in log
        if row["event"] == "RESPONSE_SENT" and step(row) not in present
    }
    mine = steps.loc[pd.MultiIndex.from_tuples(sorted(answers))]
    upheld = {"Upheld", "Justified"}
    assert (mine["outcome"] == "upheld").sum() == sum(
        row["CaseOutcome"] in upheld for row in answers.values()
    )
    assert mine["redress_pence"].sum() == sum(
        round(float(row["PaymentAmount"] or 0) * 100) for row in answers.values()
    )
    assert (mine["vendor_in_time"]).sum() == sum(
        row["WithinDeadline"] == "true" for row in answers.values()
    )
    assert mine["officer"].notna().all()


def test_what_went_on_has_its_end_from_the_present_system(
    log: list[dict[str, str]], present: set[Step], known: Combined
) -> None:
    both = sorted({step(row) for row in log} & present)
    steps = known.frames["steps"].set_index(["case_ref", "stage"])
    ended = steps.loc[pd.MultiIndex.from_tuples(both)]
    assert ended[["closed_on", "withdrawn_on"]].notna().any(axis=1).all()
    assert (ended["closed_on"] >= "2022-04-01").all()


def test_no_case_vanished_because_another_system_does_not_know_it(known: Combined) -> None:
    assert {ref for ref, _ in known.vanished} == {"NM/2024/00503", "NM/2024/00505"}
    assert known.missing == {"complaints": 2}


def test_every_row_of_the_log_is_accounted_for(intake: Intake) -> None:
    (older,) = [one for one in intake.snapshots if one.export == "older_system"]
    lines = rows_of(LOG, "cp1252")
    viewed = Counter(row["event"] for row in lines)
    assert older.rows_in_file == len(lines)
    assert older.quarantined == 3
    assert older.noise == viewed["CASE_VIEWED"] + viewed["CORRESPONDENCE_ADDED"] + 1
    assert older.loaded == len(lines) - older.quarantined - older.noise


def test_nothing_personal_is_loaded(known: Combined) -> None:
    assert set(known.frames["steps"]) == set(SCHEMAS["steps"].names)


def test_nobody_waits_for_another_extract_of_a_system_that_was_closed_down(
    home: Settings, intake: Intake
) -> None:
    found = validate(home, "northmere", intake.id).findings
    assert {finding.code for finding in found} >= {"I10"}
    assert "I07" not in {finding.code for finding in found}
