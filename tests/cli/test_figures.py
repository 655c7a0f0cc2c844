"""A figure is answered with its definition, and its cases are those the exports name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from candour.counts import CLOCK_DAYS
from candour.kpi import CONTEXT, Fact, Statistic
from candour.period import Period
from tasks import declared
from tasks.cli.measuring.cases import cases_behind
from tasks.cli.measuring.measured import CLOCKS, STATISTICS
from tasks.compute_kpis import compute_kpis
from tasks.desk import Desk
from tasks.settings import settings

from .conftest import Dunmere, Typist, day_of

Rows = list[dict[str, str]]


def _in_march(row: dict[str, str], column: str) -> bool:
    day = day_of(row[column])
    return isinstance(day, dt.date) and (day.year, day.month) == (2024, 3)


def _references(rows: Rows) -> list[str]:
    return sorted(f"{row['Ref']} stage {row['stage']}" for row in rows)


def test_complaints_received_are_the_stage_one_rows_of_the_exports(
    northmere: Typist, exported: Rows
) -> None:
    expected = [row for row in exported if row["stage"] == "1" and _in_march(row, "Received")]
    told = northmere("figures", "northmere", "complaints_received", "2024-03", "--cases", "--json")
    figure = told.json["figures"][0]
    assert (figure["count"], figure["base"]) == (len(expected), None)
    assert told.json["cases"] == {"counted": _references(expected), "base": []}


def test_a_share_names_those_counted_and_those_it_is_of(northmere: Typist, exported: Rows) -> None:
    sent = [row for row in exported if _in_march(row, "Response Sent")]
    decided = [row for row in sent if row["Decision"].casefold() in _FINDINGS]
    upheld = [row for row in decided if row["Decision"].casefold() in {"upheld", "justified"}]
    told = northmere("figures", "northmere", "upheld", "2024-03", "--cases", "--json").json
    assert told["cases"] == {"counted": _references(upheld), "base": _references(decided)}
    assert told["figures"][0]["count"] == len(upheld)
    assert told["figures"][0]["base"] == len(decided)


_FINDINGS = {
    "upheld", "justified", "partly upheld", "partially upheld", "not upheld", "not justified"
}  # fmt: skip


def test_where_narrows_and_by_breaks_down(northmere: Typist, exported: Rows) -> None:
    sent = [row for row in exported if _in_march(row, "Response Sent") and row["stage"] == "2"]
    told = northmere(
        "figures", "northmere", "responses_sent", "2024-03", "--where", "stage=2", "--by",
        "procedure", "--json",
    ).json  # fmt: skip
    whole, *parts = told["figures"]
    assert whole["slice"] == {"stage": "2"}
    assert whole["count"] == len(sent)
    by_label: dict[str, int] = {}
    for row in sent:
        by_label[_PROCEDURES[row["Procedure"]]] = by_label.get(_PROCEDURES[row["Procedure"]], 0) + 1
    assert {p["slice"]["procedure"]: p["count"] for p in parts if p["count"]} == by_label


_PROCEDURES = {
    "Corporate": "corporate", "Corporate complaint": "corporate", "CORP": "corporate",
    "Adult social care": "adults", "ASC Statutory": "adults",
    "Children's statutory": "childrens", "Childrens Statutory": "childrens",
    "Housing landlord": "housing", "Landlord": "housing",
}  # fmt: skip


def test_without_a_period_it_is_the_last_month_the_exports_tell_of_to_its_end(
    northmere: Typist,
) -> None:
    told = northmere("figures", "northmere", "complaints_received", "--json").json
    assert (told["period_key"], told["known_on"]) == ("2024-04", "2024-05-27")


def test_a_person_reads_the_question_the_figure_and_what_it_counts(northmere: Typist) -> None:
    answer = northmere("figures", "northmere", "responded_in_time", "2024-03", "--where", "stage=1")
    assert answer.lines[:2] == [
        "Responded to in time",
        "Of the responses we sent, how many went by the first due day?",
    ]
    assert "Counted:        the response was sent on or before the first due day" in answer.lines
    assert "Of:             the full response was sent" in answer.lines
    assert "By:             the day the response was sent" in answer.lines
    assert any(line.startswith("Owner:          Complaints team") for line in answer.lines)
    assert "Known from the extracts up to 27 May 2024." in answer.lines


@pytest.fixture
def small(dunmere: Dunmere) -> Callable[..., list[str]]:
    """The lines of a figure on three complaints of March 2024, one of the day after, one of May."""
    dunmere.export([
        {"Ref": "A", "Received": "2024-03-01", "Answered": "2024-03-15", "Outcome": "Upheld"},
        {"Ref": "B", "Received": "2024-03-04", "Answered": "2024-03-19", "Service": "Roads"},
        {"Ref": "C", "Received": "2024-03-20", "Answered": "2024-03-28", "Outcome": "Not upheld"},
        {"Ref": "D", "Received": "2024-05-24"},
        {"Ref": "E", "Received": "2024-04-01", "Answered": "2024-04-02"},
    ])  # fmt: skip
    dunmere.take_in()
    return lambda *words: dunmere.candour("figures", "dunmere", *words).lines


def test_a_share_of_a_handful_is_right_by_hand(small: Callable[..., list[str]]) -> None:
    # A's tenth day is 15 March: in time. B's is 18 March: late. C took six days.
    lines = small("responded_in_time", "2024-03", "--cases")
    assert lines[4].split() == ["All", "67%", "2", "3"]
    assert lines[lines.index("Counted (2):") + 1 :][:2] == ["A stage 1", "C stage 1"]
    assert lines[lines.index("Of (3):") + 1 :] == ["A stage 1", "B stage 1", "C stage 1"]


def test_the_day_after_a_period_is_not_in_it(small: Callable[..., list[str]]) -> None:
    lines = small("complaints_received", "2024-03", "--cases")
    assert lines[lines.index("Counted (3):") + 1 :] == ["A stage 1", "B stage 1", "C stage 1"]


def test_a_median_says_what_it_is_the_median_of(small: Callable[..., list[str]]) -> None:
    lines = small("days_taken_median", "2024-03")
    assert lines[4].split() == ["All", "10.0", "3"]
    assert (
        "Counted:        the median of the working days from the start of the clock to the response"
        in lines
    )


def test_a_period_before_the_exports_begin_is_not_recorded(
    small: Callable[..., list[str]],
) -> None:
    lines = small("complaints_received", "2022-03", "--cases")
    assert lines[4].split() == ["All", "[x]"]
    assert "[x] not recorded." in lines
    assert "Counted (0):" in lines


def test_what_may_still_change_is_provisional(small: Callable[..., list[str]]) -> None:
    # D is due on 10 June, after the extract of 3 June.
    lines = small("responded_in_time_of_due", "2024-06")
    assert "Provisional: 1 of 1 may still go either way." in lines


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("complaint_received",), "'complaint_received' is not known; did you mean 'complaints_r"),
        (("upheld", "March"), "'March' is not a period"),
        (("upheld", "--by", "colour"), "upheld by 'colour' is not known."),
        (("upheld", "--where", "stage"), "--where stage: write a breakdown and one of its values"),
        (("upheld", "--where", "stage=9"), "--where stage=9: '9' is not known."),
        (("days_taken_mean", "--where", "service=bin"), "'bin' is not known; did you mean 'bins'?"),
        (
            ("upheld", "--by", "service", "--where", "category=delay"),
            "by procedure, stage and one more breakdown at a time, not by category and service.",
        ),
        (("upheld", "2024-W10"), "is not made of whole months"),
    ],
)
def test_a_question_that_cannot_be_is_answered_with_what_can(
    dunmere: Dunmere, words: tuple[str, ...], sentence: str
) -> None:
    dunmere.export([{"Ref": "A", "Received": "2024-03-01"}])
    dunmere.take_in()
    answer = dunmere.candour("figures", "dunmere", *words)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err


@pytest.mark.parametrize("period", ["2024-03", "2023-24"])
def test_every_kpi_can_name_its_cases(northmere: Typist, period: str) -> None:
    here = settings({"CANDOUR_HOME": str(northmere.home)})
    desk = Desk(here, compute_kpis(here, "northmere", "figures", Period.parse(period)))
    for kpi_id, kpi in desk.kpis.by_id.items():
        slices = [{}, *([{"stage": "1"}] if "stage" in kpi.breakdowns else [])]
        for about in slices:
            figure = desk.measures.figure(kpi_id, **about)
            cases = cases_behind(figure, kpi, desk.facts, desk.vantage)
            given = kpi.of is Fact.STATISTICS or str(kpi.out_of).startswith(CONTEXT)
            assert len(cases.base) == (0 if given else figure.base or 0) or kpi.count is None
            if given and kpi.of is not Fact.STATISTICS and figure.printable:
                assert len(cases.counted) == figure.count
            assert set(cases.counted) <= set(cases.base) or kpi.ratio or not cases.base


def test_everything_a_kpi_may_name_has_words() -> None:
    assert set(CLOCKS) == {*CLOCK_DAYS, "year"}
    assert {kpi.clock for kpi in declared.kpis(settings({})).by_id.values()} <= set(CLOCKS)
    assert set(STATISTICS) == set(Statistic)
