"""Bulletins: what one reader has outstanding on a morning, before any medium is chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from candour.period import day_in_words
from candour.readership import Scope, ScopeKind
from candour.words.grammar import numeral, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.figures import Figure
    from candour.period import Period
    from candour.readership import Reader

MOST_LISTED = 10
"""How many of the longest overdue a roll-up names; the workbook has them all."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What all bulletins of one morning have in common.

    ``before`` and ``after`` are the mornings of the bulletins before and after it; ``report`` is
    the report's id; the team's name and address are where a reply goes.
    """

    council_id: str
    council: str
    report: str
    period: Period
    as_of: dt.date
    before: dt.date
    after: dt.date
    team: str
    team_email: str
    marking: str = ""
    notice: str = ""
    caveat: str = ""
    """Said where the cases are not told up to the morning; empty where they are."""
    told_on: dt.date | None = None
    """The one day all of them are told on, where that is too long before the morning."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much is outstanding, each number a figure of the reader's slice."""

    opened: Figure
    overdue: Figure
    due_soon: Figure
    due_before_next: Figure
    unacknowledged: Figure
    acknowledgement_overdue: Figure
    extension_lapses: Figure
    later_stages: Figure
    milestones_soon: Figure
    oldest: Figure


@dataclass(frozen=True, slots=True)
class Flow:
    """What moved since the bulletin before: with it the two mornings add up."""

    before: Figure
    arrived: Figure
    reopened: Figure
    closed: Figure
    withdrawn: Figure
    still_open: Figure


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
    procedure: str
    service: str
    manager: str | None
    officer: str | None
    received_on: dt.date
    first_due_on: dt.date | None
    due_on: dt.date | None
    days: int | None
    age: int
    standing: Standing
    reopened: bool = False
    before_next: bool = False
    unacknowledged: bool = False
    acknowledge_by_on: dt.date | None = None
    acknowledgement_overdue: bool = False
    extension_lapses: bool = False
    later_stage: bool = False
    milestone: str = ""
    milestone_on: dt.date | None = None
    milestone_soon: bool = False
    new: bool = False
    stale: bool = False
    """Whether it is not told up to the morning, so that nothing may be called today's."""

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
            return "due on the day of this bulletin" if self.stale else "due today"
        number = f"{numeral(self.days)} {plural('working day', self.days)}"
        return f"{number} overdue" if self.standing is Standing.OVERDUE else f"{number} left"

    @property
    def next_step(self) -> str:
        """What comes next at a later stage, where that is more than the day it is due."""
        if self.milestone_on is None:
            return self.milestone
        if self.milestone_on == self.due_on:
            return ""
        return f"{self.milestone} by {day_in_words(self.milestone_on)}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What else needs doing, each in a line."""
        acknowledge = ""
        if self.unacknowledged and self.acknowledge_by_on is not None:
            verb = "was due by" if self.acknowledgement_overdue else "is due by"
            by = day_in_words(self.acknowledge_by_on)
            acknowledge = f"Not acknowledged: the acknowledgement {verb} {by}"
        lapses = "Its extension is about to end" if self.extension_lapses else ""
        return tuple(words for words in (acknowledge, lapses, self.next_step) if words)


@dataclass(frozen=True, slots=True)
class Move:
    """A case that arrived, came back or left since the bulletin before."""

    reference: str
    stage: str
    service: str
    officer: str | None
    what: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Part:
    """One service, manager or officer of a bulletin, and what is outstanding there."""

    label: str
    opened: Figure
    overdue: Figure
    due_soon: Figure
    due_before_next: Figure
    oldest: Figure


@dataclass(frozen=True, slots=True)
class Parts:
    """What is outstanding, told part by part; the parts add up to the whole."""

    id: str
    title: str
    heading: str
    rows: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One reader's bulletin, before any medium is chosen; ``whose`` names the services told of."""

    recipient: Reader
    edition: Edition
    whose: str
    tally: Tally
    flow: Flow
    steps: tuple[OpenStep, ...]
    moves: tuple[Move, ...] = ()
    parts: tuple[Parts, ...] = ()

    @property
    def own(self) -> bool:
        """Whether the reader is the manager of what it tells of."""
        return self.recipient.scope == Scope(ScopeKind.MANAGER, self.recipient.id)

    @property
    def is_digest(self) -> bool:
        """Whether it tells of a directorate or the council: tallies, and the longest overdue."""
        return self.recipient.scope.kind in {ScopeKind.DIRECTORATE, ScopeKind.COUNCIL}

    def groups(self) -> Iterator[tuple[str, str, tuple[OpenStep, ...]]]:
        """The lists of cases that hold any, as id, title and cases, the most pressing first."""
        found = self._digested() if self.is_digest else self._all()
        return ((id_, title, steps) for id_, title, steps in found if steps)

    def _all(self) -> Iterator[tuple[str, str, tuple[OpenStep, ...]]]:
        for standing in Standing:
            yield (
                standing.name.lower(),
                standing.value,
                tuple(step for step in self.steps if step.standing is standing),
            )

    def _digested(self) -> Iterator[tuple[str, str, tuple[OpenStep, ...]]]:
        overdue = sorted(
            (step for step in self.steps if step.standing is Standing.OVERDUE),
            key=lambda step: -(step.days or 0),
        )
        title = "Overdue" if len(overdue) <= MOST_LISTED else "The longest overdue"
        yield "overdue", title, tuple(overdue[:MOST_LISTED])
        near = sorted(
            (step for step in self.steps if step.milestone_soon),
            key=lambda step: step.milestone_on or self.edition.after,
        )
        yield "milestones", "Stage two and panels: the next five working days", tuple(near)

    def shown_parts(self) -> tuple[Parts, ...]:
        """The parts a page tells: not a single service, nor the officers of a whole directorate."""
        return tuple(
            parts
            for parts in self.parts
            if (len(parts.rows) > 1 or parts.id == "officer")
            and parts.rows
            and not (self.is_digest and parts.id == "officer")
        )

    @property
    def longest(self) -> OpenStep | None:
        """The case that is overdue by most working days."""
        overdue = [step for step in self.steps if step.standing is Standing.OVERDUE]
        return max(overdue, key=lambda step: step.days or 0, default=None)
