"""Declared reports: a chapter a procedure, what is left out, and names that stay apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from candour.composing import compose
from candour.errors import ConfigurationError
from candour.table import Listing, Table
from candour.workbook.names import Names
from tests.composing.vale import FOLDER, Vale

if TYPE_CHECKING:
    from candour.report import Report

STEPS = """
case | stage | procedure | service  | received   | responded
C-1  | 1     | corporate | waste    | 2023-05-02 | 2023-05-09
C-2  | 1     | corporate | roads    | 2023-06-01 |
S-1  | 1     | schools   | teaching | 2023-10-02 |
"""
TABLES = """
tables:
  services:
    title: Complaints received by the service that answers for what they are about
    row_heading: Service
    rows: {by: [service]}
    columns: {this: {label: Now, kpi: complaints_received}}
    total: All
    reading: "{{ fig('complaints_received', **about) }} came in."
charts:
  services_chart:
    title: Complaints received by the service that answers for what they are about, drawn
    kind: bar
    table: services
    series: [this]
    reading: The more there are, the longer the bar.
"""
LONG = FOLDER["procedures.yaml"].replace(
    "short_name: Corporate", "short_name: Complaints about services for adults"
).replace("short_name: Schools", "short_name: Complaints about services for children")  # fmt: skip


def composed(sections: str, vale: Vale | None = None) -> Report:
    """A report of the declared sections."""
    text = f"title: Year\nperiod: reporting_year\nsections:\n{sections}\n"
    vale = vale or Vale({"steps": STEPS})
    composer, background = vale.at_work({"tables/asked.yaml": TABLES, "reports/asked.yaml": text})
    return compose(composer, background, "annual_report", "managers", "asked")


CHAPTERS = '  chapter: {title: "{{ name }}", each: procedure, items: [services_chart, services]}'


def test_each_procedure_has_a_chapter_with_its_own_figures() -> None:
    report = composed(CHAPTERS)

    assert [(section.id, section.title, section.about) for section in report.sections] == [
        ("chapter_corporate", "Corporate complaints", {"procedure": "corporate"}),
        ("chapter_schools", "School complaints", {"procedure": "schools"}),
    ]
    tables = [item for _, item in report.items() if isinstance(item, Table)]
    assert [table.rows[-1].cells[0].display for table in tables] == ["2", "1"]
    assert [table.reading for table in tables] == ["2 came in.", "1 came in."]


def test_a_chapter_whose_title_names_nobody_is_named_all_the_same() -> None:
    report = composed("  themes: {title: Themes, each: procedure, items: [services]}")

    assert [section.title for section in report.sections] == [
        "Themes: Corporate complaints", "Themes: School complaints",
    ]  # fmt: skip


@pytest.mark.parametrize("procedures", [FOLDER["procedures.yaml"], LONG], ids=["short", "long"])
def test_what_two_chapters_hold_never_bears_one_name(procedures: str) -> None:
    vale = Vale({"steps": STEPS}, {**FOLDER, "procedures.yaml": procedures})
    items = [item for _, item in composed(CHAPTERS, vale).items()]

    assert len({item.id for item in items}) == len({item.title for item in items}) == 4
    names = Names()
    sheets = [names.sheet(item.sheet or item.title) for item in items]
    assert len({sheet.casefold() for sheet in sheets}) == 4
    assert all(len(sheet) <= 31 for sheet in sheets)
    assert all(len(item.sheet) <= 31 for item in items)
    assert all(item.sheet == item.sheet.strip() for item in items)
    assert all("  " not in item.sheet for item in items)


def test_short_names_stand_whole_on_the_sheets_of_a_chapter() -> None:
    sheets = [item.sheet for _, item in composed(CHAPTERS).items()]

    assert [sheet.split()[-1] for sheet in sheets] == [
        "Corporate", "Corporate", "Schools", "Schools",
    ]  # fmt: skip


def test_an_item_two_sections_name_is_made_once() -> None:
    report = composed(
        "  one: {title: One, items: [services]}\n"
        "  two: {title: Two, items: [services_chart, services]}"
    )

    first, _, again = (item for _, item in report.items())
    assert first is again


# --- what a section needs -------------------------------------------------------------------------

NEEDED = "  thanks: {title: Thanks, needs: [compliments_received], items: [quotations]}"


def test_a_section_without_what_it_needs_is_left_out() -> None:
    assert composed(NEEDED).sections == ()


def test_a_section_with_what_it_needs_is_told() -> None:
    rows = "compliment | received | service | quotation | publishable\n"
    rows += "T-1 | 2023-05-02 | waste | Thank you for the new bin. | yes"
    report = composed(NEEDED, Vale({"steps": STEPS, "compliments": rows}))

    assert [section.title for section in report.sections] == ["Thanks"]


def test_one_of_several_needs_is_enough() -> None:
    both = NEEDED.replace("[compliments_received]", "[compliments_received, complaints_received]")

    assert len(composed(both).sections) == 1


def test_what_the_exports_cannot_tell_is_not_there_to_be_told() -> None:
    untold = Vale({"steps": STEPS}, untold=frozenset({"complaints_received"}))

    assert composed("  all: {title: All, needs: [complaints_received]}", untold).sections == ()


def test_a_chapter_without_a_case_is_left_out_alone() -> None:
    vale = Vale({"steps": "\n".join(STEPS.splitlines()[:-1])})
    needed = CHAPTERS.replace("items", "needs: [complaints_received], items")

    assert [section.id for section in composed(needed, vale).sections] == ["chapter_corporate"]


def test_an_item_nobody_declares_is_refused_with_those_there_are() -> None:
    with pytest.raises(ConfigurationError, match="did you mean 'services'") as refused:
        composed("  one: {title: One, items: [service]}")

    assert "templates/reports/asked.yaml" in str(refused.value)


def test_a_report_may_be_made_by_another_declaration_than_its_id() -> None:
    report = composed("  one: {title: One, items: [services]}")

    assert (report.id, report.title, report.form) == ("annual_report", "Year", "pack")


# --- words that people wrote ------------------------------------------------------------------

COMPLIMENTS = """
compliment | received   | service | quotation          | publishable
T-1        | 2023-05-02 | waste   | Thank you so much. | yes
T-2        | 2023-05-03 | waste   | My doctor said …   | no
T-3        | 2023-05-04 | waste   | Kind people.       |
T-4        | 2023-05-05 |         | A good map.        | yes
T-5        | 2022-05-05 | waste   | Last year's.       | yes
"""
LEARNING = """
learning | recorded   | service | you_said         | we_did             | due        | done       | publishable
L-1      | 2023-05-02 | waste   | Bins were missed | The round changed  | 2023-06-01 | 2023-06-01 | yes
L-2      | 2023-05-02 | waste   | Name of a child  | Something private  | 2023-06-01 |            | no
L-3      | 2023-05-02 | roads   | Half of it       |                    | 2023-06-01 |            | yes
L-4      | 2023-05-02 | roads   | Not due          | Nothing yet        | 2030-06-01 |            |
"""  # noqa: E501
IMPROVEMENTS = [
    {"improvement_ref": "V-1", "decision_ref": "23 001", "recorded_on": "2023-05-02",
     "about": "Bins", "improvement": "Crews record misses."},
    {"improvement_ref": "V-2", "decision_ref": "23 001", "recorded_on": "2023-05-02"},
    {"improvement_ref": "V-3", "decision_ref": "22 009", "recorded_on": "2022-05-02",
     "about": "Roads", "improvement": "Last year's."},
]  # fmt: skip


def listed(item: str) -> Listing:
    rows = {"compliments": COMPLIMENTS, "learning": LEARNING, "improvements": IMPROVEMENTS}
    [(_, listing)] = composed(f"  one: {{title: One, items: [{item}]}}", Vale(rows)).items()
    assert isinstance(listing, Listing)
    return listing


def test_only_quotations_that_somebody_cleared_are_printed() -> None:
    of = listed("quotations")

    # Those without a service stand last: nobody is thanked by name.
    assert of.rows == (("Thank you so much.", "Waste"), ("A good map.", None))
    assert of.reading == "These quotations are invented."


def test_only_what_is_cleared_with_both_halves_is_said_and_done() -> None:
    assert listed("you_said_we_did").rows == (("Bins were missed", "The round changed", "Waste"),)


def test_an_overdue_action_that_is_not_cleared_is_listed_without_its_words() -> None:
    of = listed("overdue_actions")

    assert [row[0] for row in of.rows] == ["L-2", "L-3"]
    assert not any("private" in str(cell) for row in of.rows for cell in row)


def test_an_improvement_without_words_is_listed_without_inventing_any() -> None:
    assert listed("improvements").rows == (
        ("23 001", "Bins", "Crews record misses."), ("23 001", None, None),
    )  # fmt: skip
