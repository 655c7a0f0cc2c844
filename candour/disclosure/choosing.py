"""Choosing: what to withhold besides the small numbers, so that they cannot be worked out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from candour.disclosure.auditing import Audit
from candour.disclosure.publication import Publication, publication
from candour.disclosure.puzzle import ContradictionError, Puzzle, puzzles

if TYPE_CHECKING:
    from candour.audience import Withhold
    from candour.disclosure.relations import Relation
    from candour.disclosure.structure import Structure
    from candour.figures import Figure

_ROUNDS = 40
_MOST_GIVEN_BACK = 100
_COST_OF_A_LEVEL = 6.0
"""How much dearer a cell is than one of its parts: a total is missed more than a row."""
_DETAILS = 4
_NEAR_ENOUGH = 0.25
"""How much dearer than the cheapest a choice may be; any choice is audited all the same."""


def withheld(
    figures: Iterable[Figure],
    policy: Withhold | None,
    structure: Structure,
    *,
    earlier: Iterable[Iterable[Figure]] = (),
) -> frozenset[str]:
    """The keys of the figures to withhold: the small ones, and what would give them away.

    ``audit`` of the same figures proves the choice; it finds something only where what earlier
    releases printed cannot be taken back.
    """
    if policy is None:
        return frozenset()
    printed = publication(figures, policy, structure, earlier)
    small = printed.with_all(printed.telling(printed.small()))
    audit = Audit(printed)
    choice = _Choice(printed, (*printed.rows, *printed.supposed))
    try:
        hidden = _covered(audit, choice, small)
        return _given_back(audit, choice, small, hidden)
    except ContradictionError:
        # The audit tells of it, and stops the release.
        return small


def _covered(audit: Audit, choice: _Choice, hidden: frozenset[str]) -> frozenset[str]:
    """What is hidden with all that it takes so that nothing of it can be worked out."""
    for _ in range(_ROUNDS):
        before = hidden
        for found in list(audit.uncovered(hidden)):
            for value in (found.cannot_be[0], found.cannot_be[-1]):
                cells = choice.cover(found.cell, value, hidden)
                hidden = audit.printed.with_all(hidden | audit.printed.telling(cells))
        if hidden == before:
            break
    return hidden


def _given_back(
    audit: Audit, choice: _Choice, small: frozenset[str], hidden: frozenset[str]
) -> frozenset[str]:
    """What is hidden without what need not be, dearest first: later choices may cover for it."""
    if next(audit.uncovered(hidden), None) is not None:
        return hidden
    printed = audit.printed
    spare = printed.hidden_only_by(hidden - small)
    for cell in sorted(spare, key=choice.cost, reverse=True)[:_MOST_GIVEN_BACK]:
        tried = printed.with_all(
            small | {key for key in hidden - small if cell not in printed.told.get(key, ())}
        )
        if tried < hidden and next(audit.uncovered(tried), None) is None:
            hidden = tried
    return hidden


@dataclass(frozen=True)
class _Choice:
    """Finds the cells that cost least to withhold so that a cell could have another value."""

    printed: Publication
    rows: tuple[Relation, ...]
    """The sums that have to hold with that value."""

    @cached_property
    def _everything(self) -> Mapping[int, Puzzle]:
        """What was printed before stands; everything else can still be withheld."""
        found, _ = puzzles(self.rows, self.printed.before)
        return {cell: puzzle for puzzle in found for cell in puzzle.cells}

    @cached_property
    def _kept(self) -> dict[object, Mapping[int, Puzzle]]:
        return {}

    def _near(self, cell: int) -> Iterator[Puzzle]:
        """The puzzles a cell is in when more and more may be withheld with it.

        First what stands in tables by the same dimensions, then whatever is counted of the same
        period and in the same way, then everything.
        """
        found = self.printed.relations.cells[cell]
        here = (found.table, found.start, found.end)
        names = frozenset(name for name, _ in found.about)
        for place in ((*here, names), (*here, None)):
            if place not in self._kept:
                self._kept[place] = self._where(*place)
            if cell in self._kept[place]:
                yield self._kept[place][cell]
        if cell in self._everything:
            yield self._everything[cell]

    def _where(
        self, table: str, start: int, end: int, names: frozenset[str] | None
    ) -> Mapping[int, Puzzle]:
        """The puzzles of one place, everything else as it is."""
        relations = self.printed.relations
        elsewhere = {
            at: number
            for at, (cell, number) in enumerate(zip(relations.cells, relations.truth, strict=True))
            if number is not None
            and (
                (cell.table, cell.start, cell.end) != (table, start, end)
                or (names is not None and not names.issuperset(name for name, _ in cell.about))
            )
        }
        found, _ = puzzles(self.rows, elsewhere | dict(self.printed.before))
        return {at: puzzle for puzzle in found for at in puzzle.cells}

    def cover(self, cell: int, value: int, hidden: frozenset[str]) -> frozenset[int]:
        """The cells to withhold so that ``cell`` could have ``value``; none where nothing helps."""
        known = self.printed.known(hidden)
        for puzzle in self._near(cell):
            printed = [c for c in puzzle.cells if c in known and c != cell]
            costs = {c: (known[c], self.cost(c)) for c in printed}
            solution = nearest(puzzle, {cell: value}, costs)
            if solution is not None:
                return frozenset(c for c in printed if solution[c] != known[c])
        if len(self.rows) > len(self.printed.rows):
            return _Choice(self.printed, self.printed.rows).cover(cell, value, hidden)
        return frozenset()

    def cost(self, cell: int) -> float:
        """Small, low and sensitive cells are cheap; totals, and what many figures tell, are not."""
        found = self.printed.relations.cells[cell]
        level = _DETAILS - min(_DETAILS, len(found.about))
        size = 1 + math.log2(1 + (self.printed.truth(cell) or 0))
        known = 1 if cell in self.printed.sensitive else 3
        return float(_COST_OF_A_LEVEL**level * size * known)


def nearest(
    puzzle: Puzzle, given: Mapping[int, int], costs: Mapping[int, tuple[int, float]]
) -> dict[int, int] | None:
    """The solution with the given values in which the least is moved from where it is.

    ``costs`` are, by cell, its value and what moving it by one costs.
    """
    cells, moved = puzzle.cells, [c for c in puzzle.cells if c in costs]
    at = {cell: i for i, cell in enumerate(cells)}
    low = np.zeros(len(cells))
    high = np.full(len(cells), np.inf)
    for cell, value in given.items():
        low[at[cell]] = high[at[cell]] = value
    matrix, (least, most) = puzzle.matrix, puzzle.limits
    extra = len(moved)
    picks = csr_array(
        (np.ones(extra), (range(extra), [at[c] for c in moved])), shape=(extra, len(cells))
    )
    values = np.array([costs[c][0] for c in moved], dtype=float)
    nothing = csr_array((matrix.shape[0], extra))
    # distance >= cell - value, and distance >= value - cell
    rows = vstack(
        [hstack([matrix, nothing]), hstack([picks, -eye_array(extra)]),
         hstack([picks, eye_array(extra)])]
    )  # fmt: skip
    found = milp(
        np.concatenate([np.zeros(len(cells)), [costs[c][1] for c in moved]]),
        integrality=np.concatenate([np.ones(len(cells)), np.zeros(extra)]),
        bounds=Bounds(
            np.concatenate([low, np.zeros(extra)]), np.concatenate([high, np.full(extra, np.inf)])
        ),
        constraints=LinearConstraint(
            rows,
            np.concatenate([least, np.full(extra, -np.inf), values]),
            np.concatenate([most, values, np.full(extra, np.inf)]),
        ),
        options={"mip_rel_gap": _NEAR_ENOUGH},
    )
    if found.x is None:
        return None
    return dict(zip(cells, np.rint(found.x[: len(cells)]).astype(int).tolist(), strict=True))
