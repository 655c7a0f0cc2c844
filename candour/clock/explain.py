"""A clock in words: how one step's dates were counted, for whoever doubts them."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from candour.clock.calendar import Calendar
from candour.clock.start import Start, clock_starts, days_over, days_taken, due_on
from candour.period import weekday_in_words

_NUMBERS = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDates:
    """The days of one step that a clock may turn on; None where a thing has not happened."""

    received: date
    acknowledged: date | None = None
    logged: date | None = None
    statement_agreed: date | None = None
    responded: date | None = None


def explain(
    calendar: Calendar,
    convention: Start,
    limit: int,
    dates: StepDates,
    *,
    as_of: date,
    acknowledge_within: int | None = None,
) -> list[str]:
    """Tell in sentences how a step's clock started, ran and ended, or stands on `as_of`.

    Raises:
        ConfigurationError: The convention needs a limit that was not given, or a day lies outside
            the calendar.
    """
    nought = clock_starts(
        calendar,
        convention,
        received=_column(dates.received),
        acknowledged=_column(dates.acknowledged),
        logged=_column(dates.logged),
        statement_agreed=_column(dates.statement_agreed),
        acknowledge_within=acknowledge_within,
    )
    beginning = [f"Received {weekday_in_words(dates.received)}.", *_event(convention, dates)]
    if nought.isna().item():
        return [*beginning, "No clock runs yet."]
    due = due_on(calendar, nought, limit)
    day_one, last_day = _day(due_on(calendar, nought, 1)), _day(due)
    return [
        *beginning,
        f"Day one is {weekday_in_words(day_one)}.",
        f"Day {_in_words(limit)}, the last day, is {weekday_in_words(last_day)}.",
        *_not_counted(calendar, _day(nought), last_day),
        _ending(calendar, nought, due, dates.responded, as_of),
    ]


def _event(convention: Start, dates: StepDates) -> list[str]:
    """The sentence on what starts the clock, where receipt itself does not."""
    match convention:
        case Start.ACKNOWLEDGEMENT if dates.acknowledged is None:
            return ["Not acknowledged: the clock starts on the last day allowed for that."]
        case Start.ACKNOWLEDGEMENT:
            event, day = "Acknowledged", dates.acknowledged
        case Start.LOGGING:
            event, day = "Logged", dates.logged
        case Start.AGREED_STATEMENT:
            event, day = "Statement of complaint agreed", dates.statement_agreed
        case _:
            return []
    return [f"{event} {weekday_in_words(day)}." if day else f"{event}: not yet."]


def _not_counted(calendar: Calendar, nought: date, last_day: date) -> list[str]:
    holidays = [
        f"{weekday_in_words(holiday.on)} ({holiday.title})"
        for holiday in calendar.holidays_between(nought, last_day)
    ]
    return [f"Not counted, besides weekends: {', '.join(holidays)}."] if holidays else []


def _ending(
    calendar: Calendar, nought: pd.Series, due: pd.Series, responded: date | None, as_of: date
) -> str:
    until = responded or as_of
    over = days_over(calendar, due, until).item()
    late = f"{_working_days(over)} late"
    if responded is None:
        left = calendar.working_days_between(_column(as_of), due).item()
        state = late if over else f"{_working_days(left)} left"
        return f"Not answered by {weekday_in_words(as_of)}: {state}."
    day = _in_words(days_taken(calendar, nought, _column(responded)).item())
    return f"Answered {weekday_in_words(responded)}, day {day}: {late if over else 'in time'}."


def _working_days(number: int) -> str:
    return f"{_in_words(number) if number else 'no'} working {'day' if number == 1 else 'days'}"


def _in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _column(day: date | None) -> pd.Series:
    return pd.Series([day], dtype="datetime64[s]")


def _day(days: pd.Series) -> date:
    day: date = days.item().date()
    return day
