"""Ranks: which of a list's values, the smallest first, a printed one is."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from candour.published.declared import Show

if TYPE_CHECKING:
    from candour.published.declared import Published, Value


def ranks(published: Published) -> dict[Value, int]:
    """The place of every value of a printed list among the list, counted from nought."""
    found: dict[Value, int] = {}
    for _, entry in published.entries():
        listed = [v for v in entry.values if v.show is Show.EACH]
        in_order = sorted(listed, key=lambda value: value.exact or Fraction(0))
        found |= {value: rank for rank, value in enumerate(in_order)}
    return found
