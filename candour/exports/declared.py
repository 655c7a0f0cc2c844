"""Exports: where each column of a frame comes from, as a complaints manager wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from candour.declarations import Declaration


class Holds(StrEnum):
    """What a file holds of the system's cases."""

    EVERYTHING = "everything"
    """All of them: one seen before and missing now is reported."""
    CHANGES = "changes"
    """Those that changed lately: the newest row wins."""


class OneRow(StrEnum):
    """What one row of a file of complaints is."""

    STAGE = "stage"
    CASE = "case"
    EVENT = "event"


class Money(StrEnum):
    """The unit money is written in."""

    POUNDS = "pounds"
    PENCE = "pence"


def _listed(written: object) -> object:
    return written if isinstance(written, list | tuple) else [written]


Labels = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Values = Annotated[dict[str, Labels], Field(default_factory=dict)]


class Source(Declaration):
    """Where one column of a frame comes from; a header's text alone is the short form."""

    column: str | None = None
    """The header's text."""
    always: str | None = None
    """A constant, instead of a header."""
    values: Values
    """For codes: id → the labels that mean it."""
    within: str | None = None
    """For a service: the header that names its directorate."""
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
    values: Values
    money: Money | None = None

    @property
    def source(self) -> Source | None:
        """Where its value is read, or nothing when it is the event's day."""
        if self.from_ is None and self.always is None:
            return None
        return Source(column=self.from_, always=self.always, values=self.values, money=self.money)


def _settings(written: object) -> object:
    return [] if written == "ignored" else _listed(written)


Settings = Annotated[tuple[Setting, ...], BeforeValidator(_settings)]


class Events(Declaration):
    """How an event log tells a case: which header names the event, which its day."""

    column: str
    on: str
    labels: dict[str, Settings]
    """Event label → what it sets; nothing for a label declared ``ignored``."""


class ExportFile(Declaration):
    """A file name of the inbox; ``{date}`` stands for the extract's day, ``*`` for anything."""

    name: str
    holds: Holds


class Header(Declaration):
    """How the header is written; where it stands is found by its texts."""

    lines: int = Field(default=1, ge=1, le=2)
    """Two when every header text is written over two rows."""


Columns = Annotated[dict[str, Source], Field(default_factory=dict)]
Stages = Annotated[dict[int, dict[str, Source]], Field(default_factory=dict)]


class Change(Declaration):
    """A dated difference of the mapping: only the lines that changed, from a day of extract on.

    A column set to nothing is no longer read; ``personal``, ``ignored`` and ``noise`` add to what
    is there; the others replace it.
    """

    from_: dt.date = Field(alias="from")
    columns: Annotated[dict[str, Source | None], Field(default_factory=dict)]
    stages: Annotated[dict[int, dict[str, Source | None]], Field(default_factory=dict)]
    events: Events | None = None
    dates: tuple[str, ...] | None = None
    blanks: tuple[str, ...] | None = None
    personal: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()


class Export(Declaration):
    """One export of a council: its files, its layout and the mapping of its columns."""

    fills: Literal["steps", "contacts", "compliments", "decisions", "learning"]
    files: tuple[ExportFile, ...] = Field(min_length=1)
    date_in_name: str = "%Y%m%d"
    one_row: OneRow = OneRow.STAGE
    encodings: tuple[str, ...] = ("utf-8", "cp1252")
    delimiters: tuple[str, ...] = (",", ";", "\t", "|")
    sheet: str | None = None
    header: Header = Header()
    dates: tuple[str, ...] = ("%d/%m/%Y",)
    blanks: tuple[str, ...] = ("", "N/A", "-", "TBC")
    cut_off: dt.time | None = None
    timezone: str | None = None
    columns: Columns
    stages: Stages
    events: Events | None = None
    personal: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()

    def mapping_on(self, day: dt.date) -> Export:
        """The export as it was on an extract's day: every difference up to then applied."""
        mapping = self
        for change in sorted(self.changed, key=lambda change: change.from_):
            if change.from_ <= day:
                mapping = _changed(mapping, change)
        return mapping

    def sources(self) -> Iterator[tuple[int | None, str, Source]]:
        """Every (stage, frame column, source); no stage for what holds for the whole row."""
        for column, source in self.columns.items():
            yield None, column, source
        for stage, block in sorted(self.stages.items()):
            for column, source in block.items():
                yield stage, column, source

    def headers(self) -> tuple[str, ...]:
        """Every header the mapping reads, once, in its order."""
        read = [header for _, _, source in self.sources() for header in source.headers]
        if self.events is not None:
            read += [self.events.column, self.events.on]
            settings = [s for label in self.events.labels.values() for s in label]
            read += [setting.from_ for setting in settings if setting.from_ is not None]
        return tuple(dict.fromkeys(read))


def _changed(mapping: Export, change: Change) -> Export:
    stages = {
        stage: _merged(mapping.stages.get(stage, {}), change.stages.get(stage, {}))
        for stage in sorted({*mapping.stages, *change.stages})
    }
    replaced = {
        name: value
        for name in ("events", "dates", "blanks")
        if (value := getattr(change, name)) is not None
    }
    added = {
        name: (*getattr(mapping, name), *getattr(change, name))
        for name in ("personal", "ignored", "noise")
    }
    return mapping.model_copy(
        update={
            **replaced,
            **added,
            "columns": _merged(mapping.columns, change.columns),
            "stages": {stage: block for stage, block in stages.items() if block},
        }
    )


def _merged(
    sources: Mapping[str, Source], changes: Mapping[str, Source | None]
) -> dict[str, Source]:
    merged = {**sources, **changes}
    return {column: source for column, source in merged.items() if source is not None}
