"""Pool: every whole number a council's publications print, by the quantity it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.kpi import CONTEXT
from candour.published.declared import Show
from candour.published.partitions import partitions, wholes
from candour.published.quantities import Quantity, Ratio, based, counted, ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.published.declared import Document, Entry, Measure, Published, Value
    from candour.published.scheme import Scheme

_CONTAINED_IN = {"decided": "responded"}
"""What stands for a population that was not printed: the smallest one that holds it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One number a quantity was printed as, or comes to, and the values it was read from."""

    number: Fraction
    values: tuple[Value, ...]


class Pool:
    """What was printed, to be looked up by quantity; what an entry itself prints comes first."""

    def __init__(self, published: Published, scheme: Scheme) -> None:
        self.published = published
        self.scheme = scheme
        self.entries: dict[str, Entry] = {}
        self.documents: dict[str, Document] = {}
        self.by_quantity: dict[Quantity, list[Value]] = defaultdict(list)
        for document, entry in published.entries():
            self.entries[entry.id] = entry
            self.documents[entry.id] = document
            for value in entry.values:
                quantity = self.quantity(value)
                if quantity is not None:
                    self.by_quantity[quantity].append(value)

    def quantity(self, value: Value) -> Quantity | None:
        """The whole number a value prints; nothing for a share, a change or words."""
        if value.measure is None or value.amount is None:
            return None
        return self.quantity_of(value.measure, value.show)

    def quantity_of(self, measure: Measure, show: Show) -> Quantity | None:
        """The whole number a part of a figure is; nothing for a share, a change or words."""
        if show is Show.BASE:
            return based(measure, self.scheme)
        if show is Show.COUNT:
            return counted(measure, self.scheme)
        if show is Show.VALUE and ratio(measure, self.scheme) is None:
            return counted(measure, self.scheme)
        return None

    def ratio(self, value: Value) -> Ratio | None:
        """What a printed share is made of; nothing for what is no share."""
        if value.measure is None or value.amount is None:
            return None
        if value.show is Show.SHARE and value.whole is not None:
            part, whole = counted(value.measure, self.scheme), counted(value.whole, self.scheme)
            return None if part is None or whole is None else Ratio(part, whole)
        return ratio(value.measure, self.scheme) if value.show is Show.VALUE else None

    def printed(self, quantity: Quantity, entry: str = "") -> list[Option]:
        """The distinct numbers a quantity was printed as, an entry's own alone if there is one."""
        options = self.everywhere(quantity)
        return [o for o in options if any(v.entry == entry for v in o.values)] or options

    def everywhere(self, quantity: Quantity) -> list[Option]:
        """The distinct numbers a quantity was printed as, wherever."""
        found: dict[Fraction, list[Value]] = {}
        for value in self.by_quantity.get(quantity, ()):
            if value.exact is not None:
                found.setdefault(value.exact, []).append(value)
        return [Option(number, tuple(values)) for number, values in found.items()]

    def options(self, quantity: Quantity, entry: str = "", depth: int = 2) -> list[Option]:
        """What a quantity was printed as or, where it was not, what it comes to."""
        found = self.printed(quantity, entry)
        if found or not depth:
            return found
        return self._added(quantity, entry, depth) or self._left(quantity, entry, depth)

    def population(self, quantity: Quantity, entry: str = "") -> list[Option]:
        """As ``options``, or the nearest population printed that holds it."""
        found = self.options(quantity, entry)
        if found:
            return found
        if quantity.flag in _CONTAINED_IN:
            return self.options(quantity.flagged(_CONTAINED_IN[quantity.flag]), entry)
        if quantity.flag.startswith(CONTEXT):
            alike = [q for q in self.by_quantity if (q.of, q.flag) == (quantity.of, quantity.flag)]
            return [option for q in alike for option in self.everywhere(q)]
        return []

    def _added(self, quantity: Quantity, entry: str, depth: int) -> list[Option]:
        for parts in partitions(quantity):
            found = [self.options(part, entry, depth - 1) for part in parts]
            if all(found):
                return [_total(options[0] for options in found)]
        return []

    def _left(self, quantity: Quantity, entry: str, depth: int) -> list[Option]:
        for whole, parts in wholes(quantity):
            others = [self.printed(part, entry) for part in parts if part != quantity]
            above = self.options(whole, entry, depth - 1)
            if above and all(others):
                rest = _total(options[0] for options in others)
                number = above[0].number - rest.number
                return [Option(number, (*above[0].values, *rest.values))]
        return []

    def shares(self) -> Iterator[tuple[Value, Ratio]]:
        """Every printed share with what it is made of."""
        for value in self.published.values():
            made_of = self.ratio(value)
            if made_of is not None:
                yield value, made_of

    def place(self, entry: str) -> str:
        """Where an entry stands."""
        return f"{self.documents[entry].title}, {self.entries[entry].at}"


def _total(options: Iterable[Option]) -> Option:
    chosen = list(options)
    number = sum((option.number for option in chosen), Fraction(0))
    return Option(number, tuple(value for option in chosen for value in option.values))
