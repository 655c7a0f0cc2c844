"""Beside a figure: the numbers a sentence prints next to it, each a figure with its own key."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.figures import Better, Figure, State, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

_WITHOUT_SIGN: Mapping[Unit, Unit] = {
    Unit.CHANGE_IN_NUMBER: Unit.COUNT,
    Unit.CHANGE_IN_DAYS: Unit.WORKING_DAYS,
    Unit.CHANGE_IN_POUNDS: Unit.POUNDS,
    # A number of points is no percentage: it must print without a per cent sign.
    Unit.PERCENTAGE_POINTS: Unit.RATE,
    Unit.PER_CENT_CHANGE: Unit.PERCENT,
}


def size(change: Figure) -> Figure:
    """A change without its sign, for sentences whose verb gives the direction: fell by 7."""
    value = None if change.value is None else abs(change.value)
    return replace(
        change,
        kpi=f"{change.kpi}.size",
        unit=_WITHOUT_SIGN[change.unit],
        value=value,
        source=f"the size of '{change.key}'",
    )


def count_of(figure: Figure) -> Figure:
    """How many rows a share counts: the 4 of *4 of 14 (29%)*."""
    return _whole_number(figure, "count", figure.count)


def base_of(figure: Figure) -> Figure:
    """How many rows a share is taken of: the 14 of *4 of 14 (29%)*."""
    return _whole_number(figure, "base", figure.base)


def share_of(part: Figure, whole: Figure) -> Figure:
    """What per cent of the whole a part is, as a figure of its own."""
    states = {part.state, whole.state}
    hiding = (State.WITHHELD, State.NOT_RECORDED, State.NOT_APPLICABLE)
    state = next((s for s in hiding if s in states), State.RECORDED)
    if state is State.RECORDED and not whole.value:
        state = State.NO_BASE
    shown = state is State.RECORDED
    value = _out_of(part.value, whole.value) if shown else None
    return replace(
        part,
        kpi=f"{part.kpi}.share",
        title=f"{part.title}: share",
        unit=Unit.PERCENT,
        decimals=0,
        count=part.count if shown else None,
        base=whole.count if shown else None,
        value=value,
        state=state,
        better=Better.NEITHER,
        source=f"'{part.key}' of '{whole.key}'",
        undecided=None,
    )


def _out_of(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    return part / whole * 100 if part is not None and whole else None


def undecided_of(figure: Figure) -> Figure:
    """How many rows of a provisional figure could still go either way."""
    return _whole_number(figure, "undecided", figure.undecided)


def _whole_number(figure: Figure, what: str, number: int | None) -> Figure:
    hidden = figure.state in {State.WITHHELD, State.NOT_RECORDED, State.NOT_APPLICABLE}
    recorded = State.RECORDED if number is not None else State.NOT_RECORDED
    return replace(
        figure,
        kpi=f"{figure.kpi}.{what}",
        title=f"{figure.title}: {what}",
        unit=Unit.COUNT,
        decimals=0,
        count=None if hidden else number,
        base=None,
        value=None if hidden or number is None else Fraction(number),
        state=figure.state if hidden else recorded,
        source=f"the {what} of '{figure.key}'",
        undecided=None,
    )
