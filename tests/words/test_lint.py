"""Digits typed where only figures may stand, and the shipped templates, which have none."""

from pathlib import Path

import pytest

from candour.words import typed_digits, typed_digits_in_yaml

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.mark.parametrize(
    ("template", "line", "digits"),
    [
        ("We received 12 complaints.", 1, "12"),
        ("<p>\nIn all <b>1,019</b> of them</p>", 2, "1,019"),
        ("{{ x }}\n{# note #}\n{%- if y %} 5 days {% endif %}", 3, "5"),
        ("{{ x }}% of 7", 1, "7"),
        ("a\n{%- set x = 1 -%}\nb\n<p>{{ x }}\n9</p>", 5, "9"),
        ("<p title='3'>4</p>", 1, "4"),
        ("up 12.5%", 1, "12.5"),
    ],
)
def test_a_typed_number_is_found_with_its_line(template: str, line: int, digits: str) -> None:
    (found,) = typed_digits(template, "narrative/x.html.j2")
    assert found.startswith(f"narrative/x.html.j2, line {line}: '{digits}' is typed in “")
    assert "{{ fig(…) }}" in found


@pytest.mark.parametrize(
    "template",
    [
        '{{ fig("received", stage=1) }} complaints',
        "{% set first = 8 %}{# 12 of them #}",
        '<h2 id="section-2" width="680">Two</h2>',
        "<style>h1 { font-size: 20px }</style><script>let x = 1;</script>",
        "<!--[if mso]><table width='680'><![endif]-->",
        "council&#39;s",
        "{% raw %}{% endraw %}words",
    ],
)
def test_what_is_not_printed_is_not_asked(template: str) -> None:
    assert typed_digits(template, "x") == []


def test_words_after_a_style_are_asked_again() -> None:
    assert len(typed_digits("<style>a{width:1px}</style>2", "x")) == 1


def test_a_template_that_cannot_be_read_is_a_sentence() -> None:
    assert typed_digits("a\n{{ fig( }}", "x.j2")[0].startswith("x.j2, line 2: ")


def test_titles_readings_and_notes_of_a_declaration_are_asked() -> None:
    declared = (
        "tables:\n"
        "  first:\n"
        "    title: The 3 largest services\n"
        "    rows: {months: 24}\n"
        '    where: {stage: "1"}\n'
        '    reading: "{{ say.received() }}"\n'
        "    notes:\n"
        "      - Counted by hand.\n"
        "      - Of 40 cases.\n"
    )
    found = typed_digits_in_yaml(declared, "received.yaml")
    assert [sentence.split(" is typed")[0] for sentence in found] == [
        "received.yaml, line 3: '3'",
        "received.yaml, line 9: '40'",
    ]


def shipped(ending: str) -> list[Path]:
    return sorted(TEMPLATES.rglob(f"*{ending}"))


@pytest.mark.parametrize("path", shipped(".j2"), ids=lambda path: path.name)
def test_no_shipped_template_has_a_typed_number(path: Path) -> None:
    assert typed_digits(path.read_text("utf-8"), path.name) == []


@pytest.mark.parametrize("path", shipped(".yaml"), ids=lambda path: path.name)
def test_no_shipped_declaration_has_a_typed_number(path: Path) -> None:
    assert typed_digits_in_yaml(path.read_text("utf-8"), path.name) == []


def test_there_are_templates_to_ask() -> None:
    assert len(shipped(".j2")) >= 7
