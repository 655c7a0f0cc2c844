"""Charts read back from their SVG: what they say, and that they say it the same way twice."""

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction
from types import ModuleType

import pytest

from candour.chart import Chart, ChartKind, Series
from candour.errors import ConfigurationError
from candour.figures import State
from candour.page import Look, Theme
from candour.page.charts import Size, draw
from candour.page.charts.bars import readable_on
from candour.spc import Control, Mark, control

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="session")
def look(theme: Theme) -> Look:
    return theme.look


def words(svg: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


def printed(svg: str) -> dict[str, str]:
    """The figures a chart prints: key to what stands there."""
    groups = [g for g in ET.fromstring(svg).iter(f"{SVG}g") if "data-figure" in g.attrib]
    return {g.attrib["data-figure"]: "".join(g.itertext()).strip() for g in groups}


def simple(example: ModuleType, kind: ChartKind, values: dict[str, tuple], **more: object) -> Chart:
    """A chart of one series per entry, its figures one category each."""
    months = example.labels(len(next(iter(values.values()))))
    return Chart(
        id="simple", title="Title", kind=kind, unit=example.COUNT, categories=months,
        series=tuple(
            Series(name, example.monthly(name.lower(), example.COUNT, numbers))
            for name, numbers in values.items()
        ),
        table_id="t", reading="Reading.", alt="Alt.", **more,
    )  # fmt: skip


@pytest.mark.parametrize("hidden", [0, 1, 3])
def test_a_category_of_which_nothing_is_drawn_keeps_its_place(
    example: ModuleType, look: Look, hidden: int
) -> None:
    whole = simple(example, ChartKind.COLUMN, {"One": (3, 5, 8, 2), "Two": (4, 6, 7, 9)})
    series = tuple(
        replace(one, figures=tuple(None if at == hidden else f for at, f in enumerate(one.figures)))
        for one in whole.series
    )
    veiled = draw(replace(whole, series=series), look)
    for category in whole.categories:
        assert _across(veiled, category) == _across(draw(whole, look), category)


def _across(svg: str, label: str) -> list[str | None]:
    """Where in the drawing the words of a label stand."""
    found = [
        text.get("transform", text.get("x"))
        for text in ET.fromstring(svg).iter(f"{SVG}text")
        if text.text and text.text[0].isalpha() and text.text in label
    ]
    assert found
    return found


@pytest.fixture(params=["timeliness", "received_trend", "outcomes"])
def chart(request: pytest.FixtureRequest, example: ModuleType) -> Chart:
    return getattr(example, request.param)()


@pytest.mark.parametrize("size", Size)
def test_the_same_chart_is_the_same_bytes(chart: Chart, look: Look, size: Size) -> None:
    assert draw(chart, look, size) == draw(chart, look, size)


def test_title_and_description_name_the_drawing(chart: Chart, look: Look) -> None:
    root = ET.fromstring(draw(chart, look))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == (chart.title, chart.alt)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"


def test_text_stays_text_in_the_pages_font(chart: Chart, look: Look) -> None:
    svg = draw(chart, look)
    assert len(words(svg)) > 5
    assert "DejaVu" not in svg
    assert "Candour Sans" in svg


def test_nothing_tells_when_or_by_what_it_was_drawn(chart: Chart, look: Look) -> None:
    svg = draw(chart, look)
    assert not re.search(r"metadata|matplotlib|<!DOCTYPE|<\?xml|20[0-9]{2}-[0-9]{2}-[0-9]{2}T", svg)


def test_drawings_on_one_page_share_no_id(example: ModuleType, look: Look) -> None:
    ids = [
        set(re.findall(r'\bid="([^"]*)"', draw(chart, look)))
        for chart in (example.timeliness(), example.received_trend(), example.outcomes())
    ]
    assert not (ids[0] & ids[1] | ids[1] & ids[2] | ids[0] & ids[2])


def test_a_line_is_labelled_with_its_name_and_last_figure(example: ModuleType, look: Look) -> None:
    svg = draw(example.received_trend(), look)
    assert {"112", "119", "Complaints received", "Responses sent"} <= set(words(svg))
    assert printed(svg) == {"complaints_received|2024-03": "112", "responses_sent|2024-03": "119"}


def test_long_names_stand_above_a_small_chart(example: ModuleType, look: Look) -> None:
    svg = draw(example.received_trend(), look, Size.HALF)
    assert {"112", "119", "Complaints received", "Responses sent"} <= set(words(svg))


def heights(svg: str, labels: tuple[str, ...]) -> list[float]:
    found = {}
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        if text.text in labels:
            found[text.text] = float(re.findall(r"[-\d.]+", text.attrib["transform"])[-1])
    return [found[label] for label in labels]


def test_labels_of_lines_that_end_together_do_not_overlap(example: ModuleType, look: Look) -> None:
    svg = draw(simple(example, ChartKind.LINE, {"A": (5, 50), "B": (6, 50), "C": (4, 49)}), look)
    first, second, third = sorted(heights(svg, ("A", "B", "C")))
    assert second - first > 9
    assert third - second > 9


def test_a_month_without_a_number_is_a_gap(example: ModuleType, look: Look) -> None:
    whole = simple(example, ChartKind.LINE, {"A": (5, 6, 7, 8)})
    figures = whole.series[0].figures
    hidden = replace(figures[1], state=State.WITHHELD)  # type: ignore[type-var]
    gap = replace(whole, series=(Series("A", (figures[0], hidden, None, figures[3])),))
    svg = draw(gap, look)
    drawn = [path.attrib for path in ET.fromstring(svg).iter(f"{SVG}path")]
    colour = next(c for c in look.palette if c != look.accent)
    lines = [p["d"] for p in drawn if p.get("stroke") == colour.lower() and p.get("fill") == "none"]
    assert lines
    assert not any("L" in line for line in lines), "a line is drawn across the gap"
    assert "nan" not in svg


def test_a_control_chart_marks_by_shape_and_says_average_range_and_target(
    example: ModuleType, look: Look
) -> None:
    svg = draw(example.timeliness(), look)
    assert {"average", "usual range", "target", "90%", "78%"} <= set(words(svg))
    assert printed(svg) == {
        "responded_in_time|2024-03|stage=1": "78%",
        "responded_in_time.target|2024-03|stage=1": "90%",
    }
    colours = look.marks
    assert colours[Mark.CONCERN].lower() in svg
    assert colours[Mark.IMPROVEMENT].lower() not in svg.replace(look.ink.lower(), "")


def test_a_control_chart_needs_its_limits(example: ModuleType, look: Look) -> None:
    with pytest.raises(ConfigurationError, match="without limits"):
        draw(replace(example.timeliness(), control=None), look)


def test_a_flat_control_chart_is_drawn(example: ModuleType, look: Look) -> None:
    flat: Control = control([Fraction(80)] * 12, better=example.Better.HIGHER)
    shares = example.monthly("x", example.PERCENT, [(80, 100)] * 12)
    chart = replace(
        example.timeliness(), control=flat, target=None, categories=example.labels(12),
        series=(Series("x", shares),),
    )  # fmt: skip
    assert "80%" in words(draw(chart, look))


def test_bars_are_sorted_and_each_has_its_figure(example: ModuleType, look: Look) -> None:
    chart = simple(example, ChartKind.BAR, {"A": (3, 30, 7)})
    names = ("Roads", "Waste", "Parks")
    svg = draw(replace(chart, categories=names), look)
    assert list(printed(svg).values()) == ["30", "7", "3"]
    first, second, third = heights(svg, ("Waste", "Parks", "Roads"))
    assert first < second < third


def test_columns_are_labelled_while_they_are_few(example: ModuleType, look: Look) -> None:
    few = draw(simple(example, ChartKind.COLUMN, {"A": (3, 5), "B": (4, 6)}), look)
    assert sorted(printed(few).values()) == ["3", "4", "5", "6"]
    many = {"A": tuple(range(20)), "B": tuple(range(20))}
    assert printed(draw(simple(example, ChartKind.COLUMN, many), look)) == {}


def test_a_part_too_narrow_for_its_figure_has_none(example: ModuleType, look: Look) -> None:
    chart = simple(example, ChartKind.STACKED, {"A": (97,), "B": (3,)})
    assert list(printed(draw(chart, look)).values()) == ["97"]


def test_a_bar_of_nothing_is_drawn(example: ModuleType, look: Look) -> None:
    chart = simple(example, ChartKind.STACKED, {"A": (0, 4), "B": (0, 4)})
    assert sorted(printed(draw(chart, look)).values()) == ["4", "4"]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, worked out apart from the product's."""
    linear = []
    for place in (1, 3, 5):
        part = int(colour[place : place + 2], 16) / 255
        linear.append(part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4))
    return linear[0] * 0.2126 + linear[1] * 0.7152 + linear[2] * 0.0722


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_can_be_told_from_white_and_every_word_can_be_read(look: Look) -> None:
    assert round(contrast("#000000", "#FFFFFF"), 6) == 21
    for colour in (*look.palette, *look.marks.values()):
        assert contrast(colour, "#FFFFFF") >= 3
        assert contrast(readable_on(colour, look), colour) >= 4.5
    for tone in look.ratings.values():
        assert contrast(tone.ink, tone.fill) >= 4.5
    for words_in in (look.ink, look.muted, look.accent):
        assert contrast(words_in, "#FFFFFF") >= 4.5
        assert contrast(words_in, look.wash) >= 4.5


def test_names_from_exports_stay_text_in_a_drawing(example: ModuleType, look: Look) -> None:
    attack = "</text><script>x</script>&"
    chart = simple(example, ChartKind.BAR, {"A": (3, 4)})
    svg = draw(replace(chart, categories=(attack, "$x^2$ and \\frac"), title=attack), look)
    assert "<script" not in svg
    assert attack in "".join(words(svg)).replace("\n", "")
    assert any("$x^2$" in line for line in words(svg))
