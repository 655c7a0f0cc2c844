"""What stands in a cell: the figure as everyone else sees it, and text that stays text."""

import math
from dataclasses import replace
from fractions import Fraction
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell import Cell

from candour.errors import CandourError
from candour.figures import CHANGED_UNITS, SHORTHAND, Figure, State, Unit
from candour.period import month
from candour.workbook.cells import as_written, inert, put, put_figure
from candour.workbook.styles import NUMBER, TEXT

MARCH = month("2024-03")
UNITS = list(Unit)


def of(unit: Unit, value: Fraction | None, decimals: int = 0, **parts: object) -> Figure:
    return Figure("kpi", "Kpi", MARCH, (), unit, decimals, value=value, **parts)  # type: ignore[arg-type]


def seen(example: ModuleType, figure: Figure) -> str:
    written = as_written(figure)
    text: str = example.shown(written.value, written.number_format)
    return text


@pytest.mark.parametrize(
    ("unit", "value", "decimals", "display"),
    [
        (Unit.COUNT, "1019", 0, "1,019"),
        (Unit.COUNT, "1234567", 0, "1,234,567"),
        (Unit.PERCENT, "12.5", 0, "13%"),
        (Unit.PERCENT, "28.5", 0, "29%"),
        (Unit.PERCENT, "14.25", 1, "14.3%"),
        (Unit.PERCENT, "100", 0, "100%"),
        (Unit.WORKING_DAYS, "8.5", 1, "8.5"),
        (Unit.WORKING_DAYS, "9", 1, "9.0"),
        (Unit.POUNDS, "1700", 0, "£1,700"),
        (Unit.POUNDS, "1234.565", 2, "£1,234.57"),
        (Unit.CHANGE_IN_NUMBER, "1119", 0, "+1,119"),
        (Unit.CHANGE_IN_NUMBER, "-62", 0, "-62"),
        (Unit.CHANGE_IN_NUMBER, "0", 0, "0"),
        (Unit.CHANGE_IN_DAYS, "-0.5", 1, "-0.5"),
        (Unit.CHANGE_IN_DAYS, "-0.04", 1, "0.0"),
        (Unit.CHANGE_IN_POUNDS, "-780", 0, "-£780"),
        (Unit.CHANGE_IN_POUNDS, "780", 2, "+£780.00"),
        (Unit.PERCENTAGE_POINTS, "-0.5", 0, "-1"),
        (Unit.PERCENTAGE_POINTS, "-0.4", 0, "0"),
        (Unit.PER_CENT_CHANGE, "116.7", 0, "+117%"),
        (Unit.PER_CENT_CHANGE, "-2.5", 0, "-3%"),
        (Unit.PER_CENT_CHANGE, "0.2", 0, "0%"),
        (Unit.RATE, "7.05", 1, "7.1"),
    ],
)
def test_a_cell_shows_the_figure_as_a_sentence_would(
    example: ModuleType, unit: Unit, value: str, decimals: int, display: str
) -> None:
    figure = of(unit, Fraction(value), decimals)
    assert figure.display == display
    assert seen(example, figure) == display


@given(
    st.sampled_from(UNITS),
    st.fractions(-(10**9), 10**9, max_denominator=1000) | st.fractions(-2, 2, max_denominator=40),
    st.integers(0, 3),
)
def test_every_cell_shows_what_its_figure_displays(
    example: ModuleType, unit: Unit, value: Fraction, decimals: int
) -> None:
    figure = of(unit, value, decimals)
    assert seen(example, figure) == figure.display


@given(st.sampled_from(UNITS), st.fractions(-1, 0, max_denominator=400), st.integers(0, 2))
def test_no_cell_holds_a_negative_nought(unit: Unit, value: Fraction, decimals: int) -> None:
    written = as_written(of(unit, value, decimals)).value
    assert isinstance(written, float)
    assert written != 0 or math.copysign(1, written) == 1


@pytest.mark.parametrize("unit", UNITS)
def test_a_provisional_number_carries_its_mark(example: ModuleType, unit: Unit) -> None:
    for value in (Fraction(-3), Fraction(0), Fraction(3)):
        figure = of(unit, value, state=State.PROVISIONAL)
        assert seen(example, figure) == f"{figure.display} [p]"


@pytest.mark.parametrize("state", [State.NO_BASE, State.NOT_RECORDED, State.WITHHELD])
def test_a_figure_without_a_number_is_its_shorthand(state: State) -> None:
    written = as_written(of(Unit.PERCENT, Fraction(7), state=state))
    assert (written.value, written.number_format) == (SHORTHAND[state], "General")


def test_a_withheld_number_is_nowhere_in_its_cell() -> None:
    sheet = Workbook().active
    withheld = of(Unit.COUNT, Fraction(3), count=3, state=State.WITHHELD)
    cell = put_figure(sheet, 1, 1, withheld, "Normal")
    assert cell.value == "[c]"


def test_changes_alone_show_their_sign() -> None:
    for unit in UNITS:
        signed = as_written(of(unit, Fraction(3))).number_format.startswith("+")
        assert signed == (unit in CHANGED_UNITS)


ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "\t=1", "＝1+1", "＋1", "-",
           "－1", "＠x", "=cmd|' /C calc'!A0"]  # fmt: skip


def cell_with(text: str, style: str = "Normal") -> Cell:
    return put(Workbook().active, 1, 1, text, style)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_looks_like_a_formula_stays_text_even_when_edited(attack: str) -> None:
    cell = cell_with(attack)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (attack, "s", True)


def test_plain_text_is_not_marked() -> None:
    for text in ("Council tax", " =1", "a=1", "1-2", "[z]"):
        assert not cell_with(text).quotePrefix


def test_nothing_is_decoded_into_something_else() -> None:
    assert inert("_x0041_ and _x000d_") == "_x005F_x0041_ and _x005F_x000d_"
    assert inert("tax_x_area _x41_") == "tax_x_area _x41_"


def test_what_no_workbook_can_hold_is_left_out() -> None:
    assert inert("a\x00b\x0bc\ufffed\ud800e") == "abcde"
    assert inert("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"


def test_a_text_too_long_for_a_cell_is_refused_rather_than_cut() -> None:
    assert cell_with("x" * 32_767).value == "x" * 32_767
    with pytest.raises(CandourError, match="32,768 characters does not fit a cell"):
        cell_with("x" * 32_768)


def test_a_rate_of_change_keeps_its_own_unit() -> None:
    percent = as_written(of(Unit.PERCENTAGE_POINTS, Fraction(12)))
    assert "%" not in percent.number_format
    assert percent.value == 12


def test_states_do_not_change_what_is_stored() -> None:
    figure = of(Unit.PERCENT, Fraction(25, 2))
    provisional = replace(figure, state=State.PROVISIONAL)
    assert as_written(figure).value == as_written(provisional).value == 0.13


def test_styles_are_named_once_and_reused(book: Workbook) -> None:
    names = {cell.style for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {NUMBER, TEXT} <= names
    assert len(book._named_styles) < 25
    assert len(book._cell_styles) < 80
