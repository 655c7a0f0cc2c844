"""Causes: the slip of the pen that most likely made a printed number, searched for mechanically."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.figures import written
from candour.published.naming import entries_of, name_of, short_name, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from candour.published.declared import Value
    from candour.published.pool import Option, Pool
    from candour.published.quantities import Quantity, Ratio

CUT = "It was cut off where it should have been rounded."


def cause_of_sum(pool: Pool, whole: Fraction, parts: Sequence[Value]) -> str:
    """A part left out or counted twice, another value printed for a part, or what has no row."""
    gap = whole - sum((part.exact or Fraction(0) for part in parts), Fraction(0))
    for part in parts:
        if part.exact and part.exact == -gap:
            return f"The {part.printed} of {short_name(part, pool.scheme)} are missing."
        if part.exact and part.exact == gap:
            return f"The {part.printed} of {short_name(part, pool.scheme)} are counted twice."
    others = _other_readings(pool, parts)
    if others and sum((number for _, number in others), Fraction(0)) == gap:
        changed = [f"{v.printed} for {short_name(v, pool.scheme)}" for v, _ in others]
        return (
            f"It adds up with the values of {entries_of(v for v, _ in others)}: "
            f"{' and '.join(changed)}."
        )
    if gap > 0:
        return f"The other {written(gap, 0)} have no row."
    return f"The parts are {written(-gap, 0)} too many."


def _other_readings(pool: Pool, parts: Sequence[Value]) -> list[tuple[Value, Fraction]]:
    """For each part printed otherwise elsewhere: that value, and the difference it makes."""
    found = []
    for part in parts:
        quantity = pool.quantity(part)
        if quantity is None or part.exact is None:
            continue
        for option in pool.everywhere(quantity):
            if option.number != part.exact:
                found.append((option.values[0], option.number - part.exact))
                break
    return found


def cause_of_share(pool: Pool, value: Value, made_of: Ratio, exact: Fraction) -> str:
    """Cut off, another year's count or base, or another population's base."""
    amount = value.amount
    if amount is None:
        return ""
    if amount.cuts(exact):
        return CUT
    counts = pool.options(made_of.count, value.entry)
    bases = pool.population(made_of.base, value.entry)
    for other, named in _candidates(pool, value, made_of):
        for count, base in _swapped(other, named, counts, bases):
            if not base.number or count.number > base.number:
                continue
            number = base.number - count.number if made_of.complement else count.number
            if amount.says(number * made_of.per / base.number):
                return (
                    f"{with_unit(value.printed, value, pool.scheme)} is {written(number, 0)} "
                    f"of {written(base.number, 0)}: {named}."
                )
    return ""


def _swapped(
    other: Option, named: str, counts: list[Option], bases: list[Option]
) -> Iterator[tuple[Option, Option]]:
    if named.endswith("numerator"):
        yield from ((other, base) for base in bases)
    else:
        yield from ((count, other) for count in counts)


def _candidates(pool: Pool, value: Value, made_of: Ratio) -> Iterator[tuple[Option, str]]:
    """Other counts and bases of the document the share may have been taken of, likeliest first."""
    here = pool.documents[value.entry]
    printed = [
        (quantity, option)
        for quantity in pool.by_quantity
        for option in pool.everywhere(quantity)
        if any(pool.documents[v.entry] is here for v in option.values)
    ]
    for whole, said in (
        (made_of.count, "the count of {} as numerator"),
        (made_of.base, "the base of {}"),
    ):
        for quantity, option in printed:
            if quantity != whole and replace(quantity, period=whole.period) == whole:
                yield option, said.format(quantity.period)
    populations = [
        (quantity, option)
        for quantity, option in printed
        if quantity not in {made_of.base, made_of.count}
        and quantity.period == made_of.base.period
        and quantity.of != "given"
        and _about(quantity) == _about(made_of.base)
    ]
    for _, option in sorted(populations, key=lambda pair: not _stands_in(pair[1], value.entry)):
        yield option, f"the base is {name_of(option.values[0], pool.scheme)}"


def _stands_in(option: Option, entry: str) -> bool:
    return any(value.entry == entry for value in option.values)


def _about(quantity: Quantity) -> dict[str, str]:
    """Of whom, leaving the first stage unsaid."""
    return {k: v for k, v in quantity.about.items() if (k, v) != ("stage", "1")}


def cause_of_change(value: Value, exact: Fraction, now: Fraction, before: Fraction) -> str:
    """Cut off, taken of the later period, the wrong kind of change, or the wrong way round."""
    amount = value.amount
    if amount is None:
        return ""
    if amount.cuts(exact):
        return CUT
    difference = now - before
    slips = {
        f"It was taken of the later period, {written(now, 0)}.": _per_cent(difference, now),
        "It is the difference, not the change per cent.": difference,
        "It is the change per cent, not the difference.": _per_cent(difference, before),
        "The direction is the wrong way round.": -exact,
    }
    found = (words for words, gives in slips.items() if gives is not None and amount.says(gives))
    return next(found, "No likely slip gives it.")


def _per_cent(part: Fraction, whole: Fraction) -> Fraction | None:
    return part * 100 / whole if whole else None
