"""Listings: what a report lists that is no figure - definitions, holidays, cases, data quality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.composing import quality
from candour.composing.method import bank_holidays, definitions, methodology, quality_statement
from candour.composing.told import improvements, overdue_actions, quotations, you_said_we_did
from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    import pandas as pd

    from candour.clock import Calendar
    from candour.composing.composer import Composer
    from candour.freshness import Told
    from candour.verdict import Verdict

_WORDS, _NUMBER = ListingKind.WORDS, ListingKind.NUMBER
_DAY, _REFERENCE = ListingKind.DAY, ListingKind.REFERENCE

Rows = tuple[tuple[str | int | dt.date | None, ...], ...]


@dataclass(frozen=True, slots=True)
class FileRead:
    """What became of a landed file's rows."""

    name: str
    export: str
    extracted_on: dt.date
    rows_in_file: int
    loaded: int
    quarantined: int
    noise: int
    sha256: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Background:
    """What a report knows besides its measures: how its cases came, and the cases themselves."""

    verdict: Verdict
    files: tuple[FileRead, ...]
    quarantine: pd.DataFrame
    """Columns file, row_number, reference, code, column, reason, advice; nothing of a person."""
    unknown: tuple[tuple[str, str, int], ...]
    """Label column, the label nobody declared, and how many rows carry it."""
    vanished: tuple[tuple[str, dt.date], ...]
    """References missing from a later full extract, and when they were last seen."""
    corrections: tuple[str, ...]
    """What ``corrections.yaml`` put right, a sentence each."""
    calendar: Calendar
    steps: pd.DataFrame
    """Step facts."""
    outstanding: pd.DataFrame
    """Open steps on the report's morning."""
    learning: pd.DataFrame
    """Learning facts."""
    compliments: pd.DataFrame
    """Compliment facts."""
    improvements: pd.DataFrame
    """Facts of service improvements."""
    told: tuple[Told, ...] = ()
    """How far each export of a system that is in use tells."""


def listing(
    composer: Composer, background: Background, listing_id: str, *, names_cases: bool
) -> Listing:
    """The listing of that id, with references or without any."""
    made = LISTINGS if names_cases else {**LISTINGS, **COUNTED}
    return made[listing_id](composer, background).filled()


def _files(_: Composer, background: Background) -> Listing:
    return Listing(
        id="files_read",
        sheet="Quality files",
        title="Data quality: files read",
        headings=(
            ("File", _REFERENCE), ("Extracted on", _DAY), ("Rows in the file", _NUMBER),
            ("Loaded", _NUMBER), ("Quarantined", _NUMBER), ("Not a record", _NUMBER),
            ("Remarks", _WORDS),
        ),
        rows=tuple(
            (f.name, f.extracted_on, f.rows_in_file, f.loaded, f.quarantined, f.noise,
             " ".join(f.notes) or None)
            for f in background.files
        ),
        reading="Loaded, quarantined and not a record add up to the rows of each file.",
        notes=("Not a record: titles, totals, repeated headers and repeated rows.",
               "Remarks are empty where there is nothing to say."),
    )  # fmt: skip


def _unknown(_: Composer, background: Background) -> Listing:
    return Listing(
        id="unknown_labels",
        sheet="Quality labels",
        title="Data quality: labels nobody declared",
        headings=(("Column", _WORDS), ("Label", _WORDS), ("Rows", _NUMBER)),
        rows=background.unknown,
        reading=(
            "Their rows are counted as not recorded. Add each label to services.yaml under the "
            "name it stands for."
        ),
        when_empty="Every label is known.",
    )


def _unknown_counted(_: Composer, background: Background) -> Listing:
    columns = dict.fromkeys(column for column, _, _ in background.unknown)
    rows = {c: [n for column, _, n in background.unknown if column == c] for c in columns}
    return Listing(
        id="unknown_labels",
        sheet="Quality labels",
        title="Data quality: labels nobody declared",
        headings=(("Column", _WORDS), ("Labels", _NUMBER), ("Rows", _NUMBER)),
        rows=tuple((column, len(held), sum(held)) for column, held in rows.items()),
        reading="Their rows are counted as not recorded.",
        notes=(quality.WHO_KNOWS,),
        when_empty="Every label is known.",
    )


def _corrections(_: Composer, background: Background) -> Listing:
    return Listing(
        id="corrections",
        sheet="Quality corrections",
        title="Data quality: corrections made",
        headings=(("What was put right", _WORDS),),
        rows=tuple((sentence,) for sentence in background.corrections),
        reading="Known errors in the exports, put right here until the source is.",
        when_empty="No known error had to be put right.",
    )


LISTINGS: Mapping[str, Callable[[Composer, Background], Listing]] = {
    "data_quality": quality.findings,
    "files_read": _files,
    "quarantined_rows": quality.rows_set_aside,
    "unknown_labels": _unknown,
    "vanished_cases": quality.vanished_cases,
    "corrections": _corrections,
    "vendor_flags": quality.vendor_flags,
    "definitions": definitions,
    "methodology": methodology,
    "quality_statement": quality_statement,
    "you_said_we_did": you_said_we_did,
    "overdue_actions": overdue_actions,
    "quotations": quotations,
    "improvements": improvements,
    "bank_holidays": bank_holidays,
}
"""Every listing there is, with references where it is about cases."""

COUNTED: Mapping[str, Callable[[Composer, Background], Listing]] = {
    "data_quality": quality.findings_counted,
    "quarantined_rows": quality.rows_set_aside_counted,
    "unknown_labels": _unknown_counted,
    "vanished_cases": quality.vanished_cases_counted,
    "vendor_flags": quality.vendor_flags_counted,
}
"""Listings with references or what a row says, told as counts to who may not see every case."""
