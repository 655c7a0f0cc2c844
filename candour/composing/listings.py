"""Listings: what a report lists that is no figure - definitions, holidays, cases, data quality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from candour.composing.method import bank_holidays, definitions, methodology, quality_statement
from candour.composing.told import improvements, overdue_actions, quotations, you_said_we_did
from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from candour.clock import Calendar
    from candour.composing.composer import Composer
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


def listing(composer: Composer, background: Background, listing_id: str) -> Listing:
    """The listing of that id."""
    return LISTINGS[listing_id](composer, background).filled()


def _findings(_: Composer, background: Background) -> Listing:
    found = (*background.verdict.critical, *background.verdict.warnings)
    return Listing(
        id="data_quality",
        sheet="Quality findings",
        title="Data quality: what was found",
        headings=(
            ("Rule", _REFERENCE), ("Severity", _WORDS), ("What was found", _WORDS),
            ("Rows", _NUMBER), ("What to do", _WORDS), ("First cases", _REFERENCE),
        ),
        rows=tuple(
            (f.code, f.severity.value.capitalize(), f.sentence, f.rows, f.what_to_do,
             _first_cases(f.keys))
            for f in found
        ),
        reading="Each line is a rule that does not hold. The figures still follow the dates given.",
        when_empty="Every rule holds.",
    )  # fmt: skip


def _first_cases(keys: tuple[tuple[str | int, ...], ...]) -> str:
    return ", ".join(" stage ".join(str(part) for part in key) for key in keys[:5])


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


def _quarantine(_: Composer, background: Background) -> Listing:
    rows = background.quarantine
    return Listing(
        id="quarantined_rows",
        sheet="Quality rows set aside",
        title="Data quality: rows set aside",
        headings=(
            ("File", _REFERENCE), ("Row", _NUMBER), ("Reason", _REFERENCE),
            ("Column", _WORDS), ("What is wrong", _WORDS), ("What to do", _WORDS),
        ),
        rows=tuple(
            (str(r.file), int(r.row_number), str(r.code), _text(r.column), str(r.reason),
             str(r.advice))
            for r in rows.itertuples(index=False)
        ),
        reading="These rows are in no figure. Correct them in the source system and export again.",
        notes=("Column is empty where the whole row is at fault.",),
        when_empty="No row was set aside.",
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


def _vanished(_: Composer, background: Background) -> Listing:
    return Listing(
        id="vanished_cases",
        sheet="Quality vanished cases",
        title="Data quality: cases that vanished",
        headings=(("Reference", _REFERENCE), ("Last seen in the extract of", _DAY)),
        rows=background.vanished,
        reading="A later full extract does not hold these cases. They are still counted.",
        when_empty="No case is missing from a later full extract.",
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


def _vendor_flags(composer: Composer, background: Background) -> Listing:
    period = composer.measures.period
    steps = background.steps
    sent = steps["responded_on"]
    here = (sent >= pd.Timestamp(period.start)) & (sent < pd.Timestamp(period.end))
    rows = steps[steps["vendor_disagrees"] & here]
    return Listing(
        id="vendor_flags",
        sheet="Quality met or missed",
        title="Data quality: met or missed wrong in the source system",
        headings=(
            ("Reference", _REFERENCE), ("Stage", _WORDS), ("Started on", _DAY), ("Due on", _DAY),
            ("Sent on", _DAY), ("The dates give", _WORDS), ("The system says", _WORDS),
        ),
        rows=tuple(
            (str(r.case_ref), composer.name("stage", str(r.stage)), day(r.started_on),
             day(r.due_on), day(r.responded_on), "Met" if r.in_time else "Missed",
             "Missed" if r.in_time else "Met")
            for r in rows.itertuples(index=False)
        ),
        reading="Our figures follow the dates. Ask the vendor how the system counts working days.",
        when_empty="The source system's own met or missed follows from its dates throughout.",
    )  # fmt: skip


LISTINGS: Mapping[str, Callable[[Composer, Background], Listing]] = {
    "data_quality": _findings,
    "files_read": _files,
    "quarantined_rows": _quarantine,
    "unknown_labels": _unknown,
    "vanished_cases": _vanished,
    "corrections": _corrections,
    "vendor_flags": _vendor_flags,
    "definitions": definitions,
    "methodology": methodology,
    "quality_statement": quality_statement,
    "you_said_we_did": you_said_we_did,
    "overdue_actions": overdue_actions,
    "quotations": quotations,
    "improvements": improvements,
    "bank_holidays": bank_holidays,
}


def day(value: object) -> dt.date | None:
    """A frame's day as a date, or nothing."""
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _text(value: object) -> str | None:
    return None if pd.isna(value) else str(value)
