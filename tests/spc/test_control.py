"""Control charts against the worked example of NHSRplotthedots, hand-made series and invariants.

The example stands in that package's article "Deviations from Excel defaults": 18 points, drawn with
outliers screened out of the moving ranges and without.
"""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.figures import Better
from candour.spc import Assurance, Control, Mark, control

COMMON, GOOD, POOR, ODD = Mark.COMMON, Mark.IMPROVEMENT, Mark.CONCERN, Mark.UNUSUAL
WORKED = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)

VALUES = st.lists(
    st.fractions(-50, 150, max_denominator=20) | st.sampled_from([Fraction(1), Fraction(2)]),
    min_size=2,
    max_size=40,
)


def charted(values: Sequence[float | Fraction | None], **options: object) -> Control:
    points = [None if value is None else Fraction(value) for value in values]
    return control(points, **{"better": Better.HIGHER, **options})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("screen", "upper", "lower"), [(True, "4.60", "-0.72"), (False, "6.95", "-3.06")]
)
def test_limits_are_those_of_the_published_worked_example(
    screen: bool, upper: str, lower: str
) -> None:
    chart = charted(WORKED, screen=screen)
    assert (f"{chart.upper:.2f}", f"{chart.mean:.2f}", f"{chart.lower:.2f}") == (
        upper,
        "1.94",
        lower,
    )


@pytest.mark.parametrize("screen", [True, False])
def test_one_point_of_the_worked_example_is_unusual(screen: bool) -> None:
    marks = charted(WORKED, screen=screen).marks
    assert marks == (COMMON,) * 4 + (GOOD,) + (COMMON,) * 13


def test_a_point_outside_the_limits_is_a_signal_on_either_side() -> None:
    below = [-value for value in WORKED]
    assert charted(below).marks[4] is POOR
    assert charted(WORKED, better=Better.LOWER).marks[4] is POOR
    assert charted(WORKED, better=Better.NEITHER).marks[4] is ODD


ABOVE, BELOW = [21, 24, 21, 24, 21, 24, 21], [19, 16, 19, 16, 19, 16, 19]


def test_seven_in_a_row_on_one_side_of_the_mean_are_a_signal() -> None:
    assert charted(ABOVE + BELOW).marks == (GOOD,) * 7 + (POOR,) * 7


def test_six_in_a_row_on_one_side_of_the_mean_are_not() -> None:
    assert set(charted(ABOVE[:6] + BELOW[:6]).marks) == {COMMON}


BEFORE, RISE, AFTER = [26, 14, 26, 14, 26], [17, 18, 19, 20, 21, 22, 23], [14, 26, 14, 26, 14]


def test_seven_rising_in_a_row_are_a_signal_whose_side_is_that_of_the_mean() -> None:
    found = charted(BEFORE + RISE + AFTER).marks
    assert found == (COMMON,) * 5 + (POOR,) * 3 + (ODD,) + (GOOD,) * 3 + (COMMON,) * 5


def test_seven_falling_in_a_row_are_a_signal() -> None:
    found = charted(AFTER + RISE[::-1] + BEFORE).marks
    assert found[5:12] == (GOOD,) * 3 + (ODD,) + (POOR,) * 3


def test_six_rising_in_a_row_are_not() -> None:
    assert set(charted(BEFORE + RISE[:6] + AFTER).marks) == {COMMON}


def test_a_rise_that_pauses_is_not() -> None:
    assert set(charted([*BEFORE, 17, 18, 19, 19, 20, 21, 22, *AFTER]).marks) == {COMMON}


NOISE = [18, 22] * 6


@pytest.mark.parametrize("three", [[30, 21, 30], [30, 30, 21], [21, 30, 30]])
def test_two_of_three_in_the_outer_third_of_one_side_are_a_signal(three: list[int]) -> None:
    marks = charted(NOISE + three + NOISE).marks[12:15]
    assert marks == tuple(GOOD if value == 30 else COMMON for value in three)


@pytest.mark.parametrize("three", [[30, 18, 30], [30, 21, 21], [30, 21, 12]])
def test_two_of_three_are_no_signal_across_the_mean_or_when_only_one_is_far_out(
    three: list[int],
) -> None:
    assert set(charted(NOISE + three + NOISE).marks) == {COMMON}


def test_a_measure_that_never_moves_has_no_signals() -> None:
    third = Fraction(100, 3)
    chart = charted([third] * 24)
    assert set(chart.marks) == {COMMON}
    assert chart.upper == chart.lower == chart.mean == float(third)


def test_a_month_without_a_value_is_passed_over() -> None:
    gap = charted([1, 2, None, 1, 2, 10, *WORKED[5:]])
    assert gap.points[2] is None
    assert gap.marks == (COMMON,) * 5 + (GOOD,) + (COMMON,) * 13
    assert gap.mean == charted(WORKED).mean


def test_the_latest_point_is_the_last_one_drawn() -> None:
    assert charted([*BELOW, *ABOVE, None]).latest is GOOD
    assert charted([*ABOVE, *BELOW]).latest is POOR


def test_limits_stop_where_the_measure_does() -> None:
    chart = charted(WORKED, floor=0.0, ceiling=4.0)
    assert (chart.lower, chart.upper) == (0.0, 4.0)
    assert chart.marks == charted(WORKED).marks


def test_fewer_than_twelve_points_give_trial_limits() -> None:
    assert charted(WORKED[:11]).trial
    assert not charted(WORKED[:12]).trial
    assert charted([None, *WORKED[:11]]).trial


def test_one_point_makes_no_chart() -> None:
    with pytest.raises(ValueError, match="at least two points"):
        charted([None, 3, None])


@pytest.mark.parametrize(
    ("target", "better", "assurance"),
    [
        (-1, Better.HIGHER, Assurance.CONSISTENTLY_MEETS),
        (-1, Better.LOWER, Assurance.CONSISTENTLY_MISSES),
        (2, Better.HIGHER, Assurance.HIT_OR_MISS),
        (2, Better.LOWER, Assurance.HIT_OR_MISS),
        (5, Better.HIGHER, Assurance.CONSISTENTLY_MISSES),
        (5, Better.LOWER, Assurance.CONSISTENTLY_MEETS),
        (5, Better.NEITHER, Assurance.NO_TARGET),
        (None, Better.HIGHER, Assurance.NO_TARGET),
    ],
)
def test_assurance_compares_the_target_with_the_limits(
    target: int | None, better: Better, assurance: Assurance
) -> None:
    wanted = None if target is None else Fraction(target)
    assert charted(WORKED, target=wanted, better=better).assurance is assurance


def test_a_limit_that_was_cut_off_still_leaves_its_target_in_reach() -> None:
    chart = charted(WORKED, target=Fraction(4), ceiling=3.0)
    assert chart.assurance is Assurance.HIT_OR_MISS


def flagged(values: Sequence[Fraction]) -> list[bool]:
    """Every signal by the rules as Making Data Count words them, one point at a time."""
    n, mean = len(values), sum(values) / len(values)
    moves = [abs(values[i + 1] - values[i]) for i in range(n - 1)]
    kept = [m for m in moves if 1000 * m * len(moves) <= 3267 * sum(moves)]
    reach = Fraction(266, 100) * sum(kept) / len(kept)

    def signal(i: int) -> bool:
        if abs(values[i] - mean) > reach:
            return True
        for first in range(max(0, i - 6), min(i, n - 7) + 1):
            seven = values[first : first + 7]
            ups = [seven[k + 1] > seven[k] for k in range(6)]
            downs = [seven[k + 1] < seven[k] for k in range(6)]
            if all(ups) or all(downs) or min(seven) > mean or max(seven) < mean:
                return True
        far = [2 * reach / 3 < abs(value - mean) <= reach for value in values]
        for first in range(max(0, i - 2), min(i, n - 3) + 1):
            three = values[first : first + 3]
            together = min(three) > mean or max(three) < mean
            if far[i] and together and sum(far[first : first + 3]) >= 2:
                return True
        return False

    return [signal(i) for i in range(n)]


@given(VALUES)
def test_every_signal_follows_the_rules_and_nothing_else_is_one(values: list[Fraction]) -> None:
    assert [mark is not COMMON for mark in charted(values).marks] == flagged(values)


@given(VALUES, st.fractions(Fraction(1, 9), 9), st.fractions(-99, 99))
def test_another_scale_changes_no_mark(
    values: list[Fraction], factor: Fraction, shift: Fraction
) -> None:
    moved = [value * factor + shift for value in values]
    assert charted(moved).marks == charted(values).marks


@given(VALUES)
def test_good_and_poor_change_places_with_the_better_direction(values: list[Fraction]) -> None:
    mirrored = [-value for value in values]
    assert charted(mirrored, better=Better.LOWER).marks == charted(values).marks


@given(VALUES)
def test_time_has_no_direction(values: list[Fraction]) -> None:
    assert charted(values[::-1]).marks == charted(values).marks[::-1]


@given(VALUES)
def test_limits_lie_evenly_about_the_mean_and_screening_never_widens_them(
    values: list[Fraction],
) -> None:
    screened, whole = charted(values), charted(values, screen=False)
    assert screened.upper - screened.mean == pytest.approx(screened.mean - screened.lower)
    assert screened.upper <= whole.upper
    assert screened.lower >= whole.lower
