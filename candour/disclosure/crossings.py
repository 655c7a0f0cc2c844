"""Crossings: what tables that share their dimensions in a ring say of each other."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.disclosure.cells import Cell

MOST_INSIDE = 5_000
"""How many cells a crossing of dimensions may have before it is left out."""


def crossings(told: Iterable[Cell]) -> Iterator[Cell]:
    """Where tables share their dimensions in a ring, the cells of all of those together.

    By stage and service, by service and procedure, by procedure and stage: only the crossing of all
    three says what the three tables can be.
    """
    groups: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in told:
        groups[cell.table, cell.flags, cell.start, cell.end].append(cell)
    for cells in groups.values():
        for ring in _rings({frozenset(name for name, _ in cell.about) for cell in cells}):
            values = {
                name: sorted({v for c in cells for n, v in c.about if n == name})
                for name in sorted(ring)
            }
            inside = list(product(*values.values()))
            for chosen in inside if len(inside) <= MOST_INSIDE else ():
                yield cells[0].within(zip(values, chosen, strict=True))


def _rings(edges: set[frozenset[str]]) -> list[frozenset[str]]:
    """The dimensions left when everything that is shared in a line or a star is taken away."""
    left = set(edges)
    while True:
        names = [name for edge in left for name in edge]
        trimmed = {frozenset(n for n in edge if names.count(n) > 1) for edge in left}
        trimmed = {e for e in trimmed if e and not any(e < other for other in trimmed)}
        if trimmed == left:
            return [frozenset().union(*left)] if len(left) > 1 else []
        left = trimmed
