"""Measures: a figure for any KPI, period and slice, made from the counts and nothing else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from candour.counts import BASE_DIMENSIONS, Counts
from candour.errors import ConfigurationError
from candour.figures import NOT_RECORDED, Figure, Slice, State, Unit
from candour.kpi import CONTEXT, Fact, Kpi, Kpis
from candour.ledger import DIMENSIONS
from candour.numbers import Numbers, rate
from candour.period import Period, PeriodKind
from candour.statistics import statistic
from candour.sums import Sums

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from candour.sums import Part
    from candour.vantage import Vantage

_YEARS_BEFORE = {"two_years_before": 2, "three_years_before": 3, "four_years_before": 4}


class Measures:
    """Figures on demand, each worked out once.

    Args:
        kpis: what may be asked for.
        counts: the integers.
        period: the report's own period, *this* one.
        vantage: the days the report is told from.
        untold: the KPIs the exports cannot tell, whose figures are *not recorded*.
        history_from: the first day each fact is told of; before it a figure is *not recorded*.
        year_starts: the month the reporting year begins.
        numbers: what is given and not counted.
        withheld: the keys of the figures the audience may not see.
    """

    def __init__(
        self,
        kpis: Kpis,
        counts: Counts,
        period: Period,
        vantage: Vantage,
        *,
        untold: frozenset[str],
        history_from: Mapping[Fact, dt.date],
        year_starts: int,
        numbers: Numbers,
        withheld: frozenset[str] = frozenset(),
    ) -> None:
        self.kpis = kpis
        self.period = period
        self.vantage = vantage
        self._counts = counts
        self._sums = Sums(counts, vantage.morning, numbers.own_years)
        self._untold = untold
        self._history_from = history_from
        self._year_starts = year_starts
        self._numbers = numbers
        self._withheld = withheld
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
            **{
                name: lambda years=years: _earlier(self.period, years)  # type: ignore[misc]
                for name, years in _YEARS_BEFORE.items()
            },
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
        when = self.named_period(period) if isinstance(period, str) else period
        if self._numbers.knows(kpi_id):
            given = {name: str(value) for name, value in about.items()}
            return self._numbers.figure(kpi_id, when, given)
        kpi = self.kpis[kpi_id]
        slice_ = _slice(kpi_id, kpi, about)
        key = (kpi_id, when, slice_)
        if key not in self._known:
            self._known[key] = self.shown(self._work_out(kpi_id, kpi, when, slice_))
        return self._known[key]

    def shown(self, figure: Figure) -> Figure:
        """The figure as the audience may see it: nothing of it where it is withheld."""
        return figure.hidden() if figure.key in self._withheld else figure

    def members(self, dimension: str) -> tuple[str, ...]:
        """The values of a dimension nobody declares, as the cases hold them: references."""
        found = (
            cube.members[cube.dimensions.index(dimension)]
            for cube in self._counts.cubes.values()
            if dimension in cube.dimensions
        )
        return tuple(value for value in next(found, ()) if value != NOT_RECORDED)

    def asked(self) -> tuple[Figure, ...]:
        """Every figure that was asked for so far, printed or not."""
        return tuple(self._known.values())

    def is_declared(self, kpi_id: str) -> bool:
        """Whether the council declares the context number of that id; any other id is let by."""
        return self._numbers.is_declared(kpi_id)

    def given(self, name: str, period: Period | str = "this") -> Figure | None:
        """A context number of the council; nothing where it declares none of that name."""
        kpi_id = f"{CONTEXT}{name}"
        return self.figure(kpi_id, period) if self.is_declared(kpi_id) else None

    def procedures_apart(self) -> frozenset[str]:
        """The procedures that this period's figures of all procedures leave out: a year's do."""
        if self.period.kind is not PeriodKind.REPORTING_YEAR:
            return frozenset()
        return frozenset(self._numbers.own_years)

    def authorities(self) -> tuple[str, ...]:
        """The council and its peers, as the Ombudsman's statistics of this year name them."""
        return self._numbers.authorities(self.period)

    def values(self, kpi_id: str, period: Period | str = "this", **about: object) -> list[int]:
        """Every value a statistic is made of, ascending: the working days of each response."""
        kpi = self.kpis[kpi_id]
        when = self.named_period(period) if isinstance(period, str) else period
        values, rows = self._sums.measured(kpi, when, dict(_slice(kpi_id, kpi, about)))
        return [int(value) for value in np.repeat(values, rows)]

    def _work_out(self, kpi_id: str, kpi: Kpi, period: Period, slice_: Slice) -> Figure:
        about = dict(slice_)
        parts = self._sums.parts(kpi, period, about)
        when = parts[0].period if len(parts) == 1 else period
        figure = Figure(kpi_id, kpi.title, when, slice_, kpi.unit, kpi.decimals, better=kpi.better)
        if kpi_id in self._untold:
            return replace(figure, state=State.NOT_RECORDED)
        if kpi.of is Fact.STATISTICS:
            return self._numbers.statistic(figure, kpi, about)
        if when.start < self._history_from[kpi.of] or self._is_to_come(kpi, when):
            return replace(figure, state=State.NOT_RECORDED)
        if kpi.statistic is not None:
            return self._statistic(figure, kpi, period, about)
        return self._counted(figure, kpi, parts)

    def _is_to_come(self, kpi: Kpi, period: Period) -> bool:
        """Whether nothing tells of it: another week's, or a year of its own that ends later."""
        if kpi.clock == "since_last" and not (
            period.kind is PeriodKind.WEEK and period == self.period
        ):
            return True
        own = period.kind is PeriodKind.OWN_YEAR and kpi.clock == "as_of"
        return own and not self._sums.knows(self._sums.morning(period))

    def _counted(self, figure: Figure, kpi: Kpi, parts: Sequence[Part]) -> Figure:
        def total(flag: str | None) -> int:
            tally = f"{kpi.population}&{flag}"
            return sum(self._sums.total(kpi, tally, part) for part in parts)

        number = total(kpi.count)
        if kpi.out_of is None:
            return replace(figure, count=number, value=Fraction(number))
        if kpi.out_of.startswith(CONTEXT):
            return rate(figure, kpi, number, self._numbers.base(kpi.out_of, figure.period))
        undecided = total(kpi.undecided) if kpi.undecided else 0
        told = rate(figure, kpi, number, total(kpi.out_of))
        if told.value is None or not undecided:
            return told
        return replace(told, state=State.PROVISIONAL, undecided=undecided)

    def _statistic(
        self, figure: Figure, kpi: Kpi, period: Period, about: Mapping[str, str]
    ) -> Figure:
        values, rows = self._sums.measured(kpi, period, about)
        base = int(rows.sum())
        value = statistic(kpi.statistic, values, rows) if kpi.statistic else None
        if value is None:
            return replace(figure, base=base, state=State.NO_BASE)
        if kpi.unit is Unit.POUNDS:
            value = value / 100
        return replace(figure, base=base, value=value)


def _slice(kpi_id: str, kpi: Kpi, about: Mapping[str, object]) -> Slice:
    for name in about:
        if name not in kpi.breakdowns:
            raise ConfigurationError(
                f"KPI '{kpi_id}' is not declared by {name}; its breakdowns are "
                f"{', '.join(kpi.breakdowns)}. Add it to the KPI's file if it makes sense."
            )
    others = [name for name in about if name not in BASE_DIMENSIONS]
    alone = len(about) == len(others)
    if kpi.of is not Fact.STATISTICS and len(others) > 1 and not (alone and kpi.pairs(others)):
        raise ConfigurationError(
            f"KPI '{kpi_id}' is counted by {' and '.join(BASE_DIMENSIONS)} and one more at a time, "
            f"not by {' and '.join(others)} together."
        )
    return tuple((name, str(about[name])) for name in DIMENSIONS if name in about)


def _earlier(period: Period, years: int) -> Period:
    for _ in range(years):
        period = period.same_last_year()
    return period
