"""A bulletin holds one manager's open steps, grouped, with counts that agree."""

import datetime as dt
from dataclasses import replace
from types import ModuleType

import pandas as pd
import pytest

from candour.bulletin import Bulletin, Morning, Standing, compose, morning_of
from candour.bulletin.checks import check
from candour.clock import Calendar
from candour.errors import ReconciliationError


def test_only_the_managers_own_steps_are_told(bulletin: Bulletin) -> None:
    assert "NM-2024-0149" not in {step.reference for step in bulletin.steps}
    assert len(bulletin.steps) == 6


def test_only_the_steps_and_moves_of_its_morning_are_told(
    example: ModuleType, outstanding: pd.DataFrame, movements: pd.DataFrame, calendar: Calendar
) -> None:
    earlier = outstanding.assign(on=pd.Timestamp("2024-03-04"))
    both = pd.concat([earlier, outstanding], ignore_index=True)
    before = movements.assign(seen_on=pd.NaT).astype({"seen_on": "datetime64[s]"})
    moved = pd.concat([before, movements], ignore_index=True)
    morning = morning_of(both, moved, calendar, example.edition(), example.named)
    made = compose(morning, example.OSEI, example.Counted(), example.named)
    assert (len(made.steps), len(made.moves)) == (6, 3)


def test_groups_come_in_order_and_empty_ones_do_not(bulletin: Bulletin, nothing: Bulletin) -> None:
    assert [(title, len(steps)) for _, title, steps in bulletin.groups()] == [
        (Standing.OVERDUE, 2),
        (Standing.DUE_SOON, 2),
        (Standing.LATER, 2),
    ]
    assert list(nothing.groups()) == []


def test_the_longest_overdue_and_the_soonest_due_come_first(bulletin: Bulletin) -> None:
    assert [step.reference[-4:] for step in bulletin.steps] == [
        "0107", "0131", "0140", "0144", "0151", "0152",
    ]  # fmt: skip


def test_how_each_stands_is_said_in_working_days(bulletin: Bulletin) -> None:
    """Counted on a calendar by hand: 8 April 2024 is a Monday, the 12th a Friday."""
    assert {step.reference[-4:]: step.waiting for step in bulletin.steps} == {
        "0107": "4 working days overdue",
        "0131": "one working day overdue",
        "0140": "due today",
        "0144": "4 working days left",
        "0151": "13 working days left",
        "0152": "clock not started",
    }


def test_an_extension_is_told_with_the_day_before_it(bulletin: Bulletin) -> None:
    extended = [step for step in bulletin.steps if step.extended]
    assert [(step.first_due_on, step.due_on) for step in extended] == [
        (dt.date(2024, 3, 5), dt.date(2024, 4, 2)),
        (dt.date(2024, 4, 4), dt.date(2024, 4, 8)),
    ]


def test_a_reopened_step_is_neither_overdue_nor_due_today(
    example: ModuleType, outstanding: pd.DataFrame, movements: pd.DataFrame, calendar: Calendar
) -> None:
    back = outstanding.assign(
        overdue=outstanding["overdue"] & (outstanding["case_ref"] != "NM-2024-0107"),
        days_overdue=outstanding["days_overdue"].mask(outstanding["case_ref"] == "NM-2024-0107"),
    )
    morning = morning_of(back, movements, calendar, example.edition(), example.named)
    (step,) = (step for step in morning.steps if step.reference == "NM-2024-0107")
    assert (step.waiting, step.standing, step.due_on, step.extended) == (
        "reopened", Standing.LATER, None, False,
    )  # fmt: skip


def test_what_else_needs_doing_is_told_of_each(bulletin: Bulletin) -> None:
    assert {step.reference[-4:]: step.remarks for step in bulletin.steps if step.remarks} == {
        "0140": ("Its extension is about to end",),
        "0151": ("Not acknowledged: the acknowledgement was due by 5 April 2024",),
        "0152": (
            "Not acknowledged: the acknowledgement is due by 10 April 2024",
            "Statement to be agreed",
        ),
    }


def test_a_milestone_is_told_where_it_is_not_the_due_day(bulletin: Bulletin) -> None:
    answer = next(step for step in bulletin.steps if step.reference.endswith("0144"))
    panel = replace(answer, milestone="Panel to meet", milestone_on=dt.date(2024, 4, 19))
    assert answer.next_step == ""
    assert panel.next_step == "Panel to meet by 19 April 2024"


def test_names_are_the_councils_and_a_missing_officer_is_none(bulletin: Bulletin) -> None:
    first = bulletin.steps[0]
    assert (first.stage, first.service, first.officer) == (
        "Stage one", "Housing repairs & maintenance", "Avery Lowe",
    )  # fmt: skip
    assert bulletin.steps[3].officer is None


@pytest.mark.parametrize(
    "kpi",
    [
        "open_steps", "overdue_steps", "due_next_five_days", "due_before_next", "unacknowledged",
        "acknowledgement_overdue", "extension_lapses_soon", "open_at_later_stages",
        "milestones_soon", "arrived_since_last", "reopened_since_last", "closed_since_last",
        "withdrawn_since_last", "still_open",
    ],
)  # fmt: skip
def test_a_count_that_disagrees_with_the_list_stops_it(
    example: ModuleType, morning: Morning, kpi: str
) -> None:
    wrong = example.Counted(**{kpi: example.TALLY[kpi] + 1})
    with pytest.raises(ReconciliationError, match=f"The bulletin for osei lists .* '{kpi}"):
        compose(morning, example.OSEI, wrong, example.named)


def test_two_weeks_that_do_not_add_up_stop_it(example: ModuleType, morning: Morning) -> None:
    with pytest.raises(ReconciliationError, match="4 open at the bulletin before, 2 new and 0"):
        compose(morning, example.OSEI, example.Counted(brought_forward=4), example.named)


@pytest.mark.parametrize(("before", "what"), [(4, "Reopened"), (6, "Withdrawn or refused")])
def test_what_came_back_and_what_was_withdrawn_are_part_of_the_week(
    example: ModuleType, bulletin: Bulletin, before: int, what: str
) -> None:
    moves = (*bulletin.moves, replace(bulletin.moves[0], what=what))
    kpi = {"Reopened": "reopened_since_last"}.get(what, "withdrawn_since_last")
    ask = example.Counted(brought_forward=before, **{kpi: 1})
    told = {"reopened": "reopened_since_last", "withdrawn": "withdrawn_since_last"}
    flow = replace(
        bulletin.flow,
        before=ask("brought_forward", manager="osei"),
        **{name: ask(id_, manager="osei") for name, id_ in told.items()},
    )
    check(replace(bulletin, flow=flow, moves=moves))


def test_parts_that_do_not_make_the_whole_stop_it(
    example: ModuleType, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(example.PARTS, "blake", (2, 0, 0, 0, 15))
    with pytest.raises(ReconciliationError, match="'Who holds what' add up to 1 where 'overdue"):
        compose(morning, example.OSEI, example.Counted(), example.named)


def test_every_part_with_anything_open_is_told_and_no_other(bulletin: Bulletin) -> None:
    told = {parts.title: [part.label for part in parts.rows] for parts in bulletin.parts}
    assert told == {
        "By service": ["Housing repairs & maintenance", "Waste and recycling"],
        "Who holds what": ["Avery Lowe", "Blake <b>Stone</b>", "Not recorded"],
    }


def test_a_deputy_reads_what_the_manager_reads_under_the_managers_name(
    example: ModuleType, morning: Morning, bulletin: Bulletin
) -> None:
    deputy = replace(example.OSEI, id="quinn")
    made = compose(morning, deputy, example.Counted(), example.named)
    assert (made.steps, made.own, made.whose) == (
        bulletin.steps, False, "the services of Sam Osei",
    )  # fmt: skip


def test_the_frames_it_is_given_stay_as_they_were(
    example: ModuleType, outstanding: pd.DataFrame, movements: pd.DataFrame, calendar: Calendar
) -> None:
    before = outstanding.copy(deep=True)
    morning_of(outstanding, movements, calendar, example.edition(), example.named)
    pd.testing.assert_frame_equal(outstanding, before)
