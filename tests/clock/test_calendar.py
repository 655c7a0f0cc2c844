from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.clock import Calendar, Holiday
from candour.errors import ConfigurationError

Column = Callable[[Sequence[date | None]], pd.Series]
DaysOf = Callable[[pd.Series], list[date | None]]

# Every ninth day, with every day of the weeks in which rules of thumb go wrong.
DATES = sorted(
    {date(2017, 1, 1) + timedelta(days=n) for n in range(0, 3800, 9)}
    | {date(2020, 5, 1) + timedelta(days=n) for n in range(14)}
    | {date(2022, 5, 25) + timedelta(days=n) for n in range(14)}
    | {date(2022, 9, 10) + timedelta(days=n) for n in range(14)}
    | {date(2023, 4, 28) + timedelta(days=n) for n in range(14)}
    | {date(2023, 12, 20) + timedelta(days=n) for n in range(18)}
)
LIMITS = (1, 5, 10, 20, 25, 65)
WEEKDAYS = st.dates(date(2018, 1, 1), date(2026, 6, 30)).filter(lambda day: day.weekday() < 5)
DAYS = st.dates(date(2018, 1, 1), date(2026, 6, 30))


def _days_after(start: date) -> Iterator[date]:
    while True:
        start += timedelta(days=1)
        yield start


def _walk(start: date, n: int, holidays: list[date]) -> date:
    """The n-th working day after a day, one day at a time."""
    for day in _days_after(start):
        if day.weekday() < 5 and day not in holidays:
            n -= 1
        if n == 0:
            return day
    raise AssertionError


@pytest.mark.parametrize("limit", LIMITS)
def test_adding_working_days_agrees_with_walking_day_by_day(
    limit: int,
    calendar: Calendar,
    bank_holidays: list[date],
    column: Column,
    days_of: DaysOf,
) -> None:
    assert len(DATES) >= 200
    expected = [_walk(day, limit, bank_holidays) for day in DATES]
    assert days_of(calendar.add_working_days(column(DATES), limit)) == expected


@pytest.mark.parametrize("limit", LIMITS)
def test_adding_and_counting_agree_with_numpy(
    limit: int, calendar: Calendar, bank_holidays: list[date], column: Column
) -> None:
    starts = np.array(DATES, dtype="M8[D]")
    ends = np.busday_offset(starts, limit, roll="backward", holidays=bank_holidays)
    assert (calendar.add_working_days(column(DATES), limit).to_numpy() == ends).all()
    later = starts + np.timedelta64(limit * 2, "D")
    # numpy counts [begin, end); the day after each turns that into (start, end].
    counted = np.busday_count(starts + 1, later + 1, holidays=bank_holidays)
    between = calendar.working_days_between(column(DATES), pd.Series(later.astype("M8[s]")))
    assert between.tolist() == counted.tolist()


def test_working_days_and_the_next_one_agree_with_the_table(
    calendar: Calendar, bank_holidays: list[date], column: Column, days_of: DaysOf
) -> None:
    working = [day.weekday() < 5 and day not in bank_holidays for day in DATES]
    assert calendar.is_working(column(DATES)).tolist() == working
    following = [_walk(day - timedelta(days=1), 1, bank_holidays) for day in DATES]
    assert days_of(calendar.next_working_day(column(DATES))) == following


@pytest.mark.parametrize("day", [date(2022, 9, 19), date(2023, 5, 8)])
def test_the_state_funeral_and_the_coronation_are_not_working_days(
    day: date, calendar: Calendar, column: Column, days_of: DaysOf
) -> None:
    friday, tuesday = day - timedelta(days=3), day + timedelta(days=1)
    assert calendar.is_working(column([day])).tolist() == [False]
    assert days_of(calendar.add_working_days(column([friday]), 1)) == [tuesday]


def test_a_missing_day_stays_missing(calendar: Calendar, column: Column) -> None:
    days, other = column([None, date(2024, 3, 1)]), column([date(2024, 3, 1), None])
    assert calendar.is_working(days).isna().tolist() == [True, False]
    assert calendar.next_working_day(days).isna().tolist() == [True, False]
    assert calendar.add_working_days(days, 10).isna().tolist() == [True, False]
    assert calendar.working_days_between(days, other).isna().all()
    assert calendar.working_days_between(days, date(2024, 3, 4)).isna().tolist() == [True, False]


def test_a_row_without_a_limit_has_no_due_day(
    calendar: Calendar, column: Column, days_of: DaysOf
) -> None:
    limits = pd.Series([10, None], dtype="Int64")
    due = calendar.add_working_days(column([date(2024, 3, 1)] * 2), limits)
    assert days_of(due) == [date(2024, 3, 15), None]


def test_results_keep_the_rows_they_were_asked_about(calendar: Calendar, column: Column) -> None:
    days = column([date(2024, 3, 1), date(2024, 3, 4)]).set_axis([7, 3])
    assert calendar.add_working_days(days, 1).index.tolist() == [7, 3]
    with pytest.raises(ValueError, match="same rows in the same order"):
        calendar.working_days_between(days, days.sort_index())


def test_counting_backwards_is_counting_forwards_with_the_sign_turned(
    calendar: Calendar, column: Column
) -> None:
    start, end = column([date(2024, 3, 1)]), column([date(2024, 3, 15)])
    assert calendar.working_days_between(start, end).tolist() == [10]
    assert calendar.working_days_between(end, start).tolist() == [-10]


@given(start=DAYS, later=st.integers(0, 60), limit=st.integers(1, 65))
def test_a_later_start_or_a_longer_limit_never_falls_due_earlier(
    start: date, later: int, limit: int, calendar: Calendar, column: Column
) -> None:
    starts = column([start, start + timedelta(days=later), start])
    due = calendar.add_working_days(starts, pd.Series([limit, limit, limit + 1], dtype="Int64"))
    assert due[0] <= due[1]
    assert due[0] < due[2]


@given(
    moved=st.integers(10, 80),
    to=WEEKDAYS,
    window=st.tuples(DAYS, st.integers(0, 200)),
)
def test_moving_a_bank_holiday_changes_only_the_windows_that_hold_it(
    moved: int, to: date, window: tuple[date, int], calendar: Calendar, column: Column
) -> None:
    old = calendar.holidays[moved]
    if to in {holiday.on for holiday in calendar.holidays}:
        to = old.on
    kept = (*calendar.holidays[:moved], *calendar.holidays[moved + 1 :])
    other = replace(calendar, holidays=tuple(sorted([*kept, Holiday(to, old.title)])))
    start, end = window[0], window[0] + timedelta(days=window[1])
    before, after = (
        version.working_days_between(column([start]), end).item() for version in (calendar, other)
    )
    assert after - before == (start < old.on <= end) - (start < to <= end)


@pytest.mark.parametrize("day", [date(2016, 12, 31), date(2028, 1, 1)])
def test_a_day_outside_the_table_is_refused(day: date, calendar: Calendar, column: Column) -> None:
    with pytest.raises(ConfigurationError, match="1 January 2017 to 31 December 2027"):
        calendar.is_working(column([date(2024, 3, 1), day]))
    with pytest.raises(ConfigurationError, match="1 January 2017 to 31 December 2027"):
        calendar.working_days_between(column([date(2024, 3, 1)]), day)


def test_a_due_day_beyond_the_table_is_refused(calendar: Calendar, column: Column) -> None:
    assert calendar.last_day == date(2027, 12, 31)
    with pytest.raises(ConfigurationError, match="after 31 December 2027"):
        calendar.add_working_days(column([date(2027, 12, 30)]), 2)


def test_the_first_and_last_day_of_the_table_are_known(calendar: Calendar, column: Column) -> None:
    edges = column([calendar.first_day, calendar.last_day])
    assert calendar.is_working(edges).tolist() == [False, True]
    assert (
        calendar.working_days_between(column([calendar.first_day]), calendar.last_day).gt(0).all()
    )


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(limit: int, calendar: Calendar, column: Column) -> None:
    with pytest.raises(ConfigurationError, match=f"limit of {limit} working days"):
        calendar.add_working_days(column([date(2024, 3, 1)]), limit)


def test_a_councils_own_closure_does_not_count_and_is_listed(
    bank_holidays_csv: str, column: Column, days_of: DaysOf
) -> None:
    closed = Calendar.read(bank_holidays_csv, closures=[date(2023, 12, 27), date(2023, 12, 25)])
    assert days_of(closed.next_working_day(column([date(2023, 12, 23)]))) == [date(2023, 12, 28)]
    listed = closed.holidays_between(date(2023, 12, 1), date(2024, 1, 1))
    assert [(holiday.on.day, holiday.title) for holiday in listed] == [
        (25, "Christmas Day"),
        (26, "Boxing Day"),
        (27, "Council closed"),
    ]


def test_a_closure_outside_the_table_is_refused(bank_holidays_csv: str) -> None:
    with pytest.raises(ConfigurationError, match="24 December 2031 is outside"):
        Calendar.read(bank_holidays_csv, closures=[date(2031, 12, 24)])


def test_the_version_changes_with_the_days_and_not_with_the_files_line_endings(
    bank_holidays_csv: str, calendar: Calendar
) -> None:
    windows = "\ufeff" + bank_holidays_csv.replace("\n", "\r\n")
    moved = bank_holidays_csv.replace("2022-09-19", "2022-09-20")
    assert len(calendar.version) == 12
    assert Calendar.read(windows).version == calendar.version
    assert Calendar.read(moved).version != calendar.version
    assert Calendar.read(bank_holidays_csv, [date(2023, 12, 27)]).version != calendar.version


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("day,title\n2024-12-25,Christmas Day\n", "expected"),
        ("date,title,note\n", "empty table"),
        ("date,title,note\n25/12/2024,Christmas Day,\n", "line 2: '25/12/2024' is not a day"),
        ("date,title,note\n2024-12-25,Christmas Day,\n2024-12-25,Again,\n", "twice"),
        ("date,title,note\n2022-12-26,Boxing Day,\n2024-12-25,Christmas Day,\n", "skip a year"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused_in_a_sentence(table: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError, match=sentence):
        Calendar.read(table)
