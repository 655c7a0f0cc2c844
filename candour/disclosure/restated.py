"""Restated: what an earlier release told otherwise still says what has not changed since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from candour.disclosure.cells import told_by
from candour.disclosure.puzzle import ContradictionError, puzzles
from candour.disclosure.relations import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from candour.disclosure.relations import Relations
    from candour.disclosure.structure import Structure
    from candour.figures import Figure


@dataclass(slots=True)
class Earlier:
    """What earlier releases say of a release's cells, themselves or as they were then."""

    before: dict[int, int] = field(default_factory=dict)
    """The numbers that earlier releases printed: of cells as they are, and as they were."""
    as_they_were: list[dict[int, int]] = field(default_factory=list)
    """Release by release that told some number otherwise: a cell as it was, and as it is."""


def told_before(
    relations: Relations, releases: Iterable[Iterable[Figure]], structure: Structure
) -> Earlier:
    """Put what earlier releases told among the cells.

    A number that was restated is another one now. What it was stands beside it, in sums of its
    own with all that the same release told: whoever subtracts what did not change from both finds
    what is withheld of it.
    """
    earlier, every = Earlier(), [_told(relations, one, structure) for one in releases]
    for number, told in enumerate(every, start=1):
        if all(_same(relations, cell, now) for cell, now in told.items()):
            continue
        was = {}
        for cell, then in told.items():
            old = replace(relations.cells[cell], table=f"{relations.cells[cell].table}/was{number}")
            relations.tell(old, then)
            was[relations.number(old)] = cell
            if then is not None:
                earlier.before[relations.number(old)] = then
        earlier.as_they_were.append(was)
    for told in every:
        for cell, then in told.items():
            if then is not None and _same(relations, cell, then):
                relations.tell(relations.cells[cell], then)
                earlier.before[cell] = then
    return earlier


def _told(
    relations: Relations, release: Iterable[Figure], structure: Structure
) -> dict[int, int | None]:
    """The cells a release told, with their numbers; without one where they were withheld."""
    found: dict[int, int | None] = {}
    for figure in release:
        for one in told_by(figure, structure):
            cell = relations.number(one.cell)
            if found.get(cell) is None:
                found[cell] = one.number if figure.printable else None
    return found


def _same(relations: Relations, cell: int, then: int | None) -> bool:
    return then is None or relations.truth[cell] in {None, then}


def supposed(relations: Relations, earlier: Earlier) -> tuple[Relation, ...]:
    """That each number withheld then is what it is now, where it can be.

    That is the most a reader may suppose. Where the sums of that release do not hold with it, it
    has changed, and nothing is known.
    """
    held: dict[int, list[Relation]] = defaultdict(list)
    for row in relations.rows:
        for cell in (row.whole, *row.parts):
            held[cell].append(row)
    found: list[Relation] = []
    for was in earlier.as_they_were:
        ties = [
            Relation(cell, (old,), exact=True)
            for old, cell in was.items()
            if old not in earlier.before and all(_holds(row, was, relations) for row in held[old])
        ]
        if ties and _possible([*relations.rows, *found, *ties], relations):
            found += ties
    return tuple(found)


def _holds(row: Relation, was: Mapping[int, int], relations: Relations) -> bool:
    """Whether a sum of an earlier release may hold when what it withheld is what it is now."""
    whole, *parts = (_then(cell, was, relations) for cell in (row.whole, *row.parts))
    if whole is None or None in parts:
        return True
    known = sum(part for part in parts if part is not None)
    return known == whole if row.exact else known <= whole


def _then(cell: int, was: Mapping[int, int], relations: Relations) -> int | None:
    told = relations.truth[cell]
    return relations.truth[was[cell]] if told is None and cell in was else told


def _possible(rows: Sequence[Relation], relations: Relations) -> bool:
    """Whether sums can all hold with what is true."""
    true = {cell: number for cell, number in enumerate(relations.truth) if number is not None}
    try:
        left, _ = puzzles(rows, true)
    except ContradictionError:
        return False
    return all(puzzle.solution({}) is not None for puzzle in left)
