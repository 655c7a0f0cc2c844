"""Repeats: the same fact printed more than once must have one value."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from candour.published.declared import Show
from candour.published.naming import entries_of, name_of
from candour.published.slip import Fault, Slip
from candour.words.grammar import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from candour.published.declared import Value
    from candour.published.pool import Pool


def repeats(pool: Pool) -> Iterator[Slip]:
    """Every fact that was printed with two values."""
    for values in pool.by_quantity.values():
        yield from _two(pool, values)
    others: dict[tuple[object, ...], list[Value]] = defaultdict(list)
    for value in pool.published.values():
        alike = value.show in {Show.VALUE, Show.CHANGE, Show.PER_CENT_CHANGE, Show.SHARE}
        if value.amount is not None and alike and pool.quantity(value) is None and value.measure:
            others[value.measure, value.show, value.since].append(value)
    for values in others.values():
        yield from _two(pool, values)


def _two(pool: Pool, values: Sequence[Value]) -> Iterator[Slip]:
    told = {v.exact: v for v in reversed(values)}
    coarsest = min((v.amount for v in values if v.amount), key=lambda amount: amount.decimals)
    if len(told) < 2 or all(coarsest.says(number) for number in told if number is not None):  # noqa: PLR2004
        return
    first = values[0]
    other = next(v for v in values if v.exact != first.exact)
    said = [f"{value.printed} ({value.entry})" for value in told.values()]
    yield Slip(
        Fault.TWO_VALUES,
        first.entry,
        pool.place(first.entry),
        first.printed,
        other.printed,
        f"{name_of(first, pool.scheme)} is printed as {listed(reversed(said))}.",
        f"Compare {entries_of(values)}.",
        tuple(values),
    )
