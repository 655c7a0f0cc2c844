"""Puzzle: what a reader still has to find out, once everything that is known is put in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from candour.disclosure.relations import Relation

_WHOLE = 1
"""HiGHS's mark of a variable that takes whole numbers."""


class ContradictionError(ValueError):
    """What is known cannot all be true, so nothing can be proven of what is not."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum of unknown cells and its value; ``more`` where the value may be larger by a rest."""

    terms: tuple[tuple[int, int], ...]
    """Cells with their factors."""
    value: int
    more: bool


@dataclass(frozen=True)
class Puzzle:
    """Unknown cells that hang together, and the equations between them.

    A solution is a whole number for every cell. Any of them may be nought: a nought is printed
    where it gives nothing away, so whoever finds it withheld cannot tell it from another number.
    """

    cells: tuple[int, ...]
    equations: tuple[Equation, ...]

    @cached_property
    def _at(self) -> Mapping[int, int]:
        return {cell: at for at, cell in enumerate(self.cells)}

    @cached_property
    def matrix(self) -> csr_array:
        """The equations, a row each, over the cells in their order."""
        entries = [
            (row, self._at[cell], factor)
            for row, equation in enumerate(self.equations)
            for cell, factor in equation.terms
        ]
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(self.equations), len(self.cells))
        return csr_array((factors, (rows, columns)), shape=shape, dtype=float)

    @cached_property
    def limits(self) -> tuple[np.ndarray, np.ndarray]:
        """What each equation comes to: at least, and at most."""
        value = np.array([equation.value for equation in self.equations], dtype=float)
        more = np.array([equation.more for equation in self.equations], dtype=bool)
        # whole - parts = 0, or at least 0 where something may be missing among the parts.
        return value, np.where(more, np.inf, value)

    def solution(
        self, given: Mapping[int, int], towards: Mapping[int, float] | None = None
    ) -> dict[int, int] | None:
        """A solution in which the given cells have the given values; nothing if there is none.

        ``towards`` are costs of each unit of a cell, to be as low as can be.
        """
        low = np.zeros(len(self.cells))
        high = np.full(len(self.cells), np.inf)
        for cell, value in given.items():
            low[self._at[cell]] = high[self._at[cell]] = value
        cost = np.zeros(len(self.cells))
        for cell, unit in (towards or {}).items():
            cost[self._at[cell]] = unit
        found = milp(
            cost,
            integrality=np.full(len(self.cells), _WHOLE),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(self.matrix, *self.limits),
        )
        if found.x is None:
            return None
        return dict(zip(self.cells, np.rint(found.x).astype(int).tolist(), strict=True))


@dataclass(slots=True)
class Search:
    """The values cells of a puzzle were found to be able to have; each solution shows many."""

    puzzle: Puzzle
    seen: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def can_be(self, cell: int, value: int) -> bool:
        """Whether some solution gives the cell this value."""
        return value in self.seen[cell] or self._found({cell: value})

    def too_few(self, cell: int, enough: int, near: int) -> tuple[int, ...]:
        """Values near one that a cell cannot have, if it cannot have enough of any."""
        missing = []
        for step in range(1, enough + 1):
            for value in (near + step, near - step):
                if len(self.seen[cell]) >= enough:
                    return ()
                if value >= 0 and not self.can_be(cell, value):
                    missing.append(value)
        return () if self._further(cell, enough) else tuple(missing)

    def _further(self, cell: int, enough: int) -> bool:
        """Whether a cell can have enough values, counted from its least and its most."""
        for unit in (1, -1):
            best = self.puzzle.solution({}, {cell: float(unit)})
            if best is not None:
                for value in range(best[cell], best[cell] + unit * enough, unit):
                    self.can_be(cell, value)
        return len(self.seen[cell]) >= enough

    def _found(self, given: dict[int, int]) -> bool:
        solution = self.puzzle.solution(given)
        for cell, value in (solution or {}).items():
            self.seen[cell].add(value)
        return solution is not None


def puzzles(
    rows: Sequence[Relation], known: Mapping[int, int]
) -> tuple[list[Puzzle], dict[int, int]]:
    """The puzzles a reader is left with, and every value that follows step by step.

    Raises:
        ContradictionError: what is known cannot all be true.
    """
    values = dict(known)
    equations = _simplified(rows, values)
    return _apart(equations), values


def _simplified(rows: Sequence[Relation], values: dict[int, int]) -> list[Equation]:
    """The relations with what is known put in, again and again until nothing more follows."""
    left = [
        Equation(((r.whole, 1), *((part, -1) for part in r.parts)), 0, not r.exact) for r in rows
    ]
    progress = True
    while progress:
        progress, kept = False, []
        for equation in left:
            found = _put_in(equation, values)
            if len(found.terms) == 1 and not found.more:
                ((cell, factor),) = found.terms
                values[cell] = found.value * factor
                if values[cell] < 0:
                    raise ContradictionError
                progress = True
            elif found.terms:
                kept.append(found)
            elif found.value > 0 or (found.value < 0 and not found.more):
                raise ContradictionError
        left = kept
    return left


def _put_in(equation: Equation, values: Mapping[int, int]) -> Equation:
    if values.keys().isdisjoint(cell for cell, _ in equation.terms):
        return equation
    known = sum(factor * values[cell] for cell, factor in equation.terms if cell in values)
    terms = tuple(term for term in equation.terms if term[0] not in values)
    return Equation(terms, equation.value - known, equation.more)


def _apart(equations: Iterable[Equation]) -> list[Puzzle]:
    """Equations that share no cell are puzzles of their own."""
    home: dict[int, int] = {}

    def root(cell: int) -> int:
        while home.setdefault(cell, cell) != cell:
            home[cell] = home[home[cell]]
            cell = home[cell]
        return cell

    found = list(equations)
    for equation in found:
        first, *others = (cell for cell, _ in equation.terms)
        for other in others:
            home[root(other)] = root(first)
    groups: dict[int, list[Equation]] = defaultdict(list)
    for equation in found:
        groups[root(equation.terms[0][0])].append(equation)
    return [
        Puzzle(tuple(sorted({c for e in held for c, _ in e.terms})), tuple(held))
        for held in groups.values()
    ]
