"""What is outstanding: the open steps at the start of a day, and the movements between two."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.clock import Calendar, days_over
from candour.facts.milestones import FIRST_LATER, next_milestones
from candour.figures import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from candour.procedure import Procedure

AGE_BANDS = {
    "to_10": "10 working days or fewer",
    "to_20": "11 to 20 working days",
    "to_40": "21 to 40 working days",
    "to_60": "41 to 60 working days",
    "over_60": "more than 60 working days",
}
"""Ages of open cases in working days since receipt, by id, in words."""
_AGE_EDGES = (-1, 10, 20, 40, 60, 100_000)

NO_PROCEDURES: Mapping[str, Procedure] = {}
NEXT_DAYS = 5
"""How many working days ahead *due soon* looks, the day itself counted."""


def outstanding(
    facts: pd.DataFrame,
    calendar: Calendar,
    mornings: Iterable[dt.date],
    procedures: Mapping[str, Procedure] = NO_PROCEDURES,
    *,
    next_on: dt.date | None = None,
) -> pd.DataFrame:
    """The steps open at the start of each of the mornings, one row a step and morning.

    A month's state is told at the start of the first day after it. ``on`` is that morning.

    Args:
        facts: every step.
        calendar: the working days.
        mornings: the days whose state is told.
        procedures: what comes next at a later stage.
        next_on: the morning told of after the last one; without it, the first working day from a
            week later on.
    """
    told = sorted(set(mornings))
    befores: list[dt.date | None] = [None, *told[:-1]]
    afters = [_a_week_on(calendar, morning) for morning in told]
    if next_on is not None:
        afters[-1] = next_on
    parts = []
    for morning, before, after in zip(told, befores, afters, strict=True):
        rows = facts[_is_open(facts, morning)]
        seen = False if before is None else _is_open(rows, before)
        parts.append(_open_on(rows, calendar, morning, after).assign(open_before=seen))
    return _with_milestones(pd.concat(parts, ignore_index=True), calendar, procedures)


def _a_week_on(calendar: Calendar, morning: dt.date) -> dt.date:
    week_later = pd.Series([morning + dt.timedelta(days=7)], dtype="datetime64[s]")
    day: dt.date = calendar.next_working_day(week_later).iloc[0].date()
    return day


def _first_spell(facts: pd.DataFrame, morning: dt.date) -> pd.Series:
    day = pd.Timestamp(morning)
    return (facts["received_on"] < day) & ~(facts["left_on"] < day)


def _is_open(facts: pd.DataFrame, morning: dt.date) -> pd.Series:
    day = pd.Timestamp(morning)
    back = (facts["reopened_on"] < day) & ~(facts["left_again_on"] < day)
    return _first_spell(facts, morning) | back


def _open_on(
    rows: pd.DataFrame, calendar: Calendar, morning: dt.date, after: dt.date
) -> pd.DataFrame:
    day = pd.Timestamp(morning)
    first_spell = _first_spell(rows, morning)
    morning_column = pd.Series(day, index=rows.index, dtype="datetime64[s]")
    soon = calendar.add_working_days(morning_column - pd.Timedelta(days=1), NEXT_DAYS)
    overdue = first_spell & (rows["final_due_on"] < day)
    ahead = first_spell & ~overdue
    due_soon = ahead & (rows["final_due_on"] <= soon)
    unacknowledged = (
        first_spell & rows["acknowledge_by_on"].notna() & ~(rows["acknowledged_on"] < day)
    )
    yesterday = morning - dt.timedelta(days=1)
    age = calendar.working_days_between(rows["received_on"], yesterday)
    return rows.assign(
        age=_age_band(age),
        on=morning_column,
        soon_on=soon,
        first_spell=first_spell,
        all=True,
        overdue=overdue,
        overdue_first_day=first_spell & (rows["due_on"] < day),
        due_next_five_days=due_soon,
        due_before_next=ahead & (rows["final_due_on"] < pd.Timestamp(after)),
        unacknowledged=unacknowledged,
        acknowledgement_overdue=unacknowledged & (rows["acknowledge_by_on"] < day),
        extension_lapses_soon=due_soon & (rows["final_due_on"] > rows["due_on"]),
        clock_not_started=rows["started_on"].isna() | (rows["started_on"] >= day),
        age_days=age,
        days_overdue=days_over(calendar, rows["final_due_on"], morning).where(overdue),
    )


def _with_milestones(
    rows: pd.DataFrame, calendar: Calendar, procedures: Mapping[str, Procedure]
) -> pd.DataFrame:
    """The rows with what comes next at a later stage, until it is answered the first time."""
    ahead = next_milestones(rows[rows["first_spell"]], calendar, procedures).reindex(rows.index)
    soon = (ahead["milestone_on"] >= rows["on"]) & (ahead["milestone_on"] <= rows["soon_on"])
    return rows.assign(
        seen_on=rows["on"],
        at_later_stage=rows["stage_number"] >= FIRST_LATER,
        milestone=ahead["milestone"],
        milestone_on=ahead["milestone_on"],
        milestone_soon=soon,
    ).drop(columns=["soon_on", "first_spell"])


def _age_band(age_days: pd.Series) -> pd.Series:
    bands = pd.cut(age_days.astype("float64"), _AGE_EDGES, labels=list(AGE_BANDS), ordered=False)
    return bands.cat.add_categories([NOT_RECORDED])


def movements(facts: pd.DataFrame, mornings: Iterable[dt.date] = ()) -> pd.DataFrame:
    """Every arrival, reopening and departure, one row each, dated ``moved_on``.

    ``seen_on`` is the first of the mornings after it, where an earlier one did not see it yet.
    """
    gone = ~facts["responded"] & (facts["withdrawn"] | facts["refused"])
    moves = pd.concat(
        [
            _moves(facts, "received_on", arrived=True),
            _moves(facts, "reopened_on", reopened=True),
            _moves(facts[gone], "left_on", withdrawn=True),
            _moves(facts[~gone], "left_on", closed=True),
            _moves(facts, "left_again_on", closed=True),
        ],
        ignore_index=True,
    )
    return moves.assign(seen_on=_seen_on(moves["moved_on"], sorted(set(mornings))))


def _seen_on(moved_on: pd.Series, mornings: Sequence[dt.date]) -> pd.Series:
    days = np.array([*mornings, "NaT"], dtype="datetime64[s]")
    place = np.searchsorted(days[:-1], moved_on.to_numpy().astype("datetime64[s]"), side="right")
    seen = days[np.where(place > 0, place, len(mornings))]
    return pd.Series(seen, index=moved_on.index)


_MOVES: Sequence[str] = ("arrived", "reopened", "closed", "withdrawn")


def _moves(facts: pd.DataFrame, day: str, **what: bool) -> pd.DataFrame:
    rows = facts[facts[day].notna()]
    dimensions = [c for c in rows if isinstance(rows[c].dtype, pd.CategoricalDtype)]
    return rows[["case_ref", "stage_number", *dimensions]].assign(
        moved_on=rows[day], all=True, **{move: what.get(move, False) for move in _MOVES}
    )
