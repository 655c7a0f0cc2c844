"""Oddities: complaints that stand in the system though something about them is strange."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.generators.steps import Step


@dataclass(frozen=True, slots=True)
class Odd:
    """From which days on to find a true complaint to make an odd one like it."""

    answered_before_received: date
    without_stage_one: date
    of_unknown_service: date
    neighbour: str
    """A listed service of the department in which the unknown one stands."""


def add_odd(steps: Sequence[Step], pattern: str, odd: Odd) -> list[Step]:
    """The steps and three odd ones, numbered by a pattern with ``{count}``."""
    early = _first(steps, odd.answered_before_received, lambda s: bool(s.stage == 1 and s.closed))
    alone = _first(steps, odd.without_stage_one, lambda s: s.stage == 2)
    unlisted = _first(
        steps, odd.of_unknown_service, lambda s: (s.stage, s.service) == (1, odd.neighbour)
    )
    made = [
        replace(step, case=ref, ref=ref, redress=0)
        for ref, step in (
            (pattern.format(count=count), step)
            for count, step in enumerate((early, alone, unlisted), 1)
        )
    ]
    made[0].responded = made[0].received - timedelta(days=10)
    made[0].extension_agreed = made[0].extended_to = None
    return [*steps, *made]


def _first(steps: Sequence[Step], since: date, fits: Callable[[Step], bool]) -> Step:
    found = [step for step in steps if step.received >= since and fits(step)]
    return min(found, key=lambda step: (step.received, step.case, step.stage))


def forget_acknowledgements(steps: Sequence[Step], procedures: frozenset[str], seed: str) -> None:
    """Leave out the acknowledgement of one answered complaint in eighty of some procedures."""
    rng = Random(seed)
    for step in steps:
        answered = step.procedure in procedures and step.stage == 1 and step.responded
        if answered and rng.random() < 1 / 80:
            step.acknowledged = None


def vanishing(steps: Sequence[Step]) -> frozenset[str]:
    """Two complaints of April 2024, never taken further, that somebody will delete in May."""
    further = {step.ref for step in steps if step.stage > 1}
    april = [
        step.ref
        for step in steps
        if date(2024, 4, 15) <= step.received < date(2024, 4, 23)
        and step.procedure == "corporate"
        and step.ref not in further
    ]
    return frozenset(april[2:4])
