"""Conventions: how days are counted and figures are rounded, shown by doing it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from candour.clock import Start, StepDates, explain
from candour.facts import AGE_BANDS
from candour.figures import SHORTHAND, State, written
from candour.kpi import Statistic
from candour.period import day_in_words
from candour.statistics import statistic
from candour.worked import PROCEDURES
from tasks.documentation.markdown import code, table

if TYPE_CHECKING:
    from candour.clock import Calendar

STARTS = {
    Start.DAY_AFTER_RECEIPT: "the day after receipt is day one, or the next working day",
    Start.DAY_OF_RECEIPT: "the day of receipt is day one, or the next working day",
    Start.ROLLED_RECEIPT: "a case received on a day that does not count is received on the next "
    "working day; the day after that is day one",
    Start.ACKNOWLEDGEMENT: "the day after the acknowledgement is day one; if none was sent, the "
    "clock starts on the last day allowed for it",
    Start.LOGGING: "the day after it was put on the system is day one",
    Start.AGREED_STATEMENT: "the day after the statement of complaint was agreed is day one; until "
    "then no clock runs",
}
STATES = {
    State.PROVISIONAL: "provisional: some of it could still go either way",
    State.NO_BASE: "there is nothing to take a share or an average of",
    State.NOT_RECORDED: "the exports do not hold it",
    State.WITHHELD: "a small number this audience may not see",
}
_RECEIVED, _ANSWERED = dt.date(2023, 12, 23), dt.date(2024, 1, 12)
"""A Saturday before Christmas, and an answer in the new year."""
_HALVES = (Fraction("12.5"), Fraction("13.5"), Fraction("-12.5"))
_DAYS = (10, 11, 14)


def working_days(calendar: Calendar) -> str:
    """How working days are counted, with one case told in words."""
    stage = PROCEDURES["example"].stages[1]
    told = explain(
        calendar,
        Start.DAY_AFTER_RECEIPT,
        stage.limits[0].days,
        StepDates(received=_RECEIVED, responded=_ANSWERED),
        as_of=_ANSWERED,
    )
    starts = table(("clock", "what it means"), [(code(s.value), STARTS[s]) for s in Start])
    return f"""## Working days

Mondays to Fridays that are neither bank holidays of {calendar.name} nor days the council's
`council.yaml` says its offices were closed. The table of bank holidays covers
{day_in_words(calendar.first_day)} to {day_in_words(calendar.last_day)}; a day outside it is an
error, not a guess. An answer sent on a day that does not count is counted on the next working day.
Limits are the council's own, by procedure and stage, in its `procedures.yaml`, which also says what
starts each clock:

{starts}

For example, with a limit of {stage.limits[0].days} working days: {" ".join(told)}"""


def example_limits() -> str:
    """The limits of the procedure that every worked example follows."""
    stages = [
        f"{stage.name.lower()} is acknowledged within {stage.acknowledge_within} working days and "
        f"answered within {stage.limits[0].days}, or {stage.extend_to} when extended"
        for stage in PROCEDURES["example"].stages.values()
    ]
    return (
        f"In the examples below {'; '.join(stages)}. The day after receipt is day one. A column is "
        "a day unless its name says otherwise."
    )


def rounding() -> str:
    """How figures are rounded, and what is written where there is none."""
    halves = ", ".join(f"{float(half)} as {written(half, 0)}" for half in _HALVES)
    values, rows = np.array(_DAYS), np.ones(len(_DAYS), dtype=int)
    statistics = table(
        ("statistic", f"of {', '.join(str(day) for day in _DAYS)} working days"),
        [
            (name.value, written(value, 1))
            for name in Statistic
            if (value := statistic(name, values, rows)) is not None
        ],
    )
    shorthand = table(
        ("printed", "meaning"), [(code(SHORTHAND[state]), STATES[state]) for state in STATES]
    )
    ages = "; ".join(AGE_BANDS.values())
    return f"""## Rounding and statistics

A figure is kept exact and rounded once, half away from zero, when it is printed: {halves}. The
same figure is printed the same everywhere. Changes are worked out before rounding; a percentage
changes by percentage points, never by per cent. Percentiles are by linear interpolation, as a
spreadsheet's PERCENTILE.INC:

{statistics}

Where there is no plain number:

{shorthand}

Ages of open cases are in working days since receipt: {ages}."""
