"""What may be said of a change; the expected values are worked out by hand beside each case."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from candour.errors import ReconciliationError
from candour.figures import Better, Figure, State, Unit
from candour.spc import Assurance, Control, Mark
from candour.words import Direction, Judgement, Wording, movement
from candour.words.direction import small, trend

Make = Callable[..., Figure]


def usual(*marks: Mark) -> Control:
    points = tuple(Fraction(80) for _ in marks)
    return Control(points, 80.0, 90.0, 70.0, marks, trial=False, assurance=Assurance.NO_TARGET)


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        (96, 112, Direction.ROSE),  # 16.7%
        (96, 99, Direction.SIMILAR),  # 3.1%
        (100, 105, Direction.ROSE),  # 5% exactly
        (100, 125, Direction.ROSE_SHARPLY),  # 25% exactly
        (100, 124, Direction.ROSE),
        (100, 70, Direction.FELL_SHARPLY),
        (100, 90, Direction.FELL),
        (96, 96, Direction.NO_CHANGE),
        (0, 5, Direction.ROSE),  # no percentage from nought, and few
        (0, 40, Direction.ROSE_SHARPLY),
        (4, 8, Direction.ROSE),  # doubled, but of few
        (40, 8, Direction.FELL_SHARPLY),
    ],
)
def test_a_count_moves_by_its_share_of_the_earlier_one(
    figure: Make,
    earlier: Make,
    before: object,
    now: object,
    direction: Direction,
) -> None:
    assert movement(figure(now), earlier(before)).direction is direction


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        ((85, 100), (78, 100), Direction.FELL),  # 7 points
        ((85, 100), (84, 100), Direction.SIMILAR),  # one point
        ((85, 100), (83, 100), Direction.FELL),  # 2 points exactly
        ((85, 100), (95, 100), Direction.ROSE_SHARPLY),  # 10 points exactly
        ((2, 4), (3, 5), Direction.ROSE),  # 10 points, of few
        ((783, 1000), (784, 1000), Direction.SIMILAR),
    ],
)
def test_a_percentage_moves_by_points(
    figure: Make,
    earlier: Make,
    before: object,
    now: object,
    direction: Direction,
) -> None:
    assert movement(figure(now), earlier(before)).direction is direction


def test_a_percentage_never_has_a_per_cent_change(figure: Make, earlier: Make) -> None:
    moved = movement(figure((78, 100)), earlier((85, 100)))
    assert moved.change.unit is Unit.PERCENTAGE_POINTS
    assert moved.per_cent is None
    assert moved.size.display == "7"


def test_a_count_has_its_per_cent_without_a_sign(figure: Make, earlier: Make) -> None:
    moved = movement(figure(70), earlier(100))
    assert moved.size.display == "30"
    assert moved.per_cent_size is not None
    assert moved.per_cent_size.display == "30%"
    assert moved.change.display == "-30"


@pytest.mark.parametrize("before", [0, 1, 19])
def test_no_percentage_is_taken_of_nought_or_a_few(
    figure: Make, earlier: Make, before: object
) -> None:
    assert movement(figure(30), earlier(before)).per_cent is None


def test_a_change_too_small_to_print_is_similar(figure: Make, earlier: Make) -> None:
    now, before = figure(Fraction(94, 10), decimals=0), earlier(Fraction(90, 10), decimals=0)
    assert movement(now, before, wording=Wording(similar_per_cent=Fraction(1))).direction is (
        Direction.SIMILAR
    )


@pytest.mark.parametrize(
    ("better", "judgement"),
    [
        (Better.HIGHER, Judgement.WORSE),
        (Better.LOWER, Judgement.BETTER),
        (Better.NEITHER, Judgement.NEITHER),
    ],
)
def test_a_fall_is_judged_by_which_way_is_better(
    figure: Make,
    earlier: Make,
    better: Better,
    judgement: Judgement,
) -> None:
    now, before = figure((70, 100), better=better), earlier((85, 100), better=better)
    assert movement(now, before).judgement is judgement


def test_similar_is_neither_better_nor_worse(figure: Make, earlier: Make) -> None:
    moved = movement(figure(96, better=Better.LOWER), earlier(95, better=Better.LOWER))
    assert moved.judgement is Judgement.NEITHER


def test_nothing_is_sharp_better_or_worse_between_two_usual_points(
    figure: Make, earlier: Make
) -> None:
    now, before = figure((70, 100), better=Better.HIGHER), earlier((85, 100), better=Better.HIGHER)
    quiet = movement(now, before, usual(Mark.CONCERN, Mark.COMMON, Mark.COMMON))
    assert (quiet.usual, quiet.judgement) == (True, Judgement.NEITHER)
    assert quiet.direction is Direction.FELL
    loud = movement(now, before, usual(Mark.COMMON, Mark.COMMON, Mark.CONCERN))
    assert (loud.usual, loud.judgement) == (False, Judgement.WORSE)
    assert loud.direction is Direction.FELL_SHARPLY


@pytest.mark.parametrize("state", [State.WITHHELD, State.NOT_RECORDED, State.NO_BASE])
def test_a_hidden_figure_cannot_be_compared(figure: Make, earlier: Make, state: State) -> None:
    now, before = figure(5, state=state), earlier(7)
    assert movement(now, before).direction is Direction.UNKNOWN
    assert movement(before, now).direction is Direction.UNKNOWN


def test_a_provisional_figure_is_compared(figure: Make, earlier: Make) -> None:
    now = figure((70, 100), state=State.PROVISIONAL)
    assert movement(now, earlier((85, 100))).direction is Direction.FELL_SHARPLY


def test_two_measures_are_never_compared(figure: Make, earlier: Make) -> None:
    with pytest.raises(ReconciliationError, match="cannot be compared"):
        movement(figure(5), earlier(5, kpi="overdue_steps"))


def test_a_share_of_fewer_than_twenty_is_small(figure: Make) -> None:
    assert small(figure((4, 19)))
    assert not small(figure((4, 20)))
    assert not small(figure(4))


@pytest.mark.parametrize(
    ("before", "now", "word"),
    [
        ((85, 100), (78, 100), "fell"),
        ((78, 100), (85, 100), "rose"),
        ((783, 1000), (784, 1000), "did not change"),  # both print as 78%
        ((784, 1000), (786, 1000), "rose"),  # 78% and 79%, though but a fifth of a point
        ((5, 10), (5, 10), "did not change"),
        (4, 4, "did not change"),
        (4, 5, "rose"),
        (5, 0, "fell"),
    ],
)
def test_a_trend_in_a_word_follows_what_is_printed(
    figure: Make, earlier: Make, before: object, now: object, word: str
) -> None:
    told = trend(figure(now), earlier(before))

    assert (told.words, told.display, told.unit) == (word, word, Unit.WORDS)
    assert (figure(now).display == earlier(before).display) is (word == "did not change")


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (State.WITHHELD, "[c]"),
        (State.NOT_RECORDED, "[x]"),
        (State.NO_BASE, "[z]"),
        (State.NOT_APPLICABLE, "[z]"),
    ],
)
def test_a_trend_of_what_is_not_printed_says_nothing(
    figure: Make, earlier: Make, state: State, mark: str
) -> None:
    told = trend(figure(None, state=state), earlier(7))

    assert (told.words, told.display) == ("", mark)


def test_a_trend_has_a_key_of_both_periods(figure: Make, earlier: Make) -> None:
    assert trend(figure(5), earlier(7)).key == "complaints_received.trend|2024-03|from 2024-02"
