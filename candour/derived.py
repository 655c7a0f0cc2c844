"""Derived: columns worked out from the frames so that rules about them stay data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from candour.frames import Kind, Need, Schema

Frames = Mapping[str, pd.DataFrame]

_PLANNED = ("extended_to_on", "vendor_due_on", "due_on")
_SAME = [
    *("stage", "procedure", "service", "team", "officer", "category", "complainant_type"),
    *("received_on", "responded_on", "outcome"),
]
_PARTS = ["not_for_us", "assessed_and_closed", "upheld", "not_upheld"]


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far rules see: when cases and published tables were known, and the calendar's days."""

    known_on: date
    first_day: date
    last_day: date
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """Columns worked out together: their meaning by name, and how."""

    meanings: Mapping[str, str]
    compute: Callable[[pd.DataFrame, Frames, Horizon], pd.DataFrame]


# --- of every frame -----------------------------------------------------------------------------


def _essentials_missing(
    rows: pd.DataFrame, _frames: Frames, _horizon: Horizon, *, essentials: list[str]
) -> pd.DataFrame:
    missing = rows[essentials].isna().sum(axis="columns")
    return pd.DataFrame({"essentials_missing": missing.astype("Int64")})


def _misplaced_dates(
    rows: pd.DataFrame, _frames: Frames, horizon: Horizon, *, days: list[str]
) -> pd.DataFrame:
    first, last, known = (
        pd.Timestamp(day) for day in (horizon.first_day, horizon.last_day, horizon.known_on)
    )
    outside = future = pd.Series(0, index=rows.index, dtype="Int64")
    for name in days:
        outside = outside + ((rows[name] < first) | (rows[name] > last))
        if name not in _PLANNED:
            future = future + (rows[name] > known)
    return pd.DataFrame({"dates_outside_calendar": outside, "dates_in_future": future})


def _unknown_case(rows: pd.DataFrame, frames: Frames, _horizon: Horizon) -> pd.DataFrame:
    named = rows[["case_ref"]].dropna()
    if "steps" in frames:
        cases = frames["steps"][["case_ref"]].drop_duplicates()
        found = named.merge(
            cases, on="case_ref", how="left", validate="many_to_one", indicator="found"
        )["found"]
        unknown = (found == "left_only").astype("boolean").set_axis(named.index)
    else:
        unknown = pd.Series(pd.NA, index=named.index, dtype="boolean")
    return pd.DataFrame({"case_unknown": unknown.reindex(rows.index)})


# --- of steps -----------------------------------------------------------------------------------


def _stage_before(steps: pd.DataFrame, _frames: Frames, _horizon: Horizon) -> pd.DataFrame:
    later = steps.loc[steps["stage"] > 1, ["case_ref", "stage", "procedure", "received_on"]]
    before = steps[["case_ref", "stage", "procedure", "responded_on"]].assign(
        stage=steps["stage"] + 1
    )
    both = later.reset_index(names="row").merge(
        before.drop_duplicates(["case_ref", "stage"]),
        on=["case_ref", "stage"],
        how="left",
        validate="many_to_one",
        suffixes=("", "_before"),
        indicator="found",
    )
    found = both["found"] == "both"
    same_procedure = both["procedure"].astype("string") == both["procedure_before"].astype("string")
    said = pd.DataFrame(
        {
            "earlier_stage_missing": ~found,
            "asked_before_answer": found & ~(both["responded_on"] <= both["received_on"]),
            "procedure_changed": found & ~same_procedure,
        }
    )
    return said.set_index(both["row"]).astype("boolean").reindex(steps.index)


def _open_for(steps: pd.DataFrame, _frames: Frames, horizon: Horizon) -> pd.DataFrame:
    still_open = steps["responded_on"].isna() & steps["withdrawn_on"].isna()
    days = (pd.Timestamp(horizon.known_on) - steps["received_on"]).dt.days.astype("Int64")
    return pd.DataFrame({"days_open": days.where(still_open)})


def _twins(steps: pd.DataFrame, _frames: Frames, _horizon: Horizon) -> pd.DataFrame:
    """Alike in all we know but the reference, and not alike in channel.

    Nobody's name is kept, so that two people with one trouble look like one person writing twice:
    only answered steps of a recorded service and category are compared.
    """
    telling = ["responded_on", "service", "category", "channel"]
    known = steps.loc[steps[telling].notna().all(axis="columns"), [*_SAME, "channel"]]
    twin = known.duplicated(_SAME, keep=False) & ~known.duplicated(keep=False)
    return pd.DataFrame({"channel_twin": twin.astype("boolean").reindex(steps.index)})


# --- of the Ombudsman ---------------------------------------------------------------------------


def _improvement_state(rows: pd.DataFrame, frames: Frames, _horizon: Horizon) -> pd.DataFrame:
    named = rows["decision_ref"]
    known = frames["decisions"]["decision_ref"] if "decisions" in frames else None
    unknown = pd.Series(pd.NA, index=rows.index, dtype="boolean")
    if known is not None:
        unknown = (~named.isin(known.dropna())).astype("boolean").mask(named.isna())
    return pd.DataFrame({"decision_unknown": unknown, "words_missing": rows["improvement"].isna()})


def _given_numbers(rows: pd.DataFrame, _frames: Frames, _horizon: Horizon) -> pd.DataFrame:
    numbers = rows.select_dtypes("Int64").drop(columns="row_number", errors="ignore")
    return pd.DataFrame(
        {
            "numbers_below_nought": (numbers < 0).sum(axis="columns").astype("Int64"),
            "parts_beyond_decided": rows[_PARTS].sum(axis="columns") - rows["decided"],
        }
    )


# --- of learning and of the landing -------------------------------------------------------------


def _learning_state(learning: pd.DataFrame, _frames: Frames, horizon: Horizon) -> pd.DataFrame:
    late = (pd.Timestamp(horizon.known_on) - learning["due_on"]).dt.days.astype("Int64")
    wordless = learning["you_said"].isna() | learning["we_did"].isna()
    return pd.DataFrame(
        {
            "days_overdue": late.where(learning["done_on"].isna()),
            "words_missing": learning["publishable"] & wordless,
        }
    )


def _accounts(intake: pd.DataFrame, _frames: Frames, _horizon: Horizon) -> pd.DataFrame:
    accounted = intake["loaded"] + intake["quarantined"] + intake["noise"]
    cases = intake["loaded"] + intake["quarantined"]
    before = intake["loaded_before"].where(intake["holds"] == "everything")
    return pd.DataFrame(
        {
            "rows_unaccounted": intake["rows_in_file"] - accounted,
            "quarantined_per_cent": 100 * intake["quarantined"] / cases.mask(cases == 0),
            "rows_against_previous_per_cent": 100 * intake["loaded"] / before.mask(before == 0),
        }
    )


_UNKNOWN_CASE = Derived({"case_unknown": "names a case that is not among the steps"}, _unknown_case)
_OF_FRAME: Mapping[str, tuple[Derived, ...]] = {
    "steps": (
        Derived(
            {
                "earlier_stage_missing": "a later stage whose stage before is not there",
                "asked_before_answer": "asked for while the stage before had no answer",
                "procedure_changed": "follows another procedure than the stage before",
            },
            _stage_before,
        ),
        Derived({"days_open": "days since receipt, while unanswered and not withdrawn"}, _open_for),
        Derived(
            {"channel_twin": "differs from another case only in reference and channel"}, _twins
        ),
    ),
    "contacts": (_UNKNOWN_CASE,),
    "decisions": (_UNKNOWN_CASE,),
    "learning": (
        _UNKNOWN_CASE,
        Derived(
            {
                "days_overdue": "days since it was due, while not done",
                "words_missing": "cleared for publication without both its texts",
            },
            _learning_state,
        ),
    ),
    "improvements": (
        Derived(
            {
                "decision_unknown": "follows a case that is not among the decisions",
                "words_missing": "does not say what will change",
            },
            _improvement_state,
        ),
    ),
    "statistics": (
        Derived(
            {
                "numbers_below_nought": "how many of its numbers are below nought",
                "parts_beyond_decided": "closed, upheld and not upheld beyond those decided",
            },
            _given_numbers,
        ),
    ),
    "intake": (
        Derived(
            {
                "rows_unaccounted": "rows of the file neither loaded, quarantined nor noise",
                "quarantined_per_cent": "rows quarantined of those loaded or quarantined",
                "rows_against_previous_per_cent": "rows loaded of those of the full extract before",
            },
            _accounts,
        ),
    ),
}


def derived_of(schema: Schema) -> tuple[Derived, ...]:
    """What is worked out for rules about a frame, its essentials and days first."""
    essentials = [c.name for c in schema.columns if c.need is Need.ESSENTIAL]
    days = [c.name for c in schema.columns if c.kind is Kind.DATE]
    return (
        Derived(
            {"essentials_missing": f"how many of {', '.join(essentials)} are missing"},
            partial(_essentials_missing, essentials=essentials),
        ),
        Derived(
            {
                "dates_outside_calendar": "how many dates the calendar of working days lacks",
                "dates_in_future": "how many dates of things done lie after the data were known",
            },
            partial(_misplaced_dates, days=days),
        ),
        *_OF_FRAME.get(schema.name, ()),
    )
