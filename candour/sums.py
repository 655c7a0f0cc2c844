"""Sums: what the counts hold of a KPI's period and slice, years of their own added up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from candour.counts import DAILY_CLOCKS, STOCK_CLOCKS, Counts, wanted_dimensions
from candour.errors import ConfigurationError
from candour.period import Period, PeriodKind, day_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.kpi import Kpi

_DAY_ZERO = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Part:
    """A period and a slice whose counts a figure is added up from."""

    period: Period
    about: Mapping[str, str]


class Sums:
    """Integers of the counts, as a report of that morning tells them.

    Args:
        counts: the integers.
        morning: the morning the report tells of.
        own_years: its first month and its months, of each procedure with a year of its own.
    """

    def __init__(
        self, counts: Counts, morning: dt.date, own_years: Mapping[str, tuple[int, int]]
    ) -> None:
        self._counts = counts
        self._told_on = morning
        self._own_years = own_years

    def parts(self, kpi: Kpi, period: Period, about: Mapping[str, str]) -> list[Part]:
        """What a figure is added up from: procedures with a year of their own stand apart."""
        own = self._own_years
        if period.kind is not PeriodKind.REPORTING_YEAR or "procedure" not in kpi.breakdowns:
            return [Part(period, about)]
        if not own or about.get("procedure", "") not in {"", *own}:
            return [Part(period, about)]
        if "procedure" in about:
            return [Part(period.own_year(*own[about["procedure"]]), about)]
        cube = self._counts.cubes[(kpi.of, _counted_by(kpi), wanted_dimensions(kpi)[0])]
        named = cube.members[cube.dimensions.index("procedure")]
        usual = [Part(period, {**about, "procedure": p}) for p in named if p not in own]
        if kpi.years == "council":
            return usual
        return [*usual, *(Part(period.own_year(*own[p]), {**about, "procedure": p}) for p in own)]

    def total(self, kpi: Kpi, tally: str, part: Part) -> int:
        """How many rows of a part carry the flags of a tally.

        Raises:
            ConfigurationError: the KPI tells of a morning that was not counted.
        """
        dimensions = next(d for d in wanted_dimensions(kpi) if set(part.about) <= set(d))
        cube = self._counts.cubes[(kpi.of, _counted_by(kpi), dimensions)]
        return cube.total(tally, *self._span(kpi, part.period), part.about)

    def measured(
        self, kpi: Kpi, period: Period, about: Mapping[str, str]
    ) -> tuple[np.ndarray, np.ndarray]:
        """The distinct values of a measure, ascending, and how many rows took each."""
        found: list[tuple[np.ndarray, np.ndarray]] = []
        for part in self.parts(kpi, period, about):
            dimensions = next(d for d in wanted_dimensions(kpi) if set(part.about) <= set(d))
            key = (kpi.of, _counted_by(kpi), dimensions, f"{kpi.population}&{kpi.measure}")
            ticks = self._span(kpi, part.period)
            found.append(self._counts.histograms[key].values(*ticks, part.about))
        if len(found) == 1:
            return found[0]
        every = np.concatenate([np.repeat(values, rows) for values, rows in found])
        values, rows = np.unique(every, return_counts=True)
        return values, rows

    def morning(self, period: Period) -> dt.date:
        """The morning a period's state is told: the day after it, or the bulletin's own."""
        if period.kind is PeriodKind.WEEK:
            return self._told_on
        if period.kind is PeriodKind.OWN_YEAR:
            return period.end
        return min(period.end, self._told_on)

    def knows(self, morning: dt.date) -> bool:
        """Whether what was outstanding on that morning was counted."""
        return morning in self._counts.mornings

    def _span(self, kpi: Kpi, period: Period) -> tuple[int, int]:
        if kpi.clock not in DAILY_CLOCKS:
            return period.month_range()
        morning = self._opening(period) if kpi.clock == "opening" else self.morning(period)
        if morning not in self._counts.mornings:
            raise ConfigurationError(
                f"What was outstanding on the morning of {day_in_words(morning)} was not counted; "
                "a report counts it at the ends of its months and of the two years before."
            )
        tick = (morning - _DAY_ZERO).days
        return tick, tick + 1

    def _opening(self, period: Period) -> dt.date:
        """The morning a period begins; a bulletin's week begins with the bulletin before."""
        if period.kind is not PeriodKind.WEEK:
            return period.start
        return max((m for m in self._counts.mornings if m < self._told_on), default=dt.date.min)


def _counted_by(kpi: Kpi) -> str:
    return "as_of" if kpi.clock in STOCK_CLOCKS else kpi.clock
