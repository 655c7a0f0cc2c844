"""Clocks: where each begins, when it runs out and how long an answer took."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

import pandas as pd

from candour.clock.calendar import Calendar
from candour.errors import ConfigurationError

_Given = TypeVar("_Given")


class Start(StrEnum):
    """What starts a stage's clock; each council declares one for every stage.

    Every convention comes down to a *day nought*: day one is the first working day after it, and
    from there on all are counted alike.
    """

    DAY_AFTER_RECEIPT = "day_after_receipt"
    DAY_OF_RECEIPT = "day_of_receipt"
    ACKNOWLEDGEMENT = "acknowledgement"
    LOGGING = "logging"
    AGREED_STATEMENT = "agreed_statement"
    ROLLED_RECEIPT = "rolled_receipt"


def clock_starts(
    calendar: Calendar,
    convention: Start,
    *,
    received: pd.Series,
    acknowledged: pd.Series | None = None,
    logged: pd.Series | None = None,
    statement_agreed: pd.Series | None = None,
    acknowledge_within: "int | pd.Series | None" = None,
) -> pd.Series:
    """Day nought of each step under one convention; missing where no clock runs yet.

    Args:
        calendar: The days that count.
        convention: What starts the clock.
        received: The day each step was received.
        acknowledged: The day it was acknowledged. A step that is not acknowledged yet is started on
            the last day allowed for it, so that delay never stops the clock.
        logged: The day it was put on the system.
        statement_agreed: The day the complainant agreed the statement of complaint.
        acknowledge_within: Working days allowed for acknowledgement, the day after receipt as one.

    Raises:
        ConfigurationError: The convention needs a column or limit that was not given, or a day
            lies outside the calendar.
    """
    match convention:
        case Start.DAY_AFTER_RECEIPT:
            return received
        case Start.DAY_OF_RECEIPT:
            return calendar.next_working_day(received) - pd.Timedelta(days=1)
        case Start.ROLLED_RECEIPT:
            return calendar.next_working_day(received)
        case Start.LOGGING:
            return _needed(logged, convention, "the day each step was logged")
        case Start.AGREED_STATEMENT:
            return _needed(statement_agreed, convention, "the day each statement was agreed")
        case Start.ACKNOWLEDGEMENT:
            days = _needed(acknowledged, convention, "the day each step was acknowledged")
            limit = _needed(acknowledge_within, convention, "a limit for acknowledging")
            return days.fillna(calendar.add_working_days(received, limit))


def due_on(calendar: Calendar, day_nought: pd.Series, limit: "int | pd.Series") -> pd.Series:
    """The last day in time: the working day numbered `limit` after day nought.

    Raises:
        ConfigurationError: The limit is less than one, or the day lies outside the calendar.
    """
    return calendar.add_working_days(day_nought, limit)


def days_taken(calendar: Calendar, day_nought: pd.Series, responded: pd.Series) -> pd.Series:
    """Working days an answer took (Int64), such that it is within the limit exactly if in time.

    An answer sent on a day that does not count is counted on the next working day, and one sent
    before the clock started took none.
    """
    return calendar.working_days_to_reach(day_nought, responded).clip(lower=0)


def days_over(calendar: Calendar, due: pd.Series, until: "pd.Series | date") -> pd.Series:
    """Working days past the due day (Int64): 0 in time, at least 1 the day after it.

    Args:
        calendar: The days that count.
        due: The last day in time of each step.
        until: The day each was answered, or the day whose state is told.
    """
    # An agreed extension may end on a Saturday; an answer sent that day is still not late.
    in_time = due >= (until if isinstance(until, pd.Series) else pd.Timestamp(until))
    return calendar.working_days_to_reach(due, until).mask(in_time, 0)


def _needed(given: _Given | None, convention: Start, what: str) -> _Given:
    if given is None:
        raise ConfigurationError(f"A clock that starts at {convention} needs {what}.")
    return given
