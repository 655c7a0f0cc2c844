"""What must hold of any file: rows accounted for, and no meaning in the order of anything."""

import datetime as dt
import random

import hypothesis.strategies as st
import pandas as pd
from hypothesis import HealthCheck, given, settings

from candour.conform import Conformed, conform

from .conftest import LONG_HEADERS, Clerk, raw_table

ONCE = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

CELLS = {
    "Case Reference": st.sampled_from(["1", "2", "3", "0004", "", "N/A"]),
    "Stage": st.sampled_from(["Stage 1", "S2", "", "Three"]),
    "Complaint Type": st.sampled_from(["Corporate", "adults", "?"]),
    "Directorate": st.sampled_from(["Resources", "Children’s Services", "", "Elsewhere"]),
    "Service": st.sampled_from(["Legal Svcs", "Business Support", "", "Elsewhere"]),
    "Team": st.sampled_from(["Duty team", "", "Elsewhere"]),
    "Received": st.sampled_from(["04/03/2024", "01/01/1900", "31/02/2024", "", "01/01/2030"]),
    "Responded": st.sampled_from(["11/03/2024", "", "soon"]),
    "Outcome": st.sampled_from(["Upheld", "Rejected", "Perhaps", ""]),
    "Redress": st.sampled_from(["£50", "", "lots"]),
    "Complainant Name": st.just("Zebedee Canary"),
}
ROWS = st.lists(st.fixed_dictionaries(CELLS), max_size=12)
SOUND = st.lists(
    st.fixed_dictionaries(
        CELLS
        | {
            "Case Reference": st.sampled_from([f"{n:04d}" for n in range(40)]),
            "Stage": st.sampled_from(["Stage 1", "S2"]),
            "Complaint Type": st.just("Corporate"),
            "Received": st.sampled_from(["04/03/2024", "29/02/2024"]),
            "Responded": st.sampled_from(["11/03/2024", ""]),
        }
    ),
    unique_by=lambda row: (row["Case Reference"], row["Stage"]),
    max_size=12,
)


def read(
    clerk: Clerk, rows: list[dict[str, str]], headers: tuple[str, ...] = LONG_HEADERS
) -> Conformed:
    raw = raw_table(headers, rows)
    day = dt.date(2024, 4, 2)
    return conform(raw, clerk.export, day, clerk.taxonomy, "5ha", file="complaints.csv")


def told(conformed: Conformed) -> pd.DataFrame:
    """The frame but for the line each row stood on."""
    return conformed.frames["steps"].drop(columns="row_number")


@ONCE
@given(rows=ROWS)
def test_every_row_is_loaded_quarantined_or_noise(clerk: Clerk, rows: list[dict[str, str]]) -> None:
    conformed = read(clerk, rows)
    loaded = set(conformed.frames["steps"]["row_number"])
    held = set(conformed.quarantine["row_number"])
    noise = {row.row_number for row in conformed.noise}
    assert sorted([*loaded, *held, *noise]) == list(range(2, len(rows) + 2))
    assert conformed.accounts.loaded == len(loaded)
    assert conformed.accounts.quarantined == len(held) == len(conformed.quarantine)


@ONCE
@given(rows=ROWS)
def test_a_key_stands_once_and_what_every_row_needs_is_there(
    clerk: Clerk, rows: list[dict[str, str]]
) -> None:
    steps = read(clerk, rows).frames["steps"]
    assert not steps.duplicated(["case_ref", "stage"]).any()
    assert steps[["case_ref", "stage", "procedure", "received_on"]].notna().all(axis=None)


@ONCE
@given(rows=ROWS)
def test_nothing_personal_comes_out(clerk: Clerk, rows: list[dict[str, str]]) -> None:
    conformed = read(clerk, rows)
    said = repr(conformed) + conformed.quarantine.to_csv() + told(conformed).to_csv()
    assert "Canary" not in said


@ONCE
@given(rows=SOUND, order=st.randoms())
def test_the_order_of_rows_and_columns_makes_no_difference(
    clerk: Clerk, rows: list[dict[str, str]], order: random.Random
) -> None:
    shuffled, headers = list(rows), list(LONG_HEADERS)
    order.shuffle(shuffled)
    order.shuffle(headers)
    one, other = read(clerk, rows), read(clerk, shuffled, tuple(headers))
    pd.testing.assert_frame_equal(told(one), told(other))
    assert one.accounts == other.accounts
    assert sorted(map(str, one.unknown)) == sorted(map(str, other.unknown))


@ONCE
@given(rows=SOUND)
def test_a_file_pasted_twice_is_the_file(clerk: Clerk, rows: list[dict[str, str]]) -> None:
    pd.testing.assert_frame_equal(told(read(clerk, rows)), told(read(clerk, rows + rows)))


@ONCE
@given(rows=SOUND, cut=st.integers(min_value=0, max_value=12))
def test_two_halves_tell_what_the_whole_tells(
    clerk: Clerk, rows: list[dict[str, str]], cut: int
) -> None:
    halves = [told(read(clerk, rows[:cut])), told(read(clerk, rows[cut:]))]
    joined = pd.concat(halves).sort_values(["case_ref", "stage"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(joined, told(read(clerk, rows)))
