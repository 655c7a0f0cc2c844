"""Settling: turning simulated answers until the year's counts are exactly the planned ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from data.generators.draws import financial_year
from data.generators.steps import Fate, Limit, Step, end

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_ANSWERED = (Fate.IN_TIME, Fate.EXTENDED, Fate.LATE)


def answered_in(steps: Sequence[Step], year: str) -> list[Step]:
    """The steps whose answer went out in that year."""
    return [step for step in steps if step.responded and financial_year(step.responded) == year]


def settle(
    steps: Sequence[Step], year: str, wanted: Counter[Fate], limit: Limit, rng: Random
) -> None:
    """Give other ends to steps answered in the year until each end occurs as often as wanted."""
    answered = answered_in(steps, year)
    have = Counter(step.fate for step in answered)
    movable = [step for step in answered if financial_year(step.received) == year]
    rng.shuffle(movable)
    for step in movable * 3:
        missing = [fate for fate in _ANSWERED if have[fate] < wanted[fate]]
        if have[step.fate] <= wanted[step.fate] or not missing:
            continue
        other = replace(step)
        end(other, limit, missing[0], rng)
        if other.responded and financial_year(other.responded) == year:
            have[step.fate] -= 1
            have[other.fate] += 1
            _end_like(step, other)
    if any(have[fate] != wanted[fate] for fate in _ANSWERED):
        raise ValueError(f"{year}: answers could not be settled: {have} instead of {wanted}")


def _end_like(step: Step, other: Step) -> None:
    """Give a step the end of another."""
    step.fate = other.fate
    step.extension_agreed, step.extended_to = other.extension_agreed, other.extended_to
    step.responded, step.closed = other.responded, other.closed


def percent(count: int, base: int) -> int:
    """A rate in whole per cent, halves rounded up."""
    return int(Fraction(100 * count, base) + Fraction(1, 2))


def points(before: Fraction, after: Fraction) -> int:
    """A change of rates in whole percentage points, halves rounded away from zero."""
    change = 100 * (after - before)
    return int(abs(change) + Fraction(1, 2)) * (1 if change >= 0 else -1)


def nearest(count: int, rate: int) -> int:
    """The number of the count that comes nearest to a rate in per cent."""
    return int(Fraction(count * rate, 100) + Fraction(1, 2))


def pair(bases: tuple[int, int], rates: tuple[int, int], change: int) -> tuple[int, int]:
    """Counts near two rates whose change is that many points, both exact and as displayed."""
    best: list[tuple[int, int, int]] = []
    starts = [nearest(base, rate) for base, rate in zip(bases, rates, strict=True)]
    for shift in product(range(-3, 4), repeat=2):
        first, second = (start + by for start, by in zip(starts, shift, strict=True))
        exact = points(Fraction(first, bases[0]), Fraction(second, bases[1]))
        shown = percent(second, bases[1]) - percent(first, bases[0])
        if exact == shown == change and first <= bases[0] and second <= bases[1]:
            best.append((abs(shift[0]) + abs(shift[1]), first, second))
    if not best:
        raise ValueError(f"no counts out of {bases} differ by {change} points")
    return min(best)[1:]
