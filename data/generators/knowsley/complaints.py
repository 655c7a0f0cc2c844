"""Knowsley's complaints: every step of every case, to the published quotas."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import (
    days,
    dealt,
    financial_year,
    shared_out,
    weighted,
    year_span,
)
from data.generators.knowsley import lists, totals
from data.generators.knowsley.settling import answered_in, nearest, pair, settle
from data.generators.people import invented, summary
from data.generators.steps import Fate, Step, begin, end
from data.generators.working_days import add_working

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

_MONTHS = {1: 1.15, 2: 1.0, 3: 1.05, 4: 0.95, 5: 1.0, 6: 1.05, 7: 1.1, 8: 0.9, 9: 1.0, 10: 1.05}
_SEASON = {**_MONTHS, 11: 0.95, 12: 0.7}
_PERIODS = (*totals.YEARS, "rest")


def complaints() -> list[Step]:
    """All steps, stage by stage, without references."""
    first = [step for procedure in totals.RECEIVED for step in _stage_one(procedure)]
    _settle_stage(first, 1)
    second = [step for procedure in totals.ESCALATED for step in _stage_two(procedure, first)]
    _settle_stage(second, 2)
    panels = _panels(second)
    return [*first, *second, *panels]


def span(period: str) -> tuple[date, date]:
    """First and last day of a year, or of the weeks after the last one."""
    return totals.REST if period == "rest" else year_span(period)


def period_of(day: date) -> str:
    """The year of a day, or ``rest``."""
    year = financial_year(day)
    return year if year in totals.YEARS else "rest"


def _stage_one(procedure: str) -> list[Step]:
    rng = Random(f"knowsley/{procedure}/1")
    made: list[Step] = []
    for period in _PERIODS:
        number_of = totals.RECEIVED[procedure][period]
        received = days(rng, span(period), number_of, lambda day: _SEASON[day.month])
        services = dealt(rng, _services(procedure, period, number_of))
        categories = dealt(rng, shared_out(number_of, _categories(procedure)))
        for day, service, category in zip(received, services, categories, strict=True):
            step = Step(
                case=f"{procedure}/{len(made)}",
                stage=1,
                procedure=procedure,
                service=service,
                category=category,
                received=day,
                person=invented(rng, "Merebridge"),
                complainant=weighted(rng, lists.COMPLAINANT_WEIGHTS[procedure]),
                channel=weighted(rng, lists.CHANNEL_WEIGHTS),
                summary=summary(rng, lists.CATEGORIES[category][0].lower()),
            )
            begin(step, totals.LIMITS[procedure][1], rng)
            end(step, totals.LIMITS[procedure][1], _fate(step, rng), rng)
            made.append(step)
    return made


def _services(procedure: str, period: str, number_of: int) -> dict[str, int]:
    if procedure == "adults":
        return {"adult_social_care": number_of}
    if procedure == "childrens":
        return {"childrens_social_care": number_of}
    at = {"2023-24": 0, "rest": 0, "2022-23": 1, "2021-22": 2}[period]
    weights: dict[str, float] = {
        service: listed.received[at]
        for service, listed in lists.SERVICES.items()
        if listed.received[at]
    }
    return shared_out(number_of, weights | {lists.NOT_RECORDED: lists.WITHOUT_SERVICE[at]})


def _categories(procedure: str) -> Mapping[str, int]:
    return {
        "corporate": lists.CORPORATE_CATEGORIES,
        "adults": lists.ADULT_CATEGORIES,
        "childrens": lists.CHILDREN_CATEGORIES,
    }[procedure]


def _fate(step: Step, rng: Random) -> Fate:
    in_time, extended = totals.IN_TIME[step.stage][step.procedure][
        max(totals.YEARS[0], min(totals.YEARS[-1], financial_year(step.received)))
    ]
    return weighted(
        rng,
        {
            Fate.IN_TIME: in_time,
            Fate.EXTENDED: extended,
            Fate.LATE: 100 - in_time - extended,
            Fate.WITHDRAWN: 2.5 if step.stage == 1 else 0,
            Fate.OPEN: 0.5 if step.stage == 1 and step.received.year == 2024 else 0,
        },
    )


def _settle_stage(steps: Sequence[Step], stage: int) -> None:
    for procedure, rates in totals.IN_TIME[stage].items():
        rng = Random(f"knowsley/{procedure}/{stage}/settled")
        mine = [step for step in steps if step.procedure == procedure]
        bases = {year: len(answered_in(mine, year)) for year in totals.YEARS}
        counts = {
            year: [nearest(bases[year], sum(rates[year][: n + 1])) for n in (0, 1)]
            for year in totals.YEARS
        }
        if stage == 1:
            _keep_changes(counts, bases, procedure)
        for year, (in_time, within) in counts.items():
            wanted = Counter(
                {
                    Fate.IN_TIME: in_time,
                    Fate.EXTENDED: within - in_time,
                    Fate.LATE: bases[year] - within,
                }
            )
            settle(mine, year, wanted, totals.LIMITS[procedure][stage], rng)


def _keep_changes(counts: dict[str, list[int]], bases: dict[str, int], procedure: str) -> None:
    """KNO-11 holds of answers in the original time and of answers within an extension too."""
    before, after = totals.YEARS[-2:]
    rates = totals.IN_TIME[1][procedure]
    for n in (0, 1):
        counts[before][n], counts[after][n] = pair(
            (bases[before], bases[after]),
            (sum(rates[before][: n + 1]), sum(rates[after][: n + 1])),
            totals.CHANGES[procedure],
        )


def _stage_two(procedure: str, first: Sequence[Step]) -> list[Step]:
    rng = Random(f"knowsley/{procedure}/2")
    candidates = [step for step in first if step.procedure == procedure and step.responded]
    rng.shuffle(candidates)
    made = []
    for period, number_of in totals.ESCALATED[procedure].items():
        late = totals.STATEMENTS_LATE_IN_YEAR[period] if procedure == "childrens" else 0
        wanted = {"late": late, "usual": number_of - late}
        for step in list(candidates):
            asked = add_working(step.responded, rng.randrange(1, 19)) if step.responded else None
            part = _part_of_year(procedure, asked) if asked else ""
            if asked and period_of(asked) == period and wanted.get(part, 0):
                wanted[part] -= 1
                candidates.remove(step)
                made.append(_escalated(step, 2, asked, rng))
    return made


def _part_of_year(procedure: str, asked: date) -> str:
    """Children's stage two takes months, so that the year of its answer needs choosing."""
    if procedure != "childrens" or asked >= totals.REST[0]:
        return "usual"
    if asked.month == 3:
        return "late"
    return "usual" if 4 <= asked.month <= 10 else ""


def _escalated(step: Step, stage: int, asked: date, rng: Random) -> Step:
    made = Step(
        case=step.case,
        stage=stage,
        procedure=step.procedure,
        service=step.service,
        category=step.category,
        received=asked,
        person=step.person,
        complainant=step.complainant,
        channel=step.channel,
        summary=step.summary,
    )
    limit = totals.LIMITS[step.procedure][stage]
    begin(made, limit, rng)
    in_time = stage == 3 or (step.procedure == "childrens" and asked.month == 3)
    end(made, limit, Fate.IN_TIME if in_time else _fate(made, rng), rng)
    return made


def _panels(second: Sequence[Step]) -> list[Step]:
    """Panels asked for and held within one year."""
    rng = Random("knowsley/childrens/3")
    candidates = [step for step in second if step.procedure == "childrens" and step.responded]
    rng.shuffle(candidates)
    wanted = Counter(totals.PANELS)
    made = []
    for step in candidates:
        panel = _escalated(step, 3, add_working(step.responded or step.logged, 8), rng)
        year = period_of(panel.received)
        if wanted[year] and panel.responded and period_of(panel.responded) == year:
            wanted[year] -= 1
            made.append(panel)
    return made
