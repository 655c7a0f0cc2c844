"""Bulletins: what one manager has outstanding on a morning, and nothing of anybody else's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from candour.errors import ReconciliationError
from candour.figures import NOT_RECORDED
from candour.words.grammar import numeral, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from candour.clock import Calendar
    from candour.figures import Figure
    from candour.period import Period


@dataclass(frozen=True, slots=True)
class Recipient:
    """A manager who answers for services, as the council declares them."""

    id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Edition:
    """What all bulletins of one morning have in common.

    ``report`` is the report's id; the team's name and address are where a reply goes.
    """

    council_id: str
    council: str
    report: str
    period: Period
    as_of: dt.date
    team: str
    team_email: str
    marking: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts at the top, each a figure of this manager's slice."""

    opened: Figure
    overdue: Figure
    due_soon: Figure


class Standing(StrEnum):
    """The groups of a bulletin, the most pressing first."""

    OVERDUE = "Overdue"
    DUE_SOON = "Due in the next five working days"
    LATER = "Later"


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A complaint at a stage that waits for its answer: a reference, never a person who complains.

    ``due_on`` is the day an agreed extension gives, where there is one, and ``first_due_on`` the
    day before it was extended; both are ``None`` while its clock has not started. ``days`` is the
    working days over or left.
    """

    reference: str
    stage: str
    service: str
    officer: str | None
    received_on: dt.date
    first_due_on: dt.date | None
    due_on: dt.date | None
    days: int | None
    standing: Standing
    reopened: bool = False

    @property
    def extended(self) -> bool:
        """Whether an agreed extension moved the day it is due."""
        return self.due_on != self.first_due_on

    @property
    def waiting(self) -> str:
        """How it stands: *3 working days overdue*, *due today*, *one working day left*."""
        if self.days is None:
            return "reopened" if self.reopened else "clock not started"
        if self.standing is not Standing.OVERDUE and self.days == 0:
            return "due today"
        number = f"{numeral(self.days)} {plural('working day', self.days)}"
        return f"{number} overdue" if self.standing is Standing.OVERDUE else f"{number} left"


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One manager's bulletin, before any medium is chosen."""

    recipient: Recipient
    edition: Edition
    tally: Tally
    steps: tuple[OpenStep, ...]

    def groups(self) -> Iterator[tuple[Standing, tuple[OpenStep, ...]]]:
        """The groups that hold anything, the most pressing first."""
        for standing in Standing:
            steps = tuple(step for step in self.steps if step.standing is standing)
            if steps:
                yield standing, steps


def compose(
    outstanding: pd.DataFrame,
    calendar: Calendar,
    recipient: Recipient,
    edition: Edition,
    *,
    tally: Tally,
    name: Callable[[str, str], str],
) -> Bulletin:
    """A manager's bulletin from the open steps of the council.

    Args:
        outstanding: ``facts.outstanding``: the columns read are on, manager, case_ref,
            stage_number, service, officer, received_on, due_on, final_due_on, overdue,
            due_next_five_days and days_overdue.
        calendar: the council's working days.
        recipient: whose services are told.
        edition: the morning.
        tally: the counts of the recipient's slice; they must agree with the steps.
        name: what a reader sees for a value of a dimension, *stage*, *service* or *officer*.

    Raises:
        ReconciliationError: a count disagrees with the steps listed.
    """
    mine = outstanding["manager"].astype("string") == recipient.id
    rows = outstanding[mine & (outstanding["on"] == pd.Timestamp(edition.as_of))]
    steps = tuple(_steps(_ordered(rows, calendar), name))
    bulletin = Bulletin(recipient, edition, tally, steps)
    _agrees(tally.opened, len(steps), recipient)
    for figure, standing in (
        (tally.overdue, Standing.OVERDUE),
        (tally.due_soon, Standing.DUE_SOON),
    ):
        _agrees(figure, sum(step.standing is standing for step in steps), recipient)
    return bulletin


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
            service=name("service", str(row.service)),
            officer=None if row.officer == NOT_RECORDED else name("officer", str(row.officer)),
            received_on=row.received_on.date(),
            first_due_on=_day(row.due_on),
            due_on=_day(row.final_due_on),
            days=None if pd.isna(row.days) else int(row.days),
            standing=_standing(overdue=bool(row.overdue), soon=bool(row.due_next_five_days)),
            reopened=bool(row.reopened),
        )


def _standing(*, overdue: bool, soon: bool) -> Standing:
    if overdue:
        return Standing.OVERDUE
    return Standing.DUE_SOON if soon else Standing.LATER


def _day(value: pd.Timestamp) -> dt.date | None:
    return None if pd.isna(value) else value.date()


def _agrees(figure: Figure, listed: int, recipient: Recipient) -> None:
    if figure.count != listed:
        raise ReconciliationError(
            f"The bulletin for {recipient.id} lists {listed} where '{figure.key}' counts "
            f"{figure.display}; both must come from the same cases on the same morning."
        )
