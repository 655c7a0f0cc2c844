"""Control charts: which movements of a measure mean something (XmR, NHS Making Data Count).

Limits are the mean plus and minus 2.66 mean moving ranges. Four rules make a signal: a point
outside the limits; seven rising or falling in a row; two of three in the outer third while all
three lie on one side of the mean; seven on one side of the mean. A signal is good or bad by the
side of the mean it lies on. Source: NHS England, Making Data Count, as the package NHSRplotthedots
reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from candour.figures import Better

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT_FACTOR = Fraction("2.66")
"""Natural process limits lie this many mean moving ranges from the mean (Making Data Count)."""
SCREEN_FACTOR = Fraction("3.267")
"""A moving range over this many means is left out when the limits are worked out."""
FEWEST_TO_DRAW = 2
"""With fewer points nothing moves, and there are no limits."""
FEWEST_POINTS = 12
"""With fewer points the limits are trial limits, and the words say so."""
RUN = 7
OUTER = 3
"""Of so many points in a row, two in the outer third of one side are a signal."""


class Mark(StrEnum):
    """What a point is: part of the usual noise, or a signal, good, bad or without a side."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    UNUSUAL = "unusual"


class Assurance(StrEnum):
    """Whether the process as it runs can be relied on to meet its target."""

    CONSISTENTLY_MEETS = "consistently meets"
    CONSISTENTLY_MISSES = "consistently misses"
    HIT_OR_MISS = "hit or miss"
    NO_TARGET = "no target"


@dataclass(frozen=True, slots=True)
class Control:
    """A control chart's arithmetic: mean, limits and a mark a point, in the points' own unit."""

    points: tuple[Fraction | None, ...]
    mean: float
    upper: float
    lower: float
    marks: tuple[Mark, ...]
    trial: bool
    assurance: Assurance

    @property
    def latest(self) -> Mark:
        """What the last drawn point is."""
        drawn = [m for m, p in zip(self.marks, self.points, strict=True) if p is not None]
        return drawn[-1] if drawn else Mark.COMMON


@dataclass(frozen=True, slots=True)
class _Limits:
    """Exact mean and limits: in floats, a value that never moved would lie beside its own mean."""

    mean: Fraction
    upper: Fraction
    lower: Fraction

    def side(self, value: Fraction) -> int:
        """+1 above the mean, -1 below, 0 on it."""
        return (value > self.mean) - (value < self.mean)

    def outside(self, value: Fraction) -> bool:
        return not self.lower <= value <= self.upper

    def in_outer_third(self, value: Fraction) -> bool:
        near = (self.upper - self.mean) * 2 / 3
        return abs(value - self.mean) > near and not self.outside(value)


def control(
    points: Sequence[Fraction | None],
    *,
    better: Better,
    target: Fraction | None = None,
    floor: float | None = None,
    ceiling: float | None = None,
    screen: bool = True,
) -> Control:
    """The control chart of a series of monthly values, by the rules above.

    Raises:
        ValueError: fewer than two points can be drawn.
    """
    values = [point for point in points if point is not None]
    if len(values) < FEWEST_TO_DRAW:
        message = "A control chart needs at least two points."
        raise ValueError(message)
    limits = _limits(values, screen=screen)
    marks = iter(_marks(values, limits, better))
    upper, lower = float(limits.upper), float(limits.lower)
    return Control(
        points=tuple(points),
        mean=float(limits.mean),
        upper=upper if ceiling is None else min(upper, ceiling),
        lower=lower if floor is None else max(lower, floor),
        marks=tuple(Mark.COMMON if point is None else next(marks) for point in points),
        trial=len(values) < FEWEST_POINTS,
        assurance=_assurance(target, limits, better),
    )


def _limits(values: Sequence[Fraction], *, screen: bool) -> _Limits:
    mean = _mean(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    if screen:
        usual = SCREEN_FACTOR * _mean(ranges)
        ranges = [moved for moved in ranges if moved <= usual]
    spread = LIMIT_FACTOR * _mean(ranges)
    return _Limits(mean, mean + spread, mean - spread)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _marks(values: Sequence[Fraction], limits: _Limits, better: Better) -> list[Mark]:
    signals = {i for i, value in enumerate(values) if limits.outside(value)}
    for start in range(len(values)):
        signals |= _run(values, start, limits) | _two_of_three(values, start, limits)
    return [
        _mark(limits.side(value), better) if i in signals else Mark.COMMON
        for i, value in enumerate(values)
    ]


def _run(values: Sequence[Fraction], start: int, limits: _Limits) -> set[int]:
    """Seven points from ``start`` on one side of the mean, or all rising, or all falling."""
    window = values[start : start + RUN]
    sides = {limits.side(value) for value in window}
    steps = {(later > earlier) - (later < earlier) for earlier, later in pairwise(window)}
    if len(window) == RUN and any(found in ({1}, {-1}) for found in (sides, steps)):
        return set(range(start, start + RUN))
    return set()


def _two_of_three(values: Sequence[Fraction], start: int, limits: _Limits) -> set[int]:
    """Of three points on one side of the mean those in its outer third, if they are two or more."""
    window = values[start : start + OUTER]
    near = {start + i for i, value in enumerate(window) if limits.in_outer_third(value)}
    one_side = {limits.side(value) for value in window} in ({1}, {-1})
    return near if len(window) == OUTER and one_side and len(near) > 1 else set()


def _mark(side: int, better: Better) -> Mark:
    if side == 0 or better is Better.NEITHER:
        return Mark.UNUSUAL
    good = (side > 0) == (better is Better.HIGHER)
    return Mark.IMPROVEMENT if good else Mark.CONCERN


def _assurance(target: Fraction | None, limits: _Limits, better: Better) -> Assurance:
    if target is None or better is Better.NEITHER:
        return Assurance.NO_TARGET
    if not limits.outside(target):
        return Assurance.HIT_OR_MISS
    above = limits.lower > target
    return (
        Assurance.CONSISTENTLY_MEETS
        if above == (better is Better.HIGHER)
        else Assurance.CONSISTENTLY_MISSES
    )
