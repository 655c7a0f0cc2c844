"""The annual report in its three forms: whole, numbered, accessible, and nothing loose."""

import re
from dataclasses import replace

import pytest

from candour.errors import ConfigurationError
from candour.page import write_pdf
from candour.page.readback import figures_of_page, text_of_pdf, text_outside_figures
from candour.report import Section
from tests.page.annual_example import SECTIONS, page, received_chart, theme, year_report
from tests.page.test_page import Read
from tests.page.test_pdf import needs_pango, opened

FORMS = ("public", "committee", "statutory")


@pytest.fixture(scope="module", params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def made(form: str) -> str:
    return page(form)


def test_every_element_is_closed_and_everything_referred_to_is_there(made: str) -> None:
    read = Read(made)
    assert read.open == []
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in read.elements:
        for name in attributes.get("aria-labelledby", "").split():
            assert name in ids
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in ids


def test_a_section_with_nothing_to_say_is_left_out(made: str) -> None:
    assert 'id="section-plans"' not in made
    assert "Plans" not in made


def test_what_words_place_stands_among_them_and_the_rest_after_them(made: str) -> None:
    order = [
        made.index(f'id="{id_}"') for id_ in ("figure-received_chart", "table-received_by_service")
    ]
    assert order[0] < made.index("How we count") < order[1]
    assert made.count('id="figure-received_chart"') == 1


def test_every_chart_has_its_words_and_names_its_table(made: str) -> None:
    for drawing in re.findall(r"<figure.*?</figure>", made, re.DOTALL):
        assert re.search(r"<desc[^>]*>[^<]{20,}</desc>", drawing)
        assert re.search(r'The numbers are in <span class="number"><a[^>]*>Table \d', drawing)


def test_a_chart_whose_table_is_not_in_the_report_is_refused() -> None:
    alone = (Section("received", "Complaints", (received_chart(),)),)
    with pytest.raises(ConfigurationError, match="table 'received_by_service', which is not on"):
        page(report=year_report(sections=alone))


def test_a_reference_in_a_chapter_is_to_its_own_table(made: str) -> None:
    assert '<a class="ref" href="#table-chapter_years_corporate">Table 3</a>' in made


def test_the_status_the_notice_and_the_council_are_on_the_page(made: str) -> None:
    said = [text for _, text in text_outside_figures(made)]
    for words in (
        "Draft for approval",
        "Northmere Council",
        "Demonstration: this council is fictional and its cases are synthetic.",
    ):
        assert words in said


def test_an_approved_report_is_no_draft() -> None:
    assert "Draft for approval" not in page(status="")


def test_a_marking_is_on_the_page() -> None:
    assert '<p class="marking">Official-Sensitive</p>' in page(
        report=year_report(marking="Official-Sensitive")
    )


def test_numbers_are_figures_years_days_or_numbering(made: str) -> None:
    loose = [
        (place, text)
        for place, text in text_outside_figures(made)
        if re.search(r"\d", re.sub(r"\b20\d\d-\d\d\b|\b\d{1,2} [A-Z][a-z]+ 20\d\d\b", "", text))
    ]
    assert loose == []


def test_figures_are_read_back_with_what_they_print(made: str) -> None:
    read = figures_of_page(made)
    assert ("complaints_received|2023-24", "1,284") in read
    assert ("complaints_received|2023-24|service=waste", "287") in read


def test_a_report_of_another_form_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"has the form 'pack'.*public, committee, statut"):
        page(report=replace(year_report(), form="pack"))


def test_sections_come_before_appendices_however_declared() -> None:
    made = page(report=year_report("statutory", sections=(SECTIONS[-1], *SECTIONS[:-1])))
    assert made.index("Why we publish this report") < made.index("Appendix A:</span> How the")


@needs_pango
def test_the_print_says_the_same_and_is_a_draft_on_every_sheet(made: str) -> None:
    sheets = text_of_pdf(write_pdf(made, theme())).split("Page ")
    assert len(sheets) > 3
    assert all("Draft for approval" in sheet for sheet in sheets[:-1])
    assert "1,284" in "".join(sheets)


@needs_pango
def test_headings_of_tables_say_their_scope_and_links_are_printed(made: str) -> None:
    import pikepdf  # noqa: PLC0415

    pdf = write_pdf(made, theme())
    words = opened(pdf)
    assert b"file:" not in words
    import io  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(pdf)) as document:
        cells = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)
                 and o.get("/S") == pikepdf.Name.TH]  # fmt: skip
        assert {str(cell.A.get("/Scope")) for cell in cells} == {"/Column", "/Row"}
        links = [link for sheet in document.pages for link in sheet.get("/Annots", [])]
        assert links
        assert all(int(link.F) & 4 for link in links)


@needs_pango
def test_a_small_table_stands_whole_on_one_sheet(made: str) -> None:
    sheets = text_of_pdf(write_pdf(made, theme())).split("Page ")
    (sheet,) = [s for s in sheets if "Planning and building control" in s and "All complaints" in s]
    assert "Complaints received by service" in sheet
