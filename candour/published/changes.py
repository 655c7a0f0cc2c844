"""Changes: a difference, a change per cent and points must follow from their two years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from candour.published.causes import cause_of_change
from candour.published.declared import Show
from candour.published.naming import name_of, origin, with_unit
from candour.published.quantities import counted, ratio
from candour.published.shares import worked_out
from candour.published.slip import Fault, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.published.declared import Measure, Value
    from candour.published.pool import Pool
    from candour.published.printed import Number

_UP = frozenset({"rose", "rose sharply", "improved"})
_DOWN = frozenset({"fell", "fell sharply", "worsened"})
_STILL = frozenset({"was similar", "did not change"})


@dataclass(frozen=True, slots=True)
class State:
    """What a measure stood at in a period, by one reading of what was printed."""

    exact: Fraction
    text: str
    values: tuple[Value, ...]
    within: Fraction = Fraction(0)
    """How far the exact value may lie from this, where only a rounded one was printed."""


def changes(pool: Pool) -> Iterator[Slip]:
    """Every printed change, or direction, that its two periods do not give."""
    for value in pool.published.values():
        if value.measure is None or not value.since:
            continue
        earlier = replace(value.measure, period=value.since)
        now, before = states(pool, value.measure, value.entry), states(pool, earlier, value.entry)
        if value.show is Show.DIRECTION:
            yield from _direction(pool, value, now, before)
        elif value.amount is not None:
            yield from _number(pool, value, now, before)


def states(pool: Pool, measure: Measure, entry: str) -> list[State]:
    """What a measure stood at: an entry's own reading first, then others."""
    made_of = ratio(measure, pool.scheme)
    if made_of is None:
        quantity = counted(measure, pool.scheme)
        if quantity is None:
            return []
        own = pool.options(quantity, entry)
        every = [
            *own,
            *(o for o in pool.everywhere(quantity) if o.number not in {x.number for x in own}),
        ]
        return [State(o.number, str(o.number), o.values) for o in every]
    bases = pool.population(made_of.base, entry)
    exact = worked_out(made_of, pool.options(made_of.count, entry), bases)
    if exact:
        return [State(s.exact, f"{s.count} of {s.base}", s.values) for s in exact]
    return [
        State(value.amount.value, value.printed, (value,), value.amount.step / 2)
        for value in pool.published.values()
        if value.measure == measure and value.show is Show.VALUE and value.amount is not None
    ]


def changed(show: Show, now: State, before: State) -> Fraction | None:
    """The change between two states; nothing per cent of nought."""
    if show is Show.CHANGE:
        return now.exact - before.exact
    return None if not before.exact else (now.exact - before.exact) * 100 / before.exact


def _number(pool: Pool, value: Value, now: list[State], before: list[State]) -> Iterator[Slip]:
    amount = value.amount
    if amount is None:
        return
    pairs = [(n, b, changed(value.show, n, b)) for n, b in product(now, before)]
    known = [(n, b, exact) for n, b, exact in pairs if exact is not None]
    if any(_holds(amount, exact, n.within + b.within) for n, b, exact in known):
        return
    told = {amount.text(exact): (n, b, exact) for n, b, exact in reversed(known)}
    for n, b, exact in reversed(told.values()):
        yield _slip(pool, value, n, b, exact)


def _holds(amount: Number, exact: Fraction, within: Fraction) -> bool:
    """Whether a change is the printed one, or may be where only rounded ends were printed."""
    if not within:
        return amount.says(exact)
    return abs(amount.value - exact) <= within + amount.step / 2


def _slip(pool: Pool, value: Value, now: State, before: State, exact: Fraction) -> Slip:
    right = value.amount.text(exact) if value.amount else ""
    used = tuple(v for v in dict.fromkeys((*now.values, *before.values)) if v is not value)
    said = f"from {before.text} to {now.text}{origin(used, value.entry)}"
    return Slip(
        Fault.CHANGE,
        value.entry,
        pool.place(value.entry),
        value.printed,
        right,
        f"{with_unit(value.printed, value, pool.scheme)} is printed, but {said} is "
        f"{with_unit(right, value, pool.scheme)}: {name_of(value, pool.scheme)}.",
        cause_of_change(value, exact, now.exact, before.exact),
        (value, *used),
    )


def _direction(pool: Pool, value: Value, now: list[State], before: list[State]) -> Iterator[Slip]:
    """A direction in words beside the numbers printed; similar is left to people."""
    word = spoken(value.printed, pool.published.synonyms)
    found = {(n.exact > b.exact) - (n.exact < b.exact) for n, b in product(now, before)}
    said = 1 if word in _UP else -1 if word in _DOWN else None
    if said is None or not found or said in found:
        return
    n, b = now[0], before[0]
    true = "did not change" if n.exact == b.exact else "rose" if n.exact > b.exact else "fell"
    yield Slip(
        Fault.DIRECTION,
        value.entry,
        pool.place(value.entry),
        value.printed,
        true,
        f"'{value.printed}' is printed, but from {b.text} to {n.text} it {true}: "
        f"{name_of(value, pool.scheme)}.",
        "",
        (value, *n.values, *b.values),
    )


def spoken(printed: str, synonyms: Mapping[str, tuple[str, ...]]) -> str:
    """Our word for a printed one, by the declared synonyms; itself without any."""
    said = printed.casefold()
    for ours, theirs in synonyms.items():
        if said in {word.casefold() for word in theirs}:
            return ours
    return said
