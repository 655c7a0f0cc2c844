"""Lists: on paper in a pack, for filtering in a workbook of their own, and as long as they come."""

import datetime as dt
import io
from dataclasses import replace
from types import ModuleType

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from candour.errors import CandourError
from candour.ledger import Ledger
from candour.report import Section
from candour.table import Listing, ListingKind
from candour.workbook import Theme, check, listings, write_listings
from candour.workbook.cells import inert
from candour.workbook.layout import width_of

KINDS = (ListingKind.REFERENCE, ListingKind.NUMBER, ListingKind.DAY, ListingKind.WORDS)
CREATED = dt.datetime(2024, 4, 2, tzinfo=dt.UTC)


def cases(*rows: tuple[object, ...], title: str = "Outstanding cases") -> Listing:
    return Listing(
        id="cases",
        title=title,
        headings=tuple(zip(("Reference", "Days", "Due on", "Service"), KINDS, strict=True)),
        rows=rows or (("NM/1", 3, dt.date(2024, 3, 29), "Council tax"),),  # type: ignore[arg-type]
    )


def written(theme: Theme, *lists: Listing) -> bytes:
    return write_listings("Case list", "Synthetic cases.", "Official-Sensitive", lists, theme,
                          created=CREATED)  # fmt: skip


def sheet_of(example: ModuleType, content: bytes, name: str = "Outstanding cases") -> Worksheet:
    return example.read(content)[name]


def body(sheet: Worksheet) -> list[tuple[object, ...]]:
    (table,) = sheet.tables.values()
    first, last = table.ref.split(":")
    top = int(first[1:]) + 1
    return list(sheet.iter_rows(min_row=top, max_row=int(last[1:]), values_only=True))


def test_a_case_list_can_be_filtered_and_its_header_stays_in_sight(
    example: ModuleType, theme: Theme
) -> None:
    sheet = sheet_of(example, written(theme, cases()))
    (table,) = sheet.tables.values()
    assert table.autoFilter.ref == table.ref == "A3:D4"
    assert sheet.freeze_panes == "B4"
    assert [cell.value for cell in sheet["A"]][:2] == [
        "Outstanding cases", "Official-Sensitive. Synthetic cases."]  # fmt: skip
    assert check(written(theme, cases()), filters=True) == []
    assert "Outstanding cases: panes are frozen." in check(written(theme, cases()))


def test_days_are_days_and_numbers_are_numbers(example: ModuleType, theme: Theme) -> None:
    sheet = sheet_of(example, written(theme, cases()))
    reference, days, due, service = sheet[4]
    assert (reference.value, days.value, service.value) == ("NM/1", 3, "Council tax")
    assert due.value.date() == dt.date(2024, 3, 29)
    assert (due.is_date, due.number_format) == (True, "dd/mm/yyyy")
    assert sheet["A4"].alignment.wrap_text


def test_pandas_reads_a_case_list_as_it_was_written(theme: Theme) -> None:
    rows = (
        ("NM/1", 3, dt.date(2024, 3, 29), "Council tax"),
        ("NM/2", None, None, "Children's <b>services</b> & more"),
        (" NM/3 ", 0, dt.date(1999, 12, 31), None),
    )
    content = written(theme, cases(*rows))
    for engine in ("openpyxl", "calamine"):
        frame = pd.read_excel(io.BytesIO(content), header=3, engine=engine)
        assert list(frame.columns) == ["Reference", "Days", "Due on", "Service"]
        assert list(frame["Reference"]) == ["NM/1", "NM/2", " NM/3 "]
        assert list(frame["Service"])[:2] == ["Council tax", "Children's <b>services</b> & more"]
        assert list(frame["Due on"].dt.date)[::2] == [dt.date(2024, 3, 29), dt.date(1999, 12, 31)]
        assert list(frame["Days"].fillna(-1)) == [3, -1, 0]


def test_several_lists_have_contents_and_one_does_not(example: ModuleType, theme: Theme) -> None:
    two = written(theme, cases(), cases(title="Cases answered"))
    assert example.read(two).sheetnames == ["Contents", "Outstanding cases", "Cases answered"]
    assert example.read(written(theme, cases())).sheetnames == ["Outstanding cases"]
    assert check(two, filters=True) == []


def test_an_empty_list_says_so(example: ModuleType, book: Workbook) -> None:
    sheet = book["Cases that vanished"]
    assert [cell.value for cell in sheet["A"]][3:] == ["No case vanished."]
    assert not sheet.tables


def test_what_an_empty_cell_means_is_said(example: ModuleType, theme: Theme) -> None:
    some = cases(("NM/1", None, None, "Council tax"))
    said = [cell.value for cell in sheet_of(example, written(theme, some))["A"]]
    assert "A cell is empty where there is nothing to show." in said
    told = replace(some, notes=("Days are empty where the clock has not started.",))
    assert sum("empty" in str(c.value) for c in sheet_of(example, written(theme, told))["A"]) == 1


def test_a_column_nobody_filled_is_left_out_of_a_pack_but_not_of_a_case_list(
    example: ModuleType, theme: Theme
) -> None:
    bare = cases(("NM/1", 3, None, None), ("NM/2", 4, None, ""))
    filtered = sheet_of(example, written(theme, bare))
    assert [cell.value for cell in filtered[4]] == ["Reference", "Days", "Due on", "Service"]
    content, _ = example.written(example.report(Section("a", "A", (example.HEADLINES, bare))))
    assert body(sheet_of(example, content)) == [("NM/1", 3), ("NM/2", 4)]
    assert check(content) == []


def test_columns_are_wide_enough_for_their_longest_word(example: ModuleType, theme: Theme) -> None:
    long = "Acknowledgement-of-receipt"
    rows = [(f"NM/{n}", n, None, "Tax") for n in range(40)] + [("NM/x", 1, None, f"An {long}")]
    content = written(theme, cases(*rows))
    sheet = sheet_of(example, content)
    points = sheet.column_dimensions["D"].width * 9 * 0.75
    assert points > width_of(long, 12) + 15


def test_rows_are_as_tall_as_their_wrapped_text(example: ModuleType, theme: Theme) -> None:
    words = "Correct the day of receipt or of the response in the complaints system. " * 3
    rows = [(f"NM/{n}", n, None, "Short") for n in range(30)] + [("NM/x", 1, None, words)]
    sheet = sheet_of(example, written(theme, cases(*rows)))
    heights = [sheet.row_dimensions[row].height for row in range(5, 36)]
    assert len(set(heights[:30])) == 1
    assert heights[30] > 2 * heights[0]


ATTACKS = ("=1+1", "+1", "-1", "@x", "\t=1", "＝1", "=cmd|' /C calc'!A0", "<f>1</f>", "&lt;", "]]>")


def test_text_of_a_list_stays_inert(example: ModuleType, theme: Theme) -> None:
    rows = tuple((attack, n, None, f"a{attack}") for n, attack in enumerate(ATTACKS))
    content = written(theme, cases(*rows))
    sheet = sheet_of(example, content)
    found = [row[0] for row in sheet.iter_rows(min_row=5, max_row=4 + len(rows))]
    assert [cell.value for cell in found] == list(ATTACKS)
    assert all(cell.data_type == "s" for cell in found)
    assert [cell.quotePrefix for cell in found] == [True] * 7 + [False] * 3
    assert b"<f>" not in example.parts(content)["xl/worksheets/sheet1.xml"].replace(b"&lt;", b"")


VALUES = st.tuples(
    st.text(max_size=30) | st.none(),
    st.integers(-(10**9), 10**9) | st.none(),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)) | st.none(),
    st.sampled_from(["Council tax", "=x", "a\nb", None]),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(VALUES, min_size=1, max_size=8))
def test_any_list_comes_back_as_it_went_in(
    example: ModuleType, theme: Theme, rows: list[tuple[object, ...]]
) -> None:
    sheet = sheet_of(example, written(theme, cases(*rows)))
    back = body(sheet)
    assert len(back) == len(rows)
    for row, read in zip(rows, back, strict=True):
        text, number, day, service = read
        assert (text or "") == inert(row[0] or "")
        assert number == row[1]
        assert (day.date() if isinstance(day, dt.datetime) else day) == row[2]
        assert service == row[3]


def test_a_list_longer_than_a_sheet_is_refused_before_it_is_written(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "MOST_ROWS", 5)
    assert written(theme, cases(*[("a", 1, None, "b")] * 1))
    with pytest.raises(CandourError, match="would have 3 rows, and a sheet holds 5"):
        written(theme, cases(*[("a", 1, None, "b")] * 3))


def test_a_list_in_a_pack_prints_no_figure(example: ModuleType) -> None:
    ledger = Ledger()
    assert len(ledger) == 0
    _, entered = example.written(example.report(Section("a", "A", (example.FINDINGS,))))
    assert len(entered) == 0
