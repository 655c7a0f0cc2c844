"""Columns worked out for rules agree with the same thing told row by row."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as some

from candour.expected import Horizon, columns_of, frame_names, rows_to_judge
from candour.frames import SCHEMAS

HORIZON = Horizon(
    known_on=date(2024, 4, 2), first_day=date(2024, 1, 1), last_day=date(2024, 12, 31)
)

days = some.none() | some.integers(0, 500).map(lambda n: date(2023, 9, 1) + timedelta(days=n))
words = some.none() | some.sampled_from(["one", "two"])
steps = some.lists(
    some.fixed_dictionaries(
        {
            "case_ref": some.sampled_from(["A", "B", "C"]),
            "stage": some.sampled_from([1, 2, 3]),
            "procedure": some.sampled_from(["corporate", "adults"]),
            "service": words,
            "category": words,
            "channel": words,
            "received_on": days,
            "responded_on": days,
            "withdrawn_on": days,
            "extended_to_on": days,
        }
    ),
    max_size=8,
    unique_by=lambda step: (step["case_ref"], step["stage"]),
)


def worked_out(name: str, rows: list[dict[str, object]], *columns: str) -> list[dict[str, object]]:
    frames = {"steps": SCHEMAS["steps"].enforce(pd.DataFrame(rows))}
    judged = rows_to_judge(name, columns, frames, HORIZON).astype(object)
    return judged.where(judged.notna(), None).to_dict("records")


@settings(max_examples=80, deadline=None)
@given(steps)
def test_the_stage_before_is_found_as_by_hand(rows: list[dict[str, object]]) -> None:
    seen = {(row["case_ref"], row["stage"]): row for row in rows}
    columns = ("earlier_stage_missing", "asked_before_answer", "procedure_changed")
    for row, found in zip(rows, worked_out("steps", rows, *columns), strict=True):
        before = seen.get((row["case_ref"], row["stage"] - 1))
        if row["stage"] == 1:
            expected = (None, None, None)
        elif before is None:
            expected = (True, False, False)
        else:
            answered, asked = before["responded_on"], row["received_on"]
            in_order = answered is not None and asked is not None and answered <= asked
            expected = (False, not in_order, before["procedure"] != row["procedure"])
        assert tuple(found[column] for column in columns) == expected


@settings(max_examples=80, deadline=None)
@given(steps)
def test_dates_and_days_open_are_as_by_hand(rows: list[dict[str, object]]) -> None:
    columns = ("dates_outside_calendar", "dates_in_future", "days_open")
    for row, found in zip(rows, worked_out("steps", rows, *columns), strict=True):
        done = [row[name] for name in ("received_on", "responded_on", "withdrawn_on") if row[name]]
        written = [*done, *([row["extended_to_on"]] if row["extended_to_on"] else [])]
        still_open = row["responded_on"] is None and row["withdrawn_on"] is None
        received = row["received_on"]
        assert found["dates_outside_calendar"] == sum(day.year != 2024 for day in written)
        assert found["dates_in_future"] == sum(day > date(2024, 4, 2) for day in done)
        assert found["days_open"] == (
            (date(2024, 4, 2) - received).days if still_open and received else None
        )


@settings(max_examples=80, deadline=None)
@given(steps)
def test_a_channel_twin_is_another_case_alike_in_all_but_channel(
    rows: list[dict[str, object]],
) -> None:
    alike = ("stage", "procedure", "service", "category", "received_on", "responded_on")
    telling = ("service", "category", "channel", "responded_on")
    known = [row for row in rows if all(row[name] is not None for name in telling)]
    for row, found in zip(rows, worked_out("steps", rows, "channel_twin"), strict=True):
        same = [other for other in known if all(other[name] == row[name] for name in alike)]
        on_this_channel = [other for other in same if other["channel"] == row["channel"]]
        expected = len(same) > 1 and len(on_this_channel) == 1 if row in known else None
        assert found["channel_twin"] == expected


def test_only_the_columns_asked_for_are_given() -> None:
    [row] = worked_out("steps", [{"case_ref": "A", "stage": 1}], "stage", "days_open")

    assert set(row) == {"stage", "days_open"}


def test_every_column_a_rule_may_name_has_a_meaning() -> None:
    for name in frame_names():
        assert all(columns_of(name).values())
