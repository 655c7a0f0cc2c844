"""What is known of a case on a day, from full extracts and from changes."""

import datetime as dt
import random
from dataclasses import replace
from itertools import pairwise, permutations

import hypothesis.strategies as st
import pandas as pd
from hypothesis import given, settings

from candour.exports import Holds
from candour.frames import SCHEMAS
from candour.history import Snapshot, combine

STEPS = SCHEMAS["steps"]


def extract(
    day: str,
    holds: str,
    rows: dict[str, str],
    sha: str = "a",
    held_back: frozenset[str] = frozenset(),
) -> Snapshot:
    """An extract in which each case has a category at stage one."""
    frame = pd.DataFrame({"case_ref": [*rows], "stage": 1, "category": [*rows.values()]})
    frame["snapshot"] = f"{day}{holds}{sha}"
    return Snapshot(
        "steps", STEPS.enforce(frame), Holds(holds), dt.date.fromisoformat(day), sha, held_back
    )


def told(snapshots: list[Snapshot], known_on: str = "2024-12-31") -> dict[str, str]:
    frame = combine(snapshots, dt.date.fromisoformat(known_on)).frame
    return dict(zip(frame["case_ref"], frame["category"], strict=True))


FULL = extract("2024-04-01", "everything", {"1": "delay", "2": "delay", "3": "staff"})
CHANGES = extract("2024-04-08", "changes", {"2": "staff", "4": "delay"})
LATER = extract("2024-04-15", "everything", {"1": "delay", "2": "noise", "4": "delay"})


def test_the_newest_row_of_a_case_wins_and_the_others_stay() -> None:
    assert told([FULL, CHANGES]) == {"1": "delay", "2": "staff", "3": "staff", "4": "delay"}


def test_what_came_later_than_the_day_is_not_known() -> None:
    assert told([FULL, CHANGES, LATER], "2024-04-07") == told([FULL])
    assert told([FULL, CHANGES, LATER], "2024-04-08") == told([FULL, CHANGES])


def test_nothing_is_known_before_the_first_extract() -> None:
    history = combine([FULL], dt.date(2024, 3, 31))
    assert history.frame.empty
    assert history.vanished.empty
    assert history.latest_on is None
    assert history.stale_days(dt.date(2024, 3, 31)) is None


def test_a_case_missing_from_a_full_extract_is_reported_and_kept() -> None:
    history = combine([FULL, CHANGES, LATER], dt.date(2024, 4, 30))
    assert history.frame["case_ref"].tolist() == ["1", "2", "3", "4"]
    assert history.vanished.to_dict("records") == [
        {
            "case_ref": "3",
            "stage": 1,
            "last_seen_on": pd.Timestamp("2024-04-01"),
            "missing_on": pd.Timestamp("2024-04-15"),
            "export": "",
        }
    ]


def test_a_case_missing_from_changes_has_not_vanished() -> None:
    assert combine([FULL, CHANGES], dt.date(2024, 4, 30)).vanished.empty


def test_a_case_that_comes_back_has_not_vanished() -> None:
    back = extract("2024-04-22", "changes", {"3": "staff"})
    assert combine([FULL, LATER, back], dt.date(2024, 4, 30)).vanished.empty


def test_a_case_in_the_quarantine_of_the_full_extract_has_not_vanished() -> None:
    quarantined = extract(
        "2024-04-15", "everything", {"1": "delay", "2": "x"}, held_back=frozenset({"3"})
    )
    assert combine([FULL, quarantined], dt.date(2024, 4, 30)).vanished.empty


def test_another_system_does_not_forget_the_cases_of_one_that_was_closed_down() -> None:
    closed_down = replace(
        extract("2022-04-04", "everything", {"8": "delay", "9": "delay"}), export="older_system"
    )
    went_on = extract("2024-04-08", "changes", {"9": "staff"})
    history = combine([closed_down, FULL, went_on], dt.date(2024, 4, 30))
    assert history.frame["case_ref"].tolist() == ["1", "2", "3", "8", "9"]
    assert history.frame["category"].tolist()[-2:] == ["delay", "staff"]
    assert history.vanished.empty
    assert combine([closed_down, FULL, went_on, LATER], dt.date(2024, 4, 30)).vanished[
        ["case_ref", "missing_on"]
    ].to_dict("records") == [
        {"case_ref": "3", "missing_on": pd.Timestamp("2024-04-15")},
        {"case_ref": "9", "missing_on": pd.Timestamp("2024-04-15")},
    ]


def test_each_system_is_missed_by_its_own_last_full_extract() -> None:
    before, after = (
        replace(extract(day, "everything", rows), export="older_system")
        for day, rows in (("2024-04-02", {"7": "delay", "8": "delay"}), ("2024-04-20", {"7": "x"}))
    )
    gone = combine([before, FULL, LATER, after], dt.date(2024, 4, 30)).vanished
    assert dict(zip(gone["case_ref"], gone["missing_on"].dt.day, strict=True)) == {"3": 15, "8": 20}


def test_on_one_day_changes_come_after_everything_and_then_the_hash_decides() -> None:
    full = extract("2024-04-08", "everything", {"1": "delay"}, sha="z")
    first, second = (extract("2024-04-08", "changes", {"1": c}, sha=c) for c in ("noise", "staff"))
    for order in permutations([full, first, second]):
        assert told(list(order)) == {"1": "staff"}


def test_a_list_that_has_grown_keeps_every_category() -> None:
    again = extract("2024-04-22", "everything", {"1": "noise", "2": "noise", "4": "noise"})
    frame = combine([CHANGES, LATER, again], dt.date(2024, 4, 30)).frame
    assert frame["category"].tolist() == ["noise"] * 3
    assert frame["category"].cat.categories.tolist() == ["delay", "noise", "staff"]
    assert frame["row_number"].dtype == "Int64"


def test_days_since_the_newest_extract() -> None:
    assert combine([FULL, CHANGES], dt.date(2024, 4, 30)).stale_days(dt.date(2024, 4, 30)) == 22


SNAPSHOTS = st.lists(
    st.builds(
        extract,
        day=st.dates(dt.date(2024, 4, 1), dt.date(2024, 4, 5)).map(str),
        holds=st.sampled_from(["everything", "changes"]),
        rows=st.dictionaries(st.sampled_from("12345"), st.sampled_from(["delay", "staff"])),
        sha=st.sampled_from("abc"),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda s: (s.extracted_on, s.holds, s.sha),
)


def plainly(snapshots: list[Snapshot]) -> dict[str, str]:
    """The same by hand: a dictionary written over, extract by extract."""
    known: dict[str, str] = {}
    for s in sorted(snapshots, key=lambda s: (s.extracted_on, s.holds == "changes", s.sha)):
        known |= dict(zip(s.frame["case_ref"], s.frame["category"], strict=True))
    return dict(sorted(known.items()))


@settings(max_examples=25, deadline=None)
@given(snapshots=SNAPSHOTS, order=st.randoms())
def test_history_is_a_dictionary_written_over_whatever_order_files_landed_in(
    snapshots: list[Snapshot], order: random.Random
) -> None:
    shuffled = list(snapshots)
    order.shuffle(shuffled)
    assert told(shuffled) == plainly(snapshots)
    assert told([*shuffled, *snapshots]) == plainly(snapshots)


@settings(max_examples=25, deadline=None)
@given(snapshots=SNAPSHOTS)
def test_what_was_known_is_never_forgotten(snapshots: list[Snapshot]) -> None:
    days = sorted({s.extracted_on for s in snapshots})
    known = [set(told(snapshots, str(day))) for day in days]
    assert all(before <= after for before, after in pairwise(known))
