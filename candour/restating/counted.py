"""Counted: the cases that a figure counts otherwise in two versions of the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from candour.kpi import CONTEXT, Fact
from candour.population import in_slice, population
from candour.restating.cases import keys_of

if TYPE_CHECKING:
    from candour.kpi import Kpi
    from candour.period import Period
    from candour.vantage import Vantage


@dataclass(frozen=True, slots=True)
class Facts:
    """The fact tables of one version, and the days it was told from."""

    frames: Mapping[Fact, pd.DataFrame]
    vantage: Vantage
    own_years: Mapping[str, tuple[int, int]]


def told_otherwise(
    kpi: Kpi,
    about: Mapping[str, str],
    periods: Iterable[Period] | None,
    was: Facts,
    now: Facts,
) -> pd.DataFrame | None:
    """The cases a KPI counts otherwise in a slice; nothing where one version cannot be asked.

    Without periods, whenever it was: for what is taken of many periods together.
    """
    asked = None if periods is None else tuple(periods)
    needed = {kpi.population, *_columns(kpi).values(), *about}
    if any(not needed <= {*facts.frames[kpi.of].columns} for facts in (was, now)):
        return None
    then, here = _counted(kpi, about, asked, was), _counted(kpi, about, asked, now)
    both = then.add_suffix(" was").join(here, how="outer").fillna(0)
    differs = pd.Series(data=False, index=both.index)
    for column in here:
        differs |= both[f"{column} was"] != both[column]
    return both.index[differs].to_frame(index=False)


def _columns(kpi: Kpi) -> dict[str, str]:
    """What of a row a KPI counts, by what it is counted as."""
    found = {"counted": kpi.count, "measure": kpi.measure, "undecided": kpi.undecided}
    if kpi.out_of is not None and not kpi.out_of.startswith(CONTEXT):
        found["base"] = kpi.out_of
    return {name: column for name, column in found.items() if column is not None}


def _counted(
    kpi: Kpi, about: Mapping[str, str], periods: tuple[Period, ...] | None, facts: Facts
) -> pd.DataFrame:
    """What each case adds to the figure: its counts by case, for cases that add anything."""
    frame = facts.frames[kpi.of]
    if periods is None:
        here = in_slice(frame, kpi, about)
    else:
        here = pd.Series(data=False, index=frame.index)
        for period in periods:
            own = facts.own_years
            here |= population(frame, kpi, period, about, facts.vantage, own_years=own)
    rows = frame[here]
    keys = keys_of(frame)
    added = {name: rows[column].astype("Float64") for name, column in _columns(kpi).items()}
    if kpi.measure is not None:
        added["counted"] = rows[kpi.measure].notna().astype("Float64")
    return rows[keys].assign(**added).groupby(keys, observed=True).sum()
