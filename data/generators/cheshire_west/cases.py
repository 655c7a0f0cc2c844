"""The council's complaints: every margin as published, the days and people invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, TypeVar

from data.generators import canaries
from data.generators.cheshire_west import totals
from data.generators.draws import days, dealt, year_span
from data.generators.people import Person, invented
from data.generators.working_days import add_working, add_working_without_one_offs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

T = TypeVar("T")

TOWN = "Merebridge"
LIMIT, LONGEST = 10, 20
"""Stage one, in working days: CWC-28."""


@dataclass(slots=True)
class Stage:
    """A stage of a complaint, with everything that happened to it."""

    asked: date
    target: date | None = None
    """As the system works it out: it never heard of holidays that came once."""
    statement: date | None = None
    extension_agreed: date | None = None
    extended_to: date | None = None
    responded: date | None = None
    withdrawn: date | None = None
    outcome: str = ""
    """The finding, or how it ended without one; empty while it is open."""


@dataclass(slots=True)
class Case:
    """A valid complaint."""

    year: str
    service: str
    team: str
    subject: str
    detail: str
    complainant: str
    point: str
    method: str
    person: Person
    words: str
    logged: date
    acknowledged: date
    stages: dict[int, Stage] = field(default_factory=dict)
    ref: str = ""

    @property
    def received(self) -> date:
        """The day stage one was asked for."""
        return self.stages[1].asked


_WORDS = (
    "I would like somebody to look at this again and to write to me.",
    "We were not told beforehand and found out by letter.",
    "Nobody has rung back since the meeting.",
    "The record of what was said is not right.",
)


def complaints() -> list[Case]:
    """Every complaint at stage one, numbered through each year in the order of receipt."""
    made = [case for at, year in enumerate(totals.YEARS) for case in _of_year(at, year)]
    latest = [case for case in made if case.year == totals.YEARS[-1]]
    latest[3].person, latest[3].words = canaries.PEOPLE[0], canaries.SUMMARY
    made[40].person = canaries.PEOPLE[1]
    return made


def _of_year(at: int, year: str) -> list[Case]:
    rng = Random(f"cheshire_west/{year}/1")

    def dealt_as(table: Mapping[T, totals.Counts]) -> list[T]:
        return dealt(rng, {key: counts[at] for key, counts in table.items()})

    services, subjects = dealt_as(totals.SERVICES), dealt_as(totals.SUBJECTS)
    outcomes, points = dealt_as(totals.OUTCOMES), dealt_as(totals.POINTS)
    methods, complainants = dealt_as(totals.METHODS), dealt_as(totals.COMPLAINANTS)
    made = []
    for n, taken in enumerate(_working_days(at, rng)):
        first = _first_stage(year, taken, rng)
        first.outcome = outcomes[n]
        logged = add_working(first.asked, rng.choice((0, 1, 1)))
        made.append(
            Case(
                year=year,
                service=services[n][0],
                team=services[n][1],
                subject=subjects[n][0],
                detail=subjects[n][1],
                complainant=complainants[n],
                point=points[n],
                method=methods[n],
                person=invented(rng, TOWN),
                words=rng.choice(_WORDS),
                logged=logged,
                acknowledged=add_working(logged, rng.choice((0, 1, 2))),
                stages={1: first},
            )
        )
    made.sort(key=lambda case: (case.received, case.person.email))
    for n, case in enumerate(made, 1):
        case.ref = f"CSC/{year[2:4]}{year[5:]}/{n:03d}"
    return made


def _working_days(at: int, rng: Random) -> list[int]:
    """How long each answer of the year took: as published, or anything within its band."""
    if totals.YEARS[at] == totals.YEARS[-1]:
        listed = list(totals.DAYS_TAKEN)
        rng.shuffle(listed)
        return listed
    bands = dealt(rng, {band: counts[at] for band, counts in totals.BANDS.items()})
    return [min(rng.randint(*band) for _ in range(2 if band[0] > LONGEST else 1)) for band in bands]


def _first_stage(year: str, taken: int, rng: Random) -> Stage:
    """A stage one that took so many working days and was answered before the year ended."""
    first, last = year_span(year)
    received = last
    while add_working(received, taken) > last:
        (received,) = days(rng, (first, last), 1, lambda _: 1)
    stage = Stage(
        asked=received,
        target=add_working_without_one_offs(received, LIMIT),
        responded=add_working(received, taken),
    )
    if taken > LIMIT and (taken <= LONGEST or rng.random() < 0.5):
        stage.extension_agreed = add_working(received, rng.randrange(LIMIT - 3, LIMIT))
        stage.extended_to = add_working(received, LONGEST)
    return stage
