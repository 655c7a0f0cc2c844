"""Knowsley's figures as the product counts them are the figures Knowsley published."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from candour.figures import rounded

if TYPE_CHECKING:
    from candour.figures import Figure
    from tasks.desk import Desk
    from tests.product.conftest import House

PUBLISHED = json.loads((Path(__file__).parents[2] / "data/published/knowsley.json").read_text())

CONTRADICTED = {
    ("KNO-09", "escalated corporate 2023-24"): (33, "KNO-25 says 33, and only 33 adds up to 64"),
    ("KNO-09", "escalated childrens 2023-24"): (12, "KNO-25 says 12, and only 12 adds up to 64"),
    ("KNO-09", "escalation rate childrens 2023-24"): (15, "12 of 82, where 11 of 82 gave 13"),
}
"""Where the publication contradicts itself: what its own other tables support, and which."""

YEARS = {"2023-24": "this", "2022-23": "previous"}
CASES = [
    pytest.param(
        entry["id"], value["figure"], value["value"], id=f"{entry['id']} {value['figure']}"
    )
    for entry in PUBLISHED["entries"]
    for value in entry["values"]
    if value["unit"] in {"count", "count_change", "percent", "percent_change", "percentage_points"}
]


@pytest.fixture(scope="module")
def desk(house: House) -> Desk:
    return house.desk("knowsley", "annual_report", "2023-24")


@pytest.mark.parametrize(("entry", "name", "published"), CASES)
def test_a_published_figure_is_counted(desk: Desk, entry: str, name: str, published: float) -> None:
    wanted, _ = CONTRADICTED.get((entry, name), (published, ""))
    value = _value(desk, name)
    decimals = len(str(published).partition(".")[2]) if isinstance(published, float) else 0
    assert rounded(value, decimals) == Fraction(str(wanted))


def _value(desk: Desk, name: str) -> Fraction:
    """What the product says for a figure called as the publication's data call it."""
    year = next((YEARS[y] for y in YEARS if y in name), "this")
    words = re.sub(r" ?\d{4}-\d{2}", "", name)
    about = _procedure(desk, words)
    if words.startswith(("received corporate ", "rank ")) and "change" not in words:
        about["service"] = _service(desk, words.split("corporate ", 1)[1])
    return _asked(desk, words, year, about)


def _procedure(desk: Desk, words: str) -> dict[str, str]:
    named = [p for p in desk.council.procedures if p in words.split()]
    return {"procedure": named[0]} if named else {}


def _asked(desk: Desk, words: str, year: str, about: dict[str, str]) -> Fraction:  # noqa: C901, PLR0911, PLR0912
    ask = desk.measures.figure
    stage = next((n for n in "123" if f"stage {n}" in words), "1")
    match words.split():
        case ["received", *_, "per", "cent", "change"]:
            return _known(
                _received(desk, about).per_cent_change(_received(desk, about, "previous"), 2)
            )
        case ["received", "change"]:
            return _known(_received(desk, about).change(_received(desk, about, "previous")))
        case ["received" | "rank", *_]:
            return _known(_received(desk, about, year))
        case ["resolved", *_]:
            return _known(ask("resolved_at_stage_one", year))
        case ["escalated", *_]:
            return _known(ask("received_at_stage", year, stage="2", **about))
        case ["escalation", "rate", *_]:
            return _known(ask("escalated_in_period", year, **about))
        case ["timeliness", "change", *_]:
            now = ask("responded_in_time", stage="1", **about)
            return _known(now.change(ask("responded_in_time", "previous", stage="1", **about)))
        case ["panels"]:
            return _known(ask("received_at_stage", year, stage="3"))
        case ["upheld", *_, "rate"]:
            return _known(ask("upheld_or_partially_of_received", year, stage=stage, **about))
        case ["upheld", *_]:
            return Fraction(
                _count(ask("upheld_or_partially_of_received", year, stage=stage, **about))
            )
        case ["not", "upheld", *rest]:
            upheld = ask("upheld_or_partially_of_received", year, stage="1")
            left = (upheld.base or 0) - _count(upheld)
            return Fraction(left * 100, upheld.base or 1) if rest[-1] == "rate" else Fraction(left)
        case ["ombudsman", "investigated"]:
            return _known(ask("ombudsman_investigated", year))
        case ["ombudsman", "upheld", "rate"]:
            return _known(ask("ombudsman_upheld", year))
        case ["ombudsman", "compliance"]:
            return _known(ask("ombudsman_complied", year))
        case ["ombudsman", "upheld", *category]:
            ids = (
                {} if not category else {"ombudsman_category": _category(desk, " ".join(category))}
            )
            return Fraction(_count(ask("ombudsman_upheld", year, **ids)))
        case ["compliments", *department]:
            ids = {} if not department else {"directorate": _department(desk, " ".join(department))}
            return _known(ask("compliments_received", year, **ids))
    raise AssertionError(f"No measure is named for '{words}'.")


def _received(desk: Desk, about: dict[str, str], year: str = "this") -> Figure:
    return desk.measures.figure("complaints_received", year, **about)


def _known(figure: Figure) -> Fraction:
    assert figure.value is not None
    return figure.value


def _count(figure: Figure) -> int:
    assert figure.count is not None
    return figure.count


def _service(desk: Desk, name: str) -> str:
    """The service of that name; the second Business Support is the other directorate's."""
    names = {
        i: desk.council.taxonomy.name("service", i) for i in desk.council.taxonomy.ids("service")
    }
    wanted = [i for i, n in names.items() if n.startswith(name.removesuffix(" again"))]
    return wanted[-1 if name.endswith(" again") else 0]


def _category(desk: Desk, name: str) -> str:
    ids = desk.council.taxonomy.ids("ombudsman_category")
    return next(i for i in ids if desk.council.taxonomy.name("ombudsman_category", i) == name)


def _department(desk: Desk, name: str) -> str:
    ids = desk.council.taxonomy.ids("directorate")
    return next(i for i in ids if desk.council.taxonomy.name("directorate", i) == name)


def test_the_service_table_leaves_22_corporate_complaints_without_a_service(desk: Desk) -> None:
    figure = desk.measures.figure(
        "complaints_received", procedure="corporate", service="not_recorded"
    )
    entry = next(e for e in PUBLISHED["entries"] if e["id"] == "KNO-18")
    assert figure.count == 853 - sum(v["value"] for v in entry["values"])
