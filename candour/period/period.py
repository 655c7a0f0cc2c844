"""A period: a kind and two days, from which its key, its name and its neighbours follow."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from candour.errors import ConfigurationError
from candour.period.months import (
    MONTHS_A_YEAR,
    day_in_words,
    first_of,
    month_in_words,
    month_name,
    month_ordinal,
)

APRIL = 4
_MONTHS_A_QUARTER = 3
_DAYS_A_WEEK = 7
_WEEKS_EVERY_YEAR_HAS = 52
_FIRST_YEAR, _LAST_YEAR = 2012, 2099
_QUARTER_NAMES = ("one", "two", "three", "four")


class PeriodKind(StrEnum):
    """The seven kinds of period a report or a KPI may be asked for."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    REPORTING_YEAR = "reporting_year"
    YEAR_TO_DATE = "year_to_date"
    ROLLING_YEAR = "rolling_year"
    OWN_YEAR = "own_year"
    """A procedure's own reporting year beside the council's: a school year."""


_MONTHS_TO_PREVIOUS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: _MONTHS_A_QUARTER}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole days in local time, from `start` up to but not including `end`.

    Periods lie between 2012 and 2099, where no key has two readings: an earlier `2011-12` would be
    both a reporting year and December 2011.

    Attributes:
        kind: What sort of period it is; with the dates it decides the key and the name.
        start: The first day.
        end: The day after the last day.
        year_starts: The month a reporting year begins with, which only a quarter's name needs.

    Raises:
        ConfigurationError: The dates are out of order or outside 2012 to 2099.
    """

    kind: PeriodKind
    start: date
    end: date
    year_starts: int = field(default=APRIL, kw_only=True)

    def __post_init__(self) -> None:
        if not (_FIRST_YEAR <= self.start.year <= _LAST_YEAR and self.start < self.end):
            raise ConfigurationError(
                f"A period from {self.start} up to {self.end} is not possible: "
                f"it must begin in {_FIRST_YEAR} to {_LAST_YEAR} and end after it begins."
            )

    @classmethod
    def parse(cls, key: str, year_starts: int = APRIL) -> "Period":
        """Read a period from its key.

        Args:
            key: `2024-03` (month), `2024-W14` (ISO week), `2023-24` (reporting year; `2024` where
                it begins in January), `2023-24-Q4` (quarter), `2023-24-to-2024-03` (year to date)
                or `12m-to-2024-03` (rolling year).
            year_starts: The month a reporting year begins with, 1 to 12.

        Raises:
            ConfigurationError: The key is none of these, or contradicts itself (`2023-25`).
        """
        for pattern, build in _READERS:
            if found := pattern.fullmatch(key):
                try:
                    period = build(*(int(number) for number in found.groups()), year_starts)
                except ValueError:
                    break
                if period.key == key:
                    return period
        raise ConfigurationError(
            f"{key!r} is not a period where the reporting year starts in "
            f"{month_name(year_starts)}; write {_KEYS_ALLOWED}."
        )

    @property
    @lru_cache(maxsize=4096)  # noqa: B019  - every figure asks for it, and periods are few and small
    def key(self) -> str:
        """The short name that files, parameters and ledgers use, and `parse` reads back."""
        last_month = f"{self.last_day:%Y-%m}"
        keys: dict[PeriodKind, Callable[[], str]] = {
            PeriodKind.WEEK: lambda: f"{self.start:%G-W%V}",
            PeriodKind.MONTH: lambda: last_month,
            PeriodKind.QUARTER: lambda: f"{self._year_name}-Q{self._quarter_number}",
            PeriodKind.REPORTING_YEAR: lambda: self._year_name,
            PeriodKind.YEAR_TO_DATE: lambda: f"{self._year_name}-to-{last_month}",
            PeriodKind.ROLLING_YEAR: lambda: f"12m-to-{last_month}",
            PeriodKind.OWN_YEAR: lambda: f"{self.start:%Y-%m}-to-{last_month}",
        }
        return keys[self.kind]()

    @property
    def label(self) -> str:
        """The name a reader sees, such as "March 2024" or "Week beginning 1 April 2024"."""
        match self.kind:
            case PeriodKind.WEEK:
                return f"Week beginning {day_in_words(self.start)}"
            case PeriodKind.QUARTER:
                number = _QUARTER_NAMES[self._quarter_number - 1]
                return f"Quarter {number} of {self._year_name} ({self.span})"
            case PeriodKind.REPORTING_YEAR:
                return self._year_name
            case PeriodKind.ROLLING_YEAR:
                return f"Twelve months to {month_in_words(self.last_day)}"
            case _:
                return self.span

    @property
    def span(self) -> str:
        """Its first and last month in words (days for a week): "April 2023 to March 2024"."""
        words = day_in_words if self.kind is PeriodKind.WEEK else month_in_words
        first, last = words(self.start), words(self.last_day)
        if first == last:
            return first
        if self.start.year == self.last_day.year:
            first = first.removesuffix(f" {self.start.year}")
        return f"{first} to {last}"

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    def contains(self, day: date) -> bool:
        """Say whether a day belongs to it."""
        return self.start <= day < self.end

    def previous(self) -> "Period":
        """The like-for-like period before it, sharing no day with it.

        For a week, month or quarter that is the one just before. For a year, a year to date and a
        rolling year it is the same months a year earlier: four months beside five say nothing.
        """
        if self.kind is PeriodKind.WEEK:
            return week_of(self.start - timedelta(days=_DAYS_A_WEEK))
        return self._moved(-_MONTHS_TO_PREVIOUS.get(self.kind, MONTHS_A_YEAR))

    def same_last_year(self) -> "Period":
        """The same period a year earlier; for a week the same ISO number, week 53 becoming 52."""
        if self.kind is not PeriodKind.WEEK:
            return self._moved(-MONTHS_A_YEAR)
        year, number, _ = self.start.isocalendar()
        # No two years running have 53 weeks, so week 52 always exists to stand in for week 53.
        return week_of(date.fromisocalendar(year - 1, min(number, _WEEKS_EVERY_YEAR_HAS), 1))

    def month_range(self) -> tuple[int, int]:
        """Its months as a half-open pair of ordinals (year x 12 + month - 1).

        Raises:
            ConfigurationError: It is a week, which is not made of whole months.
        """
        if self.kind is PeriodKind.WEEK:
            raise ConfigurationError(
                f"{self.label} is not made of whole months; ask for a month, quarter or year."
            )
        return month_ordinal(self.start), month_ordinal(self.end)

    def months(self) -> "tuple[Period, ...]":
        """Its months in order, each a period; a week raises as `month_range` does."""
        return tuple(month_at(ordinal) for ordinal in range(*self.month_range()))

    def quarter(self, year_starts: int = APRIL) -> "Period":
        """The quarter of the reporting year that its last day falls in."""
        start = month_ordinal(_year_start(self.last_day, year_starts))
        start += (month_ordinal(self.last_day) - start) // _MONTHS_A_QUARTER * _MONTHS_A_QUARTER
        return Period(
            PeriodKind.QUARTER,
            first_of(start),
            first_of(start + _MONTHS_A_QUARTER),
            year_starts=year_starts,
        )

    def reporting_year(self, year_starts: int = APRIL) -> "Period":
        """The reporting year that its last day falls in."""
        start = _year_start(self.last_day, year_starts)
        return Period(
            PeriodKind.REPORTING_YEAR, start, first_of(month_ordinal(start) + MONTHS_A_YEAR)
        )

    def year_to_date(self, year_starts: int = APRIL) -> "Period":
        """The reporting year so far, up to the end of the month its last day falls in."""
        end = first_of(month_ordinal(self.last_day) + 1)
        return Period(PeriodKind.YEAR_TO_DATE, _year_start(self.last_day, year_starts), end)

    def rolling_year(self) -> "Period":
        """The twelve months up to the end of the month its last day falls in."""
        end = month_ordinal(self.last_day) + 1
        return Period(PeriodKind.ROLLING_YEAR, first_of(end - MONTHS_A_YEAR), first_of(end))

    def own_year(self, starts: int, months: int) -> "Period":
        """The year of ``months`` months whose first, ``starts``, lies within this year."""
        first = month_ordinal(self.start)
        first += (starts - self.start.month) % MONTHS_A_YEAR
        return Period(PeriodKind.OWN_YEAR, first_of(first), first_of(first + months))

    @property
    def _year_name(self) -> str:
        quarters = self.kind is PeriodKind.QUARTER
        start = _year_start(self.start, self.year_starts) if quarters else self.start
        return _year_name(start)

    @property
    def _quarter_number(self) -> int:
        return (self.start.month - self.year_starts) % MONTHS_A_YEAR // _MONTHS_A_QUARTER + 1

    def _moved(self, months: int) -> "Period":
        start, end = (first_of(month_ordinal(day) + months) for day in (self.start, self.end))
        return Period(self.kind, start, end, year_starts=self.year_starts)


def month(key: str) -> Period:
    """Read one month from a key such as `2024-03`.

    Raises:
        ConfigurationError: The key is not a month.
    """
    period = Period.parse(key)
    if period.kind is not PeriodKind.MONTH:
        raise ConfigurationError(f"{key!r} is not a month; write it as 2024-03.")
    return period


def month_at(ordinal: int) -> Period:
    """The month with this ordinal (year x 12 + month - 1)."""
    return Period(PeriodKind.MONTH, first_of(ordinal), first_of(ordinal + 1))


def month_of(day: date) -> Period:
    """The month a day falls in."""
    return month_at(month_ordinal(day))


def week_of(day: date) -> Period:
    """The ISO week, Monday to Sunday, a day falls in."""
    monday = day - timedelta(days=day.weekday())
    return Period(PeriodKind.WEEK, monday, monday + timedelta(days=_DAYS_A_WEEK))


def _year_start(day: date, year_starts: int) -> date:
    month_name(year_starts)  # refuses a month that does not exist, in a sentence
    return date(day.year - (day.month < year_starts), year_starts, 1)


def _year_name(start: date) -> str:
    if start.month == 1:
        return str(start.year)
    return f"{start.year}-{(start.year + 1) % 100:02d}"


def _read_quarter(year: int, number: int, year_starts: int) -> Period:
    first_month = month_ordinal(date(year, year_starts, 1)) + (number - 1) * _MONTHS_A_QUARTER
    return month_at(first_month).quarter(year_starts)


# Each pattern captures only what places the period; a reader builds it, and `parse` then compares
# its key with what was written, so that the rest of the key is checked in one place.
_YEAR, _MONTH = r"(\d{4})(?:-\d\d)?", r"(\d{4})-(0[1-9]|1[0-2])"
_READERS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(_MONTH), lambda y, m, _: month_of(date(y, m, 1))),
    (re.compile(r"(\d{4})-W(\d\d)"), lambda y, w, _: week_of(date.fromisocalendar(y, w, 1))),
    (re.compile(_YEAR), lambda y, s: month_of(date(y, s, 1)).reporting_year(s)),
    (re.compile(_YEAR + r"-Q([1-4])"), _read_quarter),
    (
        re.compile(r"\d{4}(?:-\d\d)?-to-" + _MONTH),
        lambda y, m, s: month_of(date(y, m, 1)).year_to_date(s),
    ),
    (
        re.compile(_MONTH + "-to-" + _MONTH),
        lambda y, m, last, n, _: Period(
            PeriodKind.OWN_YEAR, date(y, m, 1), first_of(month_ordinal(date(last, n, 1)) + 1)
        ),
    ),
    (re.compile(r"12m-to-" + _MONTH), lambda y, m, _: month_of(date(y, m, 1)).rolling_year()),
)
_KEYS_ALLOWED = (
    "2024-03 (month), 2024-W14 (week), 2023-24 (reporting year), 2023-24-Q4 (quarter), "
    "2023-24-to-2024-03 (year to date) or 12m-to-2024-03 (rolling year)"
)
