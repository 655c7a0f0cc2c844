from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.errors import ConfigurationError
from candour.period import (
    Period,
    PeriodKind,
    day_in_words,
    month,
    month_at,
    month_of,
    month_ordinal,
    week_of,
    weekday_in_words,
)

DAYS = st.dates(date(2014, 1, 6), date(2098, 12, 31))
YEAR_STARTS = st.integers(1, 12)

# Key, kind, first day, last day, label.
KNOWN = [
    ("2024-03", "month", "2024-03-01", "2024-03-31", "March 2024"),
    ("2024-02", "month", "2024-02-01", "2024-02-29", "February 2024"),
    ("2024-W14", "week", "2024-04-01", "2024-04-07", "Week beginning 1 April 2024"),
    ("2020-W53", "week", "2020-12-28", "2021-01-03", "Week beginning 28 December 2020"),
    ("2023-24", "reporting_year", "2023-04-01", "2024-03-31", "2023-24"),
    (
        *("2023-24-Q4", "quarter", "2024-01-01", "2024-03-31"),
        "Quarter four of 2023-24 (January to March 2024)",
    ),
    (
        *("2023-24-to-2024-03", "year_to_date", "2023-04-01", "2024-03-31"),
        "April 2023 to March 2024",
    ),
    ("2023-24-to-2023-06", "year_to_date", "2023-04-01", "2023-06-30", "April to June 2023"),
    ("2023-24-to-2023-04", "year_to_date", "2023-04-01", "2023-04-30", "April 2023"),
    (
        *("12m-to-2024-03", "rolling_year", "2023-04-01", "2024-03-31"),
        "Twelve months to March 2024",
    ),
]


@pytest.mark.parametrize(("key", "kind", "first", "last", "label"), KNOWN)
def test_a_key_names_its_days_and_its_label(
    key: str, kind: str, first: str, last: str, label: str
) -> None:
    period = Period.parse(key)
    assert (period.kind, str(period.start), str(period.last_day)) == (kind, first, last)
    assert (period.key, period.label) == (key, label)


@pytest.mark.parametrize(
    ("key", "year_starts", "first", "last", "label"),
    [
        ("2024", 1, "2024-01-01", "2024-12-31", "2024"),
        ("2024-Q2", 1, "2024-04-01", "2024-06-30", "Quarter two of 2024 (April to June 2024)"),
        ("2024-to-2024-03", 1, "2024-01-01", "2024-03-31", "January to March 2024"),
        ("2023-24", 9, "2023-09-01", "2024-08-31", "2023-24"),
        (
            *("2023-24-Q2", 9, "2023-12-01", "2024-02-29"),
            "Quarter two of 2023-24 (December 2023 to February 2024)",
        ),
    ],
)
def test_a_reporting_year_may_start_in_another_month(
    key: str, year_starts: int, first: str, last: str, label: str
) -> None:
    period = Period.parse(key, year_starts)
    assert (str(period.start), str(period.last_day)) == (first, last)
    assert (period.key, period.label) == (key, label)


@pytest.mark.parametrize(
    "key",
    [
        *("", "March 2024", "2024-3", "2024-13", "2024-00", "2024-W00", "2024-W53", " 2024-03"),
        *("2023-25", "2023-23", "2024", "2023-24-Q5", "2023-25-Q1", "2023-24-to-2024-04"),
        *("2022-23-to-2024-03", "2023-24-to-2023-13", "13m-to-2024-03", "٢٠٢٤-03"),
    ],
)
def test_a_key_that_is_no_period_is_refused_with_what_is_allowed(key: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        Period.parse(key)
    assert str(refusal.value).startswith(f"{key!r} is not a period")
    assert "2024-W14 (week)" in str(refusal.value)


@pytest.mark.parametrize("key", ["2011-12", "1999-12", "2150-01"])
def test_a_year_in_which_keys_have_two_readings_is_refused(key: str) -> None:
    with pytest.raises(ConfigurationError, match="2012 to 2099"):
        Period.parse(key)


def test_a_reporting_year_cannot_start_in_a_thirteenth_month() -> None:
    with pytest.raises(ConfigurationError, match="13 is not a month"):
        Period.parse("2023-24", 13)
    with pytest.raises(ConfigurationError, match="13 is not a month"):
        month("2024-03").reporting_year(13)


def test_only_a_month_is_read_as_a_month() -> None:
    assert month("2024-03") == Period(PeriodKind.MONTH, date(2024, 3, 1), date(2024, 4, 1))
    with pytest.raises(ConfigurationError, match="'2023-24' is not a month"):
        month("2023-24")


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ConfigurationError, match="end after it begins"):
        Period(PeriodKind.MONTH, date(2024, 3, 1), date(2024, 3, 1))


@pytest.mark.parametrize(
    ("key", "previous", "last_year"),
    [
        ("2024-01", "2023-12", "2023-01"),
        ("2024-W01", "2023-W52", "2023-W01"),
        ("2021-W01", "2020-W53", "2020-W01"),
        ("2020-W53", "2020-W52", "2019-W52"),
        ("2023-24-Q1", "2022-23-Q4", "2022-23-Q1"),
        ("2023-24", "2022-23", "2022-23"),
        ("2023-24-to-2023-06", "2022-23-to-2022-06", "2022-23-to-2022-06"),
        ("12m-to-2024-02", "12m-to-2023-02", "12m-to-2023-02"),
    ],
)
def test_a_period_knows_the_one_before_and_the_one_a_year_earlier(
    key: str, previous: str, last_year: str
) -> None:
    period = Period.parse(key)
    assert (period.previous().key, period.same_last_year().key) == (previous, last_year)


def test_a_schools_quarter_before_keeps_to_the_schools_year() -> None:
    assert Period.parse("2023-24-Q1", 9).previous().key == "2022-23-Q4"


def test_a_year_to_february_compares_with_a_february_of_another_length() -> None:
    period = Period.parse("2023-24-to-2024-02")
    assert period.last_day == date(2024, 2, 29)
    assert period.same_last_year().last_day == date(2023, 2, 28)


def test_a_month_leads_to_the_longer_periods_that_end_with_it() -> None:
    february = month("2024-02")
    keys = [
        february.quarter().key,
        february.reporting_year().key,
        february.year_to_date().key,
        february.rolling_year().key,
    ]
    assert keys == ["2023-24-Q4", "2023-24", "2023-24-to-2024-02", "12m-to-2024-02"]


def test_months_are_listed_in_order_and_as_ordinals() -> None:
    quarter = Period.parse("2023-24-Q4")
    assert [each.key for each in quarter.months()] == ["2024-01", "2024-02", "2024-03"]
    assert quarter.month_range() == (2024 * 12, 2024 * 12 + 3)
    assert month_at(2024 * 12 + 2) == month("2024-03")
    with pytest.raises(ConfigurationError, match="Week beginning 1 April 2024 is not made of"):
        Period.parse("2024-W14").months()


def test_a_period_holds_its_first_and_last_day_and_not_the_next() -> None:
    period = month("2024-02")
    assert period.contains(date(2024, 2, 1))
    assert period.contains(date(2024, 2, 29))
    assert not period.contains(date(2024, 1, 31))
    assert not period.contains(date(2024, 3, 1))


def test_days_and_spans_are_written_as_british_readers_do() -> None:
    assert day_in_words(date(2024, 4, 1)) == "1 April 2024"
    assert weekday_in_words(date(2023, 12, 23)) == "Saturday 23 December 2023"
    assert Period.parse("2023-24").span == "April 2023 to March 2024"
    assert Period.parse("2024-W14").span == "1 April to 7 April 2024"
    assert Period.parse("2020-W53").span == "28 December 2020 to 3 January 2021"


@given(day=DAYS, year_starts=YEAR_STARTS)
def test_every_period_is_read_back_from_its_key(day: date, year_starts: int) -> None:
    one = month_of(day)
    periods = [
        one,
        week_of(day),
        one.quarter(year_starts),
        one.reporting_year(year_starts),
        one.year_to_date(year_starts),
        one.rolling_year(),
        one.own_year(one.start.month, 11),
    ]
    assert len({period.kind for period in periods}) == len(PeriodKind)
    for period in periods:
        assert Period.parse(period.key, year_starts) == period
        assert period.contains(day)


@given(day=DAYS)
def test_months_and_weeks_follow_one_another_without_a_gap(day: date) -> None:
    one, week = month_of(day), week_of(day)
    assert one.last_day.day == monthrange(day.year, day.month)[1]
    assert one.previous().end == one.start
    assert month_ordinal(one.end) == month_ordinal(one.start) + 1
    assert week.previous().end == week.start
    assert week.start.isocalendar()[:2] == day.isocalendar()[:2]
    assert week.end - week.start == timedelta(days=7)


@pytest.mark.parametrize(
    ("year", "starts", "months", "key", "label"),
    [
        ("2023-24", 9, 11, "2023-09-to-2024-07", "September 2023 to July 2024"),
        ("2023-24", 9, 12, "2023-09-to-2024-08", "September 2023 to August 2024"),
        ("2023-24", 1, 12, "2024-01-to-2024-12", "January to December 2024"),
        ("2023-24", 4, 12, "2023-04-to-2024-03", "April 2023 to March 2024"),
    ],
)
def test_a_year_of_a_procedure_s_own_begins_within_the_council_s(
    year: str, starts: int, months: int, key: str, label: str
) -> None:
    own = Period.parse(year).own_year(starts, months)

    assert (own.kind, own.key, own.label) == (PeriodKind.OWN_YEAR, key, label)
    assert len(own.months()) == months
    assert Period.parse(year).contains(own.start)
    assert Period.parse(key) == own


def test_the_own_year_before_is_twelve_months_earlier() -> None:
    own = Period.parse("2023-24").own_year(9, 11)

    for before in (own.previous(), own.same_last_year()):
        assert before.key == "2022-09-to-2023-07"
    assert before == Period.parse("2022-23").own_year(9, 11)
