"""Case lists: references and facts for whoever answers for them; never a complainant's name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from candour.composing.listings import COUNTED, listing
from candour.composing.quality import day
from candour.figures import NOT_RECORDED
from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from candour.composing.composer import Composer
    from candour.composing.listings import Background
    from candour.readership import Scope

_WORDS, _NUMBER = ListingKind.WORDS, ListingKind.NUMBER
_DAY, _REFERENCE = ListingKind.DAY, ListingKind.REFERENCE


def cases_of(composer: Composer, background: Background, scope: Scope) -> tuple[Listing, ...]:
    """The cases that somebody answers for, and no others: those open, and those answered."""
    own = replace(
        background,
        steps=background.steps[scope.mask(background.steps)],
        outstanding=background.outstanding[scope.mask(background.outstanding)],
    )
    return (outstanding_cases(composer, own).filled(), cases_answered(composer, own).filled())


def every_case(composer: Composer, background: Background) -> tuple[Listing, ...]:
    """All cases, and every list that is told to others as counts: what the complaints team gets."""
    return (
        outstanding_cases(composer, background).filled(),
        cases_answered(composer, background).filled(),
        *(listing(composer, background, told, names_cases=True) for told in COUNTED),
    )


def outstanding_cases(composer: Composer, background: Background) -> Listing:
    """Every open case, the longest overdue first."""
    rows = background.outstanding.sort_values(
        ["days_overdue", "age_days", "case_ref"], ascending=[False, False, True]
    )
    return Listing(
        id="outstanding_cases",
        title="Outstanding cases",
        headings=(*_WHAT, ("Due on", _DAY), ("Extended to", _DAY), ("Age in working days", _NUMBER),
                  ("Working days overdue", _NUMBER), ("State", _WORDS)),
        rows=tuple(
            (*_what(composer, r), day(r.due_on), day(r.extended_to_on), int(r.age_days),
             None if pd.isna(r.days_overdue) else int(r.days_overdue), _state(r))
            for r in rows.itertuples(index=False)
        ),
        when_empty="No case is open.",
    )  # fmt: skip


def cases_answered(composer: Composer, background: Background) -> Listing:
    """Every case answered in the period, by the day of the answer."""
    period, steps = composer.measures.period, background.steps
    sent = steps["responded_on"]
    here = (sent >= pd.Timestamp(period.start)) & (sent < pd.Timestamp(period.end))
    rows = steps[here].sort_values(["responded_on", "case_ref", "stage_number"])
    return Listing(
        id="cases_answered",
        title="Cases answered",
        headings=(*_WHAT, ("Due on", _DAY), ("Sent on", _DAY), ("Working days taken", _NUMBER),
                  ("Timeliness", _WORDS), ("Outcome", _WORDS)),
        rows=tuple(
            (*_what(composer, r), day(r.due_on), day(r.responded_on),
             None if pd.isna(r.days_taken) else int(r.days_taken), _timeliness(r), _outcome(r))
            for r in rows.itertuples(index=False)
        ),
        when_empty="No case was answered.",
    )  # fmt: skip


_WHAT = (
    ("Reference", _REFERENCE), ("Stage", _WORDS), ("Procedure", _WORDS), ("Service", _WORDS),
    ("Officer", _WORDS), ("Category", _WORDS), ("Received on", _DAY),
)  # fmt: skip


def _what(composer: Composer, row: object) -> tuple[str | pd.Timestamp | None, ...]:
    names = (
        _name(composer, dimension, getattr(row, dimension))
        for dimension in ("stage", "procedure", "service", "officer", "category")
    )
    return (str(row.case_ref), *names, day(row.received_on))  # type: ignore[attr-defined]


def _name(composer: Composer, dimension: str, value: object) -> str | None:
    return None if value == NOT_RECORDED else composer.name(dimension, str(value))


def _state(row: object) -> str:
    if row.overdue:  # type: ignore[attr-defined]
        return "Overdue"
    if row.clock_not_started:  # type: ignore[attr-defined]
        return "Clock not started"
    return "Due in five working days" if row.due_next_five_days else "Not yet due"  # type: ignore[attr-defined]


def _timeliness(row: object) -> str:
    if row.in_time:  # type: ignore[attr-defined]
        return "In time"
    return "Within its extension" if row.within_extension else "Late"  # type: ignore[attr-defined]


def _outcome(row: object) -> str:
    if row.upheld:  # type: ignore[attr-defined]
        return "Upheld"
    if row.partially_upheld:  # type: ignore[attr-defined]
        return "Partially upheld"
    return "Not upheld" if row.not_upheld else "Not recorded"  # type: ignore[attr-defined]
