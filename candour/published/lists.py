"""Lists: what is counted from a printed list of days, and sums a person worked out beside it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from candour.figures import written
from candour.published.declared import Measure, Show
from candour.published.naming import name_of
from candour.published.quantities import Quantity, counted
from candour.published.slip import Fault, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.published.declared import Entry, Value
    from candour.published.pool import Pool


def lists(pool: Pool) -> Iterator[Slip]:
    """Every number that a printed list, or a person who counted, gives otherwise."""
    for entry in pool.entries.values():
        yield from _given(pool, entry)
        days = [v for v in entry.values if v.show is Show.EACH and v.amount is not None]
        if days:
            yield from _banded(pool, entry, days)


def _given(pool: Pool, entry: Entry) -> Iterator[Slip]:
    listed = [v for v in entry.values if v.show is Show.EACH and v.exact is not None]
    chosen = listed or [v for v in entry.values if v.above is not None and v.exact is not None]
    total = sum((value.exact or Fraction(0) for value in chosen), Fraction(0))
    for given in entry.given:
        exact = total if given.what == "sum" else total / max(len(chosen), 1)
        if not given.amount.says(exact):
            yield Slip(
                Fault.LIST,
                entry.id,
                pool.place(entry.id),
                str(given.amount),
                given.amount.text(exact),
                f"the {given.what} was given as {given.amount}, but the values printed give "
                f"{given.amount.text(exact)}.",
                "",
                tuple(chosen),
            )


def _banded(pool: Pool, entry: Entry, days: list[Value]) -> Iterator[Slip]:
    """Of a list of working days: so many within the limit, within the longest, later, in all."""
    for quantity, number in _expected(pool, days).items():
        options = pool.everywhere(quantity)
        if options and all(option.number != number for option in options):
            value = options[0].values[0]
            yield Slip(
                Fault.LIST,
                entry.id,
                pool.place(entry.id),
                written(options[0].number, 0),
                str(number),
                f"the list of {len(days)} gives {number}, but {value.printed} is printed "
                f"({value.entry}): {name_of(value, pool.scheme)}.",
                "",
                (value, *days),
            )


def _expected(pool: Pool, days: list[Value]) -> dict[Quantity, int]:
    """What is counted from a list, as far as the limits are printed."""
    measure = days[0].measure
    if measure is None:
        return {}
    respond, extend = (_limit(pool, measure, name) for name in ("limit.respond", "limit.extend"))
    every = Quantity("steps", "received", "all", measure.period, _settled(pool, measure))
    numbers = [value.exact or Fraction(0) for value in days]
    expected = {every: len(numbers)}
    if respond is None:
        return expected
    inside = sum(n <= respond for n in numbers)
    expected[every.where(band="within_limit")] = inside
    if extend is not None:
        longest = sum(n <= extend for n in numbers)
        expected[every.where(band="within_longest")] = longest - inside
        expected[every.flagged("within_longest")] = longest
        expected[every.where(band="later")] = len(numbers) - longest
    return expected


def _settled(pool: Pool, measure: Measure) -> tuple[tuple[str, str], ...]:
    quantity = counted(Measure("received_at_stage", measure.period, measure.slice), pool.scheme)
    return () if quantity is None else quantity.slice


def _limit(pool: Pool, measure: Measure, name: str) -> Fraction | None:
    """The limit the documents print for the list's procedure and stage."""
    about = dict(measure.slice)
    only = pool.scheme.only_procedure()
    procedure = about.get("procedure", only)
    if procedure is None:
        return None
    slice_ = pool.scheme.slice({"procedure": procedure, "stage": about.get("stage", "1")})
    options = pool.everywhere(Quantity("given", "", name, "", slice_))
    return options[0].number if len(options) == 1 else None
