"""Working days of the invented cases: counted here, apart from the product that is tested."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

_ENGLAND_AND_WALES = """
2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19
2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25
2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
"""
BANK_HOLIDAYS = frozenset(map(date.fromisoformat, _ENGLAND_AND_WALES.split()))
"""Bank holidays of the invented period; no day of 2025 is ever exported."""

ONE_OFF_HOLIDAYS = frozenset({date(2022, 9, 19), date(2023, 5, 8)})
"""The State Funeral and the Coronation: announced late, so vendors' systems missed them."""


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _ordered(holidays: frozenset[date]) -> list[date]:
    every = days_between(date(2018, 1, 1), date(2025, 12, 31))
    return [day for day in every if day.weekday() < 5 and day not in holidays]


_WORKING = _ordered(BANK_HOLIDAYS)
_WORKING_AS_THE_VENDOR_HAS_IT = _ordered(BANK_HOLIDAYS - ONE_OFF_HOLIDAYS)


def add_working(day: date, number: int) -> date:
    """The working day so many after (or, when negative, before) a day; the day itself is none."""
    return _counted(_WORKING, day, number)


def add_working_without_one_offs(day: date, number: int) -> date:
    """The same by a calendar that never heard of the one-off holidays."""
    return _counted(_WORKING_AS_THE_VENDOR_HAS_IT, day, number)


def working_on_or_after(day: date) -> date:
    """The day itself when offices are open, otherwise the next day they are."""
    return _WORKING[bisect_left(_WORKING, day)]


def _counted(working: list[date], day: date, number: int) -> date:
    if number < 0:
        return working[bisect_left(working, day) + number]
    return working[bisect_right(working, day) + number - 1] if number else day
