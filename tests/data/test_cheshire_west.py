"""Cheshire West's workbooks, counted without a line of the product, are what it published."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tasks.extract import extract
from tasks.settings import settings
from tasks.state import State
from tasks.validate import validate
from tests.data.cheshire_west import (
    PUBLISHED,
    YEARS,
    Answered,
    Found,
    answered,
    everything,
    labelled,
)
from tests.data.cheshire_west_sheets import header_row, records, rows_of, year_of

CANARIES = json.loads((Path(__file__).parent / "canaries.json").read_text(encoding="utf-8"))
FILES = ("complaints", "compliments", "learning", "ombudsman", "representations")
CONTRADICTED = {("CWC-13", "in time 2022-23 rate"): (28, 29)}
"""Where the report contradicts itself: as printed, and as its own tables have it."""


@pytest.fixture(scope="module")
def complaints() -> list[Answered]:
    return answered()


@pytest.fixture(scope="module")
def recount(complaints: list[Answered]) -> Found:
    return everything(complaints)


def disagreements(entries: Iterable[dict], recount: Found) -> dict[tuple[str, str], tuple]:
    return {
        (entry["id"], value["figure"]): (value["value"], recount[value["figure"]])
        for entry in entries
        for value in entry["values"]
        if recount[value["figure"]] != value["value"]
    }


def test_every_published_figure_is_recounted_but_for_the_named_contradiction(
    recount: Found,
) -> None:
    assert disagreements(PUBLISHED["entries"], recount) == CONTRADICTED


def test_what_is_held_instead_is_written_down_for_the_contradiction_and_no_other() -> None:
    held = {
        (entry["id"], value["figure"]): (value["value"], value["held"])
        for entry in PUBLISHED["entries"]
        for value in entry["values"]
        if "held" in value
    }
    assert held == CONTRADICTED


@pytest.mark.parametrize("entry", PUBLISHED["entries"], ids=lambda entry: entry["id"])
def test_the_recount_notices_when_any_published_number_is_one_more(
    entry: dict, recount: Found
) -> None:
    for value in entry["values"]:
        other = value["value"] + 1 if isinstance(value["value"], int | float) else 0
        if other == value.get("held"):
            continue
        assert disagreements([{**entry, "values": [{**value, "value": other}]}], recount)


def test_parts_make_the_whole_in_every_year(recount: Found) -> None:
    for year in YEARS[1:]:
        for kind in ("point", "complainant", "band"):
            parts = [recount[f"{kind} {label} {year}"] for label in labelled(kind) - {"Total"}]
            assert sum(map(int, parts)) == recount[f"received {year}"]
    for year in YEARS:
        parts = [recount[f"service {label} {year}"] for label in labelled("service")]
        assert sum(int(part) for part in parts if part != "N/A") == recount[f"received {year}"]


def test_a_complaint_is_answered_in_the_year_it_came_in(complaints: list[Answered]) -> None:
    """So that the published tables read the same counted by receipt and by answer."""
    assert all(year_of(one.row["Stage 1 Responded"]) == one.year for one in complaints)


def test_the_open_stage_two_of_2020_is_open_still(complaints: list[Answered]) -> None:
    still_open = [
        one
        for one in complaints
        if one.row["Stage 2 Requested"]
        and not (one.row["Stage 2 Responded"] or one.row["Stage 2 Ended"])
    ]
    assert [year_of(one.row["Stage 2 Requested"]) for one in still_open] == ["2020-21"]


def test_every_valid_complaint_since_2019_has_one_representation(
    complaints: list[Answered],
) -> None:
    named = Counter(row["Decision Complaint ref"] for row in records("representations"))
    named.pop(None, None)
    assert named == Counter(one.row["Complaint Ref"] for one in complaints if one.year > "2018-19")


@pytest.mark.parametrize("name", FILES)
def test_titles_stand_above_a_header_of_two_lines_and_totals_below(name: str) -> None:
    rows = rows_of(name)
    at = header_row(rows)
    assert at >= 3
    assert "not a publication of this council" in str(rows[1][0])
    assert sum(cell is not None for cell in rows[at]) < len(rows[at])
    assert all(rows[at + 1])
    first = [str(row[0] or "").strip() for row in rows]
    total, footer = (
        first.index("Total"),
        first.index("Confidential: children's social care. Do not forward."),
    )
    assert at < total < footer < len(rows) - 1
    assert not any(first[footer + 1 :])


def test_the_sheet_is_as_untidy_as_such_sheets_are() -> None:
    rows = rows_of("complaints")
    cells = [one for row in rows for one in row]
    assert "Ellesmere Port " in cells
    bare = [one for row in rows if str(row[0]).startswith("CSC/") for one in row]
    assert sum(isinstance(one, int) for one in bare) == 3, "three days lost their format"
    assert sum(bool(re.fullmatch(r"\d\d/\d\d/\d{4}", str(one))) for one in cells) == 2
    pasted = [row for row in rows_of("representations") if str(row[0]).startswith("R")]
    assert max(Counter(pasted).values()) == 2


def test_canaries_stand_in_the_columns_that_are_personal() -> None:
    text = {name: str(rows_of(name)) for name in FILES}
    assert all(name in text["complaints"] for name in ("Quillfeather", "Ostrichduster"))
    assert CANARIES["strings"][-1] in text["complaints"]
    assert "Quillfeather" in text["compliments"]
    assert "Ostrichduster" in text["learning"]


def test_addresses_reach_nobody_and_every_quotation_says_that_it_is_invented() -> None:
    text = " ".join(str(rows_of(name)) for name in FILES)
    assert set(re.findall(r"@[\w.]+", text)) <= {"@mail.invalid", "@canary.invalid"}
    quoted = [row for row in records("compliments") if row["For publication Cleared"] == "Yes"]
    assert all(str(row["For publication Extract"]).endswith("(invented)") for row in quoted)


def test_the_product_takes_in_every_row_and_no_critical_rule_fails(tmp_path: Path) -> None:
    home = settings({"CANDOUR_HOME": str(tmp_path)})
    intake = extract(home, "cheshire_west", dt.date(2023, 10, 3))
    assert {one.name.rpartition("_")[0] for one in intake.snapshots} == set(FILES)
    for one in intake.snapshots:
        assert one.loaded + one.quarantined + one.noise == one.rows_in_file
        assert one.quarantined == 0
        assert one.loaded == len(records(one.name.rpartition("_")[0]))
    validate(home, "cheshire_west", intake.id)
    assert State(home.database).last_good_intake("cheshire_west") == intake.id
