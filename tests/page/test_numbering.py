"""Numbering: what carries a number in each form, and where references lead."""

import re
from types import MappingProxyType

import pytest

from candour.errors import ConfigurationError
from candour.page.numbering import Form, number_document

PAGE = """<!DOCTYPE html><html lang="en-GB"><body><main>
<nav class="contents"><h2>Contents</h2></nav><nav class="exhibits"><h2>Tables</h2></nav>
<section class="part" id="section-first"><h2>First</h2>
<p>See {asked}.</p><p class="note">A note.</p><blockquote><p>Quoted.</p></blockquote>
<h3>Within</h3>
<table><caption id="table-a">Of a<span class="reading">Read.</span></caption></table></section>
<section class="part" id="section-empty"><h2>Empty</h2>
  </section>
<section class="part" id="section-second"><h2>Second</h2><p>One.</p><p>Two.</p>
<figure><figcaption id="figure-c"><span class="title">Of c</span></figcaption>
<svg viewBox="0 0 1 1"><clipPath id="x"></clipPath></svg></figure>
<table><caption id="list-b">Of b</caption></table></section>
<section class="part appendix" id="section-last"><h2>Last</h2><p>End.</p></section>
</main></body></html>"""


def numbered(form: Form, asked: str = "table:b") -> str:
    link = f'<a class="ref" href="#" data-ref="{asked}">{asked}</a>'
    return number_document(PAGE.format(asked=link), form)


def numbers(page: str, element: str) -> list[str]:
    """The number at the beginning of each element of a kind, and what follows it."""
    body = page[page.index("</nav>", page.index('class="exhibits"')) :]
    found = re.findall(rf"<{element}\b[^>]*>(.*?)</{element}>", body, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", words).strip() for words in found]


def test_sections_close_up_over_the_one_with_nothing_to_say() -> None:
    assert numbers(numbered(Form.STATUTORY), "h2") == ["1 First", "2 Second", "Appendix A: Last"]


def test_headings_are_numbered_in_a_statutory_report_alone() -> None:
    assert numbers(numbered(Form.STATUTORY), "h3") == ["1.1 Within"]
    assert numbers(numbered(Form.COMMITTEE), "h3") == ["Within"]


def test_a_public_report_numbers_no_section_and_letters_its_appendices() -> None:
    assert numbers(numbered(Form.PUBLIC), "h2") == ["First", "Second", "Appendix A: Last"]


def test_paragraphs_of_a_committee_report_are_numbered_notes_and_quotations_not() -> None:
    said = numbers(numbered(Form.COMMITTEE), "p")
    assert said == ["1.1 See Table 2.", "A note.", "Quoted.", "2.1 One.", "2.2 Two.", "End."]


def test_tables_and_figures_are_numbered_apart_in_every_form() -> None:
    for form in Form:
        page = numbered(form)
        assert [words.split("Read")[0] for words in numbers(page, "caption")] == [
            "Table 1: Of a",
            "Table 2: Of b",
        ]
        assert numbers(page, "figcaption") == ["Figure 1: Of c"]


def test_what_is_written_as_a_number_is_marked() -> None:
    page = numbered(Form.COMMITTEE)
    plain = re.sub(r'<span class="number">.*?</span>', "", page)
    shown = re.sub(r"<style.*?</style>|<[^>]*>", " ", plain)
    assert not re.search(r"\d", shown)


@pytest.mark.parametrize(
    ("asked", "form", "link"),
    [
        ("table:b", Form.PUBLIC, '<a class="ref" href="#list-b">Table 2</a>'),
        ("figure:c", Form.PUBLIC, '<a class="ref" href="#figure-c">Figure 1</a>'),
        ("section:second", Form.COMMITTEE, '<a class="ref" href="#section-second">Section 2</a>'),
        ("section:last", Form.PUBLIC, '<a class="ref" href="#section-last">Appendix A</a>'),
    ],
)
def test_a_reference_says_the_number_and_leads_there(asked: str, form: Form, link: str) -> None:
    assert f'See <span class="number">{link}</span>.' in numbered(form, asked)


def test_a_section_without_a_number_is_called_by_its_title() -> None:
    link = '<a class="ref" href="#section-second">“Second”</a>'
    assert f"See {link}." in numbered(Form.PUBLIC, "section:second")


REFUSED = MappingProxyType(
    {
        "table:nowhere": "table 'nowhere', which is not on the page.*There is a, b",
        "figure:b": "figure 'b', which is not on the page.*There is c",
        "section:empty": "section 'empty', which was left out because it has nothing to say",
        "chapter:first": "names no kind of thing",
    }
)


@pytest.mark.parametrize("asked", REFUSED)
def test_a_reference_that_leads_nowhere_is_refused_in_a_sentence(asked: str) -> None:
    with pytest.raises(ConfigurationError, match=REFUSED[asked]):
        numbered(Form.STATUTORY, asked)


def test_the_lists_name_sections_tables_and_figures_with_links() -> None:
    page = numbered(Form.STATUTORY)
    contents, exhibits = re.findall(r"<nav.*?</nav>", page, re.DOTALL)
    assert re.findall(r'href="#([^"]*)">([^<]*)<', contents) == [
        ("section-first", "First"), ("section-second", "Second"), ("section-last", "Last"),
    ]  # fmt: skip
    assert re.findall(r'number">([^<]*)</span> <a href="#([^"]*)">([^<]*)<', exhibits) == [
        ("Table 1:", "table-a", "Of a"), ("Table 2:", "list-b", "Of b"),
        ("Figure 1:", "figure-c", "Of c"),
    ]  # fmt: skip


def test_a_drawing_goes_through_untouched() -> None:
    drawing = '<svg viewBox="0 0 1 1"><clipPath id="x"></clipPath></svg>'
    assert drawing in PAGE
    assert drawing in numbered(Form.PUBLIC)


def test_numbering_is_the_same_every_time() -> None:
    assert numbered(Form.STATUTORY) == numbered(Form.STATUTORY)
