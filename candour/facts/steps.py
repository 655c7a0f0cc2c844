"""Step facts: a case at a stage with its due days, its flags and what it took."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from candour.clock import Calendar, clock_starts, days_over, days_taken, due_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.facts.slicing import Dimensions
    from candour.procedure import Procedure, Stage

BANDS = {
    "within_limit": "within the time limit",
    "within_longest": "past the limit, within the longest time allowed",
    "later": "later",
    "not_answered": "not answered",
}
"""How long an answer took beside what its stage allows, by id, in words."""
RESULTS = {
    "upheld": "upheld",
    "partially_upheld": "partially upheld",
    "not_upheld": "not upheld",
    "no_outcome": "answered, no outcome recorded",
    "withdrawn": "withdrawn",
    "refused": "refused",
    "open": "open",
}
"""How a case stands at a stage, by id, in words."""

_WORKED_OUT = ("acknowledge_by_on", "started_on", "due_on", "final_due_on", "longest_due_on")
CLOCKS = (
    "received_on", "acknowledged_on", "extended_to_on", "responded_on", "left_on", "reopened_on",
    "left_again_on", "acknowledge_by_on", "started_on", "due_on", "final_due_on", "longest_due_on",
    "taken_outside_on",
)  # fmt: skip


def step_facts(
    steps: pd.DataFrame,
    procedures: Mapping[str, Procedure],
    calendar: Calendar,
    dimensions: Dimensions,
    known_on: dt.date,
) -> pd.DataFrame:
    """Every step with its days, flags and measures, as known on ``known_on``.

    A step is closed when its answer is sent or it is withdrawn; failing both, when its record is
    closed. In time means on or before the due day (decisions/0003).

    Raises:
        ConfigurationError: a day lies outside the calendar.
    """
    dated = steps.reset_index(drop=True)
    dated = dated.assign(**_clocks(dated, procedures, calendar))
    dated = dated.assign(**_departures(dated))
    flags = _flags(dated, known_on)
    dated = dated.assign(band=_bands(flags), result=_results(flags))
    measures = {
        "days_taken": days_taken(calendar, dated["started_on"], dated["responded_on"]),
        "days_over": days_over(calendar, dated["due_on"], dated["responded_on"]),
        "redress_pence": dated["redress_pence"],
    }
    keep = ["case_ref", "stage_number", *CLOCKS, "vendor_due_on", "snapshot", "row_number"]
    sliced = dimensions.coded(dated.assign(stage=dated["stage"].astype("string")))
    return pd.concat(
        [
            dated.rename(columns={"stage": "stage_number"})[keep],
            sliced,
            pd.DataFrame(flags, index=dated.index).astype(bool),
            pd.DataFrame(measures, index=dated.index),
        ],
        axis="columns",
    )


def _stages(
    steps: pd.DataFrame, procedures: Mapping[str, Procedure]
) -> Iterator[tuple[Stage, pd.DataFrame]]:
    """Each declared stage with the rows that are at it."""
    for procedure_id, procedure in procedures.items():
        of_procedure = steps[steps["procedure"] == procedure_id]
        for number, stage in procedure.stages.items():
            rows = of_procedure[of_procedure["stage"] == number]
            if len(rows):
                yield stage, rows


def _clocks(
    steps: pd.DataFrame, procedures: Mapping[str, Procedure], calendar: Calendar
) -> dict[str, pd.Series]:
    """When each step's clock started, and its days to acknowledge and to answer."""
    parts = [_stage_clocks(stage, rows, calendar) for stage, rows in _stages(steps, procedures)]
    missing = pd.Series(pd.NaT, index=steps.index, dtype="datetime64[s]")
    if not parts:
        return dict.fromkeys(_WORKED_OUT, missing)
    clocks = pd.concat(parts).reindex(steps.index)
    return {name: clocks[name] for name in clocks}


def _stage_clocks(stage: Stage, rows: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    started = clock_starts(
        calendar,
        stage.clock,
        received=rows["received_on"],
        acknowledged=rows["acknowledged_on"],
        logged=rows["logged_on"].fillna(rows["received_on"]),
        statement_agreed=rows["statement_agreed_on"],
        acknowledge_within=stage.acknowledge_within,
    )
    limit = pd.Series(stage.limits[0].days, index=rows.index, dtype="Int64")
    for later in stage.limits[1:]:
        limit = limit.mask(rows["received_on"] >= pd.Timestamp(later.from_), later.days)
    due = due_on(calendar, started, limit)
    final = due
    longest = None if stage.extend_to is None else due_on(calendar, started, stage.extend_to)
    if stage.extendable:
        agreed = rows["extended_to_on"]
        if longest is not None:
            agreed = agreed.where(agreed.isna() | ~(agreed > longest), longest)
        final = due.where(~(agreed > due), agreed)
    no_day = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]")
    acknowledge_by = (
        no_day
        if stage.acknowledge_within is None
        else calendar.add_working_days(rows["received_on"], stage.acknowledge_within)
    )
    return pd.DataFrame(
        {
            "acknowledge_by_on": acknowledge_by,
            "started_on": started,
            "due_on": due,
            "final_due_on": final,
            "longest_due_on": final if longest is None else longest,
        }
    )


def _departures(steps: pd.DataFrame) -> dict[str, pd.Series]:
    """When each step left the open cases, and when it left them again after a reopening."""
    reopened, closed = steps["reopened_on"], steps["closed_on"]
    first_closed = closed.where(reopened.isna() | (closed < reopened))
    left = steps["responded_on"].fillna(steps["withdrawn_on"]).fillna(first_closed)
    came_back = reopened.where(left.notna() & (reopened >= left))
    return {
        "left_on": left,
        "reopened_on": came_back,
        "left_again_on": closed.where(closed >= came_back),
    }


def _flags(steps: pd.DataFrame, known_on: dt.date) -> dict[str, pd.Series]:
    passed = pd.Timestamp(known_on)
    responded = steps["responded_on"].notna()
    outcome = steps["outcome"].astype("object")
    withdrawn_first = ~responded & steps["left_on"].notna() & ~(steps["left_on"] > steps["due_on"])
    due = steps["due_on"].notna() & ~withdrawn_first
    unanswered = due & ~responded & steps["left_on"].isna()
    acknowledged = steps["acknowledged_on"].notna()
    left_early = ~acknowledged & ~(steps["left_on"] > steps["acknowledge_by_on"])
    left_early &= steps["left_on"].notna()
    in_time = responded & (steps["responded_on"] <= steps["due_on"])
    vendor = steps["vendor_in_time"]
    said = responded & vendor.notna() & steps["due_on"].notna()
    upheld, partially = outcome == "upheld", outcome == "partially_upheld"
    disposition = steps["disposition"].astype("object")
    return {
        "all": pd.Series(True, index=steps.index),
        "at_stage_one": steps["stage"] == 1,
        "at_stage_two": steps["stage"] == 2,  # noqa: PLR2004
        "at_stage_three": steps["stage"] == 3,  # noqa: PLR2004
        "acknowledgement_due": steps["acknowledge_by_on"].notna()
        & ~left_early
        & (acknowledged | (steps["acknowledge_by_on"] < passed)),
        "acknowledged_in_time": acknowledged
        & (steps["acknowledged_on"] <= steps["acknowledge_by_on"]),
        "responded": responded,
        "in_time": in_time,
        "within_extension": responded & (steps["responded_on"] <= steps["final_due_on"]),
        "within_longest": responded & (steps["responded_on"] <= steps["longest_due_on"]),
        "late": responded & (steps["responded_on"] > steps["due_on"]),
        "extended": steps["extended_to_on"].notna(),
        "due": due,
        "awaiting_due_day": unanswered & (steps["due_on"] >= passed),
        "awaiting_extended_day": unanswered & (steps["final_due_on"] >= passed),
        "decided": responded & outcome.notna(),
        "upheld": responded & upheld,
        "partially_upheld": responded & partially,
        "not_upheld": responded & (outcome == "not_upheld"),
        "upheld_or_partially": responded & (upheld | partially),
        "outcome_missing": responded & outcome.isna(),
        "withdrawn": ~responded & steps["left_on"].notna() & (disposition != "refused"),
        "refused": ~responded & steps["left_on"].notna() & (disposition == "refused"),
        "escalated": _goes_on(steps),
        "taken_outside": steps["taken_outside_on"].notna(),
        "with_redress": steps["redress_pence"].fillna(0) > 0,
        "vendor_says": said,
        "vendor_disagrees": said & (vendor.fillna(value=False).astype(bool) != in_time),
    }


def _bands(flags: Mapping[str, pd.Series]) -> pd.Series:
    """How long each answer took beside what its stage allows; missing where no day is due."""
    return _first_that_holds(
        {
            "within_limit": flags["in_time"],
            "within_longest": flags["within_longest"],
            "later": flags["late"],
            "not_answered": ~flags["responded"],
        }
    )


def _results(flags: Mapping[str, pd.Series]) -> pd.Series:
    """How each step stands: each has exactly one result, so that results add up to the steps."""
    return _first_that_holds(
        {
            **{name: flags[name] for name in ("upheld", "partially_upheld", "not_upheld")},
            "no_outcome": flags["responded"],
            **{name: flags[name] for name in ("withdrawn", "refused")},
            "open": flags["all"],
        }
    )


def _first_that_holds(conditions: Mapping[str, pd.Series]) -> pd.Series:
    """For each row the name of the first condition that holds; missing where none does."""
    names = pd.Series(pd.NA, index=next(iter(conditions.values())).index, dtype="string")
    for name, holds in conditions.items():
        names = names.mask(names.isna() & holds.fillna(value=False).astype(bool), name)
    return names


def _goes_on(steps: pd.DataFrame) -> pd.Series:
    """Whether the case of each step also stands at the next stage."""
    here = pd.MultiIndex.from_arrays([steps["case_ref"], steps["stage"].astype("int64")])
    following = pd.MultiIndex.from_arrays([steps["case_ref"], steps["stage"].astype("int64") + 1])
    return pd.Series(following.isin(here), index=steps.index)
