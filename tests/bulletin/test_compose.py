"""A bulletin holds one manager's open steps, grouped, with counts that agree."""

import datetime as dt
from types import ModuleType

import pandas as pd
import pytest

from candour.bulletin import Bulletin, Standing, compose
from candour.clock import Calendar
from candour.errors import ReconciliationError


def test_only_the_managers_own_steps_are_told(bulletin: Bulletin) -> None:
    assert "NM-2024-0149" not in {step.reference for step in bulletin.steps}
    assert len(bulletin.steps) == 6


def test_only_the_steps_of_its_morning_are_told(
    example: ModuleType, outstanding: pd.DataFrame, calendar: Calendar
) -> None:
    earlier = outstanding.assign(on=pd.Timestamp("2024-03-04"))
    both = pd.concat([earlier, outstanding], ignore_index=True)
    made = compose(
        both, calendar, example.OSEI, example.edition(), tally=example.tally(6, 2, 2),
        name=example.named,
    )  # fmt: skip
    assert len(made.steps) == 6


def test_groups_come_in_order_and_empty_ones_do_not(bulletin: Bulletin, nothing: Bulletin) -> None:
    assert [(standing, len(steps)) for standing, steps in bulletin.groups()] == [
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
        (dt.date(2024, 3, 5), dt.date(2024, 4, 2))
    ]


def test_a_reopened_step_is_neither_overdue_nor_due_today(
    example: ModuleType, outstanding: pd.DataFrame, calendar: Calendar
) -> None:
    back = outstanding.assign(
        overdue=outstanding["overdue"] & (outstanding["case_ref"] != "NM-2024-0107"),
        days_overdue=outstanding["days_overdue"].mask(outstanding["case_ref"] == "NM-2024-0107"),
    )
    made = compose(
        back, calendar, example.OSEI, example.edition(), tally=example.tally(6, 1, 2),
        name=example.named,
    )  # fmt: skip
    (step,) = (step for step in made.steps if step.reference == "NM-2024-0107")
    assert (step.waiting, step.standing, step.due_on, step.extended) == (
        "reopened", Standing.LATER, None, False,
    )  # fmt: skip


def test_names_are_the_councils_and_a_missing_officer_is_none(bulletin: Bulletin) -> None:
    first = bulletin.steps[0]
    assert (first.stage, first.service, first.officer) == (
        "Stage one", "Housing repairs & maintenance", "Avery Lowe",
    )  # fmt: skip
    assert bulletin.steps[3].officer is None


@pytest.mark.parametrize("wrong", [(5, 2, 2), (6, 3, 2), (6, 2, 1)])
def test_a_count_that_disagrees_with_the_steps_stops_it(
    example: ModuleType, outstanding: pd.DataFrame, calendar: Calendar, wrong: tuple[int, int, int]
) -> None:
    with pytest.raises(ReconciliationError, match="The bulletin for osei lists"):
        compose(
            outstanding, calendar, example.OSEI, example.edition(), tally=example.tally(*wrong),
            name=example.named,
        )  # fmt: skip


def test_the_frame_it_is_given_stays_as_it_was(
    example: ModuleType, outstanding: pd.DataFrame, calendar: Calendar
) -> None:
    before = outstanding.copy(deep=True)
    compose(
        outstanding, calendar, example.OSEI, example.edition(), tally=example.tally(6, 2, 2),
        name=example.named,
    )  # fmt: skip
    pd.testing.assert_frame_equal(outstanding, before)
