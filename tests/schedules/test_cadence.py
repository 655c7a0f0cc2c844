"""Cadence: reports are due on the days that gov.uk's bank holidays and the calendar say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.arrangements import DAYS, Day
from candour.cadence import Cadence, OpenDays, complete_on, morning_of_week, period_named
from candour.errors import ConfigurationError
from candour.period import Period, PeriodKind, month_of, week_of
from tests.schedules.conftest import KNOWN_TO

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

MONTHLY = Cadence(kind=PeriodKind.MONTH, working_day=5)
YEARLY = Cadence(kind=PeriodKind.REPORTING_YEAR, working_day=10)
SCHOOLS = (9, 11)
"""From September, eleven months: to July."""


@pytest.mark.parametrize(
    ("month", "due"),
    [
        # Worked out by hand with the bank holidays of England and Wales as gov.uk lists them.
        ("2024-03", "2024-04-08"),  # 1 April was Easter Monday: 2, 3, 4, 5, 8
        ("2023-12", "2024-01-08"),  # New Year's Day: 2, 3, 4, 5, 8
        ("2024-01", "2024-02-07"),
        ("2024-02", "2024-03-07"),  # of a leap year: 1, 4, 5, 6, 7
        ("2022-05", "2022-06-09"),  # the Platinum Jubilee on 2 and 3 June: 1, 6, 7, 8, 9
        ("2023-04", "2023-05-09"),  # 1 May and the coronation on 8 May: 2, 3, 4, 5, 9
        ("2022-08", "2022-09-07"),  # the State Funeral came later: 1, 2, 5, 6, 7
        ("2026-03", "2026-04-09"),  # Good Friday 3 and Easter Monday 6 April: 1, 2, 7, 8, 9
    ],
)
def test_a_pack_is_due_on_the_fifth_working_day(days: OpenDays, month: str, due: str) -> None:
    assert MONTHLY.due_on(Period.parse(month), days) == dt.date.fromisoformat(due)


def test_a_councils_own_closure_is_no_working_day(days: OpenDays) -> None:
    closed = OpenDays(days.closed | {dt.date(2024, 1, 2), dt.date(2024, 1, 8)}, KNOWN_TO)
    assert MONTHLY.due_on(Period.parse("2023-12"), closed) == dt.date(2024, 1, 10)


@given(
    month=st.dates(dt.date(2017, 1, 1), dt.date(2027, 10, 1)),
    number=st.integers(1, 15),
    own=st.frozensets(st.dates(dt.date(2017, 1, 1), dt.date(2027, 12, 31)), max_size=5),
)
def test_working_day_n_is_numpys(
    days: OpenDays,
    nth_by_numpy: Callable[[dt.date, int, Collection[dt.date]], dt.date],
    month: dt.date,
    number: int,
    own: frozenset[dt.date],
) -> None:
    closed = days.closed | own
    cadence = Cadence(kind=PeriodKind.MONTH, working_day=number)
    period = month_of(month)
    expected = nth_by_numpy(period.end, number, closed)
    assert cadence.due_on(period, OpenDays(closed, KNOWN_TO)) == expected


@given(day=st.dates(dt.date(2017, 1, 2), dt.date(2027, 12, 19)), number=st.integers(0, 4))
def test_a_bulletin_is_of_its_day_or_the_open_day_nearest_after_within_the_week(
    days: OpenDays, bank_holidays: frozenset[dt.date], day: dt.date, number: int
) -> None:
    week = week_of(day)
    found = morning_of_week(days, week, DAYS[number])
    week_days = [week.start + dt.timedelta(days=n) for n in range(5)]
    there = [d for d in week_days if d not in bank_holidays]
    later = [d for d in there if d.weekday() >= number]
    assert found == (min(later) if later else max(there))


@pytest.mark.parametrize(
    ("week", "day", "closed", "morning"),
    [
        ("2024-W14", "Monday", (), "2024-04-02"),  # Easter Monday
        ("2023-W52", "Monday", (), "2023-12-27"),  # Christmas and Boxing Day
        ("2024-W01", "Monday", (), "2024-01-02"),  # New Year's Day
        ("2022-W38", "Monday", (), "2022-09-20"),  # the State Funeral on Monday 19 September
        ("2024-W13", "Friday", (), "2024-03-28"),  # Good Friday: the Thursday before
        ("2023-W52", "Monday", ("2023-12-27", "2023-12-28", "2023-12-29"), "2024-01-02"),
    ],
)
def test_a_bulletin_comes_the_next_working_day(
    days: OpenDays, week: str, day: Day, closed: tuple[str, ...], morning: str
) -> None:
    own = OpenDays(days.closed | {dt.date.fromisoformat(day) for day in closed}, KNOWN_TO)
    assert morning_of_week(own, Period.parse(week), day) == dt.date.fromisoformat(morning)


def test_a_year_is_complete_when_its_procedures_own_years_are() -> None:
    year = Period.parse("2023-24")
    assert complete_on(year) == dt.date(2024, 4, 1)
    assert complete_on(year, [SCHOOLS]) == dt.date(2024, 8, 1)
    assert complete_on(year, [(4, 6)]) == dt.date(2024, 4, 1)


def test_an_annual_report_is_due_after_the_last_of_its_years(days: OpenDays) -> None:
    schools = Cadence(kind=PeriodKind.REPORTING_YEAR, working_day=10, own_years=(SCHOOLS,))
    # April 2024 from Tuesday the 2nd: the tenth is Monday the 15th; of August Wednesday the 14th.
    assert YEARLY.due_on(Period.parse("2023-24"), days) == dt.date(2024, 4, 15)
    assert schools.due_on(Period.parse("2023-24"), days) == dt.date(2024, 8, 14)


@pytest.mark.parametrize(
    ("moment", "last", "first"),
    [
        ("2024-04-08T06:59", "2024-02", "2024-03"),
        ("2024-04-08T07:00", "2024-03", "2024-03"),
        ("2024-04-08T07:01", "2024-03", "2024-04"),
        ("2024-01-01T12:00", "2023-11", "2023-12"),
        ("2024-12-31T23:59", "2024-11", "2024-12"),
    ],
)
def test_what_was_due_by_a_moment_and_what_is_due_next(
    days: OpenDays, moment: str, last: str, first: str
) -> None:
    at = dt.datetime.fromisoformat(moment)
    assert MONTHLY.last_due(days, at.date(), at.time()).key == last
    assert MONTHLY.first_due(days, at.date(), at.time()).key == first


def test_years_that_begin_in_january_or_september_are_followed(days: OpenDays) -> None:
    january = Cadence(kind=PeriodKind.REPORTING_YEAR, working_day=1, year_starts=1)
    assert january.last_due(days, dt.date(2025, 1, 2), dt.time(7)).key == "2024"
    assert january.last_due(days, dt.date(2025, 1, 2), dt.time(6)).key == "2023"
    assert january.after(january.period("2024")).key == "2025"


def test_a_day_beyond_the_bank_holidays_is_worked_out_and_told_of(days: OpenDays) -> None:
    due = MONTHLY.due_on(Period.parse("2027-12"), days)
    assert due == dt.date(2028, 1, 7)
    assert "up to 31 December 2027" in days.beyond(due)
    assert days.beyond(KNOWN_TO) == ""


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("garbage", PeriodKind.MONTH),
        ("2024-13", PeriodKind.MONTH),
        ("2024-W14", PeriodKind.MONTH),
        ("2023-24", PeriodKind.MONTH),
        ("2023-25", PeriodKind.REPORTING_YEAR),
        ("2024-03", PeriodKind.REPORTING_YEAR),
        ("2024-W54", PeriodKind.WEEK),
        ("2023-W53", PeriodKind.WEEK),
    ],
)
def test_a_key_of_no_such_period_is_refused(key: str, kind: PeriodKind) -> None:
    with pytest.raises(ConfigurationError, match=key):
        period_named(key, kind, 4)


def test_a_cadence_is_the_same_after_it_was_written_down() -> None:
    cadence = Cadence(
        kind=PeriodKind.REPORTING_YEAR,
        working_day=3,
        at=dt.time(9, 30),
        year_starts=9,
        own_years=(SCHOOLS,),
    )
    assert Cadence.read(cadence.written()) == cadence
