"""Auditing: whoever knows the rule and every release cannot work out what is withheld."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from candour.disclosure.publication import Publication, publication
from candour.disclosure.puzzle import ContradictionError, Puzzle, puzzles
from candour.disclosure.sensitive import small_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.audience import Withhold
    from candour.disclosure.structure import Structure
    from candour.figures import Figure


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A cell that can be narrowed too far: values it cannot have that it should be able to."""

    cell: int
    cannot_be: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Recovered:
    """A withheld figure that a reader can work out or narrow too far, and how far."""

    figure: str
    sentence: str


def audit(
    figures: Iterable[Figure],
    hidden: Iterable[str],
    policy: Withhold | None,
    structure: Structure,
    earlier: Iterable[Figure] = (),
) -> list[Recovered]:
    """Every withheld number that can be recovered from what is printed; none is the proof.

    Args:
        figures: all that are printed or asked for, with the numbers behind those withheld.
        hidden: the keys of those withheld.
        policy: what is to be withheld; nothing where there is none.
        structure: what adds up to what.
        earlier: the figures of earlier releases as they were printed.
    """
    if policy is None:
        return []
    printed = publication(figures, policy, structure, earlier)
    kept_back = printed.with_all(hidden)
    try:
        found = list(uncovered(printed, kept_back))
    except ContradictionError:
        return [
            Recovered("", "The figures contradict each other, so nothing can be proven of them.")
        ]
    return [_told(printed, one) for one in found]


def uncovered(printed: Publication, hidden: frozenset[str]) -> Iterator[Uncovered]:
    """The cells that what is printed gives away.

    A small cell must still be able to have every small value, and another hidden one as many
    values as there are small ones. All of it is asked of whole numbers, not of fractions.

    Raises:
        ContradictionError: what is printed cannot all be true.
    """
    known = printed.known(hidden)
    small = printed.small()
    wanted = small_numbers(printed.policy)
    for cell in sorted(small & known.keys()):
        yield Uncovered(cell, tuple(v for v in wanted if v != known[cell]))
    others = {
        cell
        for cell, keys in printed.owners.items()
        if keys <= hidden and cell not in known and cell not in small
    }
    yield from _open(printed, known, small, others)


def _open(
    printed: Publication, known: dict[int, int], small: frozenset[int], others: set[int]
) -> Iterator[Uncovered]:
    """The cells that are not printed and can be narrowed too far."""
    wanted = tuple(small_numbers(printed.policy))
    left, follows = puzzles(printed.rows, known)
    already = _Already(printed)
    for cell in sorted((small | others) & follows.keys() - known.keys()):
        yield from already.without(Uncovered(cell, _around(printed, cell, small)))
    for puzzle in left:
        search = _Search(puzzle)
        for cell in puzzle.cells:
            if cell in small:
                missing = tuple(v for v in wanted if not search.can_be(cell, v))
            elif cell in others:
                missing = search.too_few(cell, len(wanted), printed.truth(cell) or 0)
            else:
                continue
            if missing:
                yield from already.without(Uncovered(cell, missing))


@dataclass(slots=True)
class _Already:
    """What earlier releases gave away by themselves, which nothing withheld now can take back."""

    printed: Publication
    _searches: dict[int, _Search] | None = None

    def without(self, found: Uncovered) -> Iterator[Uncovered]:
        """What of it this release gives away."""
        before = self.printed.before
        if not before:
            yield found
            return
        if self._searches is None:
            left, _ = puzzles(self.printed.rows, before)
            self._searches = {c: search for p in left for search in (_Search(p),) for c in p.cells}
        search = self._searches.get(found.cell)
        values = tuple(v for v in found.cannot_be if search and search.can_be(found.cell, v))
        if values:
            yield Uncovered(found.cell, values)


def _around(printed: Publication, cell: int, small: frozenset[int]) -> tuple[int, ...]:
    """The values a cell that follows exactly should have been able to have besides its own."""
    truth, numbers = printed.truth(cell) or 0, tuple(small_numbers(printed.policy))
    wanted = numbers if cell in small else tuple(range(truth, truth + len(numbers)))
    return tuple(value for value in wanted if value != truth)


@dataclass(slots=True)
class _Search:
    """The values cells of a puzzle were found to be able to have; each solution shows many."""

    puzzle: Puzzle
    seen: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def can_be(self, cell: int, value: int) -> bool:
        return value in self.seen[cell] or self._found({cell: value})

    def too_few(self, cell: int, enough: int, truth: int) -> tuple[int, ...]:
        """Values near the true one that a cell cannot have, if it can have too few in all."""
        if len(self.seen[cell]) >= enough:
            return ()
        missing = []
        for step in range(1, enough + 1):
            for value in (truth + step, truth - step):
                if value >= 0 and not self.can_be(cell, value):
                    missing.append(value)
                if len(self.seen[cell]) >= enough:
                    return ()
        if self._far(cell, enough):
            return ()
        return tuple(missing)

    def _far(self, cell: int, enough: int) -> bool:
        """Whether enough values lie further from the true one."""
        for unit in (1.0, -1.0):
            best = self.puzzle.solution({}, {cell: unit})
            if best is not None:
                for value in range(best[cell], best[cell] + int(unit) * enough, int(unit)):
                    self.can_be(cell, value)
        return len(self.seen[cell]) >= enough

    def _found(self, given: dict[int, int]) -> bool:
        solution = self.puzzle.solution(given)
        for cell, value in (solution or {}).items():
            self.seen[cell].add(value)
        return solution is not None


def _told(printed: Publication, found: Uncovered) -> Recovered:
    keys = sorted(printed.owners.get(found.cell, ())) or sorted(printed.telling([found.cell]))
    name = keys[0] if keys else "a number that is not printed"
    values = ", ".join(str(value) for value in found.cannot_be)
    return Recovered(
        name,
        f"'{name}' is withheld, and whoever puts together what is printed knows that it is not "
        f"{values}. Withhold more figures beside it, or fewer details.",
    )
