"""Population: the rows of a fact table a figure was counted among, found by whole columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from candour.counts import CLOCK_DAYS, DAILY_CLOCKS
from candour.period import PeriodKind

if TYPE_CHECKING:
    from candour.kpi import Kpi
    from candour.period import Period
    from candour.vantage import Vantage


def population(
    frame: pd.DataFrame,
    kpi: Kpi,
    period: Period,
    about: Mapping[str, str],
    vantage: Vantage,
    *,
    own_years: Mapping[str, tuple[int, int]] = {},
) -> pd.Series:
    """For each row whether it is of the population, slice and period of a figure.

    ``own_years`` are the procedures that report by a year of their own.
    """
    here = _in_period(frame, kpi, period, vantage)
    if (
        period.kind is PeriodKind.REPORTING_YEAR
        and "procedure" in frame
        and "procedure" not in about
    ):
        here &= ~frame["procedure"].isin(own_years)
        for procedure, own in own_years.items() if kpi.years == "own" else ():
            theirs = _in_period(frame, kpi, period.own_year(*own), vantage)
            here |= theirs & (frame["procedure"] == procedure)
    return here & in_slice(frame, kpi, about)


def in_slice(frame: pd.DataFrame, kpi: Kpi, about: Mapping[str, str]) -> pd.Series:
    """For each row whether it is of the population and slice, whenever it was."""
    here: pd.Series = frame[kpi.population].copy()
    for dimension, value in about.items():
        here &= frame[dimension] == value
    return here


def _in_period(frame: pd.DataFrame, kpi: Kpi, period: Period, vantage: Vantage) -> pd.Series:
    days = frame[CLOCK_DAYS[kpi.clock]]
    if kpi.clock in DAILY_CLOCKS:
        return days == pd.Timestamp(_morning(kpi, period, vantage))
    return (days >= pd.Timestamp(period.start)) & (days < pd.Timestamp(period.end))


def _morning(kpi: Kpi, period: Period, vantage: Vantage) -> dt.date:
    if kpi.clock == "opening":
        return period.start
    if period.kind is PeriodKind.WEEK:
        return vantage.morning
    if period.kind is PeriodKind.OWN_YEAR:
        return period.end
    return min(period.end, vantage.morning)
