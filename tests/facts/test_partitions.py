"""Bands and results: every step has exactly one, whatever happened to it."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as some

from candour.council import read_council
from candour.facts import BANDS, RESULTS, step_facts
from candour.figures import NOT_RECORDED
from candour.frames import SCHEMAS
from candour.period import Period
from tasks.compute_kpis import dimensions_of
from tests.composing.vale import CALENDAR, FOLDER, Vale

VALE = read_council("vale", FOLDER)
KNOWN_ON = dt.date(2024, 9, 2)

days = some.integers(0, 200).map(lambda n: dt.date(2023, 10, 2) + dt.timedelta(days=n))
maybe = some.none() | days
rows = some.fixed_dictionaries(
    {
        "stage": some.sampled_from([1, 2]),
        "procedure": some.just("corporate"),
        "received_on": days,
        "responded_on": maybe,
        "withdrawn_on": maybe,
        "closed_on": maybe,
        "extended_to_on": maybe,
        "outcome": some.none() | some.sampled_from(["upheld", "partially_upheld", "not_upheld"]),
        "disposition": some.none() | some.sampled_from(["refused", "withdrawn", "resolved_early"]),
    }
)


def facts_of(steps: list[dict[str, object]]) -> pd.DataFrame:
    named = [
        {"case_ref": f"C-{n}", "snapshot": "5eed", "row_number": n} | step
        for n, step in enumerate(steps)
    ]
    frame = SCHEMAS["steps"].enforce(pd.DataFrame(named))
    return step_facts(frame, VALE.procedures, CALENDAR, dimensions_of(VALE), KNOWN_ON)


@settings(max_examples=25, deadline=None)
@given(some.lists(rows, min_size=1, max_size=8))
def test_every_step_has_one_result_and_it_is_the_one_its_row_tells(
    steps: list[dict[str, object]],
) -> None:
    for step, found in zip(steps, facts_of(steps)["result"].astype(str), strict=True):
        assert found == by_hand(step)
        assert found in RESULTS


def by_hand(step: dict[str, object]) -> str:
    if step["responded_on"] is not None:
        return str(step["outcome"] or "no_outcome")
    if step["withdrawn_on"] is None and step["closed_on"] is None:
        return "open"
    return "refused" if step["disposition"] == "refused" else "withdrawn"


@settings(max_examples=25, deadline=None)
@given(some.lists(rows, min_size=1, max_size=8))
def test_every_step_has_one_band_and_it_follows_its_days(steps: list[dict[str, object]]) -> None:
    facts = facts_of(steps)
    found = facts["band"].astype(str)
    for step, fact, band in zip(steps, facts.itertuples(), found, strict=True):
        assert band in BANDS
        if step["responded_on"] is None:
            assert band == "not_answered"
        elif pd.Timestamp(step["responded_on"]) <= fact.due_on:
            assert band == "within_limit"
        elif pd.Timestamp(step["responded_on"]) <= fact.longest_due_on:
            assert band == "within_longest"
        else:
            assert band == "later"


def test_a_step_of_a_stage_nobody_limits_has_no_band() -> None:
    [band] = facts_of([{"stage": 2, "procedure": "schools", "received_on": dt.date(2024, 1, 8),
                        "responded_on": dt.date(2024, 1, 9)}])["band"]  # fmt: skip
    assert band == NOT_RECORDED


@cache
def ten() -> Vale:
    """Ten cases of one day, a result or a band each; the day after is working day one."""
    return Vale(
        {
            "steps": """
case | stage | procedure | received   | responded  | withdrawn  | outcome          | disposition
C-1  | 1     | corporate | 2024-01-08 | 2024-01-22 |            | upheld           |
C-2  | 1     | corporate | 2024-01-08 | 2024-01-23 |            | partially_upheld |
C-3  | 1     | corporate | 2024-01-08 | 2024-02-05 |            | not_upheld       |
C-4  | 1     | corporate | 2024-01-08 | 2024-02-06 |            | not_upheld       |
C-5  | 1     | corporate | 2024-01-08 | 2024-01-09 |            |                  |
C-6  | 1     | corporate | 2024-01-08 |            | 2024-01-10 |                  | withdrawn
C-7  | 1     | corporate | 2024-01-08 |            | 2024-01-10 |                  | refused
C-8  | 1     | corporate | 2024-01-08 |            |            |                  |
C-9  | 1     | corporate | 2024-01-08 |            | 2024-01-10 |                  |
C-10 | 1     | corporate | 2024-01-08 |            |            |                  | refused
"""
        }
    )


def test_bands_are_counted_as_by_hand() -> None:
    measures = ten().measures("2024-01")
    told = {b: measures.figure("received_at_stage", band=b).count for b in (*BANDS, NOT_RECORDED)}

    # Working day ten was 22 January and day twenty 5 February.
    assert told == {
        "within_limit": 2, "within_longest": 2, "later": 1, "not_answered": 5, NOT_RECORDED: 0,
    }  # fmt: skip


def test_results_are_counted_as_by_hand() -> None:
    measures = ten().measures("2024-01")
    told = {result: measures.figure("received_at_stage", result=result).count for result in RESULTS}

    # C-10 says refused and has left nothing: it is open.
    assert told == {
        "upheld": 1, "partially_upheld": 1, "not_upheld": 2, "no_outcome": 1,
        "withdrawn": 2, "refused": 1, "open": 2,
    }  # fmt: skip


def test_a_period_s_results_add_up_to_what_it_received() -> None:
    measures = ten().measures("2023-24")
    parts = [
        measures.figure("received_at_stage", result=result).count
        for result in (*RESULTS, NOT_RECORDED)
    ]

    assert sum(int(part or 0) for part in parts) == 10
    assert measures.figure("received_at_stage", Period.parse("2023-24")).count == 10
