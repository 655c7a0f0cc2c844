"""Digits typed into templates stop a draft; those typed into commentary are shown or contradict."""

from types import ModuleType

import pytest

from candour.gate import Finding, Kind, examine
from candour.gate.typed import typed_in_templates


def typed(example: ModuleType, words: str) -> list[Finding]:
    draft = example.bare(commentary={f"{example.FOLDER}/learning.md": words})
    return [finding for finding in examine(draft) if finding.code in {"E3", "E7", "E8", "G08"}]


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("narrative/annual.html.j2", "<p>Good.</p>\n<p>All 12 were answered.</p>", 2),
        ("tables/x.yaml", "tables:\n  t:\n    title: The first 20 days\n", 3),
        ("tables/x.yaml", "tables:\n  t:\n    total: All 12\n", 3),
        ("tables/x.yaml", "tables:\n  t:\n    columns: {c: {label: Within 65 days}}\n", 3),
        ("reports/x.yaml", 'title: A\nheadlines:\n  - "We received 509."\n', 3),
    ],
)
def test_a_digit_in_a_template_stops_the_draft(path: str, text: str, line: int) -> None:
    (finding,) = typed_in_templates({path: text})
    assert (finding.code, finding.kind) == ("G07", Kind.BLOCKS)
    assert finding.place == f"templates/{path}, line {line}"


def test_a_theme_is_no_words() -> None:
    assert list(typed_in_templates({"themes/page.css": "p { margin: 12px }"})) == []


def test_a_typed_number_that_is_the_figure_is_a_remark_with_its_name(example: ModuleType) -> None:
    (finding,) = typed(example, "The council received 509 complaints.")
    assert (finding.code, finding.kind) == ("G08", Kind.REMARK)
    assert (finding.printed, finding.counted) == ("509", "509")
    assert "'complaints_received|2023-24', 509" in finding.sentence


@pytest.mark.parametrize(
    ("words", "said", "counted"),
    [
        ("The council received 515 complaints.", "515", "509"),
        ("Adult social care received 57 complaints.", "57", "58"),
        ("In 2022-23 the council received 509 complaints.", "509", "464"),
        ("Responded to in time: 75% in all.", "75%", "73%"),
        ("All is well.\n\nWe received\n515 complaints.", "515", "509"),
    ],
)
def test_a_typed_number_that_contradicts_a_figure_stops_the_draft(
    example: ModuleType, words: str, said: str, counted: str
) -> None:
    (finding,) = typed(example, words)
    assert (finding.code, finding.kind) == ("E3", Kind.BLOCKS)
    assert (finding.printed, finding.counted) == (said, counted)


@pytest.mark.parametrize(
    "words",
    [
        "Officers made 515 visits, and the complaints received were all read.",
        "The council received more than 30 letters.",
        "We opened 3 offices since the complaints were received.",
    ],
)
def test_a_number_of_something_else_is_a_remark(example: ModuleType, words: str) -> None:
    (finding,) = typed(example, words)
    assert (finding.code, finding.kind) == ("G08", Kind.REMARK)


def test_a_number_in_words_that_contradicts_a_figure_is_a_remark(example: ModuleType) -> None:
    (finding,) = typed(example, "Adult social care received fifty complaints.")
    assert (finding.code, finding.kind, finding.counted) == ("E3", Kind.REMARK, "58")


@pytest.mark.parametrize(
    "words",
    [
        "The report is of 2023-24, told as of 31 March 2024.",
        "1. First, letters were changed.\n2. Then forms.",
        "We answered {{ fig('complaints_received') }} of them, on 3 June.",
        "{# 12 #}All is well. Two officers were trained.",
    ],
)
def test_dates_lists_and_references_are_no_typed_numbers(example: ModuleType, words: str) -> None:
    assert typed(example, words) == []


def test_the_line_of_a_typed_number_is_told(example: ModuleType) -> None:
    (finding,) = typed(example, "All is well.\n\n- We trained staff.\n- We wrote 12 letters.\n")
    assert finding.place.endswith("learning.md, line 4")


def test_typed_parts_that_are_not_their_typed_total(example: ModuleType) -> None:
    words = "Requests went to housing (32), waste (19) and planning (11), a total of {} visits."
    path = f"{example.FOLDER}/learning.md"

    def sums(total: str) -> list[tuple[str, str]]:
        found = examine(example.bare(commentary={path: words.format(total)}))
        return [(f.printed, f.counted) for f in found if f.code == "E1"]

    assert sums("64") == [("64", "62")]
    assert sums("62") == []
