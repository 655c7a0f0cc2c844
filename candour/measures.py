"""Measures: a figure for any KPI, period and slice, made from the counts and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from candour.counts import STOCK_CLOCKS, Counts, Cube, wanted_dimensions
from candour.errors import ConfigurationError
from candour.figures import Figure, Slice, State, Unit
from candour.kpi import Kpi, Kpis, Statistic
from candour.ledger import DIMENSIONS
from candour.period import Period, PeriodKind, day_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from candour.vantage import Vantage

_DAY_ZERO = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """The ticks a figure is counted over, from ``first`` up to ``end``."""

    first: int
    end: int


class Measures:
    """Figures on demand, each worked out once.

    Args:
        kpis: what may be asked for.
        counts: the integers.
        period: the report's own period, *this* one.
        vantage: the days the report is told from.
        untold: the KPIs the exports cannot tell, whose figures are *not recorded*.
        history_from: the first day the exports cover; before it a figure is *not recorded*.
        year_starts: the month the reporting year begins.
    """

    def __init__(
        self,
        kpis: Kpis,
        counts: Counts,
        period: Period,
        vantage: Vantage,
        *,
        untold: frozenset[str],
        history_from: dt.date,
        year_starts: int,
    ) -> None:
        self.kpis = kpis
        self.period = period
        self.vantage = vantage
        self._counts = counts
        self._untold = untold
        self._history_from = history_from
        self._year_starts = year_starts
        self._known: dict[tuple[str, Period, Slice], Figure] = {}

    def named_period(self, name: str) -> Period:
        """The period a template calls *this*, *previous* or *same_last_year*, for example.

        Raises:
            ConfigurationError: no period has that name.
        """
        year = self._year_starts
        periods: Mapping[str, Callable[[], Period]] = {
            "this": lambda: self.period,
            "previous": self.period.previous,
            "same_last_year": self.period.same_last_year,
            "quarter": lambda: self.period.quarter(year),
            "year_to_date": lambda: self.period.year_to_date(year),
            "last_year_to_date": lambda: self.period.year_to_date(year).same_last_year(),
            "rolling_year": self.period.rolling_year,
            "previous_rolling_year": lambda: self.period.rolling_year().same_last_year(),
        }
        if name not in periods:
            raise ConfigurationError(
                f"'{name}' is no period a report knows; it may name {', '.join(periods)}."
            )
        return periods[name]()

    def figure(self, kpi_id: str, period: Period | str = "this", **about: object) -> Figure:
        """The figure of a KPI for a period and a slice.

        Raises:
            ConfigurationError: there is no such KPI, period or value, or the KPI does not declare
                the breakdown.
        """
        kpi = self.kpis[kpi_id]
        when = self.named_period(period) if isinstance(period, str) else period
        slice_ = _slice(kpi_id, kpi, about)
        key = (kpi_id, when, slice_)
        if key not in self._known:
            self._known[key] = self._work_out(kpi_id, kpi, when, slice_)
        return self._known[key]

    def _work_out(self, kpi_id: str, kpi: Kpi, period: Period, slice_: Slice) -> Figure:
        figure = Figure(
            kpi_id, kpi.title, period, slice_, kpi.unit, kpi.decimals, better=kpi.better
        )
        if period.start < self._history_from or kpi_id in self._untold:
            return replace(figure, state=State.NOT_RECORDED)
        about = dict(slice_)
        dimensions = next(d for d in wanted_dimensions(kpi) if set(about) <= set(d))
        span = self._span(kpi, period)
        if kpi.statistic is not None:
            return self._statistic(figure, kpi, dimensions, span, about)
        cube = self._counts.cubes[(kpi.of, _counted_by(kpi), dimensions)]
        return _counted(figure, kpi, cube, span, about)

    def _span(self, kpi: Kpi, period: Period) -> Span:
        if kpi.clock not in STOCK_CLOCKS:
            return Span(*period.month_range())
        morning = period.start if kpi.clock == "opening" else self._morning(period)
        if morning not in self._counts.mornings:
            raise ConfigurationError(
                f"What was outstanding on the morning of {day_in_words(morning)} was not counted; "
                "a report counts it at the ends of its months and of the two years before."
            )
        tick = (morning - _DAY_ZERO).days
        return Span(tick, tick + 1)

    def _morning(self, period: Period) -> dt.date:
        """The morning a period's state is told: the day after it, or the bulletin's own."""
        if period.kind is PeriodKind.WEEK:
            return self.vantage.morning
        return min(period.end, self.vantage.morning)

    def _statistic(
        self,
        figure: Figure,
        kpi: Kpi,
        dimensions: tuple[str, ...],
        span: Span,
        about: Mapping[str, str],
    ) -> Figure:
        key = (kpi.of, _counted_by(kpi), dimensions, f"{kpi.population}&{kpi.measure}")
        values, rows = self._counts.histograms[key].values(span.first, span.end, about)
        base = int(rows.sum())
        value = statistic(kpi.statistic, values, rows) if kpi.statistic else None
        if value is None:
            return replace(figure, base=base, state=State.NO_BASE)
        if kpi.unit is Unit.POUNDS:
            value = value / 100
        return replace(figure, base=base, value=value)


def statistic(kind: Statistic, values: np.ndarray, rows: np.ndarray) -> Fraction | None:
    """A statistic of a histogram, exact; ``None`` of nothing, except that a sum of nothing is 0.

    Percentiles are by linear interpolation (Excel's PERCENTILE.INC).
    """
    total = int(rows.sum())
    if kind is Statistic.SUM:
        return Fraction(int((values * rows).sum()))
    if total == 0:
        return None
    if kind is Statistic.MEAN:
        return Fraction(int((values * rows).sum()), total)
    if kind is Statistic.LONGEST:
        return Fraction(int(values.max()))
    share = Fraction(1, 2) if kind is Statistic.MEDIAN else Fraction(9, 10)
    return _percentile(values, np.cumsum(rows), (total - 1) * share)


def _percentile(values: np.ndarray, running: np.ndarray, rank: Fraction) -> Fraction:
    whole = int(rank)
    low = int(values[np.searchsorted(running, whole, side="right")])
    if rank == whole:
        return Fraction(low)
    high = int(values[np.searchsorted(running, whole + 1, side="right")])
    return low + (rank - whole) * (high - low)


def _counted_by(kpi: Kpi) -> str:
    return "as_of" if kpi.clock in STOCK_CLOCKS else kpi.clock


def _slice(kpi_id: str, kpi: Kpi, about: Mapping[str, object]) -> Slice:
    for name in about:
        if name not in kpi.breakdowns:
            raise ConfigurationError(
                f"KPI '{kpi_id}' is not declared by {name}; its breakdowns are "
                f"{', '.join(kpi.breakdowns)}. Add it to the KPI's file if it makes sense."
            )
    return tuple((name, str(about[name])) for name in DIMENSIONS if name in about)


def _counted(figure: Figure, kpi: Kpi, cube: Cube, span: Span, about: Mapping[str, str]) -> Figure:
    def total(flag: str | None) -> int:
        return cube.total(f"{kpi.population}&{flag}", span.first, span.end, about)

    number = total(kpi.count)
    if kpi.out_of is None:
        return replace(figure, count=number, value=Fraction(number))
    base = total(kpi.out_of)
    if base == 0:
        return replace(figure, count=number, base=0, state=State.NO_BASE)
    number = base - number if kpi.complement else number
    undecided = total(kpi.undecided) if kpi.undecided else 0
    return replace(
        figure,
        count=number,
        base=base,
        value=Fraction(number * 100, base),
        state=State.PROVISIONAL if undecided else State.RECORDED,
        undecided=undecided or None,
    )
