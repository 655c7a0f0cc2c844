"""Shares: a percentage or rate must be its count of its base, rounded half away from zero."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from candour.figures import written
from candour.published.causes import cause_of_share
from candour.published.naming import name_of, origin, with_unit
from candour.published.quantities import counted
from candour.published.slip import Fault, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.published.declared import Value
    from candour.published.pool import Option, Pool
    from candour.published.quantities import Ratio

_LARGEST_SEARCHED = 100_000
"""The largest base for which every whole count is tried."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share worked out from one reading of its count and base."""

    exact: Fraction
    count: Fraction
    base: Fraction
    values: tuple[Value, ...]


def shares(pool: Pool) -> Iterator[Slip]:
    """Every printed share that is not its count of its base."""
    for value, made_of in pool.shares():
        yield from _of_base(pool, value, made_of, pool.population(made_of.base, value.entry))
        if value.stated_base is not None:
            stated = counted(value.stated_base, pool.scheme)
            if stated is not None and stated != made_of.base:
                as_stated = replace(made_of, base=stated)
                yield from _of_base(pool, value, as_stated, pool.population(stated, value.entry))


def _of_base(pool: Pool, value: Value, made_of: Ratio, bases: list[Option]) -> Iterator[Slip]:
    if not bases or value.amount is None:
        return
    counts = pool.options(made_of.count, value.entry)
    if not counts:
        yield from _no_whole_count(pool, value, made_of, bases)
        return
    worked = worked_out(made_of, counts, bases)
    if not worked or any(value.amount.says(share.exact) for share in worked):
        return
    others = worked_out(made_of, pool.everywhere(made_of.count), bases)
    told: set[Fraction] = set()
    for share in (*worked, *others):
        if share.exact not in told and not value.amount.says(share.exact):
            told.add(share.exact)
            yield _slip(pool, value, made_of, share)


def worked_out(made_of: Ratio, counts: list[Option], bases: list[Option]) -> list[Share]:
    """The share for every reading of its count and base."""
    found = []
    for count, base in product(counts, bases):
        if base.number:
            number = base.number - count.number if made_of.complement else count.number
            exact = number * made_of.per / base.number
            values = (*count.values, *base.values)
            found.append(Share(exact, number, base.number, values))
    return found


def _slip(pool: Pool, value: Value, made_of: Ratio, share: Share) -> Slip:
    amount = value.amount
    assert amount is not None
    right = amount.text(share.exact)
    used = tuple(v for v in dict.fromkeys(share.values) if v is not value)
    printed = with_unit(value.printed, value, pool.scheme)
    said = f"{written(share.count, 0)} of {written(share.base, 0)}"
    return Slip(
        Fault.SHARE,
        value.entry,
        pool.place(value.entry),
        value.printed,
        right,
        f"{printed} is printed, but {said}{origin(used, value.entry)} is "
        f"{with_unit(right, value, pool.scheme)}: "
        f"{name_of(value, pool.scheme)}.",
        cause_of_share(pool, value, made_of, share.exact),
        (value, *used),
    )


def _no_whole_count(
    pool: Pool, value: Value, made_of: Ratio, bases: list[Option]
) -> Iterator[Slip]:
    """A share whose count was not printed must still be some whole number of its base."""
    amount = value.amount
    if amount is None:
        return
    for base in bases:
        if not 0 < base.number <= _LARGEST_SEARCHED:
            return
        near = amount.value * base.number / made_of.per
        tried = range(max(0, int(near) - 1), int(near) + 3)
        if any(amount.says(Fraction(count) * made_of.per / base.number) for count in tried):
            return
    base = bases[0]
    yield Slip(
        Fault.SHARE,
        value.entry,
        pool.place(value.entry),
        value.printed,
        "",
        f"{with_unit(value.printed, value, pool.scheme)} is printed, but no whole number of "
        f"{written(base.number, 0)} is that share: {name_of(value, pool.scheme)}.",
        "",
        (value, *base.values),
    )
