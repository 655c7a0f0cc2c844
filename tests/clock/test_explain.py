from datetime import date

import pytest

from candour.clock import Calendar, Start, StepDates, explain

SATURDAY = date(2023, 12, 23)
LATER = date(2024, 1, 31)


def _told(calendar: Calendar, convention: Start, dates: StepDates, as_of: date = LATER) -> str:
    return " ".join(explain(calendar, convention, 10, dates, as_of=as_of, acknowledge_within=5))


def test_a_step_answered_late_is_told_from_receipt_to_answer(calendar: Calendar) -> None:
    dates = StepDates(received=SATURDAY, responded=date(2024, 1, 12))
    assert explain(calendar, Start.DAY_AFTER_RECEIPT, 10, dates, as_of=LATER) == [
        "Received Saturday 23 December 2023.",
        "Day one is Wednesday 27 December 2023.",
        "Day ten, the last day, is Wednesday 10 January 2024.",
        "Not counted, besides weekends: Monday 25 December 2023 (Christmas Day), "
        "Tuesday 26 December 2023 (Boxing Day), Monday 1 January 2024 (New Year's Day).",
        "Answered Friday 12 January 2024, day twelve: two working days late.",
    ]


@pytest.mark.parametrize(
    ("responded", "ending"),
    [
        (date(2024, 1, 10), "Answered Wednesday 10 January 2024, day ten: in time."),
        (date(2024, 1, 11), "day eleven: one working day late."),
        (date(2024, 1, 31), "day 25: fifteen working days late."),
    ],
)
def test_an_answer_is_told_with_its_day_and_whether_it_was_in_time(
    responded: date, ending: str, calendar: Calendar
) -> None:
    dates = StepDates(received=SATURDAY, responded=responded)
    assert _told(calendar, Start.DAY_AFTER_RECEIPT, dates).endswith(ending)


@pytest.mark.parametrize(
    ("as_of", "ending"),
    [
        (date(2024, 1, 5), "Not answered by Friday 5 January 2024: three working days left."),
        (date(2024, 1, 10), "Not answered by Wednesday 10 January 2024: no working days left."),
        (date(2024, 1, 11), "Not answered by Thursday 11 January 2024: one working day late."),
    ],
)
def test_an_open_step_is_told_as_it_stands_on_the_day(
    as_of: date, ending: str, calendar: Calendar
) -> None:
    dates = StepDates(received=SATURDAY)
    assert _told(calendar, Start.DAY_AFTER_RECEIPT, dates, as_of).endswith(ending)


def test_the_event_that_starts_the_clock_is_told(calendar: Calendar) -> None:
    acknowledged = StepDates(received=SATURDAY, acknowledged=date(2023, 12, 28))
    logged = StepDates(received=SATURDAY, logged=date(2023, 12, 29))
    agreed = StepDates(received=SATURDAY, statement_agreed=date(2024, 1, 2))
    told = _told(calendar, Start.ACKNOWLEDGEMENT, acknowledged)
    assert "Acknowledged Thursday 28 December 2023. Day one is Friday 29" in told
    told = _told(calendar, Start.LOGGING, logged)
    assert "Logged Friday 29 December 2023. Day one is Tuesday 2 January 2024." in told
    told = _told(calendar, Start.AGREED_STATEMENT, agreed)
    assert "agreed Tuesday 2 January 2024. Day one is Wednesday 3 January 2024." in told


def test_a_step_never_acknowledged_is_counted_from_the_last_day_allowed(
    calendar: Calendar,
) -> None:
    told = _told(calendar, Start.ACKNOWLEDGEMENT, StepDates(received=SATURDAY))
    assert "Not acknowledged: the clock starts on the last day allowed" in told
    assert "Day one is Thursday 4 January 2024." in told
    assert "Day ten, the last day, is Wednesday 17 January 2024." in told


def test_no_clock_is_told_before_the_statement_is_agreed(calendar: Calendar) -> None:
    told = _told(calendar, Start.AGREED_STATEMENT, StepDates(received=SATURDAY))
    assert told == (
        "Received Saturday 23 December 2023. Statement of complaint agreed: not yet. "
        "No clock runs yet."
    )
