"""Counts: every figure's integers, counted once in one pass and rolled up from there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.errors import ConfigurationError
from candour.kpi import CONTEXT, Fact, Kpi

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BASE_DIMENSIONS = ("procedure", "stage")
"""Any figure may be sliced by these together with one other dimension."""

CLOCK_DAYS = {
    "received": "received_on",
    "acknowledgement_due": "acknowledge_by_on",
    "responded": "responded_on",
    "due": "due_on",
    "left": "left_on",
    "moved": "moved_on",
    "decided": "decided_on",
    "recorded": "recorded_on",
    "taken_outside": "taken_outside_on",
    "since_last": "seen_on",
    "as_of": "on",
    "opening": "on",
}
"""The day that puts a row in a period, by the name a KPI's ``clock`` gives it."""

STOCK_CLOCKS = frozenset({"as_of", "opening"})
DAILY_CLOCKS = STOCK_CLOCKS | {"since_last"}
"""The clocks that tell of a morning; the others tell of months."""


def tick_of(days: pd.Series, *, stock: bool) -> np.ndarray:
    """The tick of each day: its month's ordinal for flows, its number for stocks; -1 missing."""
    unit = "datetime64[D]" if stock else "datetime64[M]"
    missing = days.isna().to_numpy()
    numbers = days.to_numpy().astype("datetime64[s]").astype(unit).astype(np.int64)
    ticks = numbers if stock else numbers + 1970 * 12
    return np.where(missing, -1, ticks)


@dataclass(frozen=True, slots=True)
class Tally:
    """One flag counted among one population: ``responded`` and ``in_time``."""

    population: str
    flag: str

    @property
    def name(self) -> str:
        """``population&flag``."""
        return f"{self.population}&{self.flag}"


@dataclass(frozen=True)
class Cube:
    """Counts of one fact table by tick and dimensions, flags side by side.

    ``cells`` has the shape (ticks, members of each dimension…, tallies).
    """

    clock: str
    dimensions: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    ticks: np.ndarray
    tallies: tuple[str, ...]
    cells: np.ndarray

    @cached_property
    def _running(self) -> np.ndarray:
        """Counts of all ticks before each, so that any period is one difference."""
        nothing = np.zeros((1, *self.cells.shape[1:]), dtype=self.cells.dtype)
        return np.concatenate([nothing, np.cumsum(self.cells, axis=0)])

    def total(self, tally: str, first: int, end: int, about: Mapping[str, str]) -> int:
        """How many rows of the slice ``about`` fall on ticks from ``first`` up to ``end``."""
        low, high = np.searchsorted(self.ticks, [first, end])
        block = self._running[high] - self._running[low]
        index = tuple(
            self._member(name, about[name]) if name in about else slice(None)
            for name in self.dimensions
        )
        return int(block[index][..., self.tallies.index(tally)].sum())

    def _member(self, name: str, value: str) -> int:
        members = self.members[self.dimensions.index(name)]
        if value not in members:
            raise ConfigurationError(
                f"'{value}' is no {name} of this council; there are {', '.join(members)}."
            )
        return members.index(value)


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many rows of a population took each value of a measure, by tick and dimensions.

    One row a combination that occurs, columns ``tick``, the dimensions, ``value`` and ``rows``;
    values are never capped, so every percentile is exact.
    """

    rows: pd.DataFrame

    def values(
        self, first: int, end: int, about: Mapping[str, str]
    ) -> tuple[np.ndarray, np.ndarray]:
        """The distinct values of the slice, ascending, and how many rows took each."""
        table = self.rows
        chosen = (table["tick"] >= first) & (table["tick"] < end)
        for name, value in about.items():
            chosen &= table[name] == value
        found = table.loc[chosen].groupby("value")["rows"].sum()
        return found.index.to_numpy(dtype=np.int64), found.to_numpy(dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Counts:
    """All cubes and histograms of a report, by fact table, clock and dimensions.

    ``mornings`` are the days whose stock was counted; of any other day it is not known.
    """

    mornings: frozenset[dt.date]
    cubes: Mapping[tuple[Fact, str, tuple[str, ...]], Cube]
    histograms: Mapping[tuple[Fact, str, tuple[str, ...], str], Histogram]


def wanted_dimensions(kpi: Kpi) -> list[tuple[str, ...]]:
    """The dimension sets a KPI is counted by: the base ones, alone and with each other; pairs."""
    base = tuple(name for name in BASE_DIMENSIONS if name in kpi.breakdowns)
    others = [name for name in kpi.breakdowns if name not in BASE_DIMENSIONS]
    return [base, *((*base, other) for other in others), *kpi.together]


def count(
    facts: Mapping[Fact, pd.DataFrame], kpis: Iterable[Kpi], mornings: Iterable[dt.date]
) -> Counts:
    """Every count the KPIs need, each fact table passed once a dimension set.

    ``mornings`` are those the outstanding facts were taken on.
    """
    tallies: dict[tuple[Fact, str, tuple[str, ...]], set[Tally]] = {}
    measures: dict[tuple[Fact, str, tuple[str, ...]], set[tuple[str, str]]] = {}
    for kpi in kpis:
        if kpi.of is Fact.STATISTICS:
            continue
        for dimensions in wanted_dimensions(kpi):
            place: tuple[Fact, str, tuple[str, ...]] = (kpi.of, _clock(kpi), dimensions)
            tallies.setdefault(place, set()).update(_tallies(kpi))
            if kpi.measure is not None:
                measures.setdefault(place, set()).add((kpi.population, kpi.measure))
    cubes, histograms = {}, {}
    for place in sorted(tallies):
        fact, clock, dimensions = place
        frame = _ticked(facts[fact], clock)
        cubes[place] = _cube(frame, clock, dimensions, sorted(tallies[place], key=lambda t: t.name))
        for population, measure in sorted(measures.get(place, ())):
            key = (*place, f"{population}&{measure}")
            histograms[key] = _histogram(frame, dimensions, population, measure)
    return Counts(frozenset(mornings), cubes, histograms)


def _clock(kpi: Kpi) -> str:
    """Stocks at a period's end and at its beginning are the same counts on other mornings."""
    return "as_of" if kpi.clock in STOCK_CLOCKS else kpi.clock


def _tallies(kpi: Kpi) -> set[Tally]:
    base = None if str(kpi.out_of).startswith(CONTEXT) else kpi.out_of
    flags = [flag for flag in (kpi.count, base, kpi.undecided) if flag is not None]
    return {Tally(kpi.population, flag) for flag in (*flags, "all")}


def _ticked(frame: pd.DataFrame, clock: str) -> pd.DataFrame:
    ticks = tick_of(frame[CLOCK_DAYS[clock]], stock=clock in DAILY_CLOCKS)
    dated = frame.assign(tick=ticks)
    return dated[dated["tick"] >= 0]


def _cube(
    frame: pd.DataFrame, clock: str, dimensions: tuple[str, ...], tallies: Sequence[Tally]
) -> Cube:
    stock = clock in DAILY_CLOCKS
    ticks = _ticks(frame["tick"].to_numpy(), contiguous=not stock)
    members = tuple(tuple(frame[name].cat.categories) for name in dimensions)
    shape = (len(ticks), *(len(m) for m in members))
    codes = [np.searchsorted(ticks, frame["tick"].to_numpy())]
    codes += [frame[name].cat.codes.to_numpy().astype(np.int64) for name in dimensions]
    place = np.ravel_multi_index(tuple(codes), shape) if len(frame) else np.zeros(0, np.int64)
    size = int(np.prod(shape))
    columns = []
    for tally in tallies:
        held = frame[tally.population].to_numpy() & frame[tally.flag].to_numpy()
        columns.append(np.bincount(place[held], minlength=size)[:size])
    cells = np.stack(columns, axis=-1).reshape(*shape, len(tallies))
    return Cube(clock, dimensions, members, ticks, tuple(t.name for t in tallies), cells)


def _ticks(found: np.ndarray, *, contiguous: bool) -> np.ndarray:
    if not len(found):
        return np.zeros(0, np.int64)
    return np.arange(found.min(), found.max() + 1) if contiguous else np.unique(found)


def _histogram(
    frame: pd.DataFrame, dimensions: tuple[str, ...], population: str, measure: str
) -> Histogram:
    held = frame[frame[population] & frame[measure].notna()]
    table = pd.DataFrame(
        {
            "tick": held["tick"],
            **{name: held[name].astype("string") for name in dimensions},
            "value": held[measure].astype("int64"),
        }
    )
    keys = list(table.columns)
    return Histogram(table.groupby(keys, sort=True).size().rename("rows").reset_index())


def numerator_outside_base(facts: Mapping[Fact, pd.DataFrame], kpi: Kpi) -> pd.DataFrame:
    """The rows a share counts in its numerator and not in its base: there must be none."""
    frame = facts[kpi.of]
    given = kpi.of is Fact.STATISTICS or str(kpi.out_of).startswith(CONTEXT)
    if given or kpi.out_of is None or kpi.ratio or kpi.count is None:
        return frame.iloc[:0]
    return frame[frame[kpi.population] & frame[kpi.count] & ~frame[kpi.out_of]]


__all__ = [
    "BASE_DIMENSIONS",
    "CLOCK_DAYS",
    "DAILY_CLOCKS",
    "STOCK_CLOCKS",
    "Counts",
    "Cube",
    "Histogram",
    "count",
    "numerator_outside_base",
    "tick_of",
    "wanted_dimensions",
]
