"""The pack: its sheets, what stands on each, where its figures are written down."""

from dataclasses import replace
from types import ModuleType

import pytest
from openpyxl import Workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from candour.errors import ConfigurationError
from candour.figures import Figure, State
from candour.ledger import Ledger
from candour.report import Report, Section
from candour.table import Heading, Row
from candour.workbook import Theme, check, read_back

SHEETS = ["Summary", "Contents", "Timeliness chart", "Timeliness values", "Line of it chart",
          "By month", "Children's services received", "Bar of it chart", "Outcomes by procedure",
          "Stacked of it chart", "Column of it chart", "Quality findings", "Cases that vanished",
          "Ledger"]  # fmt: skip


def words(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet["A"] if cell.value is not None]


def header_row(sheet: Worksheet) -> int:
    (table,) = sheet.tables.values()
    top: int = range_boundaries(table.ref)[1]
    return top


def links(sheet: Worksheet) -> dict[str, str]:
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    return {cell.coordinate: cell.hyperlink.location for cell in cells}


def cell_of(sheet: Worksheet, label: str, heading: str) -> object:
    header = [cell.value for cell in sheet[header_row(sheet)]]
    (row,) = [cell.row for cell in sheet["A"] if cell.value == label]
    return sheet.cell(row, header.index(heading) + 1).value


def test_every_item_has_a_sheet_in_reading_order(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_a_chart_is_drawn_wherever_it_stands_before_or_after_its_table(book: Workbook) -> None:
    drawn = [sheet.title for sheet in book if sheet._charts]
    assert drawn == [name for name in SHEETS if name.endswith("chart")]


def test_the_summary_says_what_matters_before_its_table(book: Workbook) -> None:
    sheet = book["Summary"]
    said = words(sheet)[: header_row(sheet) - 1]
    assert said == [
        "Northmere Council: Complaints performance pack, March 2024",
        "Official-Sensitive. Demonstration: the cases are synthetic.",
        "Contents: all tables and charts",
        "State at the end of 31 March 2024, as known on 27 May 2024.",
        "Open: At the end of March 2024, 1,164 complaints were open.",
        "The target of 85% was met.",
        "Target is empty where the council has set none.",
        "[z] nothing to measure.",
    ]


def test_a_headlines_lead_is_bold_and_its_sentence_is_not(
    pack: tuple[bytes, Ledger], example: ModuleType
) -> None:
    sheet = example.parts(pack[0])["xl/worksheets/sheet1.xml"].decode()
    start = sheet.index(">Open: <")
    run = sheet[sheet.rindex("<r>", 0, start) : sheet.index("</is>", start)]
    lead, rest = run.split("</r>")[:2]
    assert "<b " in lead
    assert "<b " not in rest
    assert "At the end of March 2024" in rest


def test_headlines_stand_in_larger_type_with_air_between(book: Workbook) -> None:
    sheet = book["Summary"]
    (row,) = [c.row for c in sheet["A"] if str(c.value).startswith("The target of")]
    size = sheet.cell(row, 1).font.sz
    assert size > 12
    for ends in (row - 1, row):
        assert sheet.row_dimensions[ends].height > 1.9 * size


def test_every_sheet_says_how_to_handle_it_and_what_its_cases_are(book: Workbook) -> None:
    for sheet in book:
        assert sheet["A2"].value == "Official-Sensitive. Demonstration: the cases are synthetic."


def test_every_sheet_but_the_contents_leads_there(book: Workbook) -> None:
    for sheet in book:
        targets = links(sheet).values()
        assert ("'Contents'!A1" in targets) == (sheet.title != "Contents")


def test_the_contents_lead_to_every_sheet_by_part(book: Workbook) -> None:
    sheet = book["Contents"]
    rows = list(sheet.iter_rows(min_row=header_row(sheet) + 1, values_only=True))
    assert [row[1] for row in rows] == [name for name in SHEETS if name != "Contents"]
    assert [row[0] for row in rows][:5] == [
        "Summary",
        "Timeliness",
        "Timeliness",
        "Trends",
        "Trends",
    ]
    assert rows[1][2] == "Chart: Responses in time, month by month"
    led = {sheet[at].value: to for at, to in links(sheet).items()}
    assert led["Children's services received"] == "'Children''s services received'!A1"


def test_a_sections_own_sentence_stands_on_its_first_sheet(book: Workbook) -> None:
    assert "What is usual." in words(book["Timeliness chart"])
    assert "What is usual." not in words(book["Timeliness values"])


def test_figures_stand_as_numbers_under_their_headings(book: Workbook) -> None:
    assert cell_of(book["Summary"], "Open at the end", "March 2024") == 1164
    assert cell_of(book["Summary"], "In time", "March 2024") == 0.92
    assert cell_of(book["Summary"], "In time", "February 2024") == "[z]"
    assert cell_of(book["Summary"], "Open at the end", "Target") is None
    assert cell_of(book["Summary"], "Overdue at the end", "Rating") == "Missed"
    received = book["Children's services received"]
    assert cell_of(received, "Council tax", "Change on February 2024") == -21
    assert cell_of(received, "All complaints", "Directorate") == "All"


def test_every_figure_shows_what_it_displays(
    pack: tuple[bytes, Ledger], book: Workbook, example: ModuleType
) -> None:
    shown = 0
    for figure in pack[1]:
        for place in pack[1].places(figure):
            sheet, _, cell = place.removeprefix("pack.xlsx ").rpartition("!")
            found = book[sheet][cell]
            assert example.shown(found.value, found.number_format) == figure.display
            shown += 1
    assert shown == 191


def test_the_ledger_says_where_each_figure_stands(pack: tuple[bytes, Ledger]) -> None:
    ledger = pack[1]
    by_key = {figure.key: figure for figure in ledger}
    assert ledger.places(by_key["open_steps|2024-03"]) == ("pack.xlsx Summary!B10",)
    received = ledger.places(by_key["received|2024-03|service=s1"])
    assert received == ("pack.xlsx Children's services received!C7",)


def test_the_ledger_sheet_holds_every_figure_and_leads_to_its_cell(
    pack: tuple[bytes, Ledger], book: Workbook
) -> None:
    sheet = book["Ledger"]
    top = header_row(sheet)
    headings = [cell.value for cell in sheet[top]]
    assert headings == ["KPI", "Period", "About", "Shown", "Count", "Base", "Exact value", "Unit",
                        "Printed in", "Source", "Key"]  # fmt: skip
    rows = list(sheet.iter_rows(min_row=top + 1, values_only=True))
    assert [row[-1] for row in rows] == [figure.key for figure in pack[1]]
    by_key = {row[-1]: dict(zip(headings, row, strict=True)) for row in rows}
    share = by_key["in_time|2024-03|procedure=corporate"]
    assert (share["Shown"], share["Count"], share["Base"]) == ("92%", 92, 100)
    assert (share["About"], share["Exact value"]) == ("procedure corporate", "92")
    mean = by_key["in_time.mean|2024-03"]
    assert str(mean["Printed in"]).startswith("Timeliness values!C")
    assert ":C" in str(mean["Printed in"])
    place = top + 1 + [row[-1] for row in rows].index("received|2024-03|service=s1")
    assert links(sheet)[f"I{place}"] == "'Children''s services received'!C7"


def test_a_withheld_figure_keeps_its_numbers_to_itself(example: ModuleType) -> None:
    small = example.figure("small", 3, base=4, unit=example.PERCENT, state=State.WITHHELD)
    table = replace(example.OUTCOMES, rows=(Row("Corporate", (small, None)),))
    content, _ = example.written(example.report(Section("a", "A", (example.HEADLINES, table))))
    sheet = example.read(content)["Ledger"]
    (row,) = [r for r in sheet.iter_rows(values_only=True) if r[0] == "Small"]
    assert row[3:7] == ("[c]", None, None, None)
    assert b"<v>3</v>" not in example.parts(content)["xl/worksheets/sheet3.xml"]


def test_the_first_sheets_figures_have_names(book: Workbook) -> None:
    name = book.defined_names["open_steps.2024_03"]
    ((sheet, cell),) = name.destinations
    assert book[sheet][cell].value == 1164


def test_a_chart_without_its_table_is_refused(example: ModuleType) -> None:
    alone = example.report(Section("a", "A", (example.HEADLINES, example.CONTROL)))
    with pytest.raises(ConfigurationError, match="'timeliness_control_values', which the report"):
        example.written(alone)


def test_an_item_named_twice_stands_once(example: ModuleType) -> None:
    sections = (Section("a", "A", (example.HEADLINES, example.OUTCOMES)),
                Section("b", "B", (example.OUTCOMES,)))  # fmt: skip
    content, _ = example.written(example.report(*sections))
    assert example.read(content).sheetnames == [
        "Summary",
        "Contents",
        "Outcomes by procedure",
        "Ledger",
    ]


def test_a_report_without_a_table_first_still_has_its_summary(example: ModuleType) -> None:
    content, ledger = example.written(example.report(Section("a", "A", (example.FINDINGS,))))
    book = example.read(content)
    assert book.sheetnames == ["Summary", "Contents", "Quality findings", "Ledger"]
    assert check(content) == []
    assert len(ledger) == 0


def small(example: ModuleType, *rows: tuple[Figure | None, ...], **parts: object) -> Report:
    headings = tuple(Heading(f"k{n}", f"Column {n}", example.COUNT) for n in range(len(rows[0])))
    lines = tuple(Row(f"Row {n}", row) for n, row in enumerate(rows))
    table = replace(example.OUTCOMES, headings=headings, rows=lines, **parts)
    report: Report = example.report(Section("a", "A", (example.HEADLINES, table)))
    return report


def above(example: ModuleType, report: Report) -> list[str]:
    sheet = example.read(example.written(report)[0])["Outcomes by procedure"]
    return words(sheet)[: header_row(sheet) - 1]


def test_marks_are_explained_where_the_report_did_not(example: ModuleType) -> None:
    gone = example.figure("x", unit=example.PERCENT, state=State.NOT_RECORDED)
    unsure = example.share("y", 1, 2, state=State.PROVISIONAL)
    said = above(example, small(example, (gone, unsure)))
    assert "[x] not recorded." in said
    assert "[p] after a number: provisional, because some cases are still undecided." in said
    told = above(example, small(example, (gone,), notes=("Here [x] not recorded means lost.",)))
    assert "[x] not recorded." not in told


def test_an_empty_cell_is_explained_where_the_report_did_not(example: ModuleType) -> None:
    one, two = example.figure("x", 1), example.figure("y", 2)
    said = above(example, small(example, (one, two), (None, one)))
    assert "A cell is empty where there is nothing to show." in said
    told = small(example, (one, two), (None, one), notes=("Target is empty.",))
    assert above(example, told)[-1] == "Target is empty."
    assert not any("empty" in text for text in above(example, small(example, (one, two))))


def test_a_column_that_says_nothing_in_any_row_is_left_out(example: ModuleType) -> None:
    one = example.figure("x", 1)
    content, _ = example.written(small(example, (one, None), (one, None)))
    sheet = example.read(content)["Outcomes by procedure"]
    assert [cell.value for cell in sheet[header_row(sheet)]] == ["Procedure", "Column 0"]
    assert check(content) == []


@pytest.mark.parametrize(("label", "found"), [("upheld", "two columns called 'upheld'"),
                                                   ("", "a column without a heading")])  # fmt: skip
def test_headings_a_table_cannot_have_are_refused_in_words(
    example: ModuleType, label: str, found: str
) -> None:
    first, second = example.OUTCOMES.headings
    table = replace(example.OUTCOMES, headings=(first, replace(second, label=label)))
    with pytest.raises(ConfigurationError, match=f"'Outcomes by procedure' has {found}"):
        example.written(example.report(Section("a", "A", (example.HEADLINES, table))))


def test_number_columns_are_alike_where_the_page_has_room(book: Workbook) -> None:
    sheet = book["By month"]
    assert sheet.column_dimensions["B"].width == sheet.column_dimensions["C"].width


def test_two_years_of_months_are_printed_on_one_page(book: Workbook) -> None:
    for name in ("By month", "Timeliness values"):
        assert book[name].page_setup.fitToHeight == 1


def test_ratings_are_words_that_colour_repeats_readably(book: Workbook, theme: Theme) -> None:
    sheet = book["Summary"]
    rules = [rule for rules in sheet.conditional_formatting._cf_rules.values() for rule in rules]
    assert {rule.formula[0].split("=")[1] for rule in rules} == {'"Met"', '"Near"', '"Missed"'}
    for rule in rules:
        assert rule.type == "expression"
        ink, ground = rule.dxf.font.color.rgb[-6:], rule.dxf.fill.bgColor.rgb[-6:]
        assert contrast(ink, ground) >= 4.5
    for colour in (theme.ink, theme.accent, theme.chart.quiet):
        assert contrast(colour, "FFFFFF") >= 4.5
    for colour in (*theme.chart.palette, *theme.chart.marks.values()):
        assert contrast(colour, "FFFFFF") >= 3


def contrast(first: str, second: str) -> float:
    """As WCAG 2 defines it, worked out apart from the product's."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = [
            p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = max(luminance(first), luminance(second)), min(luminance(first), luminance(second))
    return (high + 0.05) / (low + 0.05)


def test_a_text_column_after_numbers_is_indented(book: Workbook) -> None:
    sheet = book["Summary"]
    top = header_row(sheet)
    for row in (top, top + 1):
        assert sheet.cell(row, 4).alignment.indent == 1
        assert sheet.cell(row, 1).alignment.indent == 0


def test_every_row_has_a_height_that_holds_its_lines(book: Workbook) -> None:
    for sheet in book:
        for row in range(1, sheet.max_row + 1):
            assert sheet.row_dimensions[row].height >= 15, (sheet.title, row)
    findings = book["Quality findings"]
    top = header_row(findings)
    long, short = findings.row_dimensions[top + 2].height, findings.row_dimensions[top + 1].height
    assert long >= short + 15


def test_nothing_is_frozen_filtered_or_protected_in_a_pack(book: Workbook) -> None:
    for sheet in book:
        assert sheet.freeze_panes is None
        assert not sheet.auto_filter.ref
        assert all(table.autoFilter is None for table in sheet.tables.values())
        assert not sheet.protection.sheet
    assert book.security is None or not book.security.lockStructure


def test_a_theme_may_lock_the_order_of_sheets(example: ModuleType, theme: Theme) -> None:
    locked = theme.model_copy(update={"protect_structure": True})
    content, _ = example.written(example.report(), locked)
    assert b"lockStructure" in example.parts(content)["xl/workbook.xml"]


def test_the_pack_passes_its_own_checks(pack: tuple[bytes, Ledger], example: ModuleType) -> None:
    assert check(pack[0]) == []
    assert read_back(*pack, example.FILE, example.report()) == []
