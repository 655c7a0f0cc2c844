"""The table that ships, against the Act's rules worked out independently."""

from datetime import date, timedelta

import pytest
from dateutil.easter import easter

MONDAY = 0
ONE_OFF = {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
MOVED = {date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}


def _first_monday(year: int, month: int) -> date:
    return next(d for d in (date(year, month, n) for n in range(1, 8)) if d.weekday() == MONDAY)


def _last_monday(year: int, month: int) -> date:
    days = (date(year, month, 31) - timedelta(days=back) for back in range(7))
    return next(d for d in days if d.weekday() == MONDAY)


def _expected(year: int) -> set[date]:
    days = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    mondays = {_first_monday(year, 5), _last_monday(year, 5), _last_monday(year, 8)}
    days |= {MOVED.get(day, day) for day in mondays}
    days |= {day for day in ONE_OFF if day.year == year}
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    days |= {day for day in fixed if day.weekday() < 5}
    for day in (day for day in fixed if day.weekday() >= 5):
        substitute = day
        while substitute.weekday() >= 5 or substitute in days:
            substitute += timedelta(days=1)
        days.add(substitute)
    return days


@pytest.mark.parametrize("year", range(2017, 2028))
def test_a_years_bank_holidays_are_those_the_act_and_proclamations_give(
    year: int, bank_holidays: list[date]
) -> None:
    assert {day for day in bank_holidays if day.year == year} == _expected(year)


def test_the_table_covers_2017_to_2027_in_order_and_only_weekdays(
    bank_holidays: list[date],
) -> None:
    assert bank_holidays == sorted(set(bank_holidays))
    assert {day.year for day in bank_holidays} == set(range(2017, 2028))
    assert all(day.weekday() < 5 for day in bank_holidays)
