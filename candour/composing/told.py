"""Told: what people said and what the council did about it, in words cleared for publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from candour.figures import NOT_RECORDED
from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from candour.composing.composer import Composer
    from candour.composing.listings import Background

_WORDS, _DAY = ListingKind.WORDS, ListingKind.DAY


def you_said_we_did(composer: Composer, background: Background) -> Listing:
    """What was said and done, of the actions recorded in the period and cleared."""
    rows = _of_period(composer, background.learning, "recorded_on")
    told = rows[rows["published"]].sort_values(["directorate", "learning_ref"])
    return Listing(
        id="you_said_we_did",
        title="You said, we did",
        headings=(("You said", _WORDS), ("We did", _WORDS), ("Service", _WORDS)),
        rows=tuple(
            (str(r.you_said), str(r.we_did), _where(composer, r)) for r in told.itertuples()
        ),
        when_empty="No action of the year has words that are cleared for publication.",
    )


def overdue_actions(composer: Composer, background: Background) -> Listing:
    """Actions past their day and not done, whichever year they were recorded in."""
    rows = background.learning
    late = rows[rows["overdue"]].sort_values(["due_on", "learning_ref"])
    told = tuple(
        (str(r.learning_ref), None if pd.isna(r.we_did) else str(r.we_did),
         _owner(composer, r.owner), _where(composer, r), pd.Timestamp(r.due_on).date())
        for r in late.itertuples()
    )  # fmt: skip
    nobody = any(owner is None for _, _, owner, *_ in told)
    return Listing(
        id="overdue_actions",
        title="Actions past their day",
        headings=(("Action", ListingKind.REFERENCE), ("What was promised", _WORDS),
                  ("Owner", _WORDS), ("Service", _WORDS), ("Due on", _DAY)),
        rows=told,
        notes=("What was promised is empty where nobody has cleared the words for publication.",
               *(["Owner is empty where no role is known."] if nobody else [])),
        when_empty="No action is past its day.",
    )  # fmt: skip


def quotations(composer: Composer, background: Background) -> Listing:
    """Words of compliments received in the period that are cleared for publication."""
    rows = _of_period(composer, background.compliments, "received_on")
    told = rows[rows["quoted"]].sort_values(["directorate", "compliment_ref"])
    invented = "" if composer.council.profile.kind == "live" else "These quotations are invented."
    return Listing(
        id="quotations",
        title="What people wrote",
        headings=(("Words", _WORDS), ("About", _WORDS)),
        rows=tuple((str(r.quotation), _where(composer, r)) for r in told.itertuples()),
        reading=invented,
        when_empty="No compliment of the year has words that are cleared for publication.",
    )


def improvements(composer: Composer, background: Background) -> Listing:
    """The service improvements the Ombudsman lists, in our own words."""
    rows = _of_period(composer, background.improvements, "recorded_on")
    told = rows.sort_values(["decision", "improvement_ref"], ascending=[False, True])
    return Listing(
        id="improvements",
        title="What the council agreed to improve",
        headings=(("Case", ListingKind.REFERENCE), ("Subject", _WORDS), ("Improvement", _WORDS)),
        rows=tuple(
            (str(r.decision), *(None if pd.isna(w) else str(w) for w in (r.about, r.improvement)))
            for r in told.itertuples()
        ),
        when_empty="The Ombudsman lists no improvement.",
    )


def _of_period(composer: Composer, rows: pd.DataFrame, day: str) -> pd.DataFrame:
    period = composer.measures.period
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    return rows[(rows[day] >= start) & (rows[day] < end)]


def _where(composer: Composer, row: object) -> str | None:
    """The service, or the directorate where no service is recorded."""
    for dimension in ("service", "directorate"):
        value = getattr(row, dimension)
        if value != NOT_RECORDED:
            return composer.name(dimension, str(value))
    return None


def _owner(composer: Composer, owner: object) -> str | None:
    """The role of who answers for it: a report to the public names nobody."""
    return None if pd.isna(owner) else composer.council.taxonomy.people[str(owner)].role or None
