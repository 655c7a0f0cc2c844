"""Native charts: axes, labels, shapes and words, as they stand in the file."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from types import ModuleType
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from candour.chart import Chart, ChartKind
from candour.figures import Better
from candour.ledger import Ledger
from candour.report import Section
from candour.spc import control
from candour.table import Table
from candour.workbook import Theme, check
from candour.workbook.charts.bars import readable_on
from candour.workbook.charts.marks import with_marks
from candour.workbook.charts.scale import axis_end, spread
from candour.workbook.layout import PAGE_HEIGHT

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CONTROL, LINE, BAR, STACKED, COLUMN = 1, 2, 3, 4, 5


def chart(pack: tuple[bytes, Ledger], example: ModuleType, number: int) -> ElementTree.Element:
    return ElementTree.fromstring(example.parts(pack[0])[f"xl/charts/chart{number}.xml"])


def values(element: ElementTree.Element, path: str) -> list[str | None]:
    return [found.get("val") for found in element.findall(re.sub(r"(\w+)", rf"{C}\1", path))]


def series(drawn: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {
        "".join(one.find(f"{C}tx").itertext()).strip(): one  # type: ignore[union-attr]
        for one in drawn.iter(f"{C}ser")
    }


def reference(one: ElementTree.Element, kind: str) -> str:
    return next(one.find(f"{C}{kind}").iter(f"{C}f")).text or ""  # type: ignore[union-attr]


@pytest.mark.parametrize("number", range(1, 6))
def test_axes_are_never_left_for_the_program_to_hide(
    pack: tuple[bytes, Ledger], example: ModuleType, number: int
) -> None:
    drawn = chart(pack, example, number)
    for axis in ("catAx", "valAx"):
        (deleted,) = values(drawn, f".//{axis}/delete")
        labelled = axis == "valAx" and number in {BAR, COLUMN}
        assert deleted == ("1" if labelled else "0")


@pytest.mark.parametrize("number", range(1, 6))
def test_every_chart_is_square_untitled_and_in_our_own_font(
    pack: tuple[bytes, Ledger], example: ModuleType, number: int
) -> None:
    drawn = chart(pack, example, number)
    assert values(drawn, "./roundedCorners") == ["0"]
    assert values(drawn, "./chart/autoTitleDeleted") == ["1"]
    assert drawn.find(f"{C}chart/{C}title") is None
    assert {latin.get("typeface") for latin in drawn.iter(f"{A}latin")} == {"Arial"}
    assert {look.get("sz") for look in drawn.iter(f"{A}defRPr")} == {"1200"}
    legends = list(drawn.iter(f"{C}legend"))
    assert values(drawn, ".//legend/overlay") == ["0"] * len(legends)
    assert bool(legends) == (number in {CONTROL, STACKED, COLUMN})
    assert values(drawn, "./chart/dispBlanksAs") == ["gap"]


@pytest.mark.parametrize("number", [CONTROL, LINE, STACKED])
def test_gridlines_are_pale(pack: tuple[bytes, Ledger], example: ModuleType, number: int) -> None:
    (grid,) = chart(pack, example, number).iter(f"{C}majorGridlines")
    assert next(grid.iter(f"{A}srgbClr")).get("val") == "D9D9D9"


def test_bars_have_their_values_instead_of_an_axis(
    pack: tuple[bytes, Ledger], example: ModuleType
) -> None:
    for number in (BAR, COLUMN):
        drawn = chart(pack, example, number)
        assert not list(drawn.iter(f"{C}majorGridlines"))
        assert set(values(drawn, ".//ser/dLbls/showVal")) == {"1"}


def test_every_fill_is_a_colour_of_the_theme(
    pack: tuple[bytes, Ledger], example: ModuleType, theme: Theme
) -> None:
    look = theme.chart
    ours = {*look.palette, look.grid, look.quiet, *look.marks.values(), theme.ink, "FFFFFF"}
    for number in range(1, 6):
        drawn = chart(pack, example, number)
        assert {colour.get("val") for colour in drawn.iter(f"{A}srgbClr")} <= ours
        assert not list(drawn.iter(f"{A}schemeClr"))


def test_series_are_drawn_from_the_column_of_their_key_whatever_it_is_called(
    example: ModuleType,
) -> None:
    table: Table = example.OUTCOMES
    same = replace(table, headings=tuple(replace(h, label="Upheld") for h in table.headings[:1])
                   + table.headings[1:])  # fmt: skip
    drawn = example.drawn(ChartKind.COLUMN, same, ("not", "upheld"))
    content, _ = example.written(
        example.report(Section("a", "A", (example.HEADLINES, same, drawn)))
    )
    part = ElementTree.fromstring(example.parts(content)["xl/charts/chart1.xml"])
    found = {name: reference(one, "val") for name, one in series(part).items()}
    top = 4 + 1
    assert found == {
        "Not upheld": f"'Outcomes by procedure'!$C${top}:$C${top + 2}",
        "Upheld": f"'Outcomes by procedure'!$B${top}:$B${top + 2}",
    }


def test_totals_are_in_no_chart(pack: tuple[bytes, Ledger], example: ModuleType) -> None:
    (bars,) = series(chart(pack, example, BAR)).values()
    assert reference(bars, "val") == "'Children''s services received'!$C$6:$C$8"
    assert reference(bars, "cat") == "'Children''s services received'!$A$6:$A$8"


def test_every_chart_says_in_words_what_it_shows(
    pack: tuple[bytes, Ledger], example: ModuleType, book: Workbook
) -> None:
    parts = example.parts(pack[0])
    drawings = [parts[f"xl/drawings/drawing{number}.xml"].decode() for number in range(1, 6)]
    charts = [example.CONTROL, *example.CHARTS[:2], *example.CHARTS[2:]]
    for one, drawing in zip(charts, drawings, strict=True):
        assert f'name="{one.title}" descr="{one.alt}"' in drawing
    for one in charts:
        said = " ".join(str(cell.value) for cell in book[f"{one.sheet} chart".capitalize()]["A"])
        assert one.reading in said
        assert "The numbers of this chart: " in said


def test_words_for_the_blind_survive_any_sign_in_them(example: ModuleType) -> None:
    odd = 'He said "5 < 6 & 7" \\1 \\g<1> of it, and went on.'
    drawn = replace(example.CHARTS[2], alt=odd, title="<b>'&\"")
    content, _ = example.written(
        example.report(Section("a", "A", (example.HEADLINES, example.OUTCOMES, drawn)))
    )
    drawing = ElementTree.fromstring(example.parts(content)["xl/drawings/drawing1.xml"])
    (named,) = [found for found in drawing.iter() if found.tag.endswith("cNvPr")]
    assert (named.get("descr"), named.get("name")) == (odd, "<b>'&\"")


def test_a_control_chart_marks_unusual_months_by_shape_and_names_them(
    pack: tuple[bytes, Ledger], example: ModuleType, book: Workbook
) -> None:
    drawn = series(chart(pack, example, CONTROL))
    assert list(drawn) == ["Responded to in time", "Mean", "Lower limit", "Upper limit", "Target",
                           "Worse than usual"]  # fmt: skip
    symbols = {name: values(one, "./marker/symbol") for name, one in drawn.items()}
    assert symbols.pop("Responded to in time") == ["circle"]
    assert symbols.pop("Worse than usual") == ["triangle"]
    assert set(map(tuple, symbols.values())) == {("none",)}
    said = " ".join(str(cell.value) for cell in book["Timeliness chart"]["A"])
    assert "A triangle is a month worse than usual." in said
    assert "Between the dashed limits" in said


def test_months_that_are_not_unusual_have_no_cell_to_draw_and_the_table_says_so(
    book: Workbook,
) -> None:
    sheet = book["Timeliness values"]
    marked = [cell.value for cell in sheet["H"]][-24:]
    assert [value for value in marked if value is not None] == [0.5]
    assert marked.index(0.5) == 20
    said = [str(cell.value) for cell in sheet["A"]]
    assert "A cell under Worse than usual is empty where the month is not." in said


@pytest.mark.parametrize(
    ("better", "keys"),
    [(Better.HIGHER, ["better", "worse"]), (Better.LOWER, ["better", "worse"]),
     (Better.NEITHER, ["unusual"])],
)  # fmt: skip
def test_marks_have_a_column_for_each_kind_there_is(
    example: ModuleType, better: Better, keys: list[str]
) -> None:
    calm, high, low = [50, 52] * 4, [90], [10]
    points = [Fraction(v) for v in (*calm, *high, *calm[:6], *low, *calm)]
    one = replace(example.CONTROL, control=control(points, better=better), target=None)
    table = with_marks(example.CONTROL_VALUES, one)
    assert [heading.key for heading in table.headings[5:]] == keys


def test_a_chart_with_nothing_unusual_has_no_marks(example: ModuleType) -> None:
    calm = replace(example.CONTROL, control=control([Fraction(80)] * 24, better=Better.HIGHER),
                   target=None)  # fmt: skip
    assert with_marks(example.CONTROL_VALUES, calm) == example.CONTROL_VALUES


def test_a_share_of_responses_ends_at_the_whole(
    pack: tuple[bytes, Ledger], example: ModuleType
) -> None:
    drawn = chart(pack, example, CONTROL)
    assert values(drawn, ".//valAx/scaling/max") == ["1"]
    assert values(drawn, ".//valAx/scaling/min") == ["0"]
    assert next(drawn.iter(f"{C}valAx")).find(f"{C}numFmt").get("formatCode") == "#,##0%"  # type: ignore[union-attr]


def test_every_third_month_is_labelled(pack: tuple[bytes, Ledger], example: ModuleType) -> None:
    for number in (CONTROL, LINE):
        drawn = chart(pack, example, number)
        assert values(drawn, ".//catAx/tickLblSkip") == ["3"]
        turned = next(drawn.iter(f"{C}catAx")).find(f"{C}txPr/{A}bodyPr")
        assert turned is not None
        assert int(turned.get("rot") or 0) == 1


def test_lines_are_straight_and_named_at_their_ends(
    pack: tuple[bytes, Ledger], example: ModuleType
) -> None:
    for number in (CONTROL, LINE):
        drawn = chart(pack, example, number)
        assert set(values(drawn, ".//ser/smooth")) == {"0"}
    for name, one in series(chart(pack, example, LINE)).items():
        assert values(one, "./dLbls/dLbl/idx") == ["23"], name
        assert values(one, "./dLbls/dLbl/showSerName") == ["1"]
    assert chart(pack, example, LINE).find(f".//{C}legend") is None


def test_labels_that_would_cover_each_other_are_moved_apart(
    pack: tuple[bytes, Ledger], example: ModuleType
) -> None:
    moved = [
        float(y.get("val") or 0)
        for y in chart(pack, example, LINE).findall(f".//{C}dLbl//{C}manualLayout/{C}y")
    ]
    # 123 and 124 of 150 lie four points apart, and letters are twelve high.
    assert len(moved) == 2
    assert abs(moved[0] - moved[1]) > 0.02


@given(st.lists(st.floats(0, 1), max_size=6), st.floats(0.01, 0.2))
def test_spread_labels_keep_their_order_and_their_distance(places: list[float], gap: float) -> None:
    moved = spread(places, gap)
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    assert all(moved[b] - moved[a] >= gap - 1e-9 for a, b in pairwise(order))
    if all(places[b] - places[a] >= gap for a, b in pairwise(order)):
        assert moved == pytest.approx(places)


@pytest.mark.parametrize(
    ("most", "end", "step"),
    [(221, 250, 50), (184, 200, 50), (6, 6, 1), (7, 8, 2), (1.0, 1.0, 0.2), (0.97, 1.0, 0.2),
     (12_345, 12_500, 2_500), (0, 1, 1)],
)  # fmt: skip
def test_an_axis_ends_at_a_round_number(most: float, end: float, step: float) -> None:
    assert axis_end([0, most]) == (pytest.approx(end), pytest.approx(step))


@given(st.floats(0.001, 1e7))
def test_an_axis_holds_every_value_in_few_steps(most: float) -> None:
    end, step = axis_end([most])
    assert most <= end * (1 + 1e-9)
    assert 1 <= round(end / step) <= 6
    assert end <= most + step


def test_words_on_a_bar_are_in_the_colour_that_stands_out(theme: Theme) -> None:
    assert readable_on("12436D", theme) == "FFFFFF"
    assert readable_on("28A197", theme) == theme.ink


def test_charts_fill_the_printed_page_and_stay_on_it(
    pack: tuple[bytes, Ledger], example: ModuleType, book: Workbook
) -> None:
    parts = example.parts(pack[0])
    for number, name in enumerate((n for n in book.sheetnames if n.endswith("chart")), start=1):
        drawing = parts[f"xl/drawings/drawing{number}.xml"].decode()
        (wide,) = re.findall(r'ext cx="(\d+)"', drawing)
        assert int(wide) / 12_700 == pytest.approx(777, abs=1)
        sheet = book[name]
        heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
        assert sum(heights) < PAGE_HEIGHT
        assert sheet.page_setup.fitToHeight == 1


@pytest.mark.parametrize("number", [1, 7, 40])
def test_a_chart_of_many_bars_still_fits_the_page(example: ModuleType, number: int) -> None:
    row = example.RECEIVED.rows[0]
    rows = tuple(
        replace(row, label=f"Service {n}", cells=("Place", example.figure(f"r{n}", n), None))
        for n in range(number)
    )
    table = replace(example.RECEIVED, rows=rows)
    drawn: Chart = example.drawn(ChartKind.BAR, table, ("this",))
    content, _ = example.written(
        example.report(Section("a", "A", (example.HEADLINES, table, drawn)))
    )
    (high,) = re.findall(
        rb'ext cx="\d+" cy="(\d+)"', example.parts(content)["xl/drawings/drawing1.xml"]
    )
    assert 60 < int(high) / 12_700 <= 405
    assert check(content) == []
