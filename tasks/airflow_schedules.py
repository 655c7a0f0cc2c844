"""Schedules: when a council's DAGs run by themselves, from what its folder declares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from airflow.sdk import (
    AssetOrTimeSchedule,
    CronTriggerTimetable,
    PartitionedAssetTimetable,
    PartitionedAtRuntime,
)
from pydantic import ValidationError

from candour.arrangements import DAYS
from candour.arrangements import Schedule as Declared
from candour.cadence import USUAL, Cadence, OpenDays
from candour.declarations.text import read_yaml
from candour.errors import ConfigurationError
from candour.holidays import read_holidays
from candour.period import APRIL, PeriodKind, month_name
from candour.period.months import MONTHS_A_YEAR
from tasks import declared
from tasks.airflow_periods import LONDON
from tasks.airflow_runs import inbox, released
from tasks.airflow_timetables import PeriodTimetable, YearComplete
from tasks.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Schedule: TypeAlias = PeriodTimetable | PartitionedAssetTimetable | PartitionedAtRuntime
Schedules: TypeAlias = Callable[[str, str, PeriodKind], Schedule]
"""Says when a council's report about a kind of period is made."""

INTAKE_AT = dt.time(6)
"""When exports are taken in every day, beside whenever one arrives."""
MONTHS_FROM = "monthly_pack"
"""The report whose releases complete a year, as ``tasks.completing`` says."""
_MONTHS = {month_name(number): number for number in range(1, MONTHS_A_YEAR + 1)}
_NO_BANK_HOLIDAYS = OpenDays(frozenset(), dt.date.min)


def daily_or_on_arrival(council: str) -> AssetOrTimeSchedule:
    """Every morning, and when an export has arrived."""
    cron = f"{INTAKE_AT.minute} {INTAKE_AT.hour} * * *"
    return AssetOrTimeSchedule(
        timetable=CronTriggerTimetable(cron, timezone=LONDON.key), assets=[inbox(council)]
    )


def by_period(council: str, report: str, kind: PeriodKind) -> Schedule:
    """When each period of a kind is over, on the council's day; or by hand where it says so.

    A mistake in what is declared shows in the run's first task; the schedule is then the usual one.
    """
    outline = declared.outline(settings(), council)
    declares = _schedule(outline, report)
    if declares.by_hand:
        return PartitionedAtRuntime()
    working_day, at = USUAL[kind]
    day = (outline.get("bulletins") or {}).get("day")
    cadence = Cadence(
        kind=kind,
        working_day=declares.working_day or working_day,
        day=day if day in DAYS else DAYS[0],
        at=dt.time.fromisoformat(declares.at) if declares.at else at,
        year_starts=_year_starts(outline),
        own_years=_own_years(council) if kind is PeriodKind.REPORTING_YEAR else (),
    )
    return PeriodTimetable(cadence, _open_days(outline))


def when_complete(council: str, report: str, kind: PeriodKind) -> Schedule:
    """A year's report: when the year's months are all released, where the council has months.

    Where the council declares a day for it, or its drafts are approved by command, which no run
    of Airflow sees, it is made on that day.
    """
    here = settings()
    outline = declared.outline(here, council)
    months = MONTHS_FROM in outline.get("reports", {}) and here.approval == "page"
    if not months or _schedule(outline, report) != Declared():
        return by_period(council, report, kind)
    return PartitionedAssetTimetable(
        assets=released(council, MONTHS_FROM),
        default_partition_mapper=YearComplete(_year_starts(outline)),
    )


def by_hand(_council: str, _report: str, _kind: PeriodKind) -> Schedule:
    """Only when somebody asks; a run still carries its period."""
    return PartitionedAtRuntime()


def _schedule(outline: Mapping[str, Any], report: str) -> Declared:
    """What a council declares of a report's schedule; nothing where it is wrong."""
    try:
        written = outline["reports"][report]["schedule"]
        return Declared.model_validate(written)
    except (KeyError, TypeError, ValidationError):
        return Declared()


def _year_starts(outline: Mapping[str, Any]) -> int:
    """The month a council's reporting year begins."""
    return _MONTHS.get(str(outline.get("reporting_year_starts")), APRIL)


def _own_years(council: str) -> tuple[tuple[int, int], ...]:
    """The first month, and the months, of each procedure's own reporting year."""
    file = declared.council_folder(settings(), council) / "procedures.yaml"
    try:
        procedures = _entries(file, file.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError, ConfigurationError):
        return ()  # the run's first task says what is wrong with the file
    years = [one.get("reporting_year") for one in procedures.values() if isinstance(one, dict)]
    return tuple(sorted(_own_year(year) for year in years if isinstance(year, dict)))


def _own_year(written: Mapping[str, Any]) -> tuple[int, int]:
    months = written.get("months")
    counted = months if isinstance(months, int) and months >= 1 else MONTHS_A_YEAR
    return _MONTHS.get(str(written.get("starts")), APRIL), min(counted, MONTHS_A_YEAR)


@cache
def _entries(file: Path, _written_at: int) -> Mapping[str, Any]:
    written = read_yaml(file.read_text("utf-8"), str(file)).value
    return written if isinstance(written, dict) else {}


def _open_days(outline: Mapping[str, Any]) -> OpenDays:
    """A council's working days; without bank holidays where their table cannot be read."""
    file = settings().project / "data/reference/bank_holidays.csv"
    try:
        known = _bank_holidays(file, file.stat().st_mtime_ns)
    except (OSError, ConfigurationError):
        known = _NO_BANK_HOLIDAYS
    closures = {
        day
        for closure in outline.get("closures") or ()
        if isinstance(closure, dict) and isinstance(day := closure.get("on"), dt.date)
    }
    return OpenDays(known.closed | closures, known.known_to)


@cache
def _bank_holidays(file: Path, _written_at: int) -> OpenDays:
    holidays = read_holidays(file.read_text("utf-8"), "England and Wales")
    last = dt.date(holidays[-1].on.year, 12, 31)
    return OpenDays(frozenset(holiday.on for holiday in holidays), last)
