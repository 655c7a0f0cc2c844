"""Periods of runs: which week, month or year a run is about, and on which day it happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from airflow.sdk import Param

from candour.cadence import KEYS, period_named
from candour.errors import ConfigurationError
from candour.period import Period, PeriodKind, month_of, week_of

if TYPE_CHECKING:
    from airflow.sdk.types import DagRunProtocol as DagRun

LONDON = ZoneInfo("Europe/London")

PATTERNS = {
    PeriodKind.MONTH: r"^\d{4}-(0[1-9]|1[0-2])$",
    PeriodKind.WEEK: r"^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$",
    PeriodKind.REPORTING_YEAR: r"^\d{4}(-\d{2})?$",
}
"""What the form takes for a period; what it cannot tell, the first task refuses."""

BY_HAND = "manual"
"""The kind of run, in Airflow's words, that a person starts."""


def report_params(kind: PeriodKind) -> dict[str, Param]:
    """The form of a report's run; everything may be left empty."""
    return {
        "period": Param(
            None,
            type=["null", "string"],
            pattern=PATTERNS[kind],
            title="Period",
            description=f"{KEYS[kind]}. Empty: the partition key, or the last that is complete.",
        ),
        "as_of": _day("As of", "The day whose state is told. Empty: the period's own."),
        "known_on": _day("Known on", "Use extracts up to this day. Empty: all that are in."),
        "reason": Param(
            None,
            type=["null", "string"],
            maxLength=500,
            title="Reason",
            description="Why an earlier release is corrected. Needed only for a correction.",
        ),
    }


def _day(title: str, description: str) -> Param:
    return Param(None, type=["null", "string"], format="date", title=title, description=description)


def period_of(
    run: DagRun, params: Mapping[str, object], kind: PeriodKind, year_starts: int
) -> Period:
    """The run's period: the one asked for, or the last complete one before the run's day.

    Raises:
        ConfigurationError: what was asked for is no such period, or is asked for in two ways.
    """
    asked = {str(key) for key in (params.get("period"), run.partition_key) if key}
    if len(asked) > 1:
        raise ConfigurationError(
            f"The form asks for {params['period']} and the partition key for {run.partition_key}. "
            "Trigger it again with one of them."
        )
    for key in asked:
        return period_named(key, kind, year_starts)
    today = run_day(run)
    match kind:
        case PeriodKind.WEEK:
            return week_of(today)
        case PeriodKind.MONTH:
            return month_of(today).previous()
        case _:
            return month_of(today).previous().reporting_year(year_starts)


def run_day(run: DagRun) -> dt.date:
    """The day of the run, in local time: the one a schedule gave it, or the one it began."""
    moment = run.logical_date or run.run_after
    today: dt.date = moment.astimezone(LONDON).date()
    return today


def landing_day(run: DagRun, now: dt.datetime) -> dt.date:
    """The day on which what lies in the inbox lands: today, or the one a person gave the run.

    A schedule's own day would be wrong of a run that was held up over midnight.
    ``now`` is this instant.
    """
    if run.run_type == BY_HAND and run.logical_date:
        return run_day(run)
    return now.astimezone(LONDON).date()
