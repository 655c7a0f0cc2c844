"""The Word file: restyled by its owners, its figures locked, and read back as it came."""

import datetime as dt
import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from candour.document import (
    controls_of,
    missing_styles,
    pictures_told,
    plain_template,
    text_outside_controls,
    write_word,
)
from candour.document.names import tag_of
from candour.errors import ConfigurationError
from candour.page import pictures_of
from candour.page.readback import figures_of_page, text_outside_figures
from tests.page.annual_example import ROOT, outcomes_chart, page, received_chart, theme, year_report

CREATED = dt.datetime(2024, 5, 7, 9, 30, tzinfo=dt.UTC)
TEMPLATE = (ROOT / "templates/word/report.docx").read_bytes()
FORMS = ("public", "committee", "statutory")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(made: str, template: bytes = TEMPLATE) -> bytes:
    return write_word(made, template, created=CREATED, pictures=pictures_of(year_report(), theme()))


@pytest.fixture(scope="module", params=FORMS)
def made(request: pytest.FixtureRequest) -> str:
    return page(request.param)


@pytest.fixture(scope="module")
def word(made: str) -> bytes:
    return written(made)


@pytest.fixture(scope="module")
def read(word: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(word))


def restyled(template: bytes, style: str, **font: object) -> bytes:
    document = docx.Document(io.BytesIO(template))
    for attribute, value in font.items():
        setattr(document.styles[style].font, attribute, value)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def changed(word: bytes, before: str, after: str, part: str = "word/document.xml") -> bytes:
    """The file as somebody sends it back, one thing written over."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode(), 1)
            new.writestr(name, content)
    return saved.getvalue()


def drawn(made: str) -> str:
    return re.sub(r"<svg\b.*?</svg>", "", made, flags=re.DOTALL)


def test_every_figure_of_the_page_is_a_control_in_the_same_order(made: str, word: bytes) -> None:
    on_page = figures_of_page(drawn(made))
    assert len(on_page) > 40
    assert controls_of(word) == on_page


def test_controls_are_locked_and_each_has_a_number_of_its_own(read: docx.document.Document) -> None:
    controls = list(read.element.body.iter(f"{W}sdt"))
    locks = {control.find(f".//{W}lock").get(f"{W}val") for control in controls}
    ids = [control.find(f".//{W}id").get(f"{W}val") for control in controls]
    assert locks == {"contentLocked"}
    assert len(ids) == len(set(ids)) == len(controls)


def test_a_key_too_long_for_word_is_kept_and_read_back() -> None:
    key = "complaints_received|2023-24|" + "procedure=corporate,stage=1,service=" + "x" * 60
    assert len(tag_of(key)) == 64
    made = page().replace("complaints_received|2023-24|service=waste", key)
    word = written(made)
    assert (key, "287") in controls_of(word)
    tags = {tag.get(f"{W}val") for tag in docx.Document(io.BytesIO(word)).element.iter(f"{W}tag")}
    assert max(map(len, tags)) <= 64


def test_a_number_changed_by_hand_is_read_back_as_changed(word: bytes) -> None:
    back = controls_of(changed(word, ">1,284<", ">1,248<"))
    assert [pair for pair in back if pair not in controls_of(word)] == [
        ("complaints_received|2023-24", "1,248")
    ]


def test_a_number_typed_into_a_sentence_is_outside_every_control(word: bytes) -> None:
    typed = changed(word, "A complaint is counted once", "A complaint is counted 7 times")
    assert any("counted 7 times" in text for _, text in text_outside_controls(typed))


def test_what_is_outside_has_no_number_but_years_and_days(word: bytes) -> None:
    loose = [
        (place, text)
        for place, text in text_outside_controls(word)
        if re.search(r"\d", re.sub(r"\b20\d\d-\d\d\b|\b\d{1,2} [A-Z][a-z]+ 20\d\d\b", "", text))
    ]
    assert loose == []


def test_the_words_of_the_page_are_the_words_of_the_file(made: str, word: bytes) -> None:
    said = " ".join(text for _, text in text_outside_controls(word))
    for place, text in text_outside_figures(drawn(made)):
        if place.startswith("section") and "footer" not in place:
            assert " ".join(text.split()) in said, text


def test_headings_are_headings_under_one_title(made: str, read: docx.document.Document) -> None:
    styles = [paragraph.style.name for paragraph in read.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == made.count('<section class="part')
    assert styles.count("Heading 2") == made.count("<h3")


def test_only_styles_of_the_template_are_used(read: docx.document.Document) -> None:
    there = {style.style_id for style in docx.Document(io.BytesIO(TEMPLATE)).styles}
    for kind in ("pStyle", "rStyle", "tblStyle"):
        used = {style.get(f"{W}val") for style in read.element.iter(f"{W}{kind}")}
        assert used <= there
    for run in read.element.iter(f"{W}r"):
        form = run.find(f"{W}rPr")
        if form is not None:
            assert {child.tag for child in form} <= {f"{W}rStyle", f"{W}b"}


def test_restyling_a_heading_in_the_template_restyles_the_report() -> None:
    word = written(page(), restyled(TEMPLATE, "Heading 1", name="Georgia", size=Pt(33)))
    font = docx.Document(io.BytesIO(word)).styles["Heading 1"].font
    assert (font.name, font.size) == ("Georgia", Pt(33))
    heading = next(p for p in docx.Document(io.BytesIO(word)).paragraphs
                   if p.style.name == "Heading 1")  # fmt: skip
    assert all(run.font.name is None and run.font.size is None for run in heading.runs)


def test_heading_rows_repeat_and_no_row_is_split(read: docx.document.Document) -> None:
    for table in read.tables:
        rows = [row._tr.find(qn("w:trPr")) for row in table.rows]
        if table.style.name == "Report Table":
            assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        if table._tbl.find(f".//{W}tblHeader") is not None:
            assert rows[0].find(qn("w:tblHeader")) is not None
            assert all(row.find(qn("w:tblHeader")) is None for row in rows[1:])
    heads = read.element.findall(f".//{W}tblHeader")
    assert len(heads) == 5


def test_tables_say_what_they_are_and_which_cells_are_headings(
    read: docx.document.Document,
) -> None:
    named = [t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for t in read.tables]
    assert "Table 1: Complaints received by service" in named
    table = read.tables[named.index("Table 1: Complaints received by service")]
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert [look.get(qn(f"w:{n}")) for n in ("firstRow", "firstColumn", "lastRow")] == list("111")


def test_captions_keep_with_what_they_name(read: docx.document.Document) -> None:
    styles = docx.Document(io.BytesIO(TEMPLATE)).styles
    assert styles["Caption"].paragraph_format.keep_with_next
    body = list(read.element.body)
    captions = [p for p in read.paragraphs if p.style.name == "Caption"]
    assert len(captions) == 7
    for caption in captions:
        following = body[body.index(caption._p) + 1 :][:2]
        assert any(f.tag == f"{W}tbl" or f.find(f".//{W}drawing") is not None for f in following)


def test_every_picture_is_told_in_the_words_of_its_chart(word: bytes) -> None:
    assert pictures_told(word) == [received_chart().alt, outcomes_chart().alt]


def test_a_chart_without_a_picture_is_refused_in_a_sentence() -> None:
    with pytest.raises(ConfigurationError, match="picture of the chart 'received_chart'"):
        write_word(page(), TEMPLATE, created=CREATED)


def test_links_lead_to_bookmarks(read: docx.document.Document) -> None:
    there = [mark.get(qn("w:name")) for mark in read.element.iter(f"{W}bookmarkStart")]
    assert len(there) == len(set(there))
    links = {link.get(qn("w:anchor")) for link in read.element.iter(f"{W}hyperlink")}
    assert links
    assert links <= set(there)
    assert all(len(name) <= 40 for name in there)


def test_the_contents_are_a_field_already_filled(read: docx.document.Document) -> None:
    codes = [code.text for code in read.element.iter(f"{W}instrText")]
    assert codes == [r'TOC \o "1-1" \h \z \u']
    kinds = [c.get(qn("w:fldCharType")) for c in read.element.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    entries = [p.text for p in read.paragraphs if p.style.name == "toc 1"]
    assert any("What we found" in entry for entry in entries)


def test_the_foot_counts_pages_and_the_head_says_what_it_is() -> None:
    word = written(page(report=year_report(marking="Official-Sensitive")))
    section = docx.Document(io.BytesIO(word)).sections[0]
    fields = [f.get(qn("w:instr")) for f in section.footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    head = section.header.paragraphs[0].text
    assert "Draft for approval" in head
    assert "Official-Sensitive" in head
    foot = " ".join(paragraph.text for paragraph in section.footer.paragraphs)
    assert "its cases are synthetic" in foot


def test_the_file_says_what_it_is_in_british_english(read: docx.document.Document) -> None:
    told = read.core_properties
    assert told.title == "Complaints, compliments and learning, 2023-24"
    assert told.author == "Northmere Council"
    assert "synthetic" in told.subject
    assert told.language == "en-GB"
    assert told.created == CREATED
    languages = {e.get(qn("w:val")) for e in read.styles.element.iter(f"{W}lang")}
    assert languages == {"en-GB"}


def test_lists_are_lists_and_count_from_one_again() -> None:
    words = "1. First\n2. Second\n\nAnd then\n\n1. Third\n2. Fourth"
    word = written(page(commentary={"introduction": words, "received": ""}))
    numbered = [p for p in docx.Document(io.BytesIO(word)).paragraphs
                if p.style.name == "List Number"]  # fmt: skip
    lists = [p._p.find(f".//{W}numId").get(f"{W}val") for p in numbered]
    assert [p.text for p in numbered] == ["First", "Second", "Third", "Fourth"]
    assert lists[0] == lists[1] != lists[2] == lists[3]
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        numbering = package.read("word/numbering.xml").decode()
    for id_ in {lists[0], lists[2]}:
        assert re.search(rf'<w:num w:numId="{id_}">.*?<w:startOverride w:val="1"/>', numbering)


def test_the_bytes_are_the_same_every_time(made: str, word: bytes) -> None:
    assert written(made) == word
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_template_without_a_style_or_a_place_is_refused_in_a_sentence() -> None:
    document = docx.Document(io.BytesIO(TEMPLATE))
    document.styles["Caption"].delete()
    saved = io.BytesIO()
    document.save(saved)
    with pytest.raises(ConfigurationError, match="no style 'Caption'"):
        written(page(), saved.getvalue())
    with pytest.raises(ConfigurationError, match="no place for the report"):
        written(page(), changed(TEMPLATE, "{{ report }}", "{{ title }}"))


def test_the_delivered_template_has_every_style_it_needs() -> None:
    assert missing_styles(TEMPLATE) == []
    assert missing_styles(plain_template()) == []


def test_a_figure_in_words_is_a_control_too() -> None:
    made = page().replace(">1,284</data>", ">One &amp; all</data>", 1)
    assert ("complaints_received|2023-24", "One & all") in controls_of(written(made))
