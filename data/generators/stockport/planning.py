"""Planning: a year's answers in time, late, withdrawn and carried forward, exactly as many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.generators.steps import Fate, Limit, Step
from data.generators.working_days import add_working

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from data.generators.stockport.totals import Quota

_SLACK = (0, 1, 2, 3, 4, 5, 7, 9)
_SLACK_WEIGHTS = (24, 17, 13, 12, 11, 9, 8, 6)
_DELAYS = (1, 2, 3, 4, 6, 9, 13, 18, 25)
_DELAY_WEIGHTS = (18, 15, 13, 12, 12, 11, 9, 6, 4)


def last_working(day: date) -> date:
    """The last working day up to a day."""
    return add_working(add_working(day, 1), -1)


def settle_year(
    steps: Sequence[Step], year: tuple[date, date], quota: Quota, limit: Limit, rng: Random
) -> list[Step]:
    """End the steps of a year as its quota says, and return those that were answered.

    Args:
        steps: those brought forward and those received and not carried forward.
        year: its first and last working day.
        quota: the counts to meet.
        limit: of the stage.
        rng: decides which step ends how.
    """
    pool = list(steps)
    rng.shuffle(pool)
    for step in pool[: quota.withdrawn]:
        _withdraw(step, year[1], rng)
    answered = pool[quota.withdrawn :]
    late = _answer_those_late(answered, year[1], quota, limit, rng)
    for step in answered:
        if id(step) not in late:
            _answer_in_time(step, year, rng)
    return answered


def _answer_those_late(
    answered: Sequence[Step], end: date, quota: Quota, limit: Limit, rng: Random
) -> set[int]:
    """Answer as many late, and as many of them beyond the longest time, as the quota says."""
    margin = limit.extended_days - limit.days
    bounded = quota.in_time != quota.longest
    too_many = len(answered) - quota.longest if bounded else 0
    far = _late_enough(answered, end, margin + 2)[:too_many]
    chosen = {id(step) for step in far}
    left = [step for step in answered if id(step) not in chosen]
    over = len(answered) - quota.in_time - len(far)
    late = _late_enough(left, end, 2)[:over]
    if len(late) < over or len(far) < too_many:
        raise ValueError(f"too few can be late by {end}")
    for step in far:
        _answer(step, min(add_working(step.due or end, margin + rng.randrange(1, 9)), end), rng)
    for step in late:
        longest = margin if bounded else _DELAYS[-1]
        _answer_late(step, min(end, add_working(step.due or end, longest)), margin, rng)
    return chosen | {id(step) for step in late}


def _late_enough(steps: Sequence[Step], end: date, days: int) -> list[Step]:
    """The steps whose limit runs out so many working days before the year does."""
    return [step for step in steps if step.due and add_working(step.due, days) <= end]


def _answer_in_time(step: Step, year: tuple[date, date], rng: Random) -> None:
    if step.due is None or step.acknowledged is None:
        raise ValueError("a step begins before it is answered")
    slack = rng.choices(_SLACK, _SLACK_WEIGHTS)[0]
    earliest = max(add_working(step.clock_started, 1), step.acknowledged, year[0])
    step.fate = Fate.IN_TIME
    _answer(step, min(year[1], max(earliest, add_working(step.due, -slack))), rng)


def _answer_late(step: Step, latest: date, margin: int, rng: Random) -> None:
    """Answer after the limit, some of them within a longer time that was agreed."""
    if step.due is None or step.acknowledged is None:
        raise ValueError("a step begins before it is answered")
    step.fate = Fate.LATE
    over = rng.choices(_DELAYS, _DELAY_WEIGHTS)[0]
    _answer(step, min(latest, add_working(step.due, over)), rng)
    if rng.random() < 0.6:
        step.extension_agreed = max(step.acknowledged, add_working(step.due, -rng.randrange(1, 4)))
        step.extended_to = add_working(step.due, min(margin, 10 if over <= 10 else margin))


def _answer(step: Step, on: date, rng: Random) -> None:
    step.responded = step.closed = on
    step.outcome = "not_upheld"
    if rng.random() < 0.05:
        step.redress = rng.choice((50, 100, 150, 250))


def _withdraw(step: Step, end: date, rng: Random) -> None:
    step.fate = Fate.WITHDRAWN
    day = add_working(step.acknowledged or step.logged, rng.randrange(1, 9))
    step.withdrawn = step.closed = min(day, end)
