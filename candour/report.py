"""Reports: what a reader is given, before any medium is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from candour.chart import Chart
from candour.table import Listing, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from candour.period import Period

Item = Table | Chart | Listing


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under one heading: sentences, then tables, charts and listings."""

    id: str
    title: str
    items: tuple[Item, ...]
    sentences: tuple[str, ...] = ()
    words: str = ""
    """The template of the section's own words, a path under ``templates/``."""
    about: Mapping[str, str] = field(default_factory=dict)
    """The slice the section is of: a procedure's chapter."""
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A report for an audience, told as of a day from what was known on another."""

    id: str
    title: str
    council: str
    period: Period
    as_of: dt.date
    known_on: dt.date
    audience: str
    marking: str
    """How it must be handled: ``Official-Sensitive`` on internal reports, empty on public ones."""
    notice: str
    """What every page must say of the cases: synthetic, a reproduction test; may be empty."""
    headlines: tuple[str, ...]
    """The sentences that answer at a glance."""
    sections: tuple[Section, ...]
    exceptions: tuple[str, ...] = ()
    """What does not hold and went out all the same: what, accepted by whom, and why."""
    caveat: str = ""
    """What does not reach as far as the period, also part of ``notice``; empty where all does."""
    form: str = "pack"
    """How it is laid out: a pack for managers, or a public, committee or statutory report."""

    def items(self) -> Iterator[tuple[Section, Item]]:
        """Every item with its section, in reading order."""
        for section in self.sections:
            for item in section.items:
                yield section, item
