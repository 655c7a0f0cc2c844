"""Working days: the only place that counts them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

import numpy as np
import pandas as pd

from candour.errors import ConfigurationError
from candour.holidays import Holiday, read_holidays
from candour.period import day_in_words

_CLOSED = "Council closed"
_WEEK = "1111100"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days count for a council, between the first and last day its table of holidays covers.

    The functions on columns take and return Series of days; a missing day stays missing, and a day
    outside the calendar is an error rather than a guess. They read two tables made once: how many
    working days lie before each day, and which day each working day is.

    Attributes:
        name: What it is called in reports, such as "England and Wales".
        holidays: Bank holidays and the council's own closures, in order.
        first_day: The first day it knows.
        last_day: The last day it knows.
        week: Which weekdays count, Monday first, as in `numpy.busdaycalendar`.
    """

    name: str
    holidays: tuple[Holiday, ...]
    first_day: date
    last_day: date
    week: str = _WEEK
    _before: np.ndarray = field(init=False, repr=False, compare=False)
    _working: np.ndarray = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        every_day = np.arange(self.first_day, self.last_day + timedelta(days=1), dtype="M8[D]")
        holidays = [holiday.on for holiday in self.holidays]
        counts = np.is_busday(every_day, weekmask=self.week, holidays=holidays)
        object.__setattr__(self, "_before", np.concatenate([[0], np.cumsum(counts)]))
        object.__setattr__(self, "_working", every_day[counts])

    @classmethod
    def read(
        cls, bank_holidays_csv: str, closures: Iterable[date] = (), name: str = "England and Wales"
    ) -> Self:
        """Read a calendar from the text of a table of bank holidays.

        Args:
            bank_holidays_csv: Columns date (2024-12-25), title and note; whole calendar years.
            closures: Further days on which this council is closed.
            name: What the calendar is called in reports and errors.

        Raises:
            ConfigurationError: The table cannot be read, holds a day twice or misses a year, or a
                closure lies outside its years.
        """
        bank_holidays = read_holidays(bank_holidays_csv, name)
        first_day = date(bank_holidays[0].on.year, 1, 1)
        last_day = date(bank_holidays[-1].on.year, 12, 31)
        known = {holiday.on for holiday in bank_holidays}
        for day in (closed := sorted(set(closures) - known)):
            if not first_day <= day <= last_day:
                raise ConfigurationError(_outside(day, name, first_day, last_day))
        own = [Holiday(day, _CLOSED) for day in closed]
        return cls(name, tuple(sorted([*bank_holidays, *own])), first_day, last_day)

    @classmethod
    def of_every_day(cls, first_day: date, last_day: date) -> Self:
        """The calendar for limits set in calendar days: every day counts."""
        return cls("Calendar days", (), first_day, last_day, week="1111111")

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with any day, title or year of the calendar."""
        lines = [f"{day.on},{day.title},{day.note}" for day in self.holidays]
        text = "\n".join([self.week, str(self.first_day), str(self.last_day), *lines])
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def holidays_between(self, start: date, end: date) -> tuple[Holiday, ...]:
        """The bank holidays and closures from `start` up to but not including `end`."""
        return tuple(holiday for holiday in self.holidays if start <= holiday.on < end)

    def is_working(self, days: pd.Series) -> pd.Series:
        """Say of each day whether it is a working day (boolean)."""
        places, missing = self._places(days)
        counts = self._before[places + 1] > self._before[places]
        return pd.Series(counts, index=days.index, dtype="boolean").mask(missing)

    def next_working_day(self, days: pd.Series) -> pd.Series:
        """Each day itself if it is a working day, otherwise the first working day after it."""
        places, missing = self._places(days)
        return self._days(self._before[places], missing, days.index)

    def add_working_days(self, start: pd.Series, n: "int | pd.Series") -> pd.Series:
        """The n-th working day after each day, the day itself not counted.

        Raises:
            ConfigurationError: n is less than one, or the answer lies beyond the calendar.
        """
        places, missing = self._places(start)
        if isinstance(n, pd.Series):
            missing = missing | n.isna().to_numpy()
            n = n.fillna(1).to_numpy(dtype=np.int64)
        if np.any(np.less(n, 1)):
            raise ConfigurationError(
                f"A limit of {np.min(n)} working days is not possible; give a whole number from 1."
            )
        return self._days(self._before[places + 1] + n - 1, missing, start.index)

    def working_days_between(self, start: pd.Series, end: "pd.Series | date") -> pd.Series:
        """Working days after `start` up to and including `end` (Int64; below nought backwards)."""
        return self._count(start, end, through=1)

    def working_days_to_reach(self, start: pd.Series, end: "pd.Series | date") -> pd.Series:
        """As `working_days_between`, with an end that is no working day counted as the next one."""
        return self._count(start, end, through=0) + 1

    def _count(self, start: pd.Series, end: "pd.Series | date", through: int) -> pd.Series:
        if isinstance(end, pd.Series) and not end.index.equals(start.index):
            raise ValueError("Two columns of days must be of the same rows in the same order.")
        (first, no_start), (last, no_end) = self._places(start), self._places(end)
        counts = self._before[last + through] - self._before[first + 1]
        return pd.Series(counts, index=start.index, dtype="Int64").mask(no_start | no_end)

    def _places(self, days: "pd.Series | date") -> tuple[np.ndarray, np.ndarray]:
        """Days since the first day, 0 where missing; and which are missing."""
        on = np.asarray(days, dtype="M8[s]").astype("M8[D]")
        missing = np.isnat(on)
        places = np.where(missing, 0, (on - np.datetime64(self.first_day)).astype(np.int64))
        if np.any(outside := (places < 0) | (places >= len(self._before) - 1)):
            day = on[outside].min().item()
            raise ConfigurationError(_outside(day, self.name, self.first_day, self.last_day))
        return places, missing

    def _days(self, numbers: np.ndarray, missing: np.ndarray, index: pd.Index) -> pd.Series:
        """The working days with these numbers, counted from nought."""
        numbers = np.where(missing, 0, numbers)
        if np.any(numbers >= len(self._working)):
            raise ConfigurationError(
                f"A date to be worked out lies after {day_in_words(self.last_day)}, the last day "
                f"of the bank holidays of {self.name}; add the next year to their table."
            )
        days = self._working[numbers].astype("M8[s]")
        days[missing] = np.datetime64("NaT")
        return pd.Series(days, index=index)


def _outside(day: date, name: str, first_day: date, last_day: date) -> str:
    return (
        f"{day_in_words(day)} is outside the bank holidays of {name}, which run from "
        f"{day_in_words(first_day)} to {day_in_words(last_day)}; correct the date, or add the "
        "missing years to their table."
    )
