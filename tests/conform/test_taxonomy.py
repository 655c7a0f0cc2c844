from datetime import date

import pytest

from candour.errors import ConfigurationError
from candour.labels import normalised
from candour.taxonomy import Taxonomy, read_taxonomy

from .conftest import PEOPLE, SERVICES


def said(services: str, people: str | None = PEOPLE) -> str:
    with pytest.raises(ConfigurationError) as wrong:
        read_taxonomy(services, people, "councils/small/")
    return str(wrong.value)


@pytest.mark.parametrize(
    "spelling",
    ["Children's Services", " children’s\u00a0 services ", "CHILDREN'S SERVICES\u200b"],
)
def test_a_label_is_found_in_any_spelling_of_it(taxonomy: Taxonomy, spelling: str) -> None:
    assert taxonomy.find("directorate", normalised(spelling)) == "children"


@pytest.mark.parametrize("spelling", ["Assessment & Support", "assessment and support"])
def test_an_ampersand_is_and(taxonomy: Taxonomy, spelling: str) -> None:
    assert taxonomy.find("service", normalised(spelling)) == "assessment"


@pytest.mark.parametrize("dash", ["-", "–", "—", "‑"])
def test_dashes_are_alike(dash: str) -> None:
    assert normalised(f"Adults {dash} Care") == "adults - care"


def test_a_label_of_two_directorates_is_settled_by_the_directorate(taxonomy: Taxonomy) -> None:
    label = normalised("Business Support")
    assert taxonomy.find("service", label) is None
    assert taxonomy.find("service", label, "children") == "children_support"
    assert taxonomy.find("service", label, "resources") == "resources_support"


def test_a_service_knows_its_directorate_its_manager_and_a_team_its_service(
    taxonomy: Taxonomy,
) -> None:
    assert taxonomy.directorate_of("legal") == "resources"
    assert taxonomy.service_of("litigation") == "legal"
    assert taxonomy.manager_of("legal", "litigation") == "p_khan"
    assert taxonomy.services_of("children") == ("assessment", "children_support")


def test_every_council_can_say_withdrawn_and_add_ways_of_its_own(taxonomy: Taxonomy) -> None:
    assert taxonomy.name("disposition", "withdrawn") == "Withdrawn"
    assert taxonomy.name("disposition", "logged_in_error") == "Logged in error"


def test_two_services_of_a_directorate_cannot_claim_one_label() -> None:
    text = SERVICES.replace("{name: Housing Benefit}", "{name: legal  svcs}")
    assert (
        "councils/small/services.yaml, line 9: directorates → resources → services → benefits: "
        "the label 'legal svcs' is claimed by legal and benefits; one of them must drop it."
    ) in said(text)


def test_a_service_id_is_unique_in_the_council() -> None:
    text = SERVICES.replace("children_support:", "legal:")
    assert "the id 'legal' is already used under directorates → resources → services" in said(text)


def test_a_manager_must_be_somebody() -> None:
    text = SERVICES.replace("manager: p_khan", "manager: p_kahn")
    assert "'p_kahn' is not known; did you mean 'p_khan'?" in said(text)
    assert "manager" in said(SERVICES, people=None)


def test_two_people_of_one_name_must_be_told_apart() -> None:
    assert "claimed by p_khan and p_two" in said(SERVICES, PEOPLE + "\np_two: {name: ayesha khan}")


PARTS = """
directorates: {}
categories:
  delay: {name: Delay, subcategories: {delay_other: {name: Other}, no_reply: {name: No reply}}}
  staff: {name: Staff, subcategories: {staff_other: {name: Other, also: [Misc]}}}
"""


def test_a_part_of_two_categories_is_settled_by_its_category() -> None:
    taxonomy = read_taxonomy(PARTS, None, "")

    assert taxonomy.find("subcategory", normalised("No reply")) == "no_reply"
    assert taxonomy.find("subcategory", normalised("Other")) is None
    assert taxonomy.find("subcategory", normalised("Other"), "staff") == "staff_other"
    assert taxonomy.find("subcategory", normalised("misc")) == "staff_other"
    assert taxonomy.parts_of("subcategory", "delay") == ("delay_other", "no_reply")


def test_an_id_of_two_parts_and_a_label_of_two_in_one_category_are_refused() -> None:
    twice = PARTS.replace("staff_other", "no_reply")
    assert "the id 'no_reply' is already used under categories → delay → subcategories" in said(
        twice, None
    )
    alike = PARTS.replace("name: No reply", "name: other")
    assert "the label 'other' is claimed by delay_other and no_reply" in said(alike, None)


def test_a_team_was_there_from_its_first_to_its_last_day() -> None:
    text = """
directorates:
  place:
    name: Place
    services:
      waste:
        name: Waste
        teams: {old: {name: Old, until: 2023-03-31}, new: {name: New, from: 2023-04-01}}
"""
    taxonomy = read_taxonomy(text, None, "")
    march, april = date(2023, 3, 1), date(2023, 4, 1)

    assert [taxonomy.was_there("team", t, march, april) for t in ("old", "new")] == [True, False]
    may = date(2023, 5, 1)
    assert [taxonomy.was_there("team", t, april, may) for t in ("old", "new")] == [False, True]
    # One day of a period is enough, and what nobody dates was always there.
    last = date(2023, 3, 31)
    assert taxonomy.was_there("team", "old", last, may)
    assert taxonomy.was_there("service", "waste", march, april)
