"""Northmere's complaints: every step of every case, as the story has it."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import days, weighted
from data.generators.northmere import lists, organisation, story
from data.generators.people import invented, summary
from data.generators.steps import Fate, Step, begin, end
from data.generators.working_days import add_working, days_between

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUIET_WEEKS = (date(2024, 1, 22), date(2024, 4, 16))
_TOWN = "Northmere"


def complaints() -> list[Step]:
    """All steps, stage by stage, without references."""
    first = [step for service in organisation.SERVICES for step in _stage_one(service)]
    second = _further(first, 2, story.ESCALATES)
    third = _further([step for step in second if step.procedure == "childrens"], 3, 0.45)
    steps = [*first, *second, *third]
    _decide(steps)
    _reopen(first)
    _tell_late(first)
    return steps


def _stage_one(service: str) -> list[Step]:
    rng = Random(f"northmere/{service}/1")
    listed = organisation.SERVICES[service]
    limit = story.LIMITS[listed.procedure][1]
    made: list[Step] = []
    for day in _received(service, rng):
        category = weighted(rng, lists.CATEGORY_WEIGHTS.get(service, lists.USUAL_CATEGORIES))
        team = rng.choice(listed.teams)
        step = Step(
            case=f"{service}/{len(made)}",
            stage=1,
            procedure=listed.procedure,
            service=service,
            category=category,
            received=day,
            person=invented(rng, _TOWN),
            team=team.typed[0],
            officer=rng.choice(team.officers),
            complainant=weighted(rng, lists.COMPLAINANT_WEIGHTS[listed.procedure]),
            channel=weighted(rng, lists.CHANNEL_WEIGHTS),
            summary=summary(rng, lists.CATEGORIES[category][0].lower()),
        )
        begin(step, limit, rng)
        end(step, limit, _fate(step, rng), rng, story.SLOWNESS.get(service, 2))
        made.append(step)
    return made


def _received(service: str, rng: Random) -> list[date]:
    """Days of receipt over the whole period, by season, growth and the disruption."""

    def rising(day: date) -> float:
        quiet = service in organisation.QUIET and _QUIET_WEEKS[0] <= day <= _QUIET_WEEKS[1]
        return 0 if quiet else story.rising(service, day)

    usual = organisation.SERVICES[service].a_year / 365
    expected = usual * sum(rising(day) for day in days_between(story.FIRST, story.LAST))
    return days(rng, (story.FIRST, story.LAST), round(expected), rising)


def _fate(step: Step, rng: Random) -> Fate:
    if step.service in organisation.QUIET or step.stage == 3:
        return Fate.IN_TIME
    in_time = story.in_time(step.service, step.received) * (1 if step.stage == 1 else 0.9)
    late = 1 - in_time
    return weighted(
        rng,
        {
            Fate.IN_TIME: in_time,
            Fate.EXTENDED: late * 0.42,
            Fate.LATE: late * 0.58,
            Fate.WITHDRAWN: 0.03 if step.stage == 1 else 0.01,
            Fate.OPEN: 0.018 if step.received > date(2023, 10, 1) else 0,
        },
    )


def _further(steps: Sequence[Step], stage: int, chance: float) -> list[Step]:
    rng = Random(f"northmere/{stage}")
    made = []
    for step in steps:
        limit = story.LIMITS[step.procedure].get(stage)
        if limit is None or step.responded is None or rng.random() > chance:
            continue
        asked = add_working(step.responded, rng.randrange(1, 19))
        if asked > story.LAST or (step.service in organisation.QUIET and asked.year == 2024):
            continue
        further = Step(
            case=step.case,
            stage=stage,
            procedure=step.procedure,
            service=step.service,
            category=step.category,
            received=asked,
            person=step.person,
            team=step.team,
            officer=_somebody_else(step, rng),
            complainant=step.complainant,
            channel=step.channel,
            summary=step.summary,
        )
        begin(further, limit, rng)
        end(further, limit, _fate(further, rng), rng)
        made.append(further)
    return made


def _somebody_else(step: Step, rng: Random) -> str:
    """Stage two is answered by another officer of the department, with rare exceptions."""
    if rng.random() < 0.02:
        return step.officer
    department = organisation.SERVICES[step.service].department
    officers = [
        officer
        for service in organisation.SERVICES.values()
        for team in service.teams
        for officer in team.officers
        if service.department == department and officer != step.officer
    ]
    return rng.choice(officers)


def _decide(steps: Sequence[Step]) -> None:
    rng = Random("northmere/outcomes")
    for step in steps:
        if step.responded is None:
            continue
        disrupted = step.service == "waste_collection" and step.fate is Fate.LATE
        if rng.random() >= story.UPHELD[step.procedure] + (0.2 if disrupted else 0):
            step.outcome = "not_upheld"
            continue
        step.outcome = "upheld" if rng.random() < 0.6 else "partially_upheld"
        if rng.random() < (0.3 if step.procedure == "housing" else 0.12):
            step.redress = weighted(
                rng, {25: 14, 50: 24, 100: 22, 150: 14, 250: 12, 400: 7, 600: 4, 1000: 2, 1500: 1}
            )


def _reopen(steps: Sequence[Step]) -> None:
    """Open a few again; two were opened in March 2024 and answered again only in April."""
    rng = Random("northmere/reopened")
    usual = [s for s in steps if s.fate is Fate.IN_TIME and s.service not in organisation.QUIET]
    early = rng.sample([s for s in usual if s.responded and s.responded.year < 2024], 9)
    lately = rng.sample(
        [s for s in usual if s.responded and date(2024, 3, 4) <= s.responded <= date(2024, 3, 8)], 2
    )
    for step in early + lately:
        if step.responded:
            step.first_responded = step.responded
            step.reopened = add_working(step.responded, rng.randrange(3, 12))
            step.responded = add_working(step.reopened, rng.randrange(15, 22))
            step.closed = step.responded


def _tell_late(steps: Sequence[Step]) -> None:
    """For a dozen extensions the letter went out only after the last day had passed."""
    rng = Random("northmere/told-late")
    extended = [
        s
        for s in steps
        if s.fate is Fate.EXTENDED and s.due and s.responded and s.responded > add_working(s.due, 3)
    ]
    for step in rng.sample(extended, 12):
        if step.due:
            step.extension_agreed = add_working(step.due, rng.randrange(1, 3))
