"""An attacker of its own kind: every table of whole numbers that fits what was printed is tried.

It shares nothing with the code it attacks: no equations, no solver, only counting.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

Margin = Callable[[Sequence[int]], int]


class Attacker:
    """Knows how every number is the sum of some inner cells, and the numbers that were printed."""

    def __init__(
        self,
        inside: int,
        sums: Mapping[Hashable, frozenset[int]],
        printed: Mapping[Hashable, int],
        most: int,
    ) -> None:
        self._inside = inside
        self._sums = sums
        self._printed = [(sums[name], number) for name, number in printed.items()]
        self._most = most

    def can_be(self, name: Hashable, value: int) -> bool:
        """Whether some table that fits all that was printed has this value under that name."""
        wanted = [*self._printed, (self._sums[name], value)]
        return next(self._tables(wanted), None) is not None

    def _tables(self, wanted: list[tuple[frozenset[int], int]]) -> Iterator[list[int]]:
        order = self._order(wanted)
        last = {
            at: [w for w in wanted if max(order.index(c) for c in w[0]) == order.index(at)]
            for at in order
        }
        yield from self._filled([0] * self._inside, 0, order, wanted, last)

    def _order(self, wanted: list[tuple[frozenset[int], int]]) -> list[int]:
        """Cells of the smallest sums first, so that what cannot be is seen early."""
        order: list[int] = []
        for cells, _ in sorted(wanted, key=lambda w: len(w[0])):
            order += [cell for cell in sorted(cells) if cell not in order]
        return order + [cell for cell in range(self._inside) if cell not in order]

    def _filled(self, table, step, order, wanted, last) -> Iterator[list[int]]:  # noqa: ANN001
        if step == len(order):
            yield table
            return
        cell, placed = order[step], set(order[:step])
        most = self._most
        exactly = None
        for cells, number in wanted:
            if cell in cells:
                room = number - sum(table[c] for c in cells if c in placed)
                most = min(most, room)
                if (cells, number) in last[cell]:
                    exactly = room if exactly in {None, room} else -1
        for value in range(most + 1) if exactly is None else [exactly]:
            if 0 <= value <= most:
                table[cell] = value
                yield from self._filled(table, step + 1, order, wanted, last)
        table[cell] = 0
