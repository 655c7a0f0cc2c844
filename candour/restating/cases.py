"""Cases: which ones two versions of the facts tell otherwise, and what became of each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from candour.kpi import Fact
from candour.ledger import DIMENSIONS
from candour.restating.why import Why

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WHY = "why"
_WAS = " was"
_STEP_DAYS = (
    "received_on", "acknowledged_on", "extended_to_on", "responded_on", "left_on", "left_again_on",
    "taken_outside_on",
)  # fmt: skip
_WORKED_OUT = ("started_on", "acknowledge_by_on", "due_on", "final_due_on", "longest_due_on")
_NOT_CODED = frozenset({"stage", "age", "band", "result", "manager", "disposition"})
"""Dimensions that are worked out, or that say how a case left."""


def keys_of(facts: pd.DataFrame) -> list[str]:
    """The columns that tell one row's case, and its stage, from the others'."""
    own = next(str(column) for column in facts if str(column).endswith("_ref"))
    return [own, "stage_number"] if "stage_number" in facts else [own]


def moved(fact: Fact, was: pd.DataFrame, now: pd.DataFrame, known_on: dt.date) -> pd.DataFrame:
    """Every case that differs with what became of it, one row a case and reason.

    ``known_on`` is the last day the earlier version knew of.
    """
    keys = keys_of(now)
    shared = [column for column in now if column in was]
    both = was[shared].merge(
        now[shared], on=keys, how="outer", validate="one_to_one", suffixes=(_WAS, ""),
        indicator="seen",
    )  # fmt: skip
    became = _of_steps(both, known_on) if fact is Fact.STEPS else _of_others(both, known_on)
    parts = [both.loc[holds, keys].assign(**{WHY: why}) for why, holds in became]
    found = pd.concat(parts, ignore_index=True).drop_duplicates()
    return _gone_on(both, found, keys) if fact is Fact.STEPS else found


def _of_steps(both: pd.DataFrame, known_on: dt.date) -> Iterator[tuple[Why, pd.Series]]:
    there = both["seen"] == "both"
    yield from _arrivals(both, "received_on", known_on)
    reopened = there & both["reopened_on"].notna() & _differs(both, "reopened_on")
    yield Why.REOPENED, reopened
    told = list(_days(both, _STEP_DAYS, known_on))
    yield from told
    recoded = there & (_coded(both) | _decided_otherwise(both))
    yield Why.RECODED, recoded
    yield Why.AMOUNT, there & _differs(both, "redress_pence")
    known = reopened | recoded
    for _, holds in told:
        known |= holds
    yield from _worked_out(both, there & ~known)


def _of_others(both: pd.DataFrame, known_on: dt.date) -> Iterator[tuple[Why, pd.Series]]:
    there = both["seen"] == "both"
    days = tuple(str(c) for c in both if str(c).endswith("_on"))
    yield from _arrivals(both, days[0], known_on)
    told = list(_days(both, days, known_on))
    yield from told
    known = ~there
    for _, holds in told:
        known |= holds
    coded = there & (_coded(both) | _differs_in(both, ("disposition",)))
    yield Why.RECODED, coded | (~known & _differs_in(both, _flags(both)))


def _arrivals(both: pd.DataFrame, day: str, known_on: dt.date) -> Iterator[tuple[Why, pd.Series]]:
    """Rows that only one version has."""
    new = both["seen"] == "right_only"
    late = ~(both[day] >= pd.Timestamp(known_on))
    yield Why.LOGGED_LATE, new & late
    yield Why.SINCE, new & ~late
    yield Why.REMOVED, both["seen"] == "left_only"


def _days(
    both: pd.DataFrame, days: tuple[str, ...], known_on: dt.date
) -> Iterator[tuple[Why, pd.Series]]:
    """Days that were written down later, that came later, and that are others now."""
    there = both["seen"] == "both"
    for day in days:
        if day + _WAS not in both:
            continue
        filled = there & both[day + _WAS].isna() & both[day].notna()
        late = both[day] < pd.Timestamp(known_on)
        yield Why.LOGGED_LATE, filled & late
        yield Why.SINCE, filled & ~late
        yield Why.DATES, there & both[day + _WAS].notna() & _differs(both, day)


def _coded(both: pd.DataFrame) -> pd.Series:
    return _differs_in(both, tuple(d for d in DIMENSIONS if d not in _NOT_CODED))


def _decided_otherwise(both: pd.DataFrame) -> pd.Series:
    """Answered in both, with another outcome; or left in both, in another way."""
    answered = both["responded_on"].notna() & both["responded_on" + _WAS].notna()
    left = both["left_on"].notna() & both["left_on" + _WAS].notna()
    return (answered & _differs(both, "result")) | (left & _differs(both, "disposition"))


def _worked_out(both: pd.DataFrame, unexplained: pd.Series) -> Iterator[tuple[Why, pd.Series]]:
    """What differs although nothing that is recorded does: a limit, a calendar, or time passed."""
    same_row = ~_differs_in(both, ("snapshot", "row_number"))
    days = _differs_in(both, (*_WORKED_OUT, "manager"))
    # The days a clock may start from are not all among the facts.
    recorded = unexplained & ~same_row & _differs(both, "started_on")
    yield Why.DATES, recorded
    yield Why.DEFINITION, unexplained & days & ~recorded
    other = _differs_in(both, tuple(f for f in _flags(both) if f != "escalated"))
    yield Why.SINCE, unexplained & ~days & other


def _gone_on(both: pd.DataFrame, found: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """A step that has gone on since differs for what became of the stage after it."""
    here = both.loc[(both["seen"] == "both") & _differs(both, "escalated"), keys]
    after = found.assign(stage_number=found["stage_number"] - 1)
    carried = here.merge(after, on=keys, how="inner", validate="one_to_many")
    return pd.concat([found, carried], ignore_index=True).drop_duplicates()


def _flags(both: pd.DataFrame) -> tuple[str, ...]:
    return tuple(
        str(column)
        for column in both
        if str(column) + _WAS in both and both[column].dtype in {bool, "object", "boolean"}
    )


def _differs_in(both: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    differs = pd.Series(data=False, index=both.index)
    for column in columns:
        if column + _WAS in both:
            differs |= _differs(both, column)
    return differs


def _differs(both: pd.DataFrame, column: str) -> pd.Series:
    """Where both versions have the row, whether they say otherwise; nothing twice is the same."""
    if column + _WAS not in both:
        return pd.Series(data=False, index=both.index)
    was, now = both[column + _WAS].astype("object"), both[column].astype("object")
    unlike = ~((was == now).fillna(value=False).astype(bool) | (was.isna() & now.isna()))
    differs: pd.Series = unlike & (both["seen"] == "both")
    return differs


def reasons_of(found: Mapping[Fact, pd.DataFrame], fact: Fact, cases: pd.DataFrame) -> pd.DataFrame:
    """The reasons of some cases; stocks and movements are of steps."""
    steps = {Fact.MOVEMENTS, Fact.OUTSTANDING}
    became = found[Fact.STEPS if fact in steps else fact]
    return cases.merge(became, on=keys_of(cases), how="inner", validate="one_to_many")
