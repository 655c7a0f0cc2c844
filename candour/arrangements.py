"""Arrangements: who approves a release, who is told what, where it goes, when exports arrive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from candour.declarations import Declaration

Day = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
DAYS: tuple[Day, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
"""The days of the working week, in order."""

MOST_HOURS = 8_760
"""A year: a draft that waits longer is forgotten, and no clock goes as far as one likes."""

Approving = Literal["person", "when_clean", "none"]
Readership = Literal["managers", "directors", "corporate"]
Address = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
LogIn = Annotated[str, Field(pattern=r"^[\w.@-]+$")]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Schedule(Declaration):
    """When a report is made without anybody asking; without one, at its usual day and hour.

    ``working_day`` counts from the day after the month, or the year, is complete: 1 is the first
    working day. The council's closures and bank holidays are no working days.
    """

    working_day: Annotated[int, Field(ge=1, le=15)] | None = None
    at: Clock | None = None
    by_hand: bool = False
    """Whether it is made only when somebody asks."""

    @model_validator(mode="after")
    def _by_hand_has_no_day(self) -> Schedule:
        if self.by_hand and (self.working_day is not None or self.at is not None):
            message = (
                "a report made 'by_hand' has neither 'working_day' nor 'at'; keep one of them."
            )
            raise ValueError(message)
        return self


class Approver(Declaration):
    """A person who may let a release go out."""

    name: str
    role: str
    email: Address


class Approval(Declaration):
    """Who may approve, by their log-in, and how long a draft waits for them."""

    approvers: Annotated[dict[LogIn, Approver], Field(min_length=1)]
    remind_after_hours: Annotated[int, Field(ge=1, le=MOST_HOURS)] = 24
    expires_after_hours: Annotated[int, Field(ge=1, le=MOST_HOURS)] = 120

    @model_validator(mode="after")
    def _reminded_before_it_expires(self) -> Approval:
        if self.remind_after_hours >= self.expires_after_hours:
            message = "'remind_after_hours' must be fewer than 'expires_after_hours'."
            raise ValueError(message)
        return self


class FurtherReader(Declaration):
    """Somebody who gets a bulletin of what another answers for: a deputy, a business partner."""

    to: str
    """A person of ``people.yaml``."""
    manager: str = ""
    directorate: str = ""
    service: str = ""

    @model_validator(mode="after")
    def _one_scope(self) -> FurtherReader:
        if sum(map(bool, (self.manager, self.directorate, self.service))) != 1:
            message = "name exactly one of 'manager', 'directorate' and 'service'."
            raise ValueError(message)
        return self


class Bulletins(Declaration):
    """The weekly bulletin: its day, and who gets one beside managers and directors."""

    day: Day = "Monday"
    when_nothing: Literal["sent", "skipped"] = "sent"
    """Whether somebody with nothing outstanding is told so."""
    directors: bool = True
    """Whether a director gets one of all their services."""
    corporate: tuple[str, ...] = ()
    """People who get one of the whole council."""
    also: tuple[FurtherReader, ...] = ()


class Delivery(Declaration):
    """Where releases go beside the store, and how many mails may go without a second look."""

    most_mails: Annotated[int, Field(ge=1)] = 100
    folders: Mapping[str, str] = Field(default_factory=dict)
    """A folder or object-storage URL an audience, by the audience's id."""


class Arrivals(Declaration):
    """When a new export is expected: days of the week, and the hour it is late after."""

    on: Annotated[tuple[Day, ...], Field(min_length=1)]
    by: Clock


class Alerts(Declaration):
    """Who is told when something needs a person; without an address, the complaints team."""

    complaints: Address | None = None
    operations: Address | None = None
