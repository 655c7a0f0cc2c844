"""Numbers beside a figure: shares worked out by hand, and nothing told of what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from candour.figures import Figure, State, Unit
from candour.words.beside import base_of, count_of, share_of

Make = Callable[..., Figure]
HIDDEN = [State.WITHHELD, State.NOT_RECORDED, State.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("part", "whole", "display"),
    [(5, 13, "38%"), (1, 8, "13%"), (1, 200, "1%"), (1, 201, "0%"), (0, 7, "0%"), (7, 7, "100%")],
)
def test_a_share_is_a_percentage_rounded_once(
    figure: Make, part: int, whole: int, display: str
) -> None:
    share = share_of(figure(part, about=(("service", "waste"),)), figure(whole))

    assert (share.display, share.count, share.base) == (display, part, whole)
    assert share.value == Fraction(100 * part, whole)
    assert share.key == "complaints_received.share|2024-03|service=waste"


def test_of_nothing_there_is_no_share(figure: Make) -> None:
    share = share_of(figure(0), figure(0))

    assert (share.state, share.display, share.value) == (State.NO_BASE, "[z]", None)


@pytest.mark.parametrize("state", HIDDEN)
def test_a_share_of_what_is_hidden_tells_nothing(figure: Make, state: State) -> None:
    hidden, told = figure(None, state=state), figure(7)

    for share in (share_of(hidden, told), share_of(told, hidden)):
        assert (share.state, share.value, share.count, share.base) == (state, None, None, None)


@pytest.mark.parametrize("state", HIDDEN)
def test_the_counts_of_what_is_hidden_are_hidden_alike(figure: Make, state: State) -> None:
    hidden = figure(None, Unit.PERCENT, state=state)

    for number in (count_of(hidden), base_of(hidden)):
        assert (number.state, number.value, number.count) == (state, None, None)


def test_the_counts_of_a_share_are_whole_numbers_of_their_own(figure: Make) -> None:
    share = figure((4, 14))

    assert (count_of(share).display, base_of(share).display) == ("4", "14")
    assert count_of(share).key == "complaints_received.count|2024-03"
