"""Periods: every stretch of time a report can be about, its key, its name and its neighbours."""

from candour.period.months import (
    day_in_words,
    month_in_words,
    month_name,
    month_ordinal,
    weekday_in_words,
)
from candour.period.period import APRIL, Period, PeriodKind, month, month_at, month_of, week_of

__all__ = [
    "APRIL",
    "Period",
    "PeriodKind",
    "day_in_words",
    "month",
    "month_at",
    "month_in_words",
    "month_name",
    "month_of",
    "month_ordinal",
    "week_of",
    "weekday_in_words",
]
