"""Quality: what is wrong with the records, by reference to who may see cases, counted to others."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.composing.composer import Composer
    from candour.composing.listings import Background

_WORDS, _NUMBER = ListingKind.WORDS, ListingKind.NUMBER
_DAY, _REFERENCE = ListingKind.DAY, ListingKind.REFERENCE

Key = TypeVar("Key", bound=tuple[str | dt.date | None, ...])
WHO_KNOWS = "The complaints team has a list of them, one by one."
"""Said where cases are counted that somebody else is told of one by one."""


def findings(_: Composer, background: Background) -> Listing:
    """Every rule that does not hold, with the first cases that break it."""
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


def findings_counted(composer: Composer, background: Background) -> Listing:
    """Every rule that does not hold, and how many rows break it."""
    named = findings(composer, background)
    return Listing(
        id=named.id,
        sheet=named.sheet,
        title=named.title,
        headings=named.headings[:-1],
        rows=tuple(row[:-1] for row in named.rows),
        reading=named.reading,
        notes=(WHO_KNOWS,) if named.rows else (),
        when_empty=named.when_empty,
    )


def _first_cases(keys: tuple[tuple[str | int, ...], ...]) -> str:
    return ", ".join(" stage ".join(str(part) for part in key) for key in keys[:5])


def rows_set_aside(_: Composer, background: Background) -> Listing:
    """Every row that could not be counted, and why."""
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
            (str(r.file), int(r.row_number), str(r.code), _text(r.column),
             without_words(str(r.reason)), str(r.advice))
            for r in rows.itertuples(index=False)
        ),
        reading="These rows are in no figure. Correct them in the source system and export again.",
        notes=("Column is empty where the whole row is at fault.",),
        when_empty="No row was set aside.",
    )  # fmt: skip


def without_words(reason: str) -> str:
    """A reason without what a row says, but where that is a day, a number or a short code.

    A row whose cells have moved may say somebody's name where a day is looked for.
    """
    return _SAID.sub(lambda found: found[0] if _PLAIN.fullmatch(found[1]) else _UNTOLD, reason)


_SAID = re.compile(r"says “([^”]*)”")
_PLAIN = re.compile(
    r"(?:stage )?\d{1,4}(?:[/.-](?:\d{1,2}|[a-z]{3})[/.-]\d{1,4})?(?:[T ]\d{1,2}(?::\d\d){1,2})?|",
    re.IGNORECASE,
)
_UNTOLD = "says what is not told here"


def rows_set_aside_counted(_: Composer, background: Background) -> Listing:
    """How many rows of each file could not be counted for each reason; nothing they say."""
    rows = background.quarantine
    return Listing(
        id="quarantined_rows",
        sheet="Quality rows set aside",
        title="Data quality: rows set aside",
        headings=(("File", _REFERENCE), ("Reason", _REFERENCE), ("Column", _WORDS),
                  ("Rows", _NUMBER), ("What to do", _WORDS)),
        rows=tuple(
            (file, code, column, number, advice)
            for (file, code, column, advice), number in _counted(
                (str(r.file), str(r.code), _text(r.column), str(r.advice))
                for r in rows.itertuples(index=False)
            )
        ),
        reading="These rows are in no figure. Correct them in the source system and export again.",
        notes=("Column is empty where the whole row is at fault.", WHO_KNOWS),
        when_empty="No row was set aside.",
    )  # fmt: skip


def vanished_cases(_: Composer, background: Background) -> Listing:
    """Every case that a later full extract does not hold."""
    return Listing(
        id="vanished_cases",
        sheet="Quality vanished cases",
        title="Data quality: cases that vanished",
        headings=(("Reference", _REFERENCE), ("Last seen in the extract of", _DAY)),
        rows=background.vanished,
        reading="A later full extract does not hold these cases. They are still counted.",
        when_empty="No case is missing from a later full extract.",
    )


def vanished_cases_counted(_: Composer, background: Background) -> Listing:
    """How many cases a later full extract does not hold."""
    return Listing(
        id="vanished_cases",
        sheet="Quality vanished cases",
        title="Data quality: cases that vanished",
        headings=(("Last seen in the extract of", _DAY), ("Cases", _NUMBER)),
        rows=tuple(
            (seen, number) for (seen,), number in _counted((day,) for _, day in background.vanished)
        ),
        reading="A later full extract does not hold these cases. They are still counted.",
        notes=(WHO_KNOWS,),
        when_empty="No case is missing from a later full extract.",
    )


def vendor_flags(composer: Composer, background: Background) -> Listing:
    """Every response of the period whose met or missed does not follow from its dates."""
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
             day(r.due_on), day(r.responded_on), *_met_or_missed(r))
            for r in _disagreeing(composer, background).itertuples(index=False)
        ),
        reading=_VENDOR,
        when_empty=_NO_VENDOR,
    )  # fmt: skip


def vendor_flags_counted(composer: Composer, background: Background) -> Listing:
    """How many responses of the period are met or missed against their dates, stage by stage."""
    rows = _disagreeing(composer, background)
    return Listing(
        id="vendor_flags",
        sheet="Quality met or missed",
        title="Data quality: met or missed wrong in the source system",
        headings=(("Stage", _WORDS), ("The dates give", _WORDS), ("The system says", _WORDS),
                  ("Responses", _NUMBER)),
        rows=tuple(
            (*said, number)
            for said, number in _counted(
                (composer.name("stage", str(r.stage)), *_met_or_missed(r))
                for r in rows.itertuples(index=False)
            )
        ),
        reading=_VENDOR,
        notes=(WHO_KNOWS,),
        when_empty=_NO_VENDOR,
    )  # fmt: skip


_VENDOR = "Our figures follow the dates. Ask the vendor how the system counts working days."
_NO_VENDOR = "The source system's own met or missed follows from its dates throughout."


def _disagreeing(composer: Composer, background: Background) -> pd.DataFrame:
    period, steps = composer.measures.period, background.steps
    sent = steps["responded_on"]
    here = (sent >= pd.Timestamp(period.start)) & (sent < pd.Timestamp(period.end))
    return steps[steps["vendor_disagrees"] & here]


def _met_or_missed(row: object) -> tuple[str, str]:
    """What the dates give, and what the source system says."""
    given, said = "Met", "Missed"
    return (given, said) if row.in_time else (said, given)  # type: ignore[attr-defined]


def _counted(told: Iterable[Key]) -> list[tuple[Key, int]]:
    """Each thing told once, with how often, in the order it was first told."""
    return list(Counter(told).items())


def day(value: object) -> dt.date | None:
    """A frame's day as a date, or nothing."""
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _text(value: object) -> str | None:
    return None if pd.isna(value) else str(value)
