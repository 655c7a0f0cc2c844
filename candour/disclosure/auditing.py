"""Auditing: whoever knows the rule and every release cannot work out what is withheld."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from candour.disclosure.cells import told_by
from candour.disclosure.publication import Publication, publication
from candour.disclosure.puzzle import ContradictionError, Puzzle, Search, puzzles
from candour.disclosure.sensitive import small_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from candour.audience import Withhold
    from candour.disclosure.relations import Relation
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
    *,
    earlier: Iterable[Iterable[Figure]] = (),
    printed: Iterable[Figure] = (),
) -> list[Recovered]:
    """Every withheld number that can be recovered from what is printed; none is the proof.

    Args:
        figures: all that are printed or asked for, with the numbers behind those withheld.
        hidden: the keys of those withheld.
        policy: what is to be withheld; nothing where there is none.
        structure: what adds up to what.
        earlier: the figures of each earlier release, as they were printed.
        printed: the finished ledger, to prove that nothing is in it that was not decided on.
    """
    if policy is None:
        return []
    release = publication(figures, policy, structure, earlier)
    kept_back = release.with_all(hidden)
    strays = [_stray(f) for f in printed if _is_stray(f, release, kept_back, structure)]
    try:
        found = list(Audit(release).uncovered(kept_back))
    except ContradictionError:
        told = "The figures contradict each other, so that nothing can be proven of them."
        return [*strays, Recovered("", told)]
    return [*strays, *(_told(release, one) for one in found)]


def _is_stray(
    figure: Figure, release: Publication, hidden: frozenset[str], structure: Structure
) -> bool:
    """Whether a printed figure was withheld, or was not among those that were decided on."""
    if not figure.printable or not told_by(figure, structure):
        return False
    return figure.key in hidden or figure.key not in release.told


def _stray(figure: Figure) -> Recovered:
    return Recovered(
        figure.key,
        f"'{figure.key}' is printed and should not be: it is withheld, or nobody knew that it "
        "would be printed when it was decided what is. Build it again with it among the figures.",
    )


@dataclass(slots=True)
class Audit:
    """What is given away when these or those figures are withheld; it asks nothing twice."""

    printed: Publication
    supposing: bool = False
    """Whether a reader supposes what nobody told: that nothing else was restated."""
    _asked: dict[tuple[object, ...], tuple[Uncovered, ...]] = field(default_factory=dict)
    _before: Mapping[int, Search] | None = None
    _further: Audit | None = None

    @property
    def rows(self) -> tuple[Relation, ...]:
        """Every sum the reader goes by."""
        return (*self.printed.rows, *(self.printed.supposed if self.supposing else ()))

    def uncovered(self, hidden: frozenset[str]) -> Iterator[Uncovered]:
        """The cells that what is printed gives away.

        A small cell must still be able to have every small value, and another hidden one as many
        values as there are small ones. All of it is asked of whole numbers, not of fractions.

        Raises:
            ContradictionError: what is printed cannot all be true.
        """
        printed = self.printed
        known, small = printed.known(hidden), printed.small()
        for cell in sorted(small & known.keys()):
            yield Uncovered(cell, self._besides(known[cell]))
        covers = {
            cell
            for cell, keys in printed.owners.items()
            if keys <= hidden and cell not in known and cell not in small
        }
        left, follows = puzzles(self.rows, known)
        for cell in sorted((small | covers) & follows.keys() - known.keys()):
            values = self._besides(printed.truth(cell) or 0, around=cell not in small)
            yield from self._not_before(Uncovered(cell, values))
        for puzzle in left:
            inside = frozenset(puzzle.cells)
            key = (puzzle.equations, inside & small, inside & covers)
            if key not in self._asked:
                self._asked[key] = tuple(self._of(puzzle, small, covers))
            yield from self._asked[key]
        if self.printed.supposed and not self.supposing:
            self._further = self._further or Audit(printed, supposing=True)
            yield from self._further.uncovered(hidden)

    def _of(self, puzzle: Puzzle, small: frozenset[int], covers: set[int]) -> Iterator[Uncovered]:
        search, wanted = Search(puzzle), tuple(small_numbers(self.printed.policy))
        for cell in puzzle.cells:
            missing: tuple[int, ...] = ()
            if cell in small:
                missing = tuple(v for v in wanted if not search.can_be(cell, v))
            elif cell in covers:
                missing = search.too_few(cell, len(wanted), self.printed.truth(cell) or 0)
            if missing:
                yield from self._not_before(Uncovered(cell, missing))

    def _besides(self, number: int, *, around: bool = False) -> tuple[int, ...]:
        """The values that a number that is known should have been able to have besides."""
        wanted = small_numbers(self.printed.policy)
        values = range(number, number + len(wanted)) if around else wanted
        return tuple(value for value in values if value != number)

    def _not_before(self, found: Uncovered) -> Iterator[Uncovered]:
        """What of it earlier releases did not give away by themselves.

        Nothing withheld now can take that back.
        """
        if not self.printed.before:
            yield found
            return
        if self._before is None:
            left, _ = puzzles(self.rows, self.printed.before)
            self._before = {c: search for p in left for search in (Search(p),) for c in p.cells}
        search = self._before.get(found.cell)
        values = tuple(v for v in found.cannot_be if search and search.can_be(found.cell, v))
        if values:
            yield Uncovered(found.cell, values)


def _told(printed: Publication, found: Uncovered) -> Recovered:
    keys = sorted(printed.owners.get(found.cell, ())) or sorted(printed.telling([found.cell]))
    name = keys[0] if keys else "a number that is not printed"
    values = ", ".join(str(value) for value in found.cannot_be)
    return Recovered(
        name,
        f"'{name}' is withheld, and whoever puts together what is printed knows that it is not "
        f"{values}. Withhold more figures beside it, or fewer details.",
    )
