"""Sources: where one column of a frame is read, or which event of a case sets it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from candour.declarations import Declaration


class Money(StrEnum):
    """The unit money is written in."""

    POUNDS = "pounds"
    PENCE = "pence"


def _listed(written: object) -> object:
    return written if isinstance(written, list | tuple) else [written]


Labels = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Source(Declaration):
    """Where one column of a frame comes from; a header's text alone is the short form."""

    column: str | None = None
    """The header's text."""
    always: str | None = None
    """A constant, instead of a header."""
    labels: dict[str, Labels] = Field(default_factory=dict, alias="values")
    """For codes: id → the labels that mean it."""
    within: str | None = None
    """For a service, team or subcategory: the header of what it belongs to."""
    money: Money | None = None
    """For an amount: the unit it is written in."""
    when_filled: str | None = None
    """Another column of the frame: this one counts only where that one has a value."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, written: object) -> object:
        return {"column": written} if isinstance(written, str | int) else written

    @model_validator(mode="after")
    def _one_origin(self) -> Source:
        if (self.column is None) == (self.always is None):
            message = "give either 'column' (a header) or 'always' (a constant)."
            raise ValueError(message)
        return self

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers it reads."""
        return tuple(header for header in (self.column, self.within) if header is not None)


class Setting(Declaration):
    """What an event of a case sets: a column of a stage, to its day or to a value."""

    stage: int | None = None
    """The stage; without it the row's own ``stage`` column decides."""
    sets: str
    from_: str | None = Field(default=None, alias="from")
    """The header that holds the value; without it a day column takes the event's day."""
    always: str | None = None
    labels: dict[str, Labels] = Field(default_factory=dict, alias="values")
    money: Money | None = None
    when_filled: str | None = None
    """Another column this kind of event sets: this one counts only where the row tells that."""

    @property
    def source(self) -> Source | None:
        """Where its value is read, or nothing when it is the event's day."""
        if self.from_ is None and self.always is None:
            return None
        return Source(column=self.from_, always=self.always, values=self.labels, money=self.money)


def _settings(written: object) -> object:
    return [] if written == "ignored" else _listed(written)


Settings = Annotated[tuple[Setting, ...], BeforeValidator(_settings)]


class Events(Declaration):
    """How an event log tells a case: which header names the event, which its day.

    A file of changes must bring a changed case with all its events.
    """

    column: str
    on: str
    labels: dict[str, Settings]
    """Event label → what it sets; nothing for a label declared ``ignored``."""
