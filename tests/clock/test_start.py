from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.clock import Calendar, Start, clock_starts, days_over, days_taken, due_on
from candour.errors import ConfigurationError

Column = Callable[[Sequence[date | None]], pd.Series]
DaysOf = Callable[[pd.Series], list[date | None]]

DAYS = st.dates(date(2018, 1, 1), date(2026, 6, 30))

# Received, limit, then the due day: day after receipt, day of receipt, rolled receipt, calendar
# days, and from an acknowledgement on working day five.
WORKED = [
    ("2022-09-09", 10, "2022-09-26", "2022-09-23", "2022-09-26", "2022-09-19", "2022-10-03"),
    ("2023-04-28", 10, "2023-05-16", "2023-05-15", "2023-05-16", "2023-05-08", "2023-05-23"),
    ("2023-12-23", 10, "2024-01-10", "2024-01-10", "2024-01-11", "2024-01-02", "2024-01-17"),
    ("2023-12-23", 20, "2024-01-24", "2024-01-24", "2024-01-25", "2024-01-12", "2024-01-31"),
    ("2024-03-31", 10, "2024-04-15", "2024-04-15", "2024-04-16", "2024-04-10", "2024-04-22"),
    ("2025-04-17", 20, "2025-05-20", "2025-05-19", "2025-05-20", "2025-05-07", "2025-05-28"),
]
CONVENTIONS = [
    (Start.DAY_AFTER_RECEIPT, 2),
    (Start.DAY_OF_RECEIPT, 3),
    (Start.ROLLED_RECEIPT, 4),
    (Start.ACKNOWLEDGEMENT, 6),
]


def _worked(place: int) -> list[date]:
    return [date.fromisoformat(str(row[place])) for row in WORKED]


@pytest.mark.parametrize(("convention", "place"), CONVENTIONS)
def test_each_convention_falls_due_as_worked_by_hand(
    convention: Start, place: int, calendar: Calendar, column: Column, days_of: DaysOf
) -> None:
    received = column(_worked(0))
    limits = pd.Series([row[1] for row in WORKED], dtype="Int64")
    nought = clock_starts(
        calendar,
        convention,
        received=received,
        acknowledged=column([None] * len(WORKED)),
        acknowledge_within=5,
    )
    assert days_of(due_on(calendar, nought, limits)) == _worked(place)


def test_limits_in_calendar_days_fall_due_as_worked_by_hand(
    calendar: Calendar, column: Column, days_of: DaysOf
) -> None:
    every_day = Calendar.of_every_day(calendar.first_day, calendar.last_day)
    limits = pd.Series([row[1] for row in WORKED], dtype="Int64")
    assert days_of(due_on(every_day, column(_worked(0)), limits)) == _worked(5)


def test_a_case_received_on_saturday_counts_the_next_working_day_as_day_one(
    calendar: Calendar, column: Column, days_of: DaysOf
) -> None:
    saturday = column([date(2024, 3, 2)])
    for convention in (Start.DAY_AFTER_RECEIPT, Start.DAY_OF_RECEIPT):
        nought = clock_starts(calendar, convention, received=saturday)
        assert days_of(due_on(calendar, nought, 1)) == [date(2024, 3, 4)]
    nought = clock_starts(calendar, Start.ROLLED_RECEIPT, received=saturday)
    assert days_of(due_on(calendar, nought, 1)) == [date(2024, 3, 5)]


def test_an_acknowledgement_starts_the_clock_when_there_is_one(
    calendar: Calendar, column: Column, days_of: DaysOf
) -> None:
    nought = clock_starts(
        calendar,
        Start.ACKNOWLEDGEMENT,
        received=column([date(2024, 3, 1)] * 2),
        acknowledged=column([date(2024, 3, 4), None]),
        acknowledge_within=pd.Series([5, 3], dtype="Int64"),
    )
    assert days_of(nought) == [date(2024, 3, 4), date(2024, 3, 6)]


def test_logging_starts_the_clock_on_the_day_of_logging(
    calendar: Calendar, column: Column, days_of: DaysOf
) -> None:
    received, logged = column([date(2024, 3, 1)]), column([date(2024, 3, 7)])
    nought = clock_starts(calendar, Start.LOGGING, received=received, logged=logged)
    assert days_of(due_on(calendar, nought, 10)) == [date(2024, 3, 21)]


def test_no_clock_runs_before_the_statement_is_agreed(
    calendar: Calendar, column: Column, days_of: DaysOf
) -> None:
    nought = clock_starts(
        calendar,
        Start.AGREED_STATEMENT,
        received=column([date(2024, 3, 1)] * 2),
        statement_agreed=column([None, date(2024, 3, 8)]),
    )
    due = due_on(calendar, nought, 25)
    assert days_of(due) == [None, date(2024, 4, 16)]  # Good Friday and Easter Monday between
    over = days_over(calendar, due, date(2024, 4, 17))
    assert over.isna().tolist() == [True, False]
    assert over[1] == 1


@pytest.mark.parametrize(
    ("convention", "sentence"),
    [
        (Start.LOGGING, "logging needs the day each step was logged"),
        (Start.AGREED_STATEMENT, "agreed_statement needs the day each statement was agreed"),
        (Start.ACKNOWLEDGEMENT, "acknowledgement needs the day each step was acknowledged"),
    ],
)
def test_a_convention_without_its_column_is_refused(
    convention: Start, sentence: str, calendar: Calendar, column: Column
) -> None:
    with pytest.raises(ConfigurationError, match=sentence):
        clock_starts(calendar, convention, received=column([date(2024, 3, 1)]))


def test_an_answer_on_saturday_is_counted_on_monday(calendar: Calendar, column: Column) -> None:
    received = column([date(2024, 3, 1)] * 3)
    sent = column([date(2024, 3, 15), date(2024, 3, 16), date(2024, 3, 18)])  # Fri, Sat, Mon
    due = due_on(calendar, received, 10)
    assert due[0] == pd.Timestamp(2024, 3, 15)
    assert days_taken(calendar, received, sent).tolist() == [10, 11, 11]
    assert days_over(calendar, due, sent).tolist() == [0, 1, 1]


def test_an_answer_on_the_day_of_receipt_takes_no_days_or_one_by_convention(
    calendar: Calendar, column: Column
) -> None:
    friday = column([date(2024, 3, 1)])
    taken = {
        convention: days_taken(
            calendar, clock_starts(calendar, convention, received=friday), friday
        ).item()
        for convention in (Start.DAY_AFTER_RECEIPT, Start.DAY_OF_RECEIPT)
    }
    assert taken == {Start.DAY_AFTER_RECEIPT: 0, Start.DAY_OF_RECEIPT: 1}


def test_an_answer_before_the_clock_starts_took_no_days(calendar: Calendar, column: Column) -> None:
    nought, sent = column([date(2024, 3, 15)]), column([date(2024, 3, 1)])
    assert days_taken(calendar, nought, sent).tolist() == [0]


def test_an_extension_that_ends_on_saturday_is_kept_by_an_answer_that_day(
    calendar: Calendar, column: Column
) -> None:
    saturday = column([date(2024, 3, 16)] * 2)
    sent = column([date(2024, 3, 16), date(2024, 3, 17)])
    assert days_over(calendar, saturday, sent).tolist() == [0, 1]


def test_an_unanswered_step_has_taken_an_unknown_number_of_days(
    calendar: Calendar, column: Column
) -> None:
    received = column([date(2024, 3, 1)])
    assert days_taken(calendar, received, column([None])).isna().all()
    assert days_over(calendar, received, column([None])).isna().all()


@given(
    convention=st.sampled_from(Start),
    limit=st.integers(1, 65),
    rows=st.lists(st.tuples(DAYS, st.integers(0, 15), st.integers(-10, 130)), min_size=1),
)
def test_days_taken_are_within_the_limit_exactly_when_the_answer_is_in_time(
    convention: Start,
    limit: int,
    rows: list[tuple[date, int, int]],
    calendar: Calendar,
    column: Column,
) -> None:
    received = column([day for day, _, _ in rows])
    event = column([day + timedelta(days=wait) for day, wait, _ in rows])
    sent = column([day + timedelta(days=gap) for day, _, gap in rows])
    nought = clock_starts(
        calendar,
        convention,
        received=received,
        acknowledged=event.mask(event.dt.day % 2 == 0),
        logged=event,
        statement_agreed=event,
        acknowledge_within=5,
    )
    due = due_on(calendar, nought, limit)
    taken, over = days_taken(calendar, nought, sent), days_over(calendar, due, sent)
    assert ((taken <= limit) == (sent <= due)).all()
    assert ((over > 0) == (sent > due)).all()
    assert (over == (taken - limit).clip(lower=0)).all()
