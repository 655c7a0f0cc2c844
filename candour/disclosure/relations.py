"""Relations: every sum that readers know to hold between cells, printed or not."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from candour.disclosure.crossings import crossings
from candour.disclosure.flags import CAME, SUMS, WENT, shortest
from candour.figures import NOT_RECORDED, Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.disclosure.cells import Cell
    from candour.disclosure.structure import Structure

_Place = tuple[str, Slice, int, int]


@dataclass(frozen=True, slots=True)
class Relation:
    """That ``whole`` is the sum of ``parts``, or more than it where something may be missing."""

    whole: int
    parts: tuple[int, ...]
    exact: bool


@dataclass(slots=True)
class Relations:
    """Cells by number, what is true of them as far as it was told, and what they add up to."""

    cells: list[Cell] = field(default_factory=list)
    truth: list[int | None] = field(default_factory=list)
    rows: dict[Relation, None] = field(default_factory=dict)
    _at: dict[Cell, int] = field(default_factory=dict)

    def number(self, cell: Cell) -> int:
        """The number of a cell, a new one for a new cell."""
        if cell not in self._at:
            self._at[cell] = len(self.cells)
            self.cells.append(cell)
            self.truth.append(None)
        return self._at[cell]

    def __contains__(self, cell: Cell) -> bool:
        return cell in self._at

    def tell(self, cell: Cell, number: int | None) -> None:
        """Write down what is true of a cell."""
        at = self.number(cell)
        if number is not None:
            self.truth[at] = number

    def total(self, whole: Cell, parts: Iterable[Cell], *, closed: bool) -> None:
        """What was not told of a whole is what all of its parts come to."""
        at = self.number(whole)
        told = [self.truth[self.number(part)] for part in parts]
        if closed and self.truth[at] is None and None not in told:
            self.truth[at] = sum(number or 0 for number in told)

    def add(self, whole: Cell, parts: Iterable[Cell], *, complete: bool) -> bool:
        """Add that parts make up a whole, unless what was told contradicts it.

        A reader knows that a row that is not printed is nought, so that parts that add up to the
        whole are all there is. Says whether they are known to be.
        """
        at, inside = self.number(whole), tuple(sorted({self.number(part) for part in parts}))
        limit = self.truth[at]
        told = [self.truth[i] for i in inside]
        known = sum(number for number in told if number is not None)
        if limit is not None and None not in told:
            complete = known == limit
        if limit is None or known <= limit:
            self.rows[Relation(at, inside, complete)] = None
            return complete
        return False


def relate(relations: Relations, structure: Structure) -> None:
    """Add every sum between the cells there are, and the cells that tie them together."""
    unknown = _with_unknown(relations, structure)
    for cell in crossings(relations.cells):
        relations.number(cell)
    sums = [
        (whole, dimension, parts, _closed(whole, dimension, parts, structure, unknown))
        for (whole, dimension), parts in _slices(relations, structure)
    ]
    for whole, _, parts, closed in reversed(sums):
        relations.total(whole, parts, closed=closed)
    nowhere_else = _Proven()
    for whole, dimension, parts, closed in sums:
        values = _values(parts, dimension)
        complete = closed or nowhere_else.holds(whole, dimension, values)
        if relations.add(whole, parts, complete=complete):
            nowhere_else.proven(whole, dimension, values)
    _times(relations)
    _kinds(relations)
    _flows(relations)


def _with_unknown(relations: Relations, structure: Structure) -> set[tuple[str, str]]:
    """The dimensions of each table of which some figure tells the unknown, and those above them.

    A service that is not recorded leaves its directorate unknown too, whether that has a row or
    not.
    """
    found = {(c.table, name) for c in relations.cells for name, v in c.about if v == NOT_RECORDED}
    return found | {
        (table, above) for table, name in found for above, _ in structure.above.get(name, ())
    }


def _closed(
    whole: Cell,
    dimension: str,
    parts: list[Cell],
    structure: Structure,
    unknown: set[tuple[str, str]],
) -> bool:
    """Whether the parts are all a dimension has, so that they are the whole."""
    declared, values = structure.all_of(dimension), _values(parts, dimension)
    if not declared or not declared <= values:
        return False
    return (whole.table, dimension) not in unknown or NOT_RECORDED in values


@dataclass(slots=True)
class _Proven:
    """The values outside of which there is nothing, by slice: so it is in every part of it."""

    _known: dict[tuple[object, ...], list[tuple[Cell, frozenset[str]]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def proven(self, whole: Cell, dimension: str, values: frozenset[str]) -> None:
        self._known[whole.table, whole.start, whole.end, dimension].append((whole, values))

    def holds(self, whole: Cell, dimension: str, values: frozenset[str]) -> bool:
        return any(
            {*wider.about} <= {*whole.about} and {*wider.flags} <= {*whole.flags} and all_ <= values
            for wider, all_ in self._known[whole.table, whole.start, whole.end, dimension]
        )


def _values(parts: list[Cell], dimension: str) -> frozenset[str]:
    name = dimension.partition("/")[0]
    return frozenset(value for part in parts for found, value in part.about if found == name)


def _slices(
    relations: Relations, structure: Structure
) -> list[tuple[tuple[Cell, str], list[Cell]]]:
    """Every cell with the parts it has, those with the fewest conditions first."""
    used = {(c.table, name) for c in relations.cells for name, _ in c.about}
    sums: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)
    waiting, seen = deque(relations.cells), set(relations.cells)
    while waiting:
        cell = waiting.popleft()
        for parent, dimension in _wholes(cell, structure, used):
            sums[parent, dimension].append(cell)
            if parent not in seen:
                seen.add(parent)
                relations.number(parent)
                waiting.append(parent)
    return sorted(sums.items(), key=lambda item: len(item[0][0].about))


def _wholes(
    cell: Cell, structure: Structure, used: set[tuple[str, str]]
) -> Iterator[tuple[Cell, str]]:
    for name, value in cell.about:
        others = [pair for pair in cell.about if pair[0] != name]
        yield cell.within(others), name
        for above, belongs in structure.above.get(name, ()):
            if value in belongs and (cell.table, above) in used:
                yield cell.within([*others, (above, belongs[value])]), f"{name}/{above}"


def _times(relations: Relations) -> None:
    """Periods that overlap are made of the stretches between their first and last days."""
    groups: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in relations.cells:
        if cell.start < cell.end:
            groups[cell.table, cell.flags, cell.about].append(cell)
    for cells in groups.values():
        days = sorted({day for cell in cells for day in (cell.start, cell.end)})
        for cell in cells:
            inside = [day for day in days if cell.start <= day <= cell.end]
            if len(inside) > len((cell.start, cell.end)):
                parts = [replace(cell, start=a, end=b) for a, b in pairwise(inside)]
                relations.add(cell, parts, complete=True)


def _kinds(relations: Relations) -> None:
    """Outcomes make up the decided, answered and open make up all, and so on."""
    groups: dict[_Place, set[tuple[str, ...]]] = defaultdict(set)
    examples: dict[_Place, Cell] = {}
    for cell in relations.cells:
        key = (cell.table, cell.about, cell.start, cell.end)
        groups[key].add(cell.flags)
        examples[key] = cell
    for key, flags in groups.items():
        fact, clock, *_ = examples[key].table.split("/")
        for kind in SUMS.get(fact, ()):
            whole, *parts = (
                shortest(fact, clock, flag.split("+")) for flag in (kind.whole, *kind.parts)
            )
            if len({whole, *parts} & flags) > 1 and whole not in parts:
                cells = [replace(examples[key], flags=part) for part in parts]
                relations.add(replace(examples[key], flags=whole), cells, complete=not kind.partly)


def _flows(relations: Relations) -> None:
    """Open at the beginning and what came in are what went out and what is open at the end."""
    moves = {(c.about, c.start, c.end) for c in relations.cells if c.table == "movements/moved"}
    states = {(c.about, c.start): c for c in relations.cells if c.table == "outstanding/state"}
    for about, start, end in sorted(moves):
        first, last = states.get((about, start)), states.get((about, end))
        if first is None or last is None:
            continue
        first, last = replace(first, flags=()), replace(last, flags=())
        moved = replace(first, table="movements/moved", start=start, end=end)
        came = [replace(moved, flags=(what,)) for what in CAME]
        went = [replace(moved, flags=(what,)) for what in WENT]
        received = replace(moved, table="steps/received")
        through = replace(moved, flags=("open at the beginning or arrived",))
        relations.add(through, [first, received, *came], complete=True)
        relations.add(through, [last, *went], complete=True)
