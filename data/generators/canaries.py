"""Canaries: invented people unlike any other, so that a leak of personal values can be found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.generators.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.generators.steps import Step

PEOPLE = (
    Person(
        "Zebedee Quillfeather",
        "1 Canary Wharfinger Row, ZZ99 9QX",
        "zebedee.quillfeather@canary.invalid",
        "07700 900999",
        date(1944, 2, 29),
    ),
    Person(
        "Philomena Ostrichduster",
        "77 Sparrowgrass Ginnel, ZZ99 9QY",
        "philomena.ostrichduster@canary.invalid",
        "0151 496 0999",
        date(1952, 2, 29),
    ),
)
SUMMARY = "MARZIPAN-TROMBONE-7731 my neighbour told me what happened at number 77"

_OPEN_IN_APRIL = (date(2024, 3, 11), date(2024, 4, 9))
_LONG_CLOSED = date(2022, 5, 9)


def plant(steps: Iterable[Step]) -> None:
    """Make one complaint that is open in early April 2024, and one long closed, a canary's."""
    ordered = sorted(steps, key=lambda step: (step.logged, step.ref, step.stage))
    still_open = next(
        step
        for step in ordered
        if step.logged >= _OPEN_IN_APRIL[0]
        and step.responded
        and step.responded >= _OPEN_IN_APRIL[1]
    )
    closed = next(step for step in ordered if step.responded and step.logged >= _LONG_CLOSED)
    for step, person in zip((still_open, closed), PEOPLE, strict=True):
        step.person, step.summary = person, SUMMARY
