"""A number changed by hand in any finished file is found, with its place and both values."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pytest
from openpyxl import load_workbook

from candour.gate import Draft, Finding, examine
from candour.gate.markup import read_page
from candour.gate.printed import differences
from candour.page.readback import text_of_pdf


def with_file(draft: Draft, name: str, content: bytes) -> list[Finding]:
    return list(examine(replace(draft, files={**draft.files, name: content})))


def with_page(
    draft: Draft, example: ModuleType, before: str, after: str, which: int = 0
) -> list[Finding]:
    page = draft.files[example.PAGE].decode()
    at = [found.start() for found in re.finditer(re.escape(before), page)][which]
    changed = page[:at] + after + page[at + len(before) :]
    draft = replace(draft, files={example.PAGE: changed.encode()})
    return list(examine(draft))


@pytest.mark.parametrize(
    ("before", "after", "code", "place"),
    [
        (">509</data> complaints", ">519</data> complaints", "G01", "section '1 Received'"),
        (">412</data>", ">421</data>", "G01", "row Corporate, column 2023-24"),
        ('value="412"', 'value="413"', "G01", "row Corporate, column 2023-24"),
        ("<p>Told as of 31 March 2024", "<p>Told as of 30 March 2024", "G02", "1 Received"),
        (" complaints in 2023-24", " complaints in 2024-25", "G02", "1 Received"),
        ('<th scope="row">Corporate</th>', '<th scope="row">Corporate 2</th>', "G06", "Corporate"),
        ("2022-23</th>", "2021-22</th>", "G06", "column headings"),
        ("1,204", "1,205", "G06", "table 'Files read', row complaints.csv"),
        ("in time.</p>", "in time, all 37.</p>", "G02", "2 Answers"),
    ],
)
def test_a_number_changed_in_the_page(
    example: ModuleType, clean: Draft, before: str, after: str, code: str, place: str
) -> None:
    findings = [f for f in with_page(clean, example, before, after) if f.code == code]
    assert findings
    assert all(finding.blocks for finding in findings)
    assert any(place in finding.place for finding in findings), findings


def test_the_finding_names_both_values(example: ModuleType, clean: Draft) -> None:
    findings = with_page(clean, example, ">412</data>", ">421</data>")
    (finding,) = [f for f in findings if f.code == "G01"]
    assert (finding.printed, finding.counted) == ("421", "412")
    assert finding.cause == "Two digits changed places."
    assert finding.place == (
        "report.html, section '1 Received', table 'Complaints received by procedure', "
        "row Corporate, column 2023-24"
    )


def test_a_figure_of_last_year_is_recognised(example: ModuleType, clean: Draft) -> None:
    findings = with_page(clean, example, ">412</data>", ">371</data>")
    (finding,) = [f for f in findings if f.code == "G01"]
    assert finding.cause == "That is the number of 2022-23."


def test_two_cells_that_changed_places_are_found(example: ModuleType, clean: Draft) -> None:
    page = clean.files[example.PAGE].decode()
    mark = r'<data value="(?:58|39)" data-figure="complaints_received\|2023-24[^<]*</data>'
    cells = re.findall(mark, page)[:2]
    swapped = page.replace(cells[0], "@").replace(cells[1], cells[0]).replace("@", cells[1])
    draft = replace(clean, files={example.PAGE: swapped.encode()})
    assert {finding.code for finding in examine(draft)} == {"G06"}


def test_a_mark_taken_off_a_figure_leaves_a_loose_number(example: ModuleType, clean: Draft) -> None:
    page = clean.files[example.PAGE].decode()
    loose = re.sub(r"<data [^>]*>(73%)</data> were", r"\1 were", page)
    draft = replace(clean, files={example.PAGE: loose.encode()})
    (finding,) = [f for f in examine(draft) if f.code == "G02"]
    assert "has the same value; print it as {{ fig(…) }}" in finding.cause


def test_a_figure_taken_out_of_the_page_is_missed(example: ModuleType, clean: Draft) -> None:
    page = clean.files[example.PAGE].decode()
    row = next(r for r in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if ">Quality<" in r)
    draft = replace(clean, files={example.PAGE: page.replace(row, "").encode()})
    (finding,) = [f for f in examine(draft) if f.code == "G03"]
    assert finding.counted == "250"


def test_a_number_on_a_chart_and_one_on_its_scale(example: ModuleType, clean: Draft) -> None:
    page = clean.files[example.PAGE].decode()
    drawing = page[page.index("<svg") : page.index("</svg>")]
    value = re.search(r'data-figure="[^"]*"> <text[^>]*>412<', drawing)
    assert value is not None
    other = page.replace(value[0], value[0].replace(">412<", ">413<"))
    findings = examine(replace(clean, files={example.PAGE: other.encode()}))
    assert any("chart 'Complaints received by procedure'" in f.place for f in findings)


def test_a_changed_alt_text(example: ModuleType, clean: Draft) -> None:
    findings = with_page(clean, example, "Corporate complaints were the most. The numbers",
                         "Corporate complaints were 80%. The numbers")  # fmt: skip
    assert any("80%" in finding.sentence for finding in findings)


@pytest.mark.parametrize(
    ("before", "after"),
    [("509 complaints", "508 complaints"), ("31 March", "30 March"), ("1,204", "1,240"),
     ("Corporate 400", "Corporate 401")],
)  # fmt: skip
def test_a_pdf_that_is_not_the_page(
    example: ModuleType, clean: Draft, before: str, after: str
) -> None:
    text = text_of_pdf(clean.files[example.PDF])
    page = read_page(example.PAGE, clean.files[example.PAGE].decode())
    changed = re.sub(r"\s+".join(map(re.escape, before.split())), after, text, count=1)
    assert changed != text
    findings = list(differences(example.PDF, changed, page, clean.report))
    assert findings
    assert {finding.code for finding in findings} == {"G04"}


def test_the_pdf_of_another_page_is_found(example: ModuleType, clean: Draft) -> None:
    other = example.draft(page=example.TEMPLATE.replace("{{ chart(\"received_chart\") }}", ""),
                          pdf=True)  # fmt: skip
    findings = with_file(clean, example.PDF, other.files[example.PDF])
    assert {finding.code for finding in findings} == {"G04"}


Change = Callable[[object], object]


@pytest.mark.parametrize(
    ("find", "change", "code"),
    [
        (412, lambda value: value + 1, "G01"),
        (1204, lambda value: value + 1, "G06"),
        ("2022-23", lambda _: "2021-22", "G06"),
        ("2023-24, up from", lambda text: text.replace("509", "519"), "G02"),
        ("As known", lambda text: text.replace("27 May", "28 May"), "G02"),
    ],
)
def test_a_number_changed_in_the_workbook(
    example: ModuleType, clean: Draft, find: object, change: Change, code: str
) -> None:
    workbook = load_workbook(io.BytesIO(clean.files[example.PACK]))
    cells = [
        cell
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == find or (isinstance(find, str) and find in str(cell.value))
    ]
    if not cells:
        cells = [c for s in workbook for r in s.iter_rows() for c in r
                 if isinstance(find, str) and "as known" in str(c.value)]  # fmt: skip
    cells[0].value = change(cells[0].value)
    content = io.BytesIO()
    workbook.save(content)
    findings = with_file(clean, example.PACK, content.getvalue())
    assert code in {finding.code for finding in findings}, [str(f) for f in findings]
    assert all(finding.place.startswith(example.PACK) for finding in findings)


def test_a_number_changed_in_the_workbooks_ledger(example: ModuleType, clean: Draft) -> None:
    workbook = load_workbook(io.BytesIO(clean.files[example.PACK]))
    sheet = workbook["Ledger"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "412")
    cell.value = "413"
    content = io.BytesIO()
    workbook.save(content)
    (finding,) = with_file(clean, example.PACK, content.getvalue())
    assert (finding.code, finding.printed, finding.counted) == ("G05", "413", "412")


def test_a_number_changed_in_the_ledgers_file(example: ModuleType, clean: Draft) -> None:
    changed = clean.files["ledger.csv"].replace(b",509,,509,count,509,", b",509,,509,count,519,", 1)
    assert changed != clean.files["ledger.csv"]
    (finding,) = with_file(clean, "ledger.csv", changed)
    assert (finding.code, finding.printed, finding.counted) == ("G05", "519", "509")
    assert finding.place == "ledger.csv, 'complaints_received|2023-24', display"
