"""Procedures: which rules a complaint follows, and how long each stage may take."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from candour.clock import Start
from candour.declarations import Declaration

Days = Annotated[int, Field(ge=1, le=130)]


class DatedLimit(Declaration):
    """A limit that holds for stages received from a day on; without a day, from the beginning."""

    from_: dt.date | None = Field(default=None, alias="from")
    days: Days


class Milestone(Declaration):
    """A step on the way to a stage's end that the law gives a day, counted from the step before."""

    name: str
    within: Days


class Stage(Declaration):
    """A stage of a procedure: its limits in working days and what starts its clock.

    ``extend_to`` is the longest time an extension may give, counted like ``respond_within``;
    without it an extension runs to whatever day was agreed. ``milestones`` are the steps on the
    way, the first counted from the clock's start.
    """

    name: str
    clock: Start = Start.DAY_AFTER_RECEIPT
    acknowledge_within: Days | None = None
    respond_within: Days | tuple[DatedLimit, ...]
    extendable: bool = True
    extend_to: Days | None = None
    milestones: tuple[Milestone, ...] = ()
    basis: str = ""

    @property
    def limits(self) -> tuple[DatedLimit, ...]:
        """The response limits in the order they came into force."""
        if isinstance(self.respond_within, int):
            return (DatedLimit(days=self.respond_within),)
        return tuple(sorted(self.respond_within, key=lambda limit: limit.from_ or dt.date.min))

    @model_validator(mode="after")
    def _an_extension_is_longer(self) -> Stage:
        longest = max(limit.days for limit in self.limits)
        if self.extend_to is not None and self.extend_to < longest:
            message = (
                f"'extend_to' is {self.extend_to} working days, and the stage may take {longest} "
                "without an extension; give the longest time an extension allows, from receipt."
            )
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _limits_begin_one_after_another(self) -> Stage:
        begins = [limit.from_ for limit in self.limits]
        if len(set(begins)) != len(begins):
            message = "two limits under 'respond_within' begin on the same day; keep one."
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _first_limit_has_no_beginning(self) -> Stage:
        if self.limits[0].from_ is not None:
            message = (
                "the first limit under 'respond_within' must have no 'from' day, "
                "so that every case has a limit."
            )
            raise ValueError(message)
        return self


class OwnYear(Declaration):
    """A procedure's own reporting year: the month it starts, and how many months it counts."""

    starts: Literal["January", "April", "July", "September"]
    months: Annotated[int, Field(ge=1, le=12)] = 12


class Procedure(Declaration):
    """A complaints procedure with its stages in order.

    One with a ``reporting_year`` of its own is told beside the council's year and never added to
    it unannounced.
    """

    name: str
    short_name: str
    basis: str
    stages: dict[Annotated[int, Field(ge=1, le=3)], Stage]
    reporting_year: OwnYear | None = None
    after_last_stage: str = "the Local Government and Social Care Ombudsman"

    @model_validator(mode="after")
    def _stages_follow_one_another(self) -> Procedure:
        if sorted(self.stages) != list(range(1, len(self.stages) + 1)):
            message = f"stages must be numbered from 1 without a gap; found {sorted(self.stages)}."
            raise ValueError(message)
        return self


class Procedures(Declaration):
    """``procedures.yaml``: the procedures of a council, by id."""

    procedures: dict[str, Procedure]
