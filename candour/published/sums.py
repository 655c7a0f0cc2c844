"""Sums: parts that must make their whole, in a table, by procedure or stage, by what flags mean."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from candour.figures import written
from candour.published.causes import cause_of_sum
from candour.published.declared import Show
from candour.published.naming import name_of
from candour.published.partitions import divisions, partitions
from candour.published.pool import Option
from candour.published.printed import ABSENT
from candour.published.quantities import based, counted
from candour.published.slip import Fault, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from candour.published.declared import Entry, Measure, Value
    from candour.published.pool import Pool
    from candour.published.quantities import Quantity

_MOST_TERMS = 8
"""Longer sums are told without their terms."""
_MOST_WAYS = 512
"""How many readings of contradictory values are tried before a sum is left alone."""


def sums(pool: Pool) -> Iterator[Slip]:
    """Every whole that is not the sum of its parts."""
    for entry in pool.entries.values():
        if entry.complete:
            yield from _table(pool, entry)
    for quantity in list(pool.by_quantity):
        yield from _divided(pool, quantity)
        yield from _flagged(pool, quantity)
        yield from _flow(pool, quantity)


# --- a table's own rows -------------------------------------------------------------------------


def _table(pool: Pool, entry: Entry) -> Iterator[Slip]:
    groups: dict[tuple[Measure, Show], list[Value]] = {}
    for value in entry.values:
        if value.above is not None and _adds_up(pool, value):
            groups.setdefault((value.above, value.show), []).append(value)
    for (above, show), parts in groups.items():
        whole = based(above, pool.scheme) if show is Show.BASE else counted(above, pool.scheme)
        told = [] if whole is None else pool.printed(whole, entry.id)
        options = [o for o in told if not set(o.values) & set(parts)]
        numbers = [(value.exact or Fraction(0), value) for value in parts]
        if not options or len(numbers) < 2:  # noqa: PLR2004  - one part is no division
            continue
        total = sum((number for number, _ in numbers), Fraction(0))
        if all(option.number != total for option in options):
            yield _slip(pool, options[0], total, parts, entry.id)


def _adds_up(pool: Pool, value: Value) -> bool:
    if value.measure is None or (value.amount is None and value.printed not in ABSENT):
        return False
    if value.amount is None:
        return value.show in {Show.VALUE, Show.COUNT, Show.BASE}
    return pool.quantity(value) is not None


# --- the council's procedures and stages --------------------------------------------------------


def _divided(pool: Pool, whole: Quantity) -> Iterator[Slip]:
    for parts in divisions(whole, pool.scheme):
        options = [pool.everywhere(part) for part in parts]
        if not all(options) or _in_one_table(pool, whole, options):
            continue
        yield from _examined(pool, whole, options)


def _in_one_table(pool: Pool, whole: Quantity, options: Sequence[list[Option]]) -> bool:
    """Whether the parts are the rows of a table, which are examined there."""
    entries = [{v.entry for option in choice for v in option.values} for choice in options]
    return any(
        whole == pool.quantity_of(value.above, value.show)
        for entry in set.intersection(*entries)
        for value in pool.entries[entry].values
        if value.above is not None and pool.entries[entry].complete
    )


def _examined(pool: Pool, whole: Quantity, options: Sequence[list[Option]]) -> Iterator[Slip]:
    totals = pool.everywhere(whole)
    ways = 1
    for choice in options:
        ways *= len(choice)
    if ways > _MOST_WAYS:
        return
    for chosen in product(*options):
        total = sum((option.number for option in chosen), Fraction(0))
        if any(option.number == total for option in totals):
            return
    parts = [choice[0].values[0] for choice in options]
    total = sum((choice[0].number for choice in options), Fraction(0))
    yield _slip(pool, totals[0], total, parts, totals[0].values[0].entry)


# --- what flags mean ----------------------------------------------------------------------------


def _flagged(pool: Pool, whole: Quantity) -> Iterator[Slip]:
    for parts in partitions(whole):
        options = [pool.options(part, depth=1) for part in parts]
        if all(options):
            yield from _examined(pool, whole, options)


# --- what came in and what went out -------------------------------------------------------------


def _flow(pool: Pool, responded: Quantity) -> Iterator[Slip]:
    """Responded is received and brought forward, less carried forward and withdrawn."""
    if (responded.of, responded.clock, responded.flag) != ("steps", "responded", "responded"):
        return
    make, about, period = type(responded), responded.slice, responded.period
    came = pool.everywhere(make("steps", "received", "all", period, about))
    forward = pool.everywhere(make("outstanding", "opening", "all", period, about))
    still = pool.everywhere(make("outstanding", "as_of", "all", period, about))
    left = pool.everywhere(make("movements", "moved", "withdrawn", period, about))
    if not came or not (forward or still or left):
        return
    nothing = [Option(Fraction(0), ())]
    totals = pool.everywhere(responded)
    for way in product(came, forward or nothing, still or nothing, left or nothing):
        total = way[0].number + way[1].number - way[2].number - way[3].number
        if any(option.number == total for option in totals):
            return
    yield _unclosed(pool, totals[0], [came[0], *forward[:1]], [*still[:1], *left[:1]])


def _unclosed(pool: Pool, whole: Option, ins: list[Option], outs: list[Option]) -> Slip:
    total = sum((o.number for o in ins), Fraction(0)) - sum((o.number for o in outs), Fraction(0))
    values = tuple(option.values[0] for option in (whole, *ins, *outs))
    said = " + ".join(written(o.number, 0) for o in ins)
    said += "".join(f" \u2212 {written(o.number, 0)}" for o in outs)
    return Slip(
        Fault.FLOW,
        values[0].entry,
        pool.place(values[0].entry),
        written(whole.number, 0),
        written(total, 0),
        f"{written(whole.number, 0)} were answered, but {said} is {written(total, 0)}: "
        "received and brought forward, less carried forward and withdrawn.",
        "",
        values,
    )


def _slip(pool: Pool, whole: Option, total: Fraction, parts: Sequence[Value], entry: str) -> Slip:
    value = whole.values[0]
    terms = [p.exact for p in parts if p.exact]
    few = len(terms) <= _MOST_TERMS
    said = " + ".join(written(t, 0) for t in terms) if few else f"the sum of {len(parts)} rows"
    elsewhere = "" if value.entry == entry else f" ({value.entry})"
    return Slip(
        Fault.PARTS,
        entry,
        pool.place(entry),
        written(whole.number, 0),
        written(total, 0),
        f"{said} is {written(total, 0)}, but {written(whole.number, 0)} is printed{elsewhere} "
        f"for the whole: {name_of(value, pool.scheme)}.",
        cause_of_sum(pool, whole.number, parts),
        (value, *parts),
    )
