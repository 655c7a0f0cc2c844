"""Stages two and three: each request at the end the council published for it."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from data.generators.cheshire_west import totals
from data.generators.cheshire_west.cases import Stage
from data.generators.draws import year_span
from data.generators.working_days import add_working, add_working_without_one_offs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.generators.cheshire_west.cases import Case

_INVESTIGATED = "Partially upheld"
INVESTIGATION, LONGEST, PANEL = 25, 65, 30
"""Working days from the agreed statement (CWC-29), and from the request for a panel."""


def escalate(cases: Sequence[Case]) -> None:
    """Give complaints the stage two and three they went on to, within the year they came in."""
    for year, ends in totals.STAGE_TWO.items():
        rng = Random(f"cheshire_west/{year}/2")
        of_year = [case for case in cases if case.year == year]
        of_year.sort(key=lambda case: (case.stages[1].responded, case.ref))
        investigated = [end for end in ends if end == _INVESTIGATED]
        for case in of_year[: len(investigated)]:
            case.stages[2] = _investigation(case, rng)
        without = [end for end in ends if end != _INVESTIGATED]
        others = _with_time_left(of_year[len(investigated) :], year)
        for case, end in zip(rng.sample(others, len(without)), without, strict=True):
            case.stages[2] = _without_finding(case, end, rng)
    for year, finding in totals.STAGE_THREE.items():
        case = next(case for case in cases if case.year == year and _was_investigated(case))
        case.stages[3] = _panel(case.stages[2], finding)


def _with_time_left(cases: Sequence[Case], year: str) -> list[Case]:
    """Complaints whose stage two can be asked for, and end, before the year does."""
    _, last = year_span(year)
    return [case for case in cases if add_working(_answered(case.stages[1]), 30) <= last]


def _was_investigated(case: Case) -> bool:
    return 2 in case.stages and case.stages[2].outcome == _INVESTIGATED


def _answered(stage: Stage) -> date:
    if stage.responded is None:
        raise ValueError("a stage that has no answer leads to no other")
    return stage.responded


def _request(case: Case, rng: Random) -> Stage:
    return Stage(asked=add_working(_answered(case.stages[1]), rng.randrange(3, 15)))


def _agree(stage: Stage, rng: Random) -> date:
    """Agree the statement of complaint, from which the limit is counted."""
    statement = add_working(stage.asked, rng.randrange(6, 12))
    stage.statement = statement
    stage.target = add_working_without_one_offs(statement, INVESTIGATION)
    stage.extension_agreed = add_working(statement, INVESTIGATION - 4)
    stage.extended_to = add_working(statement, LONGEST)
    return statement


def _investigation(case: Case, rng: Random) -> Stage:
    stage = _request(case, rng)
    stage.responded = add_working(_agree(stage, rng), rng.randrange(48, LONGEST))
    stage.outcome = _INVESTIGATED
    return stage


def _without_finding(case: Case, end: str, rng: Random) -> Stage:
    stage = _request(case, rng)
    stage.outcome = end
    if end:
        stage.withdrawn = add_working(stage.asked, rng.randrange(4, 14))
    else:
        _agree(stage, rng)
    return stage


def _panel(investigation: Stage, finding: str) -> Stage:
    asked = add_working(_answered(investigation), 9)
    return Stage(
        asked=asked,
        target=add_working_without_one_offs(asked, PANEL),
        responded=add_working(asked, PANEL - 2),
        outcome=finding,
    )
