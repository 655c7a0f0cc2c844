"""Draws: seeded choices of days and words, and quotas that come out exactly."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from data.generators.working_days import BANK_HOLIDAYS, days_between

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

T = TypeVar("T")

_WEEKDAYS = (125, 112, 104, 98, 86, 14, 12)
"""Monday to Sunday: the web form is open at weekends."""


def days(
    rng: Random, span: tuple[date, date], number: int, rising: Callable[[date], float]
) -> list[date]:
    """So many days of receipt in a span, by the day of the week and how busy a day is."""
    every = days_between(*span)
    weights = [
        rising(day) * (12 if day in BANK_HOLIDAYS else _WEEKDAYS[day.weekday()]) for day in every
    ]
    return rng.choices(every, weights, k=number)


def weighted(rng: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, as often as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def shared_out(total: int, weights: Mapping[T, float]) -> dict[T, int]:
    """A total shared out by weight so that the parts add up to it (largest remainders)."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (shares[key] - exact[key], str(key)))
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def dealt(rng: Random, counts: Mapping[T, int]) -> list[T]:
    """Every key as many times as its count, in a shuffled order."""
    deck = [key for key, count in counts.items() for _ in range(count)]
    rng.shuffle(deck)
    return deck


def typed(rng: Random, variants: Sequence[str], often: float = 0.9) -> str:
    """The usual spelling, the first, or now and then another."""
    if len(variants) == 1 or rng.random() < often:
        return variants[0]
    return rng.choice(variants[1:])


def financial_year(day: date) -> str:
    """The year from April to March that a day lies in, as ``2023-24``."""
    start = day.year if day.month >= 4 else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def year_span(year: str) -> tuple[date, date]:
    """First and last day of a financial year."""
    start = int(year[:4])
    return date(start, 4, 1), date(start + 1, 3, 31)
