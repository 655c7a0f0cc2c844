"""A Word file is read back, and one that was edited is checked when it is returned."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import pytest

from candour.document.names import WORD, tag_of
from candour.figures import Figure
from candour.gate import Draft, Finding, check_returned, displays_in, examine
from candour.table import Table

NAME = "report.docx"
Words = str | Figure | tuple[str]
"""Plain words, a figure in its control, or numbering."""


def run(text: str, style: str = "") -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def said(words: Sequence[Words]) -> str:
    parts = []
    for word in words:
        if isinstance(word, Figure):
            tag = f'<w:sdtPr><w:tag w:val="{tag_of(word.key)}"/></w:sdtPr>'
            parts.append(f"<w:sdt>{tag}<w:sdtContent>{run(word.display)}</w:sdtContent></w:sdt>")
        elif isinstance(word, tuple):
            parts.append(run(word[0], "Numbering"))
        else:
            parts.append(run(word))
    return "".join(parts)


def paragraph(words: Sequence[Words], style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{said(words)}</w:p>"


def table(of: Table) -> str:
    lines: list[list[Words]] = [[of.row_heading, *(h.label for h in of.headings)]]
    lines += [[row.label, *(c for c in row.cells if isinstance(c, Figure))] for row in of.rows]
    rows = (
        f"<w:tr>{''.join(f'<w:tc>{paragraph([cell])}</w:tc>' for cell in line)}</w:tr>"
        for line in lines
    )
    return paragraph([("Table 1:",), f" {of.title}"], "Caption") + f"<w:tbl>{''.join(rows)}</w:tbl>"


def document(*parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        body = "".join(parts)
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
    return content.getvalue()


def edited(docx: bytes, pattern: str, instead: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = package.read("word/document.xml").decode()
    changed, times = re.subn(pattern, instead, body, count=1)
    assert times == 1
    return document(*re.findall(r"<w:body>(.*)</w:body>", changed, re.DOTALL))


@pytest.fixture(scope="session")
def worded(example: ModuleType, clean: Draft) -> Draft:
    """The draft with a Word file that says what its ledger says."""
    received = example.received()
    now, before = (example.cell(received, "All complaints", c) for c in ("this", "previous"))
    docx = document(
        paragraph([clean.report.title], "Title"),
        paragraph([clean.report.notice]),
        paragraph(["Told as of 31 March 2024, as known on 27 May 2024."]),
        paragraph([("1",), " Received"], "Heading1"),
        paragraph(["The council received ", now, " complaints in 2023-24, up from ", before,
                   " in 2022-23. See ", ("Table 1",), "."]),
        table(received),
    )  # fmt: skip
    draft: Draft = replace(clean, files={NAME: docx})
    return draft


def of(draft: Draft, docx: bytes) -> list[Finding]:
    return list(examine(replace(draft, files={NAME: docx})))


def test_an_untouched_document_reads_back_without_a_word(worded: Draft) -> None:
    assert of(worded, worded.files[NAME]) == []


@pytest.mark.parametrize(
    ("pattern", "instead", "code", "place", "values"),
    [
        (">412<", ">413<", "G01",
         "report.docx, section '1 Received', table 'Complaints received by procedure', "
         "row Corporate, column 2023-24", ("413", "412")),
        (">509<", ">590<", "G01", "report.docx, section '1 Received'", ("590", "509")),
        (">Corporate<", ">Corporate 7<", "G06",
         "report.docx, section '1 Received', table 'Complaints received by procedure', "
         "row Corporate 7", ("Corporate 7", "Corporate")),
        ("in 2022-23. See", "in 2019-20. See", "G02", "report.docx, section '1 Received'",
         ("2019", "")),
        ("31 March 2024", "30 March 2024", "G02", "report.docx, section '" , ("30", "")),
    ],
)  # fmt: skip
def test_a_number_changed_in_the_document(
    worded: Draft, pattern: str, instead: str, code: str, place: str, values: tuple[str, str]
) -> None:
    found = [f for f in of(worded, edited(worded.files[NAME], pattern, instead)) if f.code == code]
    assert any(finding.place.startswith(place) for finding in found), found
    assert found[0].printed == values[0]
    assert not values[1] or found[0].counted == values[1]


def test_two_controls_that_changed_places_are_found(worded: Draft, example: ModuleType) -> None:
    received = example.received()
    keys = [tag_of(example.cell(received, row, "this").key) for row in ("Corporate", "Children's")]
    swapped = edited(worded.files[NAME], f"{re.escape(keys[0])}(.*?)>412<", rf"{keys[1]}\1>39<")
    assert "G06" in {finding.code for finding in of(worded, swapped)}


def test_a_table_that_is_not_in_the_document(worded: Draft) -> None:
    wrong = edited(worded.files[NAME], ">Table 1<", ">Table 9<")
    (finding,) = of(worded, wrong)
    assert (finding.code, finding.printed) == ("E9", "Table 9")


def test_the_document_says_what_its_page_says(worded: Draft, clean: Draft) -> None:
    files = {"report.html": clean.files["report.html"], NAME: worded.files[NAME]}
    found = examine(replace(worded, files=files))
    missing = [finding for finding in found if finding.code == "G03"]
    assert any("'open_steps|2023-24'" in finding.sentence for finding in missing)


def test_the_document_is_numbered_as_its_page(worded: Draft, clean: Draft) -> None:
    page = clean.files["report.html"].decode()
    numbered = page.replace(
        '<caption id="table-received">',
        '<caption id="table-received"><span class="number">Table 1:</span> ',
    )
    numbered = numbered.replace("</main>", 'See <span class="number">Table 1</span>.</main>')
    files = {"report.html": numbered.encode(), NAME: worded.files[NAME]}
    assert [f for f in examine(replace(worded, files=files)) if f.code == "E10"] == []
    files[NAME] = edited(worded.files[NAME], ">Table 1:<", ">Table 2:<")
    found = [f for f in examine(replace(worded, files=files)) if f.code == "E10"]
    assert "Table 2:" in {finding.printed for finding in found}


# A returned copy


def returned(worded: Draft, docx: bytes) -> tuple[Finding, ...]:
    displays = displays_in(worded.ledger.to_csv())
    return check_returned(docx, displays, original=worded.files[NAME], name=NAME)


def test_a_copy_that_came_back_as_it_went_is_in_order(worded: Draft) -> None:
    assert returned(worded, worded.files[NAME]) == ()


def test_words_may_be_edited(worded: Draft) -> None:
    docx = edited(worded.files[NAME], "The council received", "Last year the council took in")
    assert returned(worded, docx) == ()


@pytest.mark.parametrize(
    ("pattern", "instead", "code", "printed"),
    [
        (">509<", ">519<", "G01", "519"),
        (">412<", "><", "G01", ""),
        ("complaints in 2023-24", "complaints, 37 of them twice, in 2023-24", "G02", "37"),
        ("as known on 27 May", "as known on 26 May", "G02", "26"),
        (r"<w:sdt><w:sdtPr><w:tag w:val=\"[^\"]*\"/></w:sdtPr><w:sdtContent>(.*?)</w:sdtContent>"
         r"</w:sdt>", r"\1", "G02", "509"),
    ],
)  # fmt: skip
def test_numbers_may_not(
    worded: Draft, pattern: str, instead: str, code: str, printed: str
) -> None:
    found = returned(worded, edited(worded.files[NAME], pattern, instead))
    assert (code, printed) in {(finding.code, finding.printed) for finding in found}


def test_a_passage_taken_out_is_a_remark(worded: Draft) -> None:
    docx = edited(worded.files[NAME], "<w:tr>(?:(?!</w:tr>).)*>Corporate<.*?</w:tr>", "")
    found = returned(worded, docx)
    assert {(finding.code, finding.blocks) for finding in found} == {("G03", False)}


def test_an_insertion_under_tracked_changes_is_read_and_a_deletion_is_not(worded: Draft) -> None:
    change = (
        "<w:ins><w:r><w:t>88</w:t></w:r></w:ins><w:del><w:r><w:delText>7</w:delText></w:r></w:del>"
    )
    docx = edited(worded.files[NAME], "</w:p>", f"{change}</w:p>")
    assert [finding.printed for finding in returned(worded, docx)] == ["88"]
