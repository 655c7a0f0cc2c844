"""Numbering: references in the order in which complaints were logged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.steps import Step


def number(steps: Sequence[Step], pattern: str) -> list[Step]:
    """Give every case its reference and put the steps in their order.

    Args:
        steps: all stages of all cases; those that have a reference keep it.
        pattern: a reference with ``{on:%Y}``, the day it was logged, and ``{count}``, its number
            in that year.
    """
    counts: Counter[int] = Counter()
    refs = {step.case: step.ref for step in steps if step.ref}
    first = [step for step in steps if step.stage == 1]
    for step in sorted(first, key=lambda step: (step.logged, step.received, step.case)):
        if step.case not in refs:
            counts[step.logged.year] += 1
            refs[step.case] = pattern.format(on=step.logged, count=counts[step.logged.year])
    for step in steps:
        step.ref = refs[step.case]
    return sorted(steps, key=lambda step: (step.received, step.ref, step.stage))
