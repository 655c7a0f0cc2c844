"""A case is told as the worked dates of the working-day conventions say, stage by stage."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from .conftest import Dunmere, Typist

# Received, and the tenth working day under four conventions: the day after receipt is one; receipt
# or the next working day is one; receipt rolls to a working day, the day after is one; and from an
# acknowledgement on the fifth day. Worked by hand with a calendar of England's bank holidays.
WORKED = [
    ("2022-09-09", "26 September 2022", "23 September 2022", "26 September 2022", "3 October 2022"),
    ("2023-04-28", "16 May 2023", "15 May 2023", "16 May 2023", "23 May 2023"),
    ("2023-12-23", "10 January 2024", "10 January 2024", "11 January 2024", "17 January 2024"),
    ("2024-03-31", "15 April 2024", "15 April 2024", "16 April 2024", "22 April 2024"),
]
CONVENTIONS = ("receipt", "receipt_day", "rolled", "acknowledged")


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Dunmere:
    council = Dunmere(tmp_path_factory.mktemp("worked"))
    council.declare()
    rows = [
        {"Ref": f"{received}-{convention}", "Type": convention, "Received": received}
        for received, *_ in WORKED
        for convention in CONVENTIONS
    ]
    saturday = {"Received": "2023-12-23"}
    rows += [
        {"Ref": "LATE", **saturday, "Answered": "2024-01-12", "Outcome": "Partly upheld",
         "Redress": "250", "Closed": "2024-01-15", "Due": "2024-01-12", "Met": "Y"},
        {"Ref": "SENT", **saturday, "Acknowledged": "2024-01-03", "Answered": "2024-01-10"},
        {"Ref": "EXTENDED", **saturday, "Acknowledged": "2023-12-28", "Told On": "2024-01-09",
         "Extended To": "2024-01-19", "Answered": "2024-01-17", "Outcome": "Upheld"},
        {"Ref": "TOO LONG", **saturday, "Extended To": "2024-03-28"},
        {"Ref": "FIXED", "Type": "rolled", **saturday, "Extended To": "2024-03-28"},
        {"Ref": "WITHDRAWN", **saturday, "Withdrawn": "2024-01-05"},
        {"Ref": "AGAIN", **saturday, "Answered": "2024-01-10", "Reopened": "2024-02-01",
         "Closed": "2024-02-09"},
        {"Ref": "ON", **saturday, "Answered": "2024-01-10", "Outcome": "Not upheld"},
        {"Ref": "ON", "Stage": "2", "Received": "2024-05-20"},
    ]  # fmt: skip
    council.export(rows)
    council.take_in()
    return council


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("worked_dates", WORKED, ids=lambda row: row[0])
def test_the_tenth_day_is_the_one_worked_by_hand(
    worked: Dunmere, worked_dates: tuple[str, ...], convention: str
) -> None:
    received, *due = worked_dates
    expected = due[CONVENTIONS.index(convention)]
    answer = worked.candour("explain", "dunmere", f"{received}-{convention}")
    assert answer.code == 0, answer.err
    assert [line for line in answer.lines if line.startswith("Day ten")] == [
        f"Day ten, the last day, is {_with_weekday(expected)}."
    ]


def _with_weekday(day: str) -> str:
    return f"{dt.datetime.strptime(day, '%d %B %Y'):%A} {day}"  # noqa: DTZ007


def test_a_case_received_on_the_saturday_before_christmas_counts_wednesday_as_day_one(
    worked: Dunmere,
) -> None:
    answer = worked.candour("explain", "dunmere", "LATE")
    assert answer.lines == [
        "LATE: Counted from receipt, Bins. As it stood on 3 June 2024.",
        "",
        "Stage one",
        "Received Saturday 23 December 2023.",
        "Day one is Wednesday 27 December 2023.",
        "Day ten, the last day, is Wednesday 10 January 2024.",
        "Not counted, besides weekends: Monday 25 December 2023 (Christmas Day), Tuesday "
        "26 December 2023 (Boxing Day), Monday 1 January 2024 (New Year's Day).",
        "Answered Friday 12 January 2024, day twelve: two working days late.",
        "The acknowledgement was due by Wednesday 3 January 2024: not sent.",
        "Outcome: partially upheld.",
        "Redress: £250.00.",
        "The record was closed Monday 15 January 2024.",
        "The complaints system itself says in time, against Friday 12 January 2024; by these days "
        "it is not.",
        "Read from complaints_20240603.csv, row 18.",
    ]


def test_an_answer_on_the_last_day_is_in_time_and_so_is_an_acknowledgement(
    worked: Dunmere,
) -> None:
    lines = worked.candour("explain", "dunmere", "SENT").lines
    assert "Answered Wednesday 10 January 2024, day ten: in time." in lines
    assert (
        "The acknowledgement was due by Wednesday 3 January 2024: sent Wednesday 3 January 2024, "
        "in time." in lines
    )
    assert "No outcome is recorded." in lines


def test_an_answer_within_its_extension_is_still_late_by_the_first_day(worked: Dunmere) -> None:
    lines = worked.candour("explain", "dunmere", "EXTENDED").lines
    assert "Answered Wednesday 17 January 2024, day fifteen: five working days late." in lines
    assert "Extended to Friday 19 January 2024, told on Tuesday 9 January 2024." in lines
    assert "Answered within the extension." in lines


def test_an_extension_counts_no_further_than_the_procedure_allows(worked: Dunmere) -> None:
    lines = worked.candour("explain", "dunmere", "TOO LONG").lines
    assert "Extended to Thursday 28 March 2024." in lines
    assert "The procedure allows no longer than Wednesday 24 January 2024, which counts." in lines
    assert "That day has passed too." in lines


def test_where_a_stage_cannot_be_extended_an_extension_does_not_count(worked: Dunmere) -> None:
    lines = worked.candour("explain", "dunmere", "FIXED").lines
    assert "This stage cannot be extended, so that day does not count." in lines


def test_a_case_withdrawn_before_its_last_day_is_never_late(worked: Dunmere) -> None:
    lines = worked.candour("explain", "dunmere", "WITHDRAWN").lines
    assert "Not answered by Friday 5 January 2024: three working days left." in lines
    assert "Withdrawn Friday 5 January 2024." in lines
    assert not any("late" in line for line in lines)


def test_a_case_opened_again_says_when_and_until_when(worked: Dunmere) -> None:
    lines = worked.candour("explain", "dunmere", "AGAIN").lines
    assert "Opened again Thursday 1 February 2024." in lines
    assert "The record was closed Friday 9 February 2024." in lines


def test_each_stage_is_told_with_the_row_it_was_read_from(worked: Dunmere) -> None:
    story = worked.candour("explain", "dunmere", "ON", "--json").json
    assert [(stage["name"], stage["due_on"], stage["row"]) for stage in story["stages"]] == [
        ("Stage one", "2024-01-10", 25),
        ("Stage two", "2024-06-18", 26),
    ]
    lines = (worked.inbox / "complaints_20240603.csv").read_text("utf-8").splitlines()
    assert all(lines[stage["row"] - 1].startswith("ON,") for stage in story["stages"])


def test_as_of_an_earlier_day_the_case_stands_as_it_stood(worked: Dunmere) -> None:
    lines = worked.candour("explain", "dunmere", "LATE", "--as-of", "2024-01-09").lines
    assert lines[0].endswith("As it stood on 9 January 2024.")
    assert "Not answered by Tuesday 9 January 2024: one working day left." in lines
    assert not any("Outcome" in line or "Redress" in line or "closed" in line for line in lines)


def test_a_stage_asked_for_later_is_not_told_of_an_earlier_day(worked: Dunmere) -> None:
    story = worked.candour("explain", "dunmere", "ON", "--as-of", "2024-05-01", "--json").json
    assert [stage["stage"] for stage in story["stages"]] == [1]


def test_a_day_before_the_case_came_is_refused(worked: Dunmere) -> None:
    answer = worked.candour("explain", "dunmere", "ON", "--as-of", "2023-12-22")
    assert (answer.code, answer.err.strip()) == (
        2,
        "ON had not been received by 22 December 2023; ask for a later day.",
    )


def test_capitals_and_blanks_of_a_reference_make_no_difference(worked: Dunmere) -> None:
    assert worked.candour("explain", "dunmere", " too  long ").code == 0


def test_an_unknown_case_is_answered_with_how_references_look(worked: Dunmere) -> None:
    answer = worked.candour("explain", "dunmere", "NOPE")
    assert answer.code == 2
    assert answer.err.startswith("There is no case 'NOPE' in what was taken in.")
    assert answer.out == ""


def test_nobody_is_named(worked: Dunmere) -> None:
    for reference in ("LATE", "EXTENDED", "ON"):
        answer = worked.candour("explain", "dunmere", reference, "--json")
        assert "canary" not in (answer.out + answer.err).casefold()


def test_before_anything_was_taken_in_it_says_so(tmp_path: Path) -> None:
    council = Dunmere(tmp_path)
    council.declare()
    answer = council.candour("explain", "dunmere", "LATE")
    assert answer.code == 1
    assert "Nothing good has been taken in for 'dunmere' yet." in answer.err


def test_the_day_told_is_the_day_the_figures_count_with(
    northmere: Typist, exported: list[dict[str, str]]
) -> None:
    for row in exported[:4000:800]:
        story = northmere("explain", "northmere", row["Ref"], "--json").json
        for stage in story["stages"]:
            last = [s for s in stage["sentences"] if ", the last day, is " in s]
            due = stage["due_on"] and dt.date.fromisoformat(stage["due_on"])
            assert [s.partition(" is ")[2] for s in last] == (
                [f"{due:%A} {due.day} {due:%B %Y}."] if due else []
            )
