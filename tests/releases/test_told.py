"""A restatement tells its readers nothing that is withheld, and no case they may not know of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from candour.audience import Audience
from candour.disclosure import Structure, structure_of
from candour.period import Period
from candour.restating import Restated, Why, listed
from candour.table import Listing
from tasks import declared
from tasks.settings import settings

ONE = Restated(
    key="upheld|2023-24|service=parking",
    kpi="upheld",
    period=Period.parse("2023-24"),
    since=None,
    about={"service": "parking"},
    was="12",
    now="13",
    why=(Why.RECODED,),
    cases=("NM/2024/00348 stage 1",),
)
CASES = Audience(name="Officers", sees="cases")
COUNTS = Audience(name="Members", sees="counts")
OWN = Audience(name="Managers", sees="own_cases")


@pytest.fixture(scope="module")
def structure() -> Structure:
    here = settings({})
    return structure_of(declared.council(here, "northmere"), declared.kpis(here))


@pytest.fixture(scope="module")
def public() -> Audience:
    """Who complained of which service's upheld complaints is sensitive below five."""
    return declared.council(settings({}), "northmere").audiences["public"]


def _listed(one: Restated, audience: Audience, structure: Structure) -> Listing:
    found = listed([one], audience, structure, str.title, lambda _, value: value.title())
    assert found is not None
    return found


def test_only_who_sees_every_case_is_told_references(structure: Structure) -> None:
    (row,) = _listed(ONE, CASES, structure).rows
    assert row == (
        "Upheld: Parking", "2023-24", "12", "13", "Recoded", "NM/2024/00348 stage 1"
    )  # fmt: skip
    for audience in (COUNTS, OWN):
        assert _listed(ONE, audience, structure).rows == (row[:5],)


def test_a_figure_withheld_in_one_version_is_withheld_in_both_columns(
    structure: Structure, public: Audience
) -> None:
    for was, now, why in (("[c]", "7", Why.WITHHELD_THEN), ("7", "[c]", Why.WITHHELD_NOW)):
        one = replace(ONE, was=was, now=now, why=(why,), cases=())
        ((_, _, told_was, told_now, told_why),) = _listed(one, public, structure).rows
        assert (told_was, told_now) == ("[c]", "[c]")
        assert told_why == why.capitalize()


def test_of_a_protected_figure_it_is_not_told_what_became_of_few(
    structure: Structure, public: Audience
) -> None:
    few = tuple(f"case {n}" for n in range(4))
    for cases, why in ((few, "Not told, as it is of few people"), ((*few, "5"), "Recoded")):
        (row,) = _listed(replace(ONE, cases=cases), public, structure).rows
        assert row[4] == why
    received = replace(ONE, kpi="complaints_received")
    (row,) = _listed(received, public, structure).rows
    assert row[4] == "Recoded", "how many complained of a service is no secret here"


def test_without_a_restated_figure_there_is_no_table(structure: Structure) -> None:
    assert listed([], COUNTS, structure, str.title, lambda _, value: value) is None


def test_many_cases_are_not_all_named(structure: Structure) -> None:
    many = tuple(f"case {n}" for n in range(6))
    (row,) = _listed(replace(ONE, cases=many), CASES, structure).rows
    assert row[5] == "case 0, case 1, case 2, case 3, case 4, and others"
