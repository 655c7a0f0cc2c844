"""Control charts: which movements of a measure mean something (XmR, NHS Making Data Count)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import fmean
from typing import TYPE_CHECKING

from candour.figures import Better

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT_FACTOR = 2.66
"""Natural process limits lie this many mean moving ranges from the mean (Making Data Count)."""
SCREEN_FACTOR = 3.267
"""A moving range over this many means is left out when the limits are worked out."""
FEWEST_POINTS = 12
"""With fewer points the limits are trial limits, and the words say so."""
RUN = 7


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


def control(
    points: Sequence[Fraction | None],
    *,
    better: Better,
    target: Fraction | None = None,
    floor: float | None = None,
    ceiling: float | None = None,
    screen: bool = True,
) -> Control:
    """The control chart of a series of monthly values.

    Limits are the mean plus and minus 2.66 mean moving ranges. Four rules make a signal: a point
    outside the limits; seven rising or falling in a row; two of three in the outer third of one
    side; seven on one side of the mean. Source: NHS England, Making Data Count.

    Raises:
        ValueError: fewer than two points can be drawn.
    """
    values = [float(p) for p in points if p is not None]
    if len(values) < 2:  # noqa: PLR2004
        message = "A control chart needs at least two points."
        raise ValueError(message)
    mean = fmean(values)
    spread = LIMIT_FACTOR * _mean_moving_range(values, screen=screen)
    upper, lower = mean + spread, mean - spread
    signals = _signals(values, mean, upper, lower)
    marks = iter([_mark(side, better) for side in signals])
    return Control(
        points=tuple(points),
        mean=mean,
        upper=upper if ceiling is None else min(upper, ceiling),
        lower=lower if floor is None else max(lower, floor),
        marks=tuple(Mark.COMMON if p is None else next(marks) for p in points),
        trial=len(values) < FEWEST_POINTS,
        assurance=_assurance(target, upper, lower, better),
    )


def _mean_moving_range(values: Sequence[float], *, screen: bool) -> float:
    ranges = [abs(b - a) for a, b in zip(values, values[1:], strict=False)]
    if screen:
        usual = fmean(ranges)
        ranges = [r for r in ranges if r <= SCREEN_FACTOR * usual] or ranges
    return fmean(ranges)


def _signals(values: Sequence[float], mean: float, upper: float, lower: float) -> list[int]:
    """For each point +1 (signal on the high side), -1 (low side) or 0."""
    found = [1 if v > upper else -1 if v < lower else 0 for v in values]
    third = (upper - mean) / 3
    for start in range(len(values)):
        _mark_run(found, values, start, mean)
        _mark_trend(found, values, start)
        _mark_outer_third(found, values, start, mean, third)
    return found


def _set(found: list[int], start: int, stop: int, side: int) -> None:
    for i in range(start, stop):
        found[i] = found[i] or side


def _mark_run(found: list[int], values: Sequence[float], start: int, mean: float) -> None:
    window = values[start : start + RUN]
    if len(window) == RUN and (all(v > mean for v in window) or all(v < mean for v in window)):
        _set(found, start, start + RUN, 1 if window[0] > mean else -1)


def _mark_trend(found: list[int], values: Sequence[float], start: int) -> None:
    window = values[start : start + RUN]
    steps = [b - a for a, b in zip(window, window[1:], strict=False)]
    if len(window) == RUN and (all(s > 0 for s in steps) or all(s < 0 for s in steps)):
        _set(found, start, start + RUN, 1 if steps[0] > 0 else -1)


def _mark_outer_third(
    found: list[int], values: Sequence[float], start: int, mean: float, third: float
) -> None:
    window = values[start : start + 3]
    if len(window) < 3 or third == 0:  # noqa: PLR2004
        return
    for side in (1, -1):
        outer = [i for i, v in enumerate(window) if (v - mean) * side > 2 * third]
        if len(outer) >= 2:  # noqa: PLR2004
            for i in outer:
                _set(found, start + i, start + i + 1, side)


def _mark(side: int, better: Better) -> Mark:
    if side == 0:
        return Mark.COMMON
    if better is Better.NEITHER:
        return Mark.UNUSUAL
    good = (side > 0) == (better is Better.HIGHER)
    return Mark.IMPROVEMENT if good else Mark.CONCERN


def _assurance(
    target: Fraction | None, upper: float, lower: float, better: Better
) -> Assurance:
    if target is None or better is Better.NEITHER:
        return Assurance.NO_TARGET
    wanted = float(target)
    if lower <= wanted <= upper:
        return Assurance.HIT_OR_MISS
    above = lower > wanted
    return (
        Assurance.CONSISTENTLY_MEETS
        if above == (better is Better.HIGHER)
        else Assurance.CONSISTENTLY_MISSES
    )
