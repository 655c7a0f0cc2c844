"""The checklist: silent on our workbooks, and loud on every single fault planted in one."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from candour.ledger import Ledger
from candour.report import Section
from candour.workbook import check

OUTCOMES, RECEIVED = "Outcomes by procedure", "Children's services received"


@pytest.fixture(scope="module")
def plain(example: ModuleType) -> bytes:
    """A pack of tables and lists, saved again as a person would: still without a fault."""
    content, _ = example.written(example.without_charts())
    saved: bytes = example.saved(example.read(content))
    assert check(saved) == []
    return saved


def header(sheet: Worksheet) -> int:
    (table,) = sheet.tables.values()
    top: int = range_boundaries(table.ref)[1]
    return top


def move_table(sheet: Worksheet, **changes: object) -> None:
    (name,) = sheet.tables
    table = sheet.tables.pop(name)
    for attribute, value in changes.items():
        setattr(table, attribute, value)
    sheet.add_table(table)


def merge(book: Workbook) -> None:
    book[OUTCOMES].merge_cells("A1:B1")


def blank_header(book: Workbook) -> None:
    book[OUTCOMES].cell(header(book[OUTCOMES]), 2).value = None


def twin_headers(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    sheet.cell(header(sheet), 3).value = "Upheld"
    (table,) = sheet.tables.values()
    table.tableColumns[2].name = "Upheld"


def renamed_header(book: Workbook) -> None:
    book[OUTCOMES].cell(header(book[OUTCOMES]), 2).value = "Something else"


def no_table(book: Workbook) -> None:
    del book[OUTCOMES].tables["outcomes"]


def dull_table_name(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    table = sheet.tables.pop("outcomes")
    table.displayName = table.name = "Table1"
    sheet.add_table(table)


def second_table(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    top = header(sheet)
    for row, text in enumerate(("A", "b"), start=top):
        cell = sheet.cell(row, 6, text)
        cell.style = sheet.cell(top, 1).style
    sheet.add_table(Table(displayName="second", ref=f"F{top}:F{top + 1}"))


def table_to_the_right(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    sheet.move_range(f"A{header(sheet)}:C{header(sheet) + 3}", cols=1)
    move_table(sheet, ref=f"B{header(sheet)}:D{header(sheet) + 3}")


def below(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    sheet.cell(sheet.max_row + 1, 1, "Source: our own").style = sheet["A2"].style


def blank_row(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    for cell in sheet[header(sheet) + 1]:
        cell.value = None


def blank_column(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    for row in range(header(sheet) + 1, sheet.max_row + 1):
        sheet.cell(row, 3).value = None


def unexplained_blank(book: Workbook) -> None:
    book[OUTCOMES].cell(header(book[OUTCOMES]) + 1, 2).value = None


def blank_row_above(book: Workbook) -> None:
    book[OUTCOMES]["A2"].value = None


def beside(book: Workbook) -> None:
    book[OUTCOMES]["C2"] = "beside"


def unwrapped(book: Workbook) -> None:
    book[OUTCOMES].cell(header(book[OUTCOMES]), 2).alignment = Alignment(wrap_text=False)


def unwrapped_text(book: Workbook) -> None:
    book[OUTCOMES].cell(header(book[OUTCOMES]) + 1, 1).alignment = Alignment(wrap_text=False)


def no_width(book: Workbook) -> None:
    del book[OUTCOMES].column_dimensions["B"]


def no_height(book: Workbook) -> None:
    del book[OUTCOMES].row_dimensions[header(book[OUTCOMES])]


def filters(book: Workbook) -> None:
    book[OUTCOMES].auto_filter.ref = "A4:C7"


def table_filters(book: Workbook) -> None:
    (table,) = book[OUTCOMES].tables.values()
    table._initialise_columns()


def frozen(book: Workbook) -> None:
    book[OUTCOMES].freeze_panes = "B2"


def hidden_sheet(book: Workbook) -> None:
    book[OUTCOMES].sheet_state = "hidden"


def hidden_row(book: Workbook) -> None:
    book[OUTCOMES].row_dimensions[2].hidden = True


def hidden_column(book: Workbook) -> None:
    book[OUTCOMES].column_dimensions["B"].hidden = True


def symbol_note(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    sheet.cell(header(sheet), 2).value = "Upheld*"
    (table,) = sheet.tables.values()
    table.tableColumns[1].name = "Upheld*"


def raised(book: Workbook) -> None:
    book[OUTCOMES]["A2"].font = Font(name="Arial", sz=12, vertAlign="superscript")


def numbered_note(book: Workbook) -> None:
    book[OUTCOMES]["A2"] = "See below [1]"


def lost_note(book: Workbook) -> None:
    book[OUTCOMES]["A2"] = "See [note 1]"


def note_in_data(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    sheet.cell(header(sheet) + 1, 2).value = "5 [note 1]"
    sheet.cell(header(sheet) + 1, 2).alignment = Alignment(wrap_text=True)


def formula(book: Workbook) -> None:
    book[OUTCOMES].cell(header(book[OUTCOMES]) + 1, 2).value = "=1+1"


def small_font(book: Workbook) -> None:
    book[OUTCOMES]["A2"].font = Font(name="Arial", sz=11)


def serifs(book: Workbook) -> None:
    book[OUTCOMES]["A2"].font = Font(name="Times New Roman", sz=12)


def no_title(book: Workbook) -> None:
    book[OUTCOMES]["A1"] = 7


def plain_title(book: Workbook) -> None:
    book[OUTCOMES]["A1"].font = Font(name="Arial", sz=18)


def background(book: Workbook) -> None:
    book[OUTCOMES]["A2"].fill = PatternFill("solid", fgColor="FFFF00")


def faint(book: Workbook) -> None:
    book[OUTCOMES]["A2"].font = Font(name="Arial", sz=12, color="A6A6A6")


def faint_rating(book: Workbook) -> None:
    grey = FormulaRule(
        formula=["B6=1"], font=Font(color="777777"), fill=PatternFill(bgColor="888888")
    )
    book[OUTCOMES].conditional_formatting.add("B6:B7", grey)


def colour_alone(book: Workbook) -> None:
    scale = ColorScaleRule(
        start_type="min", start_color="FFFFFF", end_type="max", end_color="000000"
    )
    book[OUTCOMES].conditional_formatting.add("B6:B7", scale)


def only_symbols(book: Workbook) -> None:
    book[OUTCOMES].cell(header(book[OUTCOMES]) + 1, 2).value = "-"


def divider(book: Workbook) -> None:
    book[OUTCOMES]["A2"] = "Part one ----------"


def unexplained_mark(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    sheet.cell(header(sheet) + 1, 2).value = "[c]"


def unexplained_provisional(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    sheet.cell(header(sheet) + 1, 2).number_format = '#,##0 "[p]"'


def dead_link(book: Workbook) -> None:
    cell = book[OUTCOMES]["A3"]
    cell.hyperlink = Hyperlink(ref="A3", location="'Gone'!A1")


def dumb_link(book: Workbook) -> None:
    book[OUTCOMES]["A3"].value = "Click here"


def page_header(book: Workbook) -> None:
    book[OUTCOMES].oddHeader.center.text = "Official"


def comment(book: Workbook) -> None:
    book[OUTCOMES]["A2"].comment = Comment("see me", "someone")


def dull_sheet(book: Workbook) -> None:
    book.create_sheet("Sheet3")["A1"] = "x"


def blank_sheet(book: Workbook) -> None:
    book.create_sheet("Nothing")


def no_contents(book: Workbook) -> None:
    del book["Contents"]


def no_document_title(book: Workbook) -> None:
    book.properties.title = None


def no_author(book: Workbook) -> None:
    book.properties.creator = "openpyxl"


def no_language(book: Workbook) -> None:
    book.properties.language = None


def opens_elsewhere(book: Workbook) -> None:
    book.active = 2


def cursor_elsewhere(book: Workbook) -> None:
    book.worksheets[0].sheet_view.selection[0].activeCell = "C9"


FAULTS = {
    merge: "cells are merged",
    blank_header: "not all filled and different",
    twin_headers: "not all filled and different",
    renamed_header: "not called what their headers say",
    no_table: "not marked up as a table",
    dull_table_name: "the table name Table1 says nothing",
    second_table: "more than one table",
    table_to_the_right: "not at the left edge",
    below: "something stands below",
    blank_row: "a row of outcomes is blank",
    blank_column: "a column of outcomes is blank",
    unexplained_blank: "has blank cells and no words above say why",
    blank_row_above: "a blank row parts",
    beside: "not marked up as a table",
    unwrapped: "does not wrap",
    unwrapped_text: "does not wrap",
    no_width: "no width of its own",
    no_height: "no height of its own",
    filters: "there are filters",
    table_filters: "there are filters",
    frozen: "panes are frozen",
    hidden_sheet: "something is hidden",
    hidden_row: "something is hidden",
    hidden_column: "something is hidden",
    symbol_note: "marks its note with a symbol",
    raised: "raised or lowered",
    numbered_note: "otherwise than by [note 1]",
    lost_note: "there is no sheet of notes",
    note_in_data: "a data cell of outcomes carries a note",
    formula: "is a formula",
    small_font: "smaller than 12 points",
    serifs: "not sans serif",
    no_title: "no title in A1",
    plain_title: "does not stand out",
    background: "cells have a background",
    faint: "too faint on white",
    faint_rating: "too faint on its background",
    colour_alone: "in colour or symbols alone",
    only_symbols: "holds only symbols",
    divider: "divides the sheet with symbols",
    unexplained_mark: "[c] is used in outcomes and not explained",
    unexplained_provisional: "[p] is used in outcomes and not explained",
    dead_link: "the link in A3 leads nowhere",
    dumb_link: "does not say where it leads",
    page_header: "page header or footer",
    comment: "There are comments",
    dull_sheet: "The sheet name 'Sheet3' says nothing",
    blank_sheet: "Nothing: it is blank",
    no_contents: "There is no contents sheet",
    no_document_title: "no title of its own",
    no_author: "no author of its own",
    no_language: "no language of its own",
    opens_elsewhere: "does not open on its first sheet",
    cursor_elsewhere: "not in A1",
}


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_single_fault_is_found(
    plain: bytes, example: ModuleType, plant: Callable[[Workbook], None]
) -> None:
    book = example.read(plain)
    plant(book)
    found = check(example.saved(book))
    assert any(FAULTS[plant] in sentence for sentence in found), found


def rezipped(content: bytes, changes: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name.replace("__", "/"), part)
    return target.getvalue()


def without_alt_text(name: str, part: bytes) -> bytes:
    return re.sub(rb' descr="[^"]*"', b"", part) if "drawing3.xml" in name else part


def with_short_alt_text(name: str, part: bytes) -> bytes:
    return re.sub(rb' descr="[^"]*"', b' descr="Chart"', part) if "drawing3" in name else part


def with_a_text_box(name: str, part: bytes) -> bytes:
    box = b"<sp></sp><graphicFrame"
    return part.replace(b"<graphicFrame", box, 1) if "drawing3.xml" in name else part


@pytest.mark.parametrize(
    ("change", "sentence"),
    [(without_alt_text, "has no alt text"), (with_short_alt_text, "has no alt text")],
)
def test_a_chart_without_alt_text_is_found(
    pack: tuple[bytes, Ledger], change: Callable[[str, bytes], bytes], sentence: str
) -> None:
    found = check(rezipped(pack[0], change))
    assert found == [f"A chart (xl/drawings/drawing3.xml) {sentence}."]


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("xl__vbaProject.bin", "There are macros."),
        ("xl__media__image1.png", "There are pictures."),
        ("xl__externalLinks__externalLink1.xml", "It reads from another workbook."),
    ],
)
def test_parts_that_do_not_belong_are_found(
    pack: tuple[bytes, Ledger], part: str, sentence: str
) -> None:
    assert check(rezipped(pack[0], lambda _, old: old, **{part: b""})) == [sentence]


@pytest.mark.filterwarnings("ignore:DrawingML support is incomplete")
def test_a_text_box_is_found(pack: tuple[bytes, Ledger]) -> None:
    found = check(rezipped(pack[0], with_a_text_box))
    assert found == ["There is a text box (xl/drawings/drawing3.xml)."]


def test_a_plain_export_of_pandas_fails() -> None:
    content = io.BytesIO()
    pd.DataFrame({"Service": ["Council tax"], "Received": [3]}).to_excel(content, index=False)
    found = check(content.getvalue())
    for sentence in ("no title of its own", "The sheet name 'Sheet1' says nothing",
                     "not marked up as a table", "smaller than 12 points"):  # fmt: skip
        assert any(sentence in one for one in found), sentence


def test_what_a_list_quotes_from_exports_is_no_fault(example: ModuleType) -> None:
    odd = ("-", "Parking [1]", "----------", "[note 1]", "*", "[c]")
    listing = replace(
        example.FINDINGS, rows=tuple((text, n, None, text) for n, text in enumerate(odd))
    )
    content, _ = example.written(example.report(Section("a", "A", (example.HEADLINES, listing))))
    assert check(content) == []


def test_notes_on_a_sheet_of_notes_are_fine(example: ModuleType, plain: bytes) -> None:
    book = example.read(plain)
    book[OUTCOMES]["A2"] = "See [note 1]"
    notes = book.create_sheet("Notes")
    notes["A1"], notes["A2"] = "Notes", "[note 1] counts steps."
    for cell in (notes["A1"], notes["A2"]):
        cell.font = Font(name="Arial", sz=12, b=True)
        notes.row_dimensions[cell.row].height = 20
    assert check(example.saved(book)) == []
