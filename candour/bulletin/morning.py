"""Mornings: what is outstanding and what moved, read once for all readers of one morning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from candour.bulletin.bulletin import Edition, Move, OpenStep, Standing
from candour.figures import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from candour.clock import Calendar

_MOVES = {
    "arrived": "New",
    "reopened": "Reopened",
    "closed": "Closed",
    "withdrawn": "Withdrawn or refused",
}


@dataclass(frozen=True, slots=True)
class Morning:
    """The open steps and the moves of a morning, each beside the row it was read from."""

    edition: Edition
    rows: pd.DataFrame
    steps: tuple[OpenStep, ...]
    moved: pd.DataFrame
    moves: tuple[Move, ...]


def morning_of(
    outstanding: pd.DataFrame,
    movements: pd.DataFrame,
    calendar: Calendar,
    edition: Edition,
    name: Callable[[str, str], str],
) -> Morning:
    """What every bulletin of a morning is taken from.

    Args:
        outstanding: ``facts.outstanding``.
        movements: ``facts.movements``.
        calendar: the council's working days.
        edition: the morning.
        name: what a reader sees for a value of a dimension, *stage* or *service* for example.
    """
    today = pd.Timestamp(edition.as_of)
    rows = _ordered(outstanding[outstanding["on"] == today], calendar)
    moved = movements[movements["seen_on"] == today].sort_values(
        ["moved_on", "case_ref", "stage_number"], kind="stable"
    )
    steps = (replace(step, stale=bool(edition.caveat)) for step in _steps(rows, name))
    return Morning(edition, rows, tuple(steps), moved, tuple(_moves(moved, name)))


def _ordered(rows: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """The longest overdue first, then the soonest due, those without a day last."""
    overdue = rows["overdue"].astype(bool)
    # A step whose day has passed and that is not overdue was answered and then reopened.
    reopened = ~overdue & (rows["final_due_on"] < rows["on"])
    due = rows["final_due_on"].mask(reopened)
    left = calendar.working_days_between(rows["on"], due)
    return rows.assign(
        reopened=reopened,
        due_on=rows["due_on"].mask(reopened),
        final_due_on=due,
        days=rows["days_overdue"].where(overdue, left),
    ).sort_values(["final_due_on", "case_ref", "stage_number"], na_position="last")


def _steps(rows: pd.DataFrame, name: Callable[[str, str], str]) -> Iterator[OpenStep]:
    for row in rows.itertuples(index=False):
        yield OpenStep(
            reference=str(row.case_ref),
            stage=name("stage", str(row.stage_number)),
            procedure=name("procedure", str(row.procedure)),
            service=name("service", str(row.service)),
            manager=_person(row, "manager", name),
            officer=_person(row, "officer", name),
            received_on=row.received_on.date(),
            first_due_on=_day(row.due_on),
            due_on=_day(row.final_due_on),
            days=None if pd.isna(row.days) else int(row.days),
            age=int(row.age_days),
            standing=_standing(overdue=bool(row.overdue), soon=bool(row.due_next_five_days)),
            reopened=bool(row.reopened),
            before_next=bool(row.due_before_next),
            unacknowledged=bool(row.unacknowledged),
            acknowledge_by_on=_day(row.acknowledge_by_on),
            acknowledgement_overdue=bool(row.acknowledgement_overdue),
            extension_lapses=bool(row.extension_lapses_soon),
            later_stage=bool(row.at_later_stage),
            milestone="" if pd.isna(row.milestone) else str(row.milestone),
            milestone_on=_day(row.milestone_on),
            milestone_soon=bool(row.milestone_soon),
            new=not row.open_before,
        )


def _moves(rows: pd.DataFrame, name: Callable[[str, str], str]) -> Iterator[Move]:
    for row in rows.itertuples(index=False):
        yield Move(
            reference=str(row.case_ref),
            stage=name("stage", str(row.stage_number)),
            service=name("service", str(row.service)),
            officer=_person(row, "officer", name),
            what=next(words for flag, words in _MOVES.items() if getattr(row, flag)),
            on=row.moved_on.date(),
        )


def _person(row: object, dimension: str, name: Callable[[str, str], str]) -> str | None:
    value = str(getattr(row, dimension))
    return None if value == NOT_RECORDED else name(dimension, value)


def _standing(*, overdue: bool, soon: bool) -> Standing:
    if overdue:
        return Standing.OVERDUE
    return Standing.DUE_SOON if soon else Standing.LATER


def _day(value: pd.Timestamp) -> dt.date | None:
    return None if pd.isna(value) else value.date()
