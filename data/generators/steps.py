"""A step of an invented complaint: what happens to it, and what is known of it on a day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from data.generators.working_days import (
    add_working,
    add_working_without_one_offs,
    working_on_or_after,
)

if TYPE_CHECKING:
    from random import Random

    from data.generators.people import Person


class Clock(StrEnum):
    """The day from which a limit is counted; the day after it is day one."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    STATEMENT = "statement"


class Fate(StrEnum):
    """How a step ends."""

    IN_TIME = "in time"
    EXTENDED = "within an agreed extension"
    LATE = "late"
    OPEN = "never answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Limit:
    """The working days a stage may take."""

    days: int
    extended_days: int
    """The longest an agreed extension may make it."""
    acknowledge: int
    clock: Clock = Clock.RECEIVED


@dataclass(slots=True)
class Step:
    """A complaint at a stage, with everything that will ever happen to it."""

    case: str
    """Which complaint; its printed reference is given when all are known."""
    stage: int
    procedure: str
    service: str
    category: str
    received: date
    person: Person
    ref: str = ""
    team: str = ""
    officer: str = ""
    complainant: str = ""
    channel: str = ""
    logged: date = date.min
    acknowledged: date | None = None
    statement: date | None = None
    target: date | None = None
    """The last day as the vendor's system works it out: sometimes a day wrong."""
    due: date | None = None
    """The last day as the procedure has it. No column of any export."""
    clock_started: date = date.min
    extension_agreed: date | None = None
    extended_to: date | None = None
    responded: date | None = None
    closed: date | None = None
    withdrawn: date | None = None
    first_responded: date | None = None
    """The first answer of a step that was opened again."""
    reopened: date | None = None
    taken_outside: date | None = None
    outcome: str = ""
    subcategory: str = ""
    disposition: str = ""
    """How it was withdrawn, where the system tells several ways apart."""
    redress: int = 0
    summary: str = ""
    fate: Fate = Fate.IN_TIME
    labels: dict[str, str] = field(default_factory=dict)
    """How its words were typed: spelling variants, by column."""


_SLACK = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
_SLACK_WEIGHTS = (24, 16, 12, 10, 9, 8, 7, 6, 4, 4)
"""Working days left when an answer in time goes out: most go out near the last day."""
_DELAYS = (1, 2, 3, 4, 5, 7, 9, 12, 16, 22, 30, 45, 70)
_DELAY_WEIGHTS = (16, 13, 11, 9, 9, 9, 8, 7, 6, 5, 4, 2, 1)
"""Working days over when an answer is late: many by a little, a few by months."""


def begin(step: Step, limit: Limit, rng: Random) -> None:
    """Log, acknowledge and, where the procedure asks for it, agree the statement."""
    step.logged = add_working(
        working_on_or_after(step.received), rng.choices((0, 1, 2, 3), (70, 20, 7, 3))[0]
    )
    within = limit.acknowledge - 1
    wait = rng.choices((0, min(1, within), within, limit.acknowledge + 3), (30, 34, 31, 5))[0]
    step.acknowledged = max(step.logged, add_working(step.received, 1 + wait))
    if limit.clock is Clock.STATEMENT:
        step.statement = add_working(step.acknowledged, rng.randrange(3, 12))
    step.clock_started = _clock_day(step, limit)
    step.due = add_working(step.clock_started, limit.days)
    step.target = _as_the_vendor_counts(step, limit, rng)


def _clock_day(step: Step, limit: Limit) -> date:
    """The day the limit is counted from."""
    if limit.clock is Clock.STATEMENT and step.statement:
        return step.statement
    if limit.clock is Clock.ACKNOWLEDGED and step.acknowledged:
        return step.acknowledged
    return step.received


def _as_the_vendor_counts(step: Step, limit: Limit, rng: Random) -> date:
    """Without the one-off holidays; for one step in twenty the first day counts as day one."""
    counts_first_day = rng.random() < 0.05
    return add_working_without_one_offs(
        step.clock_started, limit.days - 1 if counts_first_day else limit.days
    )


def end(step: Step, limit: Limit, fate: Fate, rng: Random, slowness: int = 1) -> None:
    """Give the step its end; may be called again to give it another.

    ``slowness`` is how many times the usual delay a late answer takes.
    """
    if step.due is None or step.acknowledged is None:
        raise ValueError("a step begins before it ends")
    step.fate = fate
    step.extension_agreed = step.extended_to = step.responded = step.closed = step.withdrawn = None
    earliest = max(add_working(step.clock_started, 1), step.acknowledged)
    if fate is Fate.WITHDRAWN:
        step.withdrawn = step.closed = add_working(step.acknowledged, rng.randrange(1, 9))
        return
    added = 0
    if fate is Fate.EXTENDED or (fate in {Fate.LATE, Fate.OPEN} and rng.random() < 0.2):
        added = _extend(step, limit, rng)
    if fate is Fate.IN_TIME:
        slack = rng.choices(_SLACK, _SLACK_WEIGHTS)[0]
        step.responded = max(earliest, add_working(step.due, -slack))
    elif fate is Fate.EXTENDED:
        step.responded = add_working(step.due, rng.randrange(1, added + 1))
    elif fate is Fate.LATE:
        over = rng.choices(_DELAYS, _DELAY_WEIGHTS)[0] * slowness
        step.responded = add_working(step.extended_to or step.due, min(over, 120))
    if step.responded:
        step.closed = add_working(step.responded, rng.choices((0, 1, 2, 5), (55, 25, 12, 8))[0])


def _extend(step: Step, limit: Limit, rng: Random) -> int:
    """Agree a longer time and return by how many working days."""
    if step.due is None or step.acknowledged is None:
        raise ValueError("a step begins before it is extended")
    longest = limit.extended_days - limit.days
    added = longest if longest <= 10 or rng.random() < 0.3 else rng.randrange(5, longest + 1)
    step.extension_agreed = max(step.acknowledged, add_working(step.due, -rng.randrange(1, 4)))
    step.extended_to = add_working(step.due, added)
    return added


def as_it_stood(step: Step, on: date) -> Step | None:
    """The step as an extract made early that day shows it, or nothing when not yet logged.

    What happens that day or later is not known yet; an answer brings its outcome with it.
    """
    if step.logged >= on:
        return None

    def known(day: date | None) -> date | None:
        return day if day is not None and day < on else None

    responded, closed, reopened = map(known, (step.responded, step.closed, step.reopened))
    if step.first_responded and responded is None:
        responded = known(step.first_responded)
        closed = None if reopened else responded
    extended = known(step.extension_agreed)
    return replace(
        step,
        acknowledged=known(step.acknowledged),
        statement=known(step.statement),
        target=step.target if step.clock_started < on else None,
        extension_agreed=extended,
        extended_to=step.extended_to if extended else None,
        responded=responded,
        closed=closed,
        withdrawn=known(step.withdrawn),
        reopened=reopened,
        taken_outside=known(step.taken_outside),
        outcome=step.outcome if responded else "",
        redress=step.redress if responded else 0,
    )


def last_touched(step: Step) -> date:
    """The latest day anything happened to a step as it stood."""
    happened = (
        step.logged,
        step.acknowledged,
        step.statement,
        step.extension_agreed,
        step.responded,
        step.closed,
        step.withdrawn,
        step.reopened,
        step.taken_outside,
    )
    return max(day for day in happened if day is not None)
