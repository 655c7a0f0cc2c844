"""Stockport's exports, counted without a line of the product, are what the council published."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.data.stockport import (
    DATA,
    INBOX,
    STAGES,
    YEAR,
    YEARS,
    Row,
    day,
    newest_cases,
    own_year,
    records,
    recounted,
    stages_of,
    year_of,
)

PUBLISHED = json.loads((DATA / "published" / "stockport.json").read_text(encoding="utf-8"))
CANARIES = json.loads((Path(__file__).parent / "canaries.json").read_text(encoding="utf-8"))
CONTRADICTED = {
    ("STO-06", "received all stages 2022-23"): (433, 522),
    ("STO-06", "received stage 1 2022-23"): (328, 417),
    ("STO-07", "escalation rate change"): (-10, -4),
    ("STO-19", "escalation rate corporate 2023-24"): (29, 28),
    ("STO-31", "in time childrens_corporate stage 1 2023-24 rate"): (62, 74),
    ("STO-39", "received schools stage 2 2023-24"): (13, 15),
    ("STO-39", "received schools stage 2 per cent change"): (-60, -46),
}
"""Where the report contradicts itself: as printed, and as its own tables have it."""


@pytest.fixture(scope="module")
def steps() -> list[Row]:
    return [step for row in newest_cases() for step in stages_of(row)]


@pytest.fixture(scope="module")
def recount(steps: list[Row]) -> dict[str, float | str]:
    return recounted(steps)


def disagreements(entries: list[dict], recount: dict[str, float | str]) -> dict[tuple, tuple]:
    return {
        (entry["id"], value["figure"]): (value["value"], recount[value["figure"]])
        for entry in entries
        for value in entry["values"]
        if recount[value["figure"]] != value["value"]
    }


def test_every_published_figure_is_counted_but_for_the_named_contradictions(
    recount: dict[str, float | str],
) -> None:
    assert disagreements(PUBLISHED["entries"], recount) == CONTRADICTED


def test_a_reading_with_its_reason_is_written_down_for_each_contradiction_and_no_other() -> None:
    held = {
        (entry["id"], value["figure"]): (value["value"], value["held"])
        for entry in PUBLISHED["entries"]
        for value in entry["values"]
        if value.get("because")
    }
    assert held == CONTRADICTED


@pytest.mark.parametrize("entry", [entry["id"] for entry in PUBLISHED["entries"]])
def test_the_recount_notices_when_any_published_number_is_one_more(
    entry: str, recount: dict[str, float | str]
) -> None:
    (original,) = [one for one in PUBLISHED["entries"] if one["id"] == entry]
    for value in original["values"]:
        other = value["value"] + 1 if isinstance(value["value"], int) else "something else"
        changed = original | {"values": [value | {"value": other}]}
        assert other == value.get("held") or disagreements([changed], recount)


@pytest.mark.parametrize("year", YEARS)
def test_what_was_open_and_came_in_went_out_or_is_open_still(
    year: str, recount: dict[str, float | str]
) -> None:
    for procedure in ("corporate", "adults", "childrens", "childrens_corporate"):
        for stage in range(1, STAGES[procedure] + 1):

            def of(what: str, at: str = f"{procedure} stage {stage} {year}") -> int:
                return int(recount[f"{what} {at}"])

            into = of("brought forward") + of("received")
            assert into == of("answered") + of("withdrawn") + of("carried forward")


def test_no_corporate_complaint_at_stage_one_waits_at_the_end_of_the_year(
    recount: dict[str, float | str],
) -> None:
    assert recount["carried forward corporate stage 1 2023-24"] == 0
    assert recount["carried forward corporate stage 1 2022-23"] == 5


def test_staff_conduct_leads_the_schools_complaints(steps: list[Row]) -> None:
    reasons = Counter(
        step.reason
        for step in steps
        if step.procedure == "schools" and step.stage == 1 and own_year(step, step.received) == YEAR
    )
    assert reasons.most_common(1)[0][0] == "staff conduct"


def test_charging_and_social_work_practice_are_most_of_the_adults_complaints(
    steps: list[Row],
) -> None:
    mine = [s for s in steps if s.procedure == "adults" and own_year(s, s.received) == YEAR]
    both = sum(s.reason.startswith(("charging", "social work practice")) for s in mine)
    assert both * 2 > len(mine)


def test_no_school_complaint_is_counted_in_august(steps: list[Row]) -> None:
    assert all(s.received.month != 8 for s in steps if s.procedure == "schools")


def test_few_complaints_about_council_tax_and_green_space_go_further(steps: list[Row]) -> None:
    mine = [s for s in steps if s.service in {"council_tax", "green_space"}]
    further = [s for s in mine if s.stage == 2 and own_year(s, s.received) == YEAR]
    assert len(further) <= 6


def test_the_one_panel_taken_further_is_of_the_year_before(steps: list[Row]) -> None:
    (taken,) = [step for step in steps if step.outside]
    assert (taken.procedure, year_of(taken.received)) == ("childrens", "2021-22")
    (decision,) = [r for r in records("ombudsman_20241007.csv") if r["Our Reference"] == taken.ref]
    assert day(decision["Date Received"]) == taken.outside


@pytest.mark.parametrize("canary", CANARIES["strings"])
def test_a_canary_stands_in_the_complaints(canary: str) -> None:
    assert canary in (INBOX / "complaints_full_20240902.csv").read_text(encoding="utf-8-sig")


def test_no_officer_stands_under_the_name_of_a_real_council() -> None:
    assert {row["staff_name"] for row in newest_cases()} == {""}


def test_no_extract_knows_the_day_it_was_made_or_any_later_day() -> None:
    for path in sorted(INBOX.glob("complaints_*.csv")):
        made = dt.datetime.strptime(path.stem[-8:], "%Y%m%d").date()  # noqa: DTZ007
        told = re.compile(r"(sla_start|acknowledged|letter|decision|referral|agreed)_date$")
        days = [day(c) for row in records(path.name) for h, c in row.items() if told.search(h)]
        assert max(known for known in days if known) < made


def test_addresses_and_telephones_reach_nobody() -> None:
    for path in sorted(INBOX.glob("*.csv")):
        text = path.read_text(encoding="utf-8-sig")
        assert set(re.findall(r"@[\w.]+", text)) <= {"@mail.invalid", "@canary.invalid"}


def test_the_learning_is_cleared_and_names_nobody() -> None:
    sheet = openpyxl.load_workbook(INBOX / "learning_20241007.xlsx")["Learning"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert "Owner" not in header
    assert {row[-1] for row in rows} == {"Yes"}


@pytest.fixture(scope="module")
def wrong() -> Callable[[str], list[str]]:
    """References of a file that no true case has."""
    true = re.compile(r"[A-Z]{3}00\d{4}")
    return lambda file: [
        row["reference"] or row["case_type"]
        for row in records(file)
        if not true.fullmatch(row["reference"])
    ]


def test_the_wrong_rows_stand_where_they_were_put(wrong: Callable[[str], list[str]]) -> None:
    assert sorted(wrong("complaints_full_20240902.csv")) == [
        *("COR900001", "COR900002", "COR900003", "COR900014"),
        *("Confidential: contains personal information", "Total", "reference"),
    ]
    assert len(wrong("complaints_changes_20240909.csv")) == 2
    assert wrong("complaints_changes_20240923.csv") == ["COR900012"]
    assert wrong("complaints_changes_20241007.csv") == ["COR900013"]
