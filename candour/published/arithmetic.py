"""Arithmetic: every relation that must hold among published figures, from what they mean alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.published.changes import changes
from candour.published.lists import lists
from candour.published.pool import Pool
from candour.published.repeats import repeats
from candour.published.shares import shares
from candour.published.slip import Slip
from candour.published.sums import sums

if TYPE_CHECKING:
    from candour.published.declared import Published
    from candour.published.scheme import Scheme

__all__ = ["Slip", "examine"]


def examine(published: Published, scheme: Scheme) -> tuple[Slip, ...]:
    """Whatever does not hold in what a council published, in the order of its entries."""
    pool = Pool(published, scheme)
    found = [*sums(pool), *shares(pool), *changes(pool), *lists(pool), *repeats(pool)]
    order = {entry: place for place, entry in enumerate(pool.entries)}
    once = {(s.fault, s.entry, s.printed, s.recomputed, s.sentence): s for s in found}
    return tuple(sorted(once.values(), key=lambda slip: order[slip.entry]))
