"""Cadence: the day a report is due follows from its period and the days a council is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from candour.arrangements import DAYS, Day
from candour.errors import ConfigurationError
from candour.period import APRIL, Period, PeriodKind, day_in_words, month_of, week_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Self

_FURTHER = dt.timedelta(days=1)
KEYS = {
    PeriodKind.WEEK: "An ISO week, such as 2024-W14",
    PeriodKind.MONTH: "A month, such as 2024-03",
    PeriodKind.REPORTING_YEAR: "A reporting year, such as 2023-24",
}
"""How the period of a report is written, by its kind."""
USUAL = {
    PeriodKind.WEEK: (1, dt.time(8)),
    PeriodKind.MONTH: (5, dt.time(7)),
    PeriodKind.REPORTING_YEAR: (10, dt.time(7)),
}
"""The working day and hour of a report whose council declares none."""


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Monday to Friday, but for the days on which a council is closed.

    Attributes:
        closed: bank holidays and the council's own closures.
        known_to: the last day whose bank holidays are known; later only weekends are.
    """

    closed: frozenset[dt.date]
    known_to: dt.date

    def is_open(self, day: dt.date) -> bool:
        """Whether it is a working day."""
        return day.weekday() < len(DAYS) and day not in self.closed

    def open_from(self, day: dt.date) -> Iterator[dt.date]:
        """The working days from a day on, that day included."""
        while True:
            if self.is_open(day):
                yield day
            day += _FURTHER

    def nth(self, number: int, day: dt.date) -> dt.date:
        """The working day with a number, counted from a day on; the first is 1."""
        return next(islice(self.open_from(day), number - 1, None))

    def beyond(self, day: dt.date) -> str:
        """A sentence about a day later than the bank holidays that are known; otherwise nothing."""
        if day <= self.known_to:
            return ""
        return (
            f"{day_in_words(day)} was worked out without bank holidays: they are known up to "
            f"{day_in_words(self.known_to)}. Add the years after it to "
            "data/reference/bank_holidays.csv."
        )


def morning_of_week(days: OpenDays, week: Period, day: Day = "Monday") -> dt.date:
    """The morning a week's bulletin tells of: the first working day from its day on.

    Where the rest of the week is closed it is the last working day before; where all of it is,
    the next one.
    """
    there = [d for n in range(len(DAYS)) if days.is_open(d := week.start + n * _FURTHER)]
    if not there:
        return days.nth(1, week.end)
    wanted = week.start + DAYS.index(day) * _FURTHER
    return next((d for d in there if d >= wanted), there[-1])


def complete_on(period: Period, own_years: Collection[tuple[int, int]] = ()) -> dt.date:
    """The first day on which everything a period's report tells of is over.

    Of a year's report that is the end of the last of its procedures' own years: of 2023-24 and a
    school year of eleven months from September, 1 August 2024.
    """
    if period.kind is not PeriodKind.REPORTING_YEAR:
        return period.end
    return max(period.end, *(period.own_year(*own).end for own in own_years), period.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """When the report of each period of a kind is due, of one council.

    Attributes:
        kind: of which periods: weeks, months or reporting years.
        working_day: its number, counted from the day after the period is complete; not of weeks.
        day: the day of the week, of weeks only.
        at: the hour in local time.
        year_starts: the month the reporting year begins.
        own_years: of procedures with a reporting year of their own, its first month and its months.
    """

    kind: PeriodKind
    working_day: int = 1
    day: Day = "Monday"
    at: dt.time = dt.time(7)
    year_starts: int = APRIL
    own_years: tuple[tuple[int, int], ...] = ()

    def due_on(self, period: Period, days: OpenDays) -> dt.date:
        """The day on which a period's report is due."""
        if self.kind is PeriodKind.WEEK:
            return morning_of_week(days, period, self.day)
        return days.nth(self.working_day, complete_on(period, self.own_years))

    def period(self, key: str) -> Period:
        """The period a key names.

        Raises:
            ConfigurationError: it names none, or one of another kind.
        """
        return period_named(key, self.kind, self.year_starts)

    def period_with(self, day: dt.date) -> Period:
        """The period a day falls in."""
        if self.kind is PeriodKind.WEEK:
            return week_of(day)
        month = month_of(day)
        return month if self.kind is PeriodKind.MONTH else month.reporting_year(self.year_starts)

    def after(self, period: Period) -> Period:
        """The period that follows."""
        return self.period_with(period.end)

    def last_due(self, days: OpenDays, day: dt.date, time: dt.time) -> Period:
        """The last period whose report was due by a moment."""
        period = self.period_with(day)
        while (self.due_on(period, days), self.at) > (day, time):
            period = period.previous()
        return period

    def first_due(self, days: OpenDays, day: dt.date, time: dt.time) -> Period:
        """The first period whose report is due at a moment or later."""
        period = self.last_due(days, day, time)
        exactly = (self.due_on(period, days), self.at) == (day, time)
        return period if exactly else self.after(period)

    @property
    def words(self) -> str:
        """When a report is due, in words."""
        if self.kind is PeriodKind.WEEK:
            return f"{self.day} {self.at:%H:%M}, or the next working day"
        waits = "year" if self.kind is PeriodKind.REPORTING_YEAR else "month"
        return f"Working day {self.working_day} after the {waits}, {self.at:%H:%M}"

    def written(self) -> dict[str, Any]:
        """It in plain values, from which ``read`` makes it again."""
        return {
            "kind": self.kind.value,
            "working_day": self.working_day,
            "day": self.day,
            "at": self.at.isoformat("minutes"),
            "year_starts": self.year_starts,
            "own_years": [list(own) for own in self.own_years],
        }

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """The cadence of plain values."""
        return cls(
            kind=PeriodKind(written["kind"]),
            working_day=written["working_day"],
            day=written["day"],
            at=dt.time.fromisoformat(written["at"]),
            year_starts=written["year_starts"],
            own_years=tuple((starts, months) for starts, months in written["own_years"]),
        )


def period_named(key: str, kind: PeriodKind, year_starts: int) -> Period:
    """The period of a kind that a key names.

    Raises:
        ConfigurationError: it names none, or one of another kind.
    """
    period = Period.parse(key, year_starts)
    if period.kind is not kind:
        raise ConfigurationError(f"'{key}' is not right here. {KEYS[kind]}.")
    return period
