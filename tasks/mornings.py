"""Mornings: the days whose state a report tells, and when a week's bulletin comes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from candour.cadence import OpenDays, morning_of_week
from candour.period import Period, PeriodKind, month_at, month_ordinal, week_of

if TYPE_CHECKING:
    from candour.arrangements import Day
    from candour.clock import Calendar
    from candour.council import Council
    from candour.vantage import Vantage


def bulletin_morning(calendar: Calendar, week: Period, day: Day = "Monday") -> dt.date:
    """The morning a week's bulletin tells of, by the rule that decides when it is made."""
    days = OpenDays(frozenset(holiday.on for holiday in calendar.holidays), calendar.last_day)
    return morning_of_week(days, week, day)


def next_bulletin(council: Council, calendar: Calendar, period: Period) -> dt.date | None:
    """The morning of the bulletin after a week's; of other periods, nothing."""
    if period.kind is not PeriodKind.WEEK:
        return None
    return bulletin_morning(calendar, week_of(period.end), council.profile.bulletins.day)


def mornings_of(
    council: Council, calendar: Calendar, period: Period, vantage: Vantage
) -> list[dt.date]:
    """The mornings a report knows what was outstanding: its own, and those of other months.

    A bulletin knows that of the bulletin before. A year's report looks past its own end too, for
    the procedures whose year ends later.
    """
    history_from = council.profile.history_from
    if period.kind is PeriodKind.WEEK:
        day = council.profile.bulletins.day
        return [bulletin_morning(calendar, period.previous(), day), vantage.morning]
    _, end = period.month_range()
    limit = vantage.morning
    if period.kind is PeriodKind.REPORTING_YEAR and vantage.known_on > period.end:
        end, limit = month_ordinal(vantage.known_on), vantage.known_on
    starts = [month_at(n).start for n in range(month_ordinal(history_from), end + 1)]
    return sorted({day for day in starts if day < limit} | {vantage.morning})
