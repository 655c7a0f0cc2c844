"""Arriving: an export has come, or it has not, whatever it is called and wherever it lies."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tasks.arriving import expected, has_arrived, is_due, lateness, may_go_on
from tasks.state import Landing, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.settings import Settings

MONDAY = dt.date(2024, 6, 3)


def _landed(at: Settings, name: str, landed_on: str, sha256: str = "0" * 64) -> None:
    State(at.database).land("eastmere", Landing(sha256, name, 1, landed_on))


@pytest.mark.parametrize(
    ("made_on", "there"),
    [
        ("20240603", True),
        ("20240602", True),  # Sunday night's, for Monday morning
        ("20240531", True),  # Friday evening's
        ("20240530", False),
        ("20240527", False),  # last Monday's, which lies there still
    ],
)
def test_a_file_in_the_inbox_is_new_by_the_day_it_was_made(
    council: Callable[..., Settings], made_on: str, *, there: bool
) -> None:
    at = council(files={f"complaints_full_{made_on}.csv": "x"})
    assert has_arrived(at, "eastmere", MONDAY) is there


def test_an_export_of_something_else_is_not_what_is_waited_for(
    council: Callable[..., Settings],
) -> None:
    at = council(files={"compliments_20240603.csv": "x", "notes.txt": "x"})
    assert not has_arrived(at, "eastmere", MONDAY)


@pytest.mark.parametrize(
    ("made_on", "landed_on", "there"),
    [
        ("20240603", "2024-06-03", True),  # taken in by hand this morning
        ("20240602", "2024-06-02", True),  # taken in on Sunday, after last Monday's
        ("20240527", "2024-05-27", False),
        ("20240531", "2024-06-03", True),
    ],
)
def test_an_export_that_has_landed_counts_for_the_day_it_was_made_for(
    council: Callable[..., Settings], made_on: str, landed_on: str, *, there: bool
) -> None:
    at = council()
    _landed(at, f"complaints_full_{made_on}.csv", landed_on)
    assert has_arrived(at, "eastmere", MONDAY) is there


def test_one_export_does_not_answer_for_two_days(council: Callable[..., Settings]) -> None:
    at = council('{on: [Monday, Thursday], by: "07:30"}')
    _landed(at, "complaints_full_20240603.csv", "2024-06-03")
    assert has_arrived(at, "eastmere", MONDAY)
    assert not has_arrived(at, "eastmere", dt.date(2024, 6, 6))


def test_every_day_asks_for_the_day_before_once(council: Callable[..., Settings]) -> None:
    at = council('{on: [Monday, Tuesday, Wednesday], by: "07:30"}')
    _landed(at, "complaints_full_20240603.csv", "2024-06-04")  # Monday's, made at night
    assert has_arrived(at, "eastmere", dt.date(2024, 6, 4))
    assert not has_arrived(at, "eastmere", dt.date(2024, 6, 5))


def test_nobody_waits_on_another_day_or_after_it(council: Callable[..., Settings]) -> None:
    at = council()
    assert not may_go_on(at, "eastmere", MONDAY, MONDAY)
    assert may_go_on(at, "eastmere", MONDAY, dt.date(2024, 6, 4))
    assert may_go_on(at, "eastmere", dt.date(2024, 6, 4), dt.date(2024, 6, 4))


def test_lateness_names_the_newest_there_is(council: Callable[..., Settings]) -> None:
    at = council()
    assert lateness(at, "eastmere", MONDAY)["last"] == "None ever has."  # type: ignore[index]
    _landed(at, "complaints_full_20240527.csv", "2024-05-27")
    told = lateness(at, "eastmere", MONDAY)
    assert told is not None
    assert told["last"] == "The newest that has is of 27 May 2024."
    assert (told["day"], told["hour"]) == ("Monday 3 June 2024", "07:30")


def test_who_logs_in_to_an_inbox_is_told_nobody(
    council: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = council()
    monkeypatch.setattr("tasks.arriving._exports", lambda *_: iter(()))
    file = at.council_folders[1] / "eastmere" / "council.yaml"
    lines = [x for x in file.read_text().splitlines() if not x.startswith("inbox:")]
    file.write_text("\n".join([*lines, "inbox: sftp://exports@files.invalid/out"]))
    assert lateness(at, "eastmere", MONDAY)["inbox"] == "sftp://files.invalid/out"  # type: ignore[index]


@pytest.mark.parametrize("written", ["", "[Monday]", "{on: [Mon], by: 7}", "{on: [], by: '07:30'}"])
def test_what_cannot_be_read_asks_for_nothing_and_breaks_no_dag(
    council: Callable[..., Settings], written: str
) -> None:
    assert expected(council(written), "eastmere") is None
    assert not is_due(None, MONDAY)


def test_a_time_needs_no_quotes(council: Callable[..., Settings]) -> None:
    found = expected(council("{on: [Friday], by: 17:30}"), "eastmere")
    assert found is not None
    assert found.by == dt.time(17, 30)
    assert is_due(found, dt.date(2024, 6, 7))
