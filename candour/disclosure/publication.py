"""Publication: the figures of a release as the cells they tell, and who would know what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.disclosure.cells import Told, divided, parents_of, told_by
from candour.disclosure.relations import Relation, Relations, relate
from candour.disclosure.restated import supposed, told_before
from candour.disclosure.sensitive import is_protected, names_what_there_is, small_numbers
from candour.figures import State

if TYPE_CHECKING:
    from candour.audience import Withhold
    from candour.disclosure.structure import Structure
    from candour.figures import Figure


@dataclass(frozen=True)
class Publication:
    """Every figure that is printed or may be, the cells behind it, and what was printed before."""

    policy: Withhold
    relations: Relations
    told: Mapping[str, tuple[int, ...]]
    """The cells a figure tells, by its key."""
    owners: Mapping[int, frozenset[str]]
    """The figures that are there for a cell's sake: not those that only take a share of it."""
    parents: Mapping[str, tuple[str, ...]]
    """The figures a figure is worked out from and hides with."""
    remainders: Mapping[str, tuple[str, ...]]
    """The figures without any of which a remainder is not told."""
    sensitive: frozenset[int]
    before: Mapping[int, int]
    """What earlier releases printed."""
    supposed: tuple[Relation, ...]
    """What a reader may suppose besides, but does not know: that nothing else was restated."""

    @property
    def rows(self) -> tuple[Relation, ...]:
        """Every sum readers know."""
        return tuple(self.relations.rows)

    def truth(self, cell: int) -> int | None:
        """What is true of a cell, where a figure told it."""
        return self.relations.truth[cell]

    def small(self) -> frozenset[int]:
        """The sensitive cells with a small number that nobody has printed yet."""
        numbers = small_numbers(self.policy)
        return frozenset(
            cell for cell in self.sensitive - self.before.keys() if self.truth(cell) in numbers
        )

    def with_all(self, hidden: Iterable[str]) -> frozenset[str]:
        """Figures with all that are worked out from them, and what those stand beside."""
        found = set(hidden)
        found |= {p for key in hidden for p in self.parents.get(key, ()) if self.told.get(key)}
        made = (*self.parents.items(), *self.remainders.items())
        while True:
            more = {key for key, of in made if not found.isdisjoint(of)}
            if more <= found:
                return frozenset(found)
            found |= more

    def telling(self, cells: Iterable[int]) -> frozenset[str]:
        """Every figure that would tell one of the cells."""
        chosen = frozenset(cells)
        return frozenset(key for key, told in self.told.items() if not chosen.isdisjoint(told))

    def hidden_only_by(self, keys: Iterable[str]) -> frozenset[int]:
        """The cells that some of these figures are there for."""
        chosen = frozenset(keys)
        return frozenset(c for c, owners in self.owners.items() if not owners.isdisjoint(chosen))

    def known(self, hidden: Iterable[str]) -> dict[int, int]:
        """What readers are told when these figures are withheld."""
        kept_back = frozenset(hidden)
        told = {c for key, cells in self.told.items() if key not in kept_back for c in cells}
        numbers = {cell: self.truth(cell) for cell in told}
        return {c: n for c, n in numbers.items() if n is not None} | dict(self.before)


def publication(
    figures: Iterable[Figure],
    policy: Withhold,
    structure: Structure,
    earlier: Iterable[Iterable[Figure]] = (),
) -> Publication:
    """The cells behind figures, and every sum between them.

    Args:
        figures: all that are printed or asked for, with their numbers, both ends of each change.
        policy: what is withheld.
        structure: what adds up to what.
        earlier: the figures of each earlier release, as they were printed.
    """
    names_what_there_is(policy, structure)
    relations = Relations()
    told: dict[str, tuple[int, ...]] = {}
    owners: dict[int, set[str]] = defaultdict(set)
    parents: dict[str, tuple[str, ...]] = {}
    sensitive: set[int] = set()
    bases: set[int] = set()
    every = tuple(figures)
    for figure in every:
        found = [t for t in told_by(figure, structure) if not t.rest or _counts(t, figure)]
        for one in found:
            relations.tell(one.cell, one.number)
        numbered = [relations.number(one.cell) for one in found]
        told[figure.key] = tuple(numbered)
        parents[figure.key] = parents_of(figure)
        for one, cell in zip(found, numbered, strict=True):
            if one.own:
                owners[cell].add(figure.key)
        if is_protected(figure, policy, structure):
            for one, cell in zip(found, numbered, strict=True):
                if one.number is not None and _is_sensitive(one, figure, policy):
                    (sensitive if one.own or one.rest else bases).add(cell)
        _share(relations, found)
    before = told_before(relations, earlier, structure)
    relate(relations, structure)
    return Publication(
        policy=policy,
        relations=relations,
        told=told,
        owners={cell: frozenset(keys) for cell, keys in owners.items()},
        parents={key: above for key, above in parents.items() if above},
        remainders=divided(every, structure),
        # How many were decided may be no secret although what became of them is.
        sensitive=frozenset(sensitive | (bases - owners.keys())),
        before=before.before,
        supposed=supposed(relations, before),
    )


def _counts(told: Told, figure: Figure) -> bool:
    return told.number is not None or figure.state is State.WITHHELD


def _is_sensitive(told: Told, figure: Figure, policy: Withhold) -> bool:
    """Whether a protected figure protects a cell it tells: not every rest, where none was asked."""
    few = figure.base is not None and figure.base in small_numbers(policy)
    return not told.rest or policy.rest_of_shares or few


def _share(relations: Relations, found: list[Told]) -> None:
    """A base is its count and the rest of it."""
    if any(one.rest for one in found):
        counted, base, rest = found
        relations.add(base.cell, [counted.cell, rest.cell], complete=True)
