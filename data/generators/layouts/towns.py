"""Towns: fifteen months of a small council's complaints, every stage of them, told by a seed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import days, weighted
from data.generators.numbering import number
from data.generators.people import invented, summary
from data.generators.steps import Fate, Limit, Step, begin, end
from data.generators.working_days import add_working

if TYPE_CHECKING:
    from collections.abc import Mapping

SPAN = (date(2023, 3, 1), date(2024, 6, 2))
EXTRACTED = date(2024, 6, 3)
"""A Monday; March 2023 to May 2024 are whole, and so is the year 2023-24."""

_FATES = {Fate.IN_TIME: 74, Fate.LATE: 20, Fate.OPEN: 1, Fate.WITHDRAWN: 5}
_OUTCOMES = {"upheld": 26, "partially_upheld": 22, "not_upheld": 52}
_GOES_ON = 0.17
"""The share of stage one's answers that people do not accept."""


@dataclass(frozen=True, slots=True)
class Town:
    """What a council of a layout is like."""

    id: str
    name: str
    cases: int
    pattern: str
    """How its references are written."""
    services: Mapping[str, float]
    categories: Mapping[str, float]
    channels: Mapping[str, float]
    procedures: Mapping[str, float] = field(default_factory=lambda: {"corporate": 1})
    limits: Mapping[int, Limit] = field(
        default_factory=lambda: {1: Limit(10, 20, 5), 2: Limit(20, 40, 5)}
    )
    complainants: Mapping[str, float] = field(default_factory=lambda: {"resident": 1})


def complaints(town: Town) -> list[Step]:
    """Every step of every case, with everything that will ever happen to it."""
    rng = Random(town.id)
    first = [
        _begun(town, n, day, rng)
        for n, day in enumerate(sorted(days(rng, SPAN, town.cases, _busy)))
    ]
    second = [_further(town, step, rng) for step in first if _goes_on(step, rng)]
    for step in second:
        _finish(step, town.limits[2], rng)
    return number([*first, *second], town.pattern)


def _busy(day: date) -> float:
    return {3: 1.3, 8: 0.9, 12: 0.7}.get(day.month, 1.0)


def _begun(town: Town, n: int, day: date, rng: Random) -> Step:
    category = weighted(rng, town.categories)
    step = Step(
        case=f"{n:04d}",
        stage=1,
        procedure=weighted(rng, town.procedures),
        service=weighted(rng, town.services),
        category=category,
        received=day,
        person=invented(rng, town.name),
        complainant=weighted(rng, town.complainants),
        channel=weighted(rng, town.channels),
        summary=summary(rng, category.replace("_", " ")),
    )
    begin(step, town.limits[1], rng)
    _finish(step, town.limits[1], rng)
    return step


def _finish(step: Step, limit: Limit, rng: Random) -> None:
    end(step, limit, weighted(rng, _FATES), rng)
    if step.responded:
        step.outcome = weighted(rng, _OUTCOMES)
        if step.outcome != "not_upheld" and rng.random() < 0.25:
            step.redress = rng.choice((5000, 7500, 10000, 12550, 25000))


def _goes_on(step: Step, rng: Random) -> bool:
    return step.responded is not None and rng.random() < _GOES_ON


def _further(town: Town, step: Step, rng: Random) -> Step:
    asked = add_working(step.responded or step.received, rng.randrange(2, 26))
    again = replace(
        step,
        stage=2,
        received=asked,
        outcome="",
        redress=0,
        responded=None,
        closed=None,
        withdrawn=None,
        extension_agreed=None,
        extended_to=None,
    )
    begin(again, town.limits[2], rng)
    return again
