"""Knowsley's exports, recounted without a line of the product, are what the council published."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data"
INBOX = DATA / "exports" / "knowsley"
PUBLISHED = json.loads((DATA / "published" / "knowsley.json").read_text(encoding="utf-8"))


def disagreements(entries: list[dict], recount: dict[str, float | str]) -> list[tuple]:
    """Published values other than recounted: entry, figure, published, recounted."""
    return [
        (entry["id"], value["figure"], value["value"], recount[value["figure"]])
        for entry in entries
        for value in entry["values"]
        if recount[value["figure"]] != value["value"]
    ]


def test_every_published_figure_is_recounted_but_for_the_named_contradictions(
    recount: dict[str, float | str],
) -> None:
    assert disagreements(PUBLISHED["entries"], recount) == [
        ("KNO-09", "escalated corporate 2023-24", 32, 33),
        ("KNO-09", "escalated childrens 2023-24", 11, 12),
        ("KNO-09", "escalation rate childrens 2023-24", 13, 15),
    ]


def test_a_reading_is_written_down_for_each_contradiction_and_no_other() -> None:
    held = {
        (entry["id"], value["figure"]): value["held"]
        for entry in PUBLISHED["entries"]
        for value in entry["values"]
        if "held" in value
    }
    assert held == {
        ("KNO-09", "escalated corporate 2023-24"): 33,
        ("KNO-09", "escalated childrens 2023-24"): 12,
        ("KNO-09", "escalation rate childrens 2023-24"): 15,
    }


@pytest.mark.parametrize("entry", [entry["id"] for entry in PUBLISHED["entries"]])
def test_the_recount_notices_when_any_published_number_is_one_more(
    entry: str, recount: dict[str, float | str]
) -> None:
    (original,) = [one for one in PUBLISHED["entries"] if one["id"] == entry]
    for value in original["values"]:
        other = value["value"] + 1 if isinstance(value["value"], int | float) else "something else"
        if other == value.get("held"):
            continue
        changed = original | {"values": [value | {"value": other}]}
        assert disagreements([changed], recount)


def test_the_corporate_services_listed_make_831_and_22_have_none(
    recount: dict[str, float | str],
) -> None:
    (table,) = [entry for entry in PUBLISHED["entries"] if entry["id"] == "KNO-18"]
    assert sum(value["value"] for value in table["values"]) == 831
    assert recount["received corporate with no service 2023-24"] == 853 - 831


def test_themes_come_in_the_order_in_which_the_report_discusses_them(
    largest_first: Callable[[str], list[str]],
) -> None:
    assert largest_first("adults") == [
        "communication",
        "financial",
        "commissioned service",
        "assessments and care plan",
        "safeguarding",
    ]
    assert largest_first("childrens") == [
        "communication",
        "child protection",
        "financial",
        "contact",
    ]


def test_most_childrens_complaints_come_from_parents_or_carers(steps: pd.DataFrame) -> None:
    mine = (steps["procedure"] == "childrens") & (steps["stage"] == 1)
    who = steps.loc[mine & (steps["year"] == "2023-24"), "Complainant Type"]
    assert who.isin(["Parent or carer", "Parent/Carer"]).mean() > 0.5


def test_no_team_and_no_officer_stands_under_the_name_of_a_real_council() -> None:
    headers = (INBOX / "complaints_full_20240304.csv").read_text("utf-8-sig").splitlines()[0]
    assert not {"Team", "Officer", "Investigating Officer"} & set(headers.split(","))
