"""What is outstanding: the open steps at the start of a day, and the movements between two."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from candour.clock import Calendar, days_over
from candour.figures import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AGE_BANDS = {
    "to_10": "10 working days or fewer",
    "to_20": "11 to 20 working days",
    "to_40": "21 to 40 working days",
    "to_60": "41 to 60 working days",
    "over_60": "more than 60 working days",
}
"""Ages of open cases in working days since receipt, by id, in words."""
_AGE_EDGES = (-1, 10, 20, 40, 60, 100_000)

NEXT_DAYS = 5
"""How many working days ahead *due soon* looks, the day itself counted."""


def outstanding(
    facts: pd.DataFrame, calendar: Calendar, mornings: Iterable[dt.date]
) -> pd.DataFrame:
    """The steps open at the start of each of the mornings, one row a step and morning.

    A month's state is told at the start of the first day after it. ``on`` is that morning.
    """
    parts = [_open_on(facts, calendar, morning) for morning in mornings]
    return pd.concat(parts, ignore_index=True)


def _open_on(facts: pd.DataFrame, calendar: Calendar, morning: dt.date) -> pd.DataFrame:
    day = pd.Timestamp(morning)
    there = (facts["received_on"] < day) & ~(facts["left_on"] < day)
    back = (facts["reopened_on"] < day) & ~(facts["left_again_on"] < day)
    rows = facts[there | back]
    first_spell = there.loc[rows.index]
    morning_column = pd.Series(day, index=rows.index, dtype="datetime64[s]")
    soon = calendar.add_working_days(morning_column - pd.Timedelta(days=1), NEXT_DAYS)
    overdue = first_spell & (rows["final_due_on"] < day)
    yesterday = morning - dt.timedelta(days=1)
    age = calendar.working_days_between(rows["received_on"], yesterday)
    return rows.assign(
        age=_age_band(age),
        on=morning_column,
        all=True,
        overdue=overdue,
        overdue_first_day=first_spell & (rows["due_on"] < day),
        due_next_five_days=first_spell & ~overdue & (rows["final_due_on"] <= soon),
        unacknowledged=first_spell
        & rows["acknowledge_by_on"].notna()
        & ~(rows["acknowledged_on"] < day),
        clock_not_started=rows["started_on"].isna() | (rows["started_on"] >= day),
        age_days=age,
        days_overdue=days_over(calendar, rows["final_due_on"], morning).where(overdue),
    )


def _age_band(age_days: pd.Series) -> pd.Series:
    bands = pd.cut(age_days.astype("float64"), _AGE_EDGES, labels=list(AGE_BANDS), ordered=False)
    return bands.cat.add_categories([NOT_RECORDED])


def movements(facts: pd.DataFrame) -> pd.DataFrame:
    """Every arrival, reopening and departure, one row each, dated ``moved_on``."""
    gone = ~facts["responded"] & (facts["withdrawn"] | facts["refused"])
    return pd.concat(
        [
            _moves(facts, "received_on", arrived=True),
            _moves(facts, "reopened_on", reopened=True),
            _moves(facts[gone], "left_on", withdrawn=True),
            _moves(facts[~gone], "left_on", closed=True),
            _moves(facts, "left_again_on", closed=True),
        ],
        ignore_index=True,
    )


_MOVES: Sequence[str] = ("arrived", "reopened", "closed", "withdrawn")


def _moves(facts: pd.DataFrame, day: str, **what: bool) -> pd.DataFrame:
    rows = facts[facts[day].notna()]
    dimensions = [c for c in rows if isinstance(rows[c].dtype, pd.CategoricalDtype)]
    return rows[["case_ref", "stage_number", *dimensions]].assign(
        moved_on=rows[day], all=True, **{move: what.get(move, False) for move in _MOVES}
    )
