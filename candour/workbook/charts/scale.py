"""Scale: where an axis ends, and how labels beside it keep out of each other's way."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_STEPS = 6


def axis_end(values: Iterable[float]) -> tuple[float, float]:
    """The end and step of an axis from nought that holds every value: 221 gives 250 and 50."""
    most = max(values, default=0.0)
    if most <= 0:
        return 1.0, 1.0
    power = 10.0 ** math.floor(math.log10(most / _MOST_STEPS))
    step = next(step * power for step in _STEPS if most <= step * power * _MOST_STEPS)
    return math.ceil(round(most / step, 9)) * step, step


def spread(places: Sequence[float], gap: float) -> list[float]:
    """The places moved as little apart as leaves ``gap`` between any two, in the same order."""
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    upwards, downwards = list(places), list(places)
    for below, above in pairwise(order):
        upwards[above] = max(places[above], upwards[below] + gap)
    for above, below in pairwise(reversed(order)):
        downwards[below] = min(places[below], downwards[above] - gap)
    return [(up + down) / 2 for up, down in zip(upwards, downwards, strict=True)]
