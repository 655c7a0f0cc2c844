"""Identities: what must add up between measures does, in every period and slice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from candour.counts import numerator_outside_base
from candour.figures import Figure
from candour.gate.finding import Finding, Kind
from candour.gate.pool import Pool, as_count, sliced, told
from candour.words import agree, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from candour.kpi import Fact, Kpis
    from candour.measures import Measures
    from candour.period import Period

Get = Callable[[str], Figure | None]
"""Gives a measure as a plain count; nothing where it is not known."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Measures on the left that add up to those on the right, and what a gap most likely means."""

    code: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    cause: str
    may_be_none: frozenset[str] = frozenset()
    """Measures there are none of where the exports do not tell them."""


SUMS = (
    Sum(
        "E11",
        ("brought_forward", "arrived", "reopened"),
        ("closed", "withdrawn_or_refused", "open_steps"),
        "A movement is missing, or is counted of another period.",
        frozenset({"reopened", "withdrawn_or_refused"}),
    ),
    Sum(
        "E15",
        ("upheld", "partially_upheld", "not_upheld"),
        ("responses_decided",),
        "One outcome is told as everything that is not another, those still open included.",
    ),
    Sum(
        "E16",
        ("responses_decided", "outcomes_missing"),
        ("responses_sent",),
        "Responses without an outcome stand in no row.",
    ),
    Sum(
        "E15",
        ("upheld_or_partially_of_received", "not_upheld_of_received"),
        ("received_at_stage",),
        "The two are not told of the same complaints.",
    ),
    Sum(
        "E15",
        ("contacts_refused", "contacts_not_pursued"),
        ("contacts_not_complaints",),
        "A reason is left out, or counted twice.",
    ),
    Sum(
        "E15",
        ("ombudsman_upheld", "ombudsman_not_upheld"),
        ("ombudsman_investigated",),
        "Decisions without an investigation were counted among the others.",
    ),
    Sum(
        "E15",
        ("lgsco_not_for_us", "lgsco_assessed_and_closed", "lgsco_investigated"),
        ("lgsco_dealt_with",),
        "One of the Ombudsman's own groups is left out.",
    ),
)
"""Identities between counts: the left ones add up to the right ones, wherever all are told."""

AT_MOST = (
    ("overdue_steps", "open_steps"),
    ("responded_in_time", "responded_within_extension"),
    ("responded_within_extension", "responded_within_longest"),
    ("escalated_of_cohort", "complaints_received"),
    ("upheld", "responses_decided"),
    ("responses_decided", "responses_sent"),
    ("ombudsman_investigated", "ombudsman_decided"),
    ("ombudsman_upheld", "ombudsman_investigated"),
    ("contacts_not_complaints", "contacts_received"),
    ("lgsco_investigated", "lgsco_decided"),
)
"""A part that can never be more than the whole."""


def printed_identities(pool: Pool) -> Iterator[Finding]:
    """Every identity that the figures a draft prints break."""
    for where in pool.wheres:
        period, slice_ = where
        yield from _broken(partial(pool.count, where=where), period, dict(slice_))
    yield from _carried(pool)


def identities(measures: Measures, slices: Iterable[Mapping[str, str]]) -> tuple[Finding, ...]:
    """Every identity that does not hold for the report's period, printed or not, in any slice."""
    period = measures.period
    found: list[Finding] = []
    for about in slices:

        def get(kpi: str, about: Mapping[str, str] = about) -> Figure | None:
            declared = measures.kpis.by_id.get(kpi)
            if declared is None or not about.keys() <= set(declared.breakdowns):
                return None
            return as_count(measures.figure(kpi, period, **about))

        found += _broken(get, period, about)
    return tuple(found)


def numerators(facts: Mapping[Fact, pd.DataFrame], kpis: Kpis) -> tuple[Finding, ...]:
    """Every share that counts rows outside its own base."""
    found = []
    for kpi_id, kpi in kpis.by_id.items():
        stray = len(numerator_outside_base(facts, kpi)) if kpi.of in facts else 0
        if stray:
            found.append(
                Finding(
                    "E4",
                    Kind.BLOCKS,
                    f"KPI '{kpi_id}'",
                    f"It counts {stray:,} {plural('row', stray)} that {agree('is', stray)} not in "
                    "its base.",
                    cause="Correct 'count' or 'out_of' in its declaration.",
                )
            )
    return tuple(found)


def _broken(get: Get, period: Period, about: Mapping[str, str]) -> Iterator[Finding]:
    for identity in SUMS:
        yield from _sum(identity, get, period, about)
    for part, whole in AT_MOST:
        small, large = get(part), get(whole)
        if small is None or large is None or not (told(small) and told(large)):
            continue
        if (small.value or 0) > (large.value or 0):
            yield Finding(
                "E4",
                Kind.BLOCKS,
                _place(period, about),
                f"{part} is {small.display} and {whole} is {large.display}; a part cannot be more "
                "than the whole.",
                printed=small.display,
                counted=large.display,
                cause="The two are not counted of the same complaints.",
            )


def _sum(identity: Sum, get: Get, period: Period, about: Mapping[str, str]) -> Iterator[Finding]:
    left, right = ([(kpi, get(kpi)) for kpi in side] for side in (identity.left, identity.right))
    if not all(told(f) for kpi, f in (*left, *right) if kpi not in identity.may_be_none):
        return
    added, whole = ([(kpi, _number(f)) for kpi, f in side] for side in (left, right))
    one, other = (sum(number for _, number in side) for side in (added, whole))
    if one != other:
        yield Finding(
            identity.code,
            Kind.BLOCKS,
            _place(period, about),
            f"{_spelt(added)} = {one:,}, but {_spelt(whole)} = {other:,}: a gap of "
            f"{abs(one - other):,}.",
            printed=f"{one:,}",
            counted=f"{other:,}",
            cause=identity.cause,
        )


def _carried(pool: Pool) -> Iterator[Finding]:
    """What a period begins with is what the one before it ended with."""
    for period, slice_ in pool.wheres:
        opening = pool.count("brought_forward", (period, slice_))
        closing = pool.count("open_steps", (period.previous(), slice_))
        if opening is None or closing is None or not (told(opening) and told(closing)):
            continue
        if period.previous().end == period.start and opening.value != closing.value:
            yield Finding(
                "E11",
                Kind.BLOCKS,
                _place(period, dict(slice_)),
                f"{opening.display} were brought forward into {period.label}, and "
                f"{period.previous().label} ended with {closing.display} open.",
                printed=opening.display,
                counted=closing.display,
                cause="The two were counted on different days, or of different records.",
            )


def _number(figure: Figure | None) -> int:
    return 0 if figure is None or figure.value is None else int(figure.value)


def _spelt(numbers: Iterable[tuple[str, int]]) -> str:
    return " + ".join(f"{kpi} {number:,}" for kpi, number in numbers)


def _place(period: Period, about: Mapping[str, str]) -> str:
    return f"{period.label}, {sliced(about)}"
