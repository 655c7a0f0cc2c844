"""Exports: where each column of a frame comes from, as a complaints manager wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from candour.declarations import Declaration
from candour.exports.source import Events, Source
from candour.labels import normalised

if TYPE_CHECKING:
    from candour.reading.layout import Layout


_IDENTIFYING = (
    *("case_ref", "contact_ref", "compliment_ref", "decision_ref", "learning_ref"),
    *("improvement_ref", "authority", "received_on", "recorded_on"),
)
"""Columns of which a record fills at least one; a subtotal or a footer fills none."""


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

    fills: Literal[
        "steps", "contacts", "compliments", "decisions", "learning", "improvements", "statistics"
    ]
    completes: str | None = None
    """Another export, whose complaints its rows complete: they begin none, and fill only what
    that export leaves blank."""
    files: tuple[ExportFile, ...] = Field(min_length=1)
    date_in_name: str = "%Y%m%d"
    one_row: OneRow = OneRow.STAGE
    covers_from: dt.date | None = None
    """The first day it tells of, where that is not the council's ``history_from``."""
    closed_on: dt.date | None = None
    """The day its system was closed down: no newer extract will come."""
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
        return mapping.model_copy(update={"changed": ()})

    def sources(self) -> Iterator[tuple[int | None, str, Source]]:
        """Every (stage, frame column, source); no stage for what holds for the whole row."""
        for column, source in self.columns.items():
            yield None, column, source
        for stage, block in sorted(self.stages.items()):
            for column, source in block.items():
                yield stage, column, source

    def layout(self) -> Layout:
        """What finds the header in a file, and tells its records from its noise."""
        from candour.reading.layout import Layout  # noqa: PLC0415  - declarations load no pandas

        blocks = [self.columns, *(block for _, block in sorted(self.stages.items()))]
        starts = [block[name].column for block in blocks for name in _IDENTIFYING if name in block]
        starts += [] if self.events is None else [self.events.on]
        return Layout(
            expected=frozenset(self.headers()),
            encodings=self.encodings,
            delimiters=self.delimiters,
            sheet=self.sheet,
            header_lines=self.header.lines,
            noise=self.noise,
            identifying=tuple(dict.fromkeys(header for header in starts if header is not None)),
        )

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
    changed = mapping.model_copy(
        update={
            **replaced,
            **added,
            "columns": _merged(mapping.columns, change.columns),
            "stages": {stage: block for stage, block in stages.items() if block},
        }
    )
    read = {normalised(header) for header in changed.headers()}
    ignored = tuple(header for header in changed.ignored if normalised(header) not in read)
    return changed.model_copy(update={"ignored": ignored})


def _merged(
    sources: Mapping[str, Source], changes: Mapping[str, Source | None]
) -> dict[str, Source]:
    merged = {**sources, **changes}
    return {column: source for column, source in merged.items() if source is not None}
