"""Due: the last period a report should have been released for, by the cadence its runs follow."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from candour.cadence import USUAL, Cadence, OpenDays
from candour.period import PeriodKind
from tasks import declared

if TYPE_CHECKING:
    from candour.council import Council
    from candour.period import Period
    from tasks.settings import Settings

BY_THEMSELVES = {
    "weekly_bulletin": PeriodKind.WEEK,
    "monthly_pack": PeriodKind.MONTH,
    "annual_report": PeriodKind.REPORTING_YEAR,
}
"""The reports that are made without anybody asking, as the files of ``dags/`` say."""


def last_due(
    settings: Settings, council: Council, report: str, at: dt.datetime
) -> tuple[Period, dt.datetime] | None:
    """The last period whose report was due by a moment in local time, and when it was.

    Nothing of a report that is made only when somebody asks.
    """
    declares = council.profile.reports[report].schedule
    if report not in BY_THEMSELVES or declares.by_hand:
        return None
    kind = BY_THEMSELVES[report]
    working_day, hour = USUAL[kind]
    cadence = Cadence(
        kind=kind,
        working_day=declares.working_day or working_day,
        day=council.profile.bulletins.day,
        at=dt.time.fromisoformat(declares.at) if declares.at else hour,
        year_starts=council.year_starts,
        own_years=tuple(sorted(council.own_years.values())),
    )
    calendar = declared.calendar(settings, council)
    days = OpenDays(frozenset(holiday.on for holiday in calendar.holidays), calendar.last_day)
    period = cadence.last_due(days, at.date(), at.time())
    return period, dt.datetime.combine(cadence.due_on(period, days), cadence.at, at.tzinfo)
