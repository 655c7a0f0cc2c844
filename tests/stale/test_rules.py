"""Whether cases are too old for a morning, counted on fingers over a real calendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from candour.arrangements import Arrivals
from candour.cadence import OpenDays
from candour.clock import Calendar
from candour.freshness import (
    Told,
    days_before,
    open_days,
    said_of_morning,
    said_of_period,
    stale,
    told_on,
)
from candour.period import Period

HOLIDAYS = Path(__file__).parents[2] / "data/reference/bank_holidays.csv"
EASTER_TUESDAY = dt.date(2024, 4, 2)
MONDAYS = Arrivals(on=("Monday",), by="07:30")
TWICE = Arrivals(on=("Tuesday", "Thursday"), by="07:30")
MARCH = Period.parse("2024-03")
AFTER_MARCH = dt.date(2024, 4, 1)


@pytest.fixture(scope="module")
def days() -> OpenDays:
    """England and Wales, and a day between Christmas and New Year on which the offices close."""
    closed = [dt.date(2023, 12, 28)]
    return open_days(Calendar.read(HOLIDAYS.read_text("utf-8"), closures=closed))


def told(on: str, export: str = "complaints", fills: str = "steps") -> Told:
    return Told(export, fills, dt.date.fromisoformat(on))


@pytest.mark.parametrize(
    ("told_day", "morning", "number"),
    [
        # Good Friday is 29 March 2024 and Easter Monday 1 April.
        ("2024-03-22", "2024-04-02", 5),
        ("2024-03-28", "2024-04-02", 1),
        ("2024-04-02", "2024-04-02", 0),
        ("2024-03-22", "2024-03-25", 1),
        ("2024-03-23", "2024-03-25", 1),
        # Christmas Day and Boxing Day 2023 are a Monday and a Tuesday, New Year's Day a Monday.
        ("2023-12-22", "2024-01-02", 3),
        # The leap day is a Thursday.
        ("2024-02-28", "2024-03-04", 3),
        # The holiday for the King's coronation, announced late: Monday 8 May 2023.
        ("2023-05-05", "2023-05-09", 1),
    ],
)
def test_working_days_before_a_morning(
    days: OpenDays, told_day: str, morning: str, number: int
) -> None:
    day, end = dt.date.fromisoformat(told_day), dt.date.fromisoformat(morning)
    assert days_before(days, day, end) == number


@pytest.mark.parametrize(
    ("told_day", "morning", "late"),
    [
        ("2024-04-08", "2024-04-08", False),  # made on the Monday itself
        ("2024-04-05", "2024-04-08", False),  # Friday evening's is Monday's
        ("2024-04-04", "2024-04-08", True),  # Thursday's is last week's
        ("2024-04-01", "2024-04-08", True),
        ("2024-04-01", "2024-04-02", False),  # Easter Monday's, read out on the Tuesday
        ("2024-03-28", "2024-04-02", False),  # the last working day before the holidays
        ("2024-03-27", "2024-04-02", True),
        ("2024-03-22", "2024-04-02", True),
        ("2023-12-22", "2023-12-27", False),  # Christmas Day was the Monday it was expected on
        ("2023-12-21", "2023-12-27", True),
    ],
)
def test_where_an_export_is_expected_on_mondays(
    days: OpenDays, told_day: str, morning: str, *, late: bool
) -> None:
    found = stale([told(told_day)], dt.date.fromisoformat(morning), days, MONDAYS)
    assert bool(found) is late


@pytest.mark.parametrize(
    ("told_day", "late"),
    # A bulletin of Monday 15 April: the last export was expected on Thursday 11 April.
    [("2024-04-11", False), ("2024-04-10", False), ("2024-04-08", False), ("2024-04-07", True)],
)
def test_the_last_of_several_days_counts_as_the_watch_for_late_exports_counts_it(
    days: OpenDays, told_day: str, *, late: bool
) -> None:
    assert bool(stale([told(told_day)], dt.date(2024, 4, 15), days, TWICE)) is late


@pytest.mark.parametrize(
    ("told_day", "morning", "late"),
    [
        ("2024-04-03", "2024-04-08", False),  # Thursday, Friday, Monday: three
        ("2024-04-02", "2024-04-08", True),
        ("2024-03-26", "2024-04-02", False),  # Wednesday, Thursday, Tuesday after Easter: three
        ("2024-03-25", "2024-04-02", True),
        ("2023-12-22", "2024-01-02", False),
        ("2023-12-21", "2024-01-02", True),
    ],
)
def test_without_an_expected_day_it_is_three_working_days(
    days: OpenDays, told_day: str, morning: str, *, late: bool
) -> None:
    found = stale([told(told_day)], dt.date.fromisoformat(morning), days, None)
    assert bool(found) is late


def test_a_fresh_export_of_contacts_does_not_make_complaints_fresh(days: OpenDays) -> None:
    sources = [told("2024-03-22"), told("2024-04-02", "contacts", "contacts")]
    assert stale(sources, EASTER_TUESDAY, days, MONDAYS) == (told("2024-03-22"),)


def test_stale_contacts_do_not_make_complaints_stale(days: OpenDays) -> None:
    sources = [told("2024-04-01"), told("2023-11-01", "contacts", "contacts")]
    assert stale(sources, EASTER_TUESDAY, days, MONDAYS) == ()


def test_what_a_bulletin_says(days: OpenDays) -> None:
    late = (told("2024-03-22"),)
    assert said_of_morning(late, late, EASTER_TUESDAY, days) == (
        "These are the complaints as the system told them on Friday 22 March 2024, 5 working days "
        "before this bulletin. What happened since is not in it."
    )
    assert told_on(late, late) == dt.date(2024, 3, 22)
    assert said_of_morning((), late, EASTER_TUESDAY, days) == ""


def test_one_working_day_is_one(days: OpenDays) -> None:
    late = (told("2024-03-28"),)
    assert "2024, one working day before this" in said_of_morning(late, late, EASTER_TUESDAY, days)


def test_what_it_says_where_one_system_is_up_to_date_and_another_is_not(days: OpenDays) -> None:
    sources = (told("2024-03-22", "social_care"), told("2024-04-01"))
    late = stale(sources, EASTER_TUESDAY, days, MONDAYS)
    assert said_of_morning(late, sources, EASTER_TUESDAY, days) == (
        "Not all of these complaints are up to date: those of the export ‘social care’ are as it "
        "told them on Friday 22 March 2024, 5 working days before this bulletin. What happened to "
        "them since is not in it."
    )
    assert told_on(late, sources) is None


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([("2024-04-01", "a", "steps"), ("2024-05-01", "b", "contacts")], ""),
        (
            [("2024-03-25", "a", "steps")],
            "Not complete: March 2024 is told up to the extract of 25 March 2024.",
        ),
        (
            [("2024-03-25", "a", "steps"), ("2024-03-25", "b", "contacts")],
            "Not complete: March 2024 is told up to the extract of 25 March 2024.",
        ),
        (
            [("2024-03-25", "a", "steps"), ("2024-04-08", "b", "contacts")],
            "Not complete: March 2024 is told up to the extract of 25 March 2024.",
        ),
        (
            [("2024-04-08", "a", "steps"), ("2024-03-11", "b", "contacts")],
            "Not complete. What is told ends early: contacts of March 2024 up to the extract of "
            "11 March 2024.",
        ),
        (
            [
                ("2024-03-25", "a", "steps"),
                ("2024-03-11", "b", "contacts"),
                ("2024-03-31", "c", "learning"),
            ],
            "Not complete. What is told ends early: complaints of March 2024 up to the extract of "
            "25 March 2024, contacts of March 2024 up to the extract of 11 March 2024 and learning "
            "actions of March 2024 up to the extract of 31 March 2024.",
        ),
        (
            [("2024-03-25", "social_care", "steps"), ("2024-04-08", "a", "steps")],
            "Not complete. What is told ends early: complaints in the export ‘social care’ of "
            "March 2024 up to the extract of 25 March 2024.",
        ),
    ],
)
def test_what_a_periods_report_says(sources: list[tuple[str, str, str]], said: str) -> None:
    assert said_of_period([told(*one) for one in sources], MARCH, AFTER_MARCH) == said
