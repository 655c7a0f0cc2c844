"""Stockport's complaints: every step of every case, to the published quotas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import days, dealt, shared_out, weighted, year_span
from data.generators.people import invented, summary
from data.generators.steps import Fate, Step, begin, end
from data.generators.stockport import lists, totals
from data.generators.stockport.planning import last_working, settle_year
from data.generators.working_days import add_working, working_on_or_after

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.stockport.totals import Quota

TOWN = "Merebridge"
_SEASON = {1: 1.1, 2: 1.0, 3: 1.1, 4: 0.95, 5: 1.0, 6: 1.05, 7: 1.05, 8: 0.9, 12: 0.7}


def complaints() -> list[Step]:
    """All steps, stage by stage, without references."""
    first = [step for procedure in lists.RECEIVED for step in _stage_one(procedure)]
    second = [
        step
        for procedure in ("corporate", "childrens_corporate", "schools")
        for step in _next_stage(procedure, 2, first)
    ]
    investigations = _investigations(first)
    panels = _panels(investigations)
    third = _next_stage("schools", 3, second)
    return [*first, *second, *investigations, *panels, *third]


def span(procedure: str, period: str) -> tuple[date, date]:
    """First and last day of a procedure's year, or of the months after the last one."""
    if procedure != "schools":
        return totals.REST if period == "rest" else year_span(period)
    if period == "rest":
        return totals.NEXT_SCHOOL_YEAR
    start = int(period[:4])
    return date(start, 9, 1), date(start + 1, 7, 31)


def _stage_one(procedure: str) -> list[Step]:
    rng = Random(f"stockport/{procedure}/1")
    made: list[Step] = []
    forward: list[Step] = []
    for n, period in enumerate(lists.PERIODS):
        received = _received(procedure, period, _quota(procedure, 1, period), rng)
        steps = [_begun(procedure, day, len(made) + at, rng) for at, day in enumerate(received)]
        _sort_into_services(steps, procedure, n, rng)
        _sort_into_themes(steps, procedure, period, rng)
        forward = _settle(steps, forward, (procedure, 1), period, rng)
        made += steps
    return made


def _quota(procedure: str, stage: int, period: str) -> Quota:
    if period == "rest":
        return totals.Quota(totals.REST_RECEIVED.get((procedure, stage), 0))
    return totals.QUOTAS[procedure, stage][totals.YEARS.index(period)]


def _received(procedure: str, period: str, quota: Quota, rng: Random) -> list[date]:
    """Days of receipt in order; the last ones are those carried forward."""
    start, finish = span(procedure, period)
    close = last_working(finish)
    if period == "rest":
        return sorted(days(rng, (start, add_working(close, -1)), quota.received, _busy))
    usual = (start, add_working(close, -9))
    late = (add_working(close, -8 if procedure == "childrens" else -15), add_working(close, -2))
    early = days(rng, usual, quota.received - quota.carried, _busy)
    return sorted(early) + sorted(days(rng, late, quota.carried, lambda _: 1))


def _busy(day: date) -> float:
    return _SEASON.get(day.month, 1.0)


def _begun(procedure: str, day: date, n: int, rng: Random) -> Step:
    step = Step(
        case=f"{procedure}/{n:04d}",
        stage=1,
        procedure=procedure,
        service="",
        category="",
        received=day,
        person=invented(rng, TOWN),
        complainant=weighted(rng, lists.COMPLAINANT_WEIGHTS[procedure]),
        channel=weighted(rng, lists.CHANNEL_WEIGHTS),
    )
    begin(step, totals.LIMITS[procedure][1], rng)
    return step


def _sort_into_services(steps: Sequence[Step], procedure: str, n: int, rng: Random) -> None:
    counts = {service: numbers[n] for service, numbers in lists.RECEIVED[procedure].items()}
    for step, service in zip(steps, dealt(rng, counts), strict=True):
        step.service = service
        if (procedure, service) == ("childrens_corporate", "social_work"):
            step.team = "locality"


def _sort_into_themes(steps: Sequence[Step], procedure: str, period: str, rng: Random) -> None:
    if procedure == "schools":
        counts = dict(lists.SCHOOL_THEMES[period])
        left = counts.pop("rest")
        counts |= {"school_policy": left - left // 2, "lack_of_support": left // 2}
    else:
        counts = shared_out(len(steps), lists.THEMES[procedure])
    heads = lists.HEADTEACHERS[period]
    for step, category in zip(steps, dealt(rng, counts), strict=True):
        step.category = category
        if category == "staff_conduct":
            step.subcategory = "headteacher" if heads > 0 else "other_staff"
            heads -= 1
        step.summary = summary(rng, lists.CATEGORIES[category][0].lower())


def _settle(
    steps: list[Step], forward: list[Step], key: tuple[str, int], period: str, rng: Random
) -> list[Step]:
    """End a year's steps and return those that go into the next one."""
    procedure, stage = key
    limit = totals.LIMITS[procedure][stage]
    start, finish = span(procedure, period)
    year = (working_on_or_after(start), last_working(finish))
    if period == "rest":
        for step in (*forward, *steps):
            end(step, limit, weighted(rng, {Fate.IN_TIME: 70, Fate.LATE: 27, Fate.OPEN: 3}), rng)
            _decide_by_chance(step, year[0], rng)
        return []
    quota = _quota(procedure, stage, period)
    stay = len(steps) - quota.carried
    answered = settle_year([*forward, *steps[:stay]], year, quota, limit, rng)
    _uphold(answered, quota, key == ("childrens", 1) and period == totals.YEARS[-1], rng)
    return steps[stay:]


def _uphold(answered: Sequence[Step], quota: Quota, only_in_part: bool, rng: Random) -> None:
    for step in rng.sample(answered, quota.upheld):
        partly = only_in_part or rng.random() < 0.5
        step.outcome = "partially_upheld" if partly else "upheld"


def _decide_by_chance(step: Step, opening: date, rng: Random) -> None:
    """Give an answered step its outcome; what was carried forward is answered after that."""
    if step.responded:
        step.responded = max(step.responded, opening)
        step.closed = max(step.closed or opening, opening)
        step.outcome = weighted(rng, {"upheld": 18, "partially_upheld": 20, "not_upheld": 62})


def _next_stage(procedure: str, stage: int, before: Sequence[Step]) -> list[Step]:
    rng = Random(f"stockport/{procedure}/{stage}")
    candidates = [step for step in before if step.procedure == procedure and step.responded]
    rng.shuffle(candidates)
    candidates.sort(key=lambda step: step.service in {"council_tax", "green_space"})
    made: list[Step] = []
    forward: list[Step] = []
    for period in lists.PERIODS:
        quota = _quota(procedure, stage, period)
        start, finish = span(procedure, period)
        close = last_working(finish)
        slack = 1 if period == "rest" else 9 if stage == 2 and procedure != "schools" else 30
        usual = (start, add_working(close, -slack))
        late = (add_working(close, -15), add_working(close, -2))
        number_of = quota.received - quota.carried
        steps = sorted(_taken(candidates, usual, number_of, stage, rng), key=_by_receipt)
        steps += sorted(_taken(candidates, late, quota.carried, stage, rng), key=_by_receipt)
        forward = _settle(steps, forward, (procedure, stage), period, rng)
        made += steps
    return made


def _by_receipt(step: Step) -> date:
    return step.received


def _taken(
    candidates: list[Step], within: tuple[date, date], number_of: int, stage: int, rng: Random
) -> list[Step]:
    """So many of the candidates taken further, asked for within a span; they are used up."""
    made: list[Step] = []
    for step in list(candidates):
        if len(made) == number_of:
            break
        asked = add_working(step.responded or step.logged, rng.randrange(1, 36))
        if within[0] <= asked <= within[1]:
            candidates.remove(step)
            made.append(_further(step, stage, asked, rng))
    if len(made) < number_of:
        raise ValueError(f"{number_of - len(made)} too few for stage {stage} in {within}")
    return made


def _further(step: Step, stage: int, asked: date, rng: Random) -> Step:
    made = Step(
        case=step.case,
        stage=stage,
        procedure=step.procedure,
        service=step.service,
        category=step.category,
        subcategory=step.subcategory,
        team=step.team,
        received=asked,
        person=step.person,
        complainant=step.complainant,
        channel=step.channel,
        summary=step.summary,
    )
    begin(made, totals.LIMITS[step.procedure][stage], rng)
    return made


def _investigations(first: Sequence[Step]) -> list[Step]:
    """Children's stage two: one a year, answered within it."""
    rng = Random("stockport/childrens/2")
    candidates = [step for step in first if step.procedure == "childrens" and step.responded]
    made: list[Step] = []
    for year, number_of in totals.INVESTIGATIONS.items():
        start = year_span(year)[0]
        steps = _taken(candidates, (start, add_working(start, 55)), number_of, 2, rng)
        for step in steps:
            step.responded = step.closed = add_working(step.due or start, 20)
            step.extension_agreed = add_working(step.due or start, -2)
            step.extended_to = add_working(step.clock_started, 65)
            step.outcome = "partially_upheld"
        made += steps
    return made


def _panels(investigations: Sequence[Step]) -> list[Step]:
    rng = Random("stockport/childrens/3")
    made: list[Step] = []
    for year in totals.PANELS:
        start, finish = year_span(year)
        before = next(one for one in investigations if start <= one.received <= finish)
        panel = _further(before, 3, add_working(before.responded or start, 12), rng)
        panel.responded = panel.closed = add_working(panel.due or start, -3)
        panel.outcome = "not_upheld" if year == totals.PANELS[0] else "partially_upheld"
        made.append(panel)
    made[0] = replace(made[0], taken_outside=totals.TAKEN_OUTSIDE)
    return made
