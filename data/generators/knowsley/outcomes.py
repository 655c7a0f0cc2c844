"""Knowsley's outcomes: as many upheld of the received as published, as finally known."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import weighted
from data.generators.knowsley import totals
from data.generators.knowsley.complaints import period_of
from data.generators.working_days import add_working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.steps import Step

_PARTIAL = 0.45
"""Share of the upheld that are upheld in part."""
_REOPENED = 5


def decide(steps: Sequence[Step]) -> None:
    """Give every answered step its outcome and some of the upheld a payment."""
    rng = Random("knowsley/outcomes")
    groups: dict[tuple[int, str, str], list[Step]] = {}
    for step in steps:
        if step.responded:
            key = (step.stage, step.procedure, period_of(step.received))
            groups.setdefault(key, []).append(step)
    for (stage, procedure, period), group in groups.items():
        known = [step for step in group if step.responded and step.responded <= totals.REST[1]]
        planned = totals.UPHELD.get(stage, {}).get(procedure, {}).get(period)
        upheld = round(len(known) * 0.36) if planned is None else planned
        chosen = {id(step) for step in rng.sample(known, upheld)}
        for step in group:
            _outcome(step, id(step) in chosen, rng)


def _outcome(step: Step, upheld: bool, rng: Random) -> None:
    if not upheld:
        step.outcome = "not_upheld"
        return
    step.outcome = "partially_upheld" if rng.random() < _PARTIAL else "upheld"
    if rng.random() < 0.1:
        step.redress = weighted(rng, {50: 30, 75: 10, 100: 25, 150: 12, 200: 10, 250: 8, 500: 5})


def reopen(steps: Sequence[Step]) -> None:
    """Open a few of the first year's corporate complaints again and answer them a second time."""
    rng = Random("knowsley/reopened")
    early = [
        step
        for step in steps
        if (step.stage, step.procedure) == (1, "corporate")
        and step.responded
        and step.due
        and step.responded <= step.due
        and step.received < totals.RECEIVED_EARLY
    ]
    for step in rng.sample(early, _REOPENED):
        step.first_responded = step.responded
        if step.responded:
            step.reopened = add_working(step.responded, rng.randrange(2, 9))
            step.responded = step.closed = add_working(step.reopened, rng.randrange(5, 15))
