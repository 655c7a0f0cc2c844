"""Outstanding facts know the bulletin before, the one after, and what the procedure asks next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from candour.clock import Calendar
from candour.declarations import read_declaration
from candour.facts import Dimensions, movements, outstanding, step_facts
from candour.frames import SCHEMAS
from candour.period import Period
from candour.procedure import Procedures
from tasks.mornings import bulletin_morning

ROOT = Path(__file__).parents[2]
CALENDAR = Calendar.read((ROOT / "data/reference/bank_holidays.csv").read_text("utf-8"))
PROCEDURES = read_declaration(
    Procedures,
    (ROOT / "councils/northmere/procedures.yaml").read_text("utf-8"),
    "procedures.yaml",
    key="procedures",
).procedures
NOBODY = Dimensions(
    members={"procedure": tuple(PROCEDURES), "stage": ("1", "2", "3")}, manager_of={}
)


def facts(*steps: dict[str, object]) -> pd.DataFrame:
    """Steps of the children's procedure with their clocks."""
    rows = pd.DataFrame([{"case_ref": "C", "procedure": "childrens", **step} for step in steps])
    frame = SCHEMAS["steps"].enforce(rows)
    return step_facts(frame, PROCEDURES, CALENDAR, NOBODY, dt.date(2024, 9, 2))


def told(steps: pd.DataFrame, *mornings: str, next_on: str | None = None) -> pd.DataFrame:
    """What is outstanding on the last of the mornings."""
    days = [dt.date.fromisoformat(day) for day in mornings]
    after = None if next_on is None else dt.date.fromisoformat(next_on)
    rows = outstanding(steps, CALENDAR, days, PROCEDURES, next_on=after)
    return rows[rows["on"] == pd.Timestamp(days[-1])]


@pytest.mark.parametrize(
    ("morning", "milestone", "on"),
    [
        # Asked for on 6 December 2023: the panel meets within 30 working days, reports within 5
        # of them, and the council answers within 15 more (regulations 19 and 20), counted on a
        # calendar with 25 and 26 December and 1 January off.
        ("2024-01-22", "Panel to meet", "2024-01-22"),
        ("2024-01-23", "Panel's findings due", "2024-01-29"),
        ("2024-01-30", "Council's answer due", "2024-02-19"),
        ("2024-03-04", "Council's answer due", "2024-02-19"),
    ],
)
def test_a_panel_has_three_milestones_one_after_another(
    morning: str, milestone: str, on: str
) -> None:
    (row,) = told(facts({"stage": 3, "received_on": "2023-12-06"}), morning).itertuples()
    assert (row.milestone, row.milestone_on) == (milestone, pd.Timestamp(on))


@pytest.mark.parametrize(
    ("agreed", "morning", "milestone", "on"),
    [
        (None, "2024-03-18", "Statement to be agreed", pd.NaT),
        # 25 working days from 22 March 2024 are over on 30 April, 65 on 27 June.
        ("2024-03-22", "2024-04-29", "Answer due", pd.Timestamp("2024-04-30")),
        ("2024-03-22", "2024-05-01", "Answer due at the latest", pd.Timestamp("2024-06-27")),
    ],
)
def test_an_investigation_waits_for_its_statement_then_for_its_days(
    agreed: str | None, morning: str, milestone: str, on: pd.Timestamp
) -> None:
    steps = facts({"stage": 2, "received_on": "2024-03-07", "statement_agreed_on": agreed})
    (row,) = told(steps, morning).itertuples()
    assert row.milestone == milestone
    assert (pd.isna(row.milestone_on) and pd.isna(on)) or row.milestone_on == on


def test_stage_one_has_no_milestone() -> None:
    (row,) = told(facts({"stage": 1, "received_on": "2024-03-07"}), "2024-03-18").itertuples()
    assert pd.isna(row.milestone)
    assert not row.at_later_stage
    assert not row.milestone_soon


def test_what_is_due_on_the_morning_of_the_next_bulletin_is_not_overdue_on_it() -> None:
    # Ten working days from 20 March 2024, over Easter, are over on 5 April.
    steps = facts({"stage": 1, "received_on": "2024-03-20"})
    (before,) = told(steps, "2024-04-02", next_on="2024-04-08").itertuples()
    (on_it,) = told(steps, "2024-03-28", next_on="2024-04-05").itertuples()
    assert before.due_before_next
    assert not on_it.due_before_next


def test_an_acknowledgement_is_late_the_day_after_its_last_day() -> None:
    # Three working days from 20 March 2024 are over on 25 March.
    steps = facts({"stage": 1, "received_on": "2024-03-20"})
    (on_it,) = told(steps, "2024-03-25").itertuples()
    (after_it,) = told(steps, "2024-03-26").itertuples()
    assert (on_it.unacknowledged, on_it.acknowledgement_overdue) == (True, False)
    assert after_it.acknowledgement_overdue


def test_only_the_bulletin_before_makes_a_case_known() -> None:
    steps = facts({"stage": 1, "received_on": "2024-03-20"})
    (seen,) = told(steps, "2024-03-25", "2024-04-02").itertuples()
    (new,) = told(steps, "2024-03-18", "2024-03-25").itertuples()
    (alone,) = told(steps, "2024-03-25").itertuples()
    assert (seen.open_before, new.open_before, alone.open_before) == (True, False, False)


def test_a_move_is_seen_by_the_first_morning_after_it_and_by_none_before_the_first() -> None:
    steps = facts(
        {"case_ref": "A", "stage": 1, "received_on": "2024-03-18", "responded_on": "2024-03-25"},
        {"case_ref": "B", "stage": 1, "received_on": "2024-04-01"},
        {"case_ref": "C", "stage": 1, "received_on": "2024-04-02"},
    )
    moves = movements(steps, [dt.date(2024, 4, 2), dt.date(2024, 3, 25)])
    seen = {(row.case_ref, row.arrived): row.seen_on for row in moves.itertuples()}
    morning = pd.Timestamp("2024-04-02")
    assert seen["A", False] == seen["B", True] == morning
    assert pd.isna(seen["A", True])
    assert pd.isna(seen["C", True])


@pytest.mark.parametrize(
    ("week", "day", "morning"),
    [
        ("2024-W15", "Monday", dt.date(2024, 4, 8)),
        ("2024-W15", "Wednesday", dt.date(2024, 4, 10)),
        # 1 April was Easter Monday, 29 March Good Friday: a Friday's bulletin comes on Thursday.
        ("2024-W14", "Monday", dt.date(2024, 4, 2)),
        ("2024-W13", "Friday", dt.date(2024, 3, 28)),
        ("2023-W52", "Monday", dt.date(2023, 12, 27)),
    ],
)
def test_a_bulletin_comes_on_its_day_or_the_working_day_beside_it(
    week: str, day: str, morning: dt.date
) -> None:
    assert bulletin_morning(CALENDAR, Period.parse(week), day) == morning
