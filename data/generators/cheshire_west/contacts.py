"""Representations: everybody who was dissatisfied, and what the council made of it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from data.generators.cheshire_west import totals
from data.generators.cheshire_west.cases import TOWN
from data.generators.draws import days, weighted, year_span
from data.generators.people import Person, invented
from data.generators.working_days import add_working, working_on_or_after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.generators.cheshire_west.cases import Case

REASONS = {
    "Person cannot complain under the procedure": 5,
    "Not about the authority or anyone acting for it": 4,
    "Already dealt with at all stages": 4,
    "Data protection matter": 4,
    "Child protection conference appeal": 4,
    "Out of time": 4,
    "Court proceedings": 7,
    "Tribunal": 2,
    "Disciplinary proceedings": 1,
    "Criminal proceedings": 2,
}
"""The exemptions of Appendix A (CWC-26); how often each was given is ours."""
WAYS = {
    "Resolved locally": 46,
    "Not pursued": 22,
    "Withdrawn": 16,
    "Dealt with by another route": 13,
}
"""How the others of CWC-05 left; published is only their sum."""
_METHODS = {"On-line form": 42, "Email": 34, "Telephone": 19, "Letter": 5}


@dataclass(frozen=True, slots=True)
class Representation:
    """Somebody said they were dissatisfied."""

    received: date
    method: str
    service: str
    team: str
    person: Person
    result: str
    reason: str
    decided: date
    case: str = ""


def representations(cases: Sequence[Case]) -> list[Representation]:
    """From 2019-20: each complaint's own, those not eligible, those that went another way."""
    made = []
    for year, ineligible in totals.INELIGIBLE.items():
        rng = Random(f"cheshire_west/{year}/representations")
        of_year = [case for case in cases if case.year == year]
        made += [_became(case) for case in of_year]
        ends = [("Not eligible", weighted(rng, REASONS)) for _ in range(ineligible)]
        ends += [(weighted(rng, WAYS), "") for _ in range(totals.ANOTHER_WAY[year])]
        received = days(rng, year_span(year), len(ends), lambda _: 1)
        made += [_turned(day, end, of_year, rng) for day, end in zip(received, ends, strict=True)]
    return sorted(made, key=lambda one: (one.received, one.person.email))


def _became(case: Case) -> Representation:
    return Representation(
        received=case.received,
        method=case.method,
        service=case.service,
        team=case.team,
        person=case.person,
        result="Valid complaint",
        reason="",
        decided=case.logged,
        case=case.ref,
    )


def _turned(
    day: date, end: tuple[str, str], of_year: Sequence[Case], rng: Random
) -> Representation:
    """A representation about a service that had complaints in the year too."""
    like = rng.choice(of_year)
    return Representation(
        received=day,
        method=weighted(rng, _METHODS),
        service=like.service,
        team=like.team,
        person=invented(rng, TOWN),
        result=end[0],
        reason=end[1],
        decided=add_working(working_on_or_after(day), rng.randrange(1, 5)),
    )
