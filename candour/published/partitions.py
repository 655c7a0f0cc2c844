"""Partitions: wholes and the parts they always consist of, by what the flags and slices mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from candour.published.quantities import NOT, settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.published.quantities import Quantity
    from candour.published.scheme import Scheme

Sum = tuple["Quantity", tuple["Quantity", ...]]

_FLAGS: dict[str, dict[str, tuple[str, ...]]] = {
    "steps": {
        "decided": ("upheld", "partially_upheld", "not_upheld"),
        "upheld_or_partially": ("upheld", "partially_upheld"),
        "responded": ("in_time", "late"),
        "all": ("upheld_or_partially", NOT + "upheld_or_partially"),
    },
    "contacts": {
        "all": ("became_complaint", "not_complaint"),
        "not_complaint": ("refused", "not_pursued"),
        "refused_or_withdrawn": ("refused", "withdrawn"),
    },
    "decisions": {"investigated": ("upheld", "not_upheld")},
    "statistics": {
        "dealt_with": ("not_for_us", "assessed_and_closed", "investigated"),
        "investigated": ("upheld", "not_upheld"),
    },
}
"""For each fact table: the flag of a whole, and the flags one of which each of its rows has."""

_SLICED: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("received", "within_longest"): (("band", "within_limit"), ("band", "within_longest")),
    ("received", "upheld_or_partially"): (("result", "upheld"), ("result", "partially_upheld")),
    ("received", "upheld"): (("result", "upheld"),),
    ("received", "partially_upheld"): (("result", "partially_upheld"),),
}
"""For steps by a clock: the flag that says the same as parts of all rows by a breakdown."""

CLOSED_BY = ("procedure", "stage")
"""Breakdowns whose values the council's procedures list in full."""


def partitions(quantity: Quantity) -> Iterator[tuple[Quantity, ...]]:
    """The ways a whole number consists of others of the same slice and period."""
    parts = _FLAGS.get(quantity.of, {}).get(quantity.flag)
    if parts:
        yield tuple(quantity.flagged(flag) for flag in parts)
    alike = _SLICED.get((quantity.clock, quantity.flag)) if quantity.of == "steps" else None
    if alike:
        yield tuple(quantity.flagged("all").where(**{name: id_}) for name, id_ in alike)


def wholes(quantity: Quantity) -> Iterator[Sum]:
    """The wholes that a whole number is a part of, each with all its parts."""
    for flag in _FLAGS.get(quantity.of, {}):
        whole = quantity.flagged(flag)
        for parts in partitions(whole):
            if quantity in parts:
                yield whole, parts


def divisions(quantity: Quantity, scheme: Scheme) -> Iterator[tuple[Quantity, ...]]:
    """The ways the council's procedures divide a whole number that is counted from steps."""
    if quantity.of not in {"steps", "outstanding", "movements"}:
        return
    for dimension in CLOSED_BY:
        if dimension in quantity.about:
            continue
        ids = scheme.parts(dimension, quantity.about, own_years=quantity.own_years)
        if len(ids) > 1:
            yield tuple(_part(quantity, dimension, id_, scheme) for id_ in ids)


def _part(quantity: Quantity, dimension: str, id_: str, scheme: Scheme) -> Quantity:
    """A part under the name it has by itself; of a procedure, in its own year."""
    about = settled({**quantity.about, dimension: id_}, scheme)
    own = quantity.own_years and dimension != "procedure"
    return replace(quantity, slice=tuple(sorted(about.items())), own_years=own)
