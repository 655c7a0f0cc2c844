"""Steps: one case at one stage as it stood on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pandas as pd

from candour.facts import step_facts
from candour.frames import STEPS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.clock import Calendar
    from candour.facts import Dimensions
    from candour.procedure import Procedure

_AHEAD = frozenset({"received_on", "extended_to_on", "vendor_due_on"})
"""Days that may lie ahead of the day told of; any other day after it has not happened yet."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a row says of a case at a stage, and the days worked out from it."""

    stage: int
    procedure: str
    service: str | None
    received_on: dt.date
    logged_on: dt.date | None
    acknowledged_on: dt.date | None
    statement_agreed_on: dt.date | None
    extension_agreed_on: dt.date | None
    extended_to_on: dt.date | None
    responded_on: dt.date | None
    closed_on: dt.date | None
    withdrawn_on: dt.date | None
    reopened_on: dt.date | None
    outcome: str | None
    disposition: str | None
    redress_pence: int | None
    vendor_due_on: dt.date | None
    vendor_in_time: bool | None
    snapshot: str
    row_number: int
    acknowledge_by_on: dt.date | None
    due_on: dt.date | None
    final_due_on: dt.date | None
    left_on: dt.date | None
    in_time: bool
    vendor_disagrees: bool


_WORKED_OUT = (
    "acknowledge_by_on", "due_on", "final_due_on", "left_on", "in_time", "vendor_disagrees"
)  # fmt: skip


def steps_on(
    rows: pd.DataFrame,
    procedures: Mapping[str, Procedure],
    calendar: Calendar,
    dimensions: Dimensions,
    as_of: dt.date,
) -> Iterator[Step]:
    """The steps of a case in order, as they stood at the end of a day."""
    there = _told_by(rows.sort_values("stage").reset_index(drop=True), as_of)
    facts = step_facts(there, procedures, calendar, dimensions, as_of)
    joined = pd.concat([there, facts[[*_WORKED_OUT]]], axis="columns")
    names = [field.name for field in fields(Step)]
    for record in joined[names].astype("object").to_dict("records"):
        yield Step(**{name: _plain(value) for name, value in record.items()})  # type: ignore[arg-type]


def _told_by(rows: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """The rows without what had not happened by the end of a day."""
    day = pd.Timestamp(as_of)
    there = rows[rows["received_on"] <= day].reset_index(drop=True)
    unanswered, unagreed = there["responded_on"] > day, there["extension_agreed_on"] > day
    days = [c.name for c in STEPS.columns if c.kind is Kind.DATE and c.name not in _AHEAD]
    happened = {name: there[name].where(~(there[name] > day)) for name in days}
    answer = ("outcome", "redress_pence", "vendor_in_time")
    return there.assign(
        **happened,
        **{name: there[name].mask(unanswered) for name in answer},
        extended_to_on=there["extended_to_on"].mask(unagreed),
    )


def _plain(value: object) -> object:
    """A cell as Python has it: a day without its midnight, nothing as None."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if pd.isna(value) else value
