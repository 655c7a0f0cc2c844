"""Listing: restated figures as a table for their audience, which learns nothing withheld by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from candour.disclosure import is_protected
from candour.figures import Figure, Unit
from candour.restating.restated import HIDDEN
from candour.restating.why import Why
from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from candour.audience import Audience
    from candour.disclosure import Structure
    from candour.restating.restated import Restated

TITLE = "What changed since the version before"
_MOST_CASES = 5
_SAID = {
    "change": "change",
    "per_cent_change": "change per cent",
    "size": "",
    "trend": "direction",
    "leading": "most",
    "ranked": "one response",
    "remainder": "the rest",
    "others": "all others",
}
"""What is made of a measure, in words; any other name is said as it is."""


def listed(
    found: Iterable[Restated],
    audience: Audience,
    structure: Structure,
    title: Callable[[str], str],
    label: Callable[[str, str], str],
) -> Listing | None:
    """Restated figures in words; nothing where there are none.

    References are told only to who sees cases. A figure withheld in either version is withheld
    in both columns, and what became of few people is not told of a protected one.

    Args:
        found: the figures.
        audience: who reads it.
        structure: what adds up to what, for what is protected.
        title: what a KPI or a given number is called.
        label: what a value of a dimension is called.
    """
    told = [_guarded(one, audience, structure) for one in found]
    if not told:
        return None
    cases = audience.sees == "cases"
    words = ListingKind.WORDS
    headings = tuple((name, words) for name in ("Figure", "Period", "Was", "Is", "Why"))
    return Listing(
        id="restated",
        title=TITLE,
        sheet="Restated",
        headings=(*headings, ("Cases", ListingKind.REFERENCE)) if cases else headings,
        rows=tuple(
            (
                _named(one, title, label),
                _when(one),
                one.was,
                one.now,
                _said(one.why),
                *((_some(one.cases),) if cases else ()),
            )
            for one in told
        ),
        notes=(
            "Every figure that both versions print and that reads otherwise now. Changes are "
            "worked out again from the figures they are between.",
        ),
    )


def _guarded(one: Restated, audience: Audience, structure: Structure) -> Restated:
    policy = audience.withhold
    if HIDDEN in {one.was, one.now}:
        return replace(one, was=HIDDEN, now=HIDDEN, cases=())
    if policy is None or not is_protected(_as_figure(one), policy, structure):
        return one
    few = 0 < len(one.cases) < policy.below
    return replace(one, why=(Why.FEW,), cases=()) if few else one


def _as_figure(one: Restated) -> Figure:
    return Figure(one.kpi, one.kpi, one.period, tuple(one.about.items()), Unit.COUNT)


def _named(one: Restated, title: Callable[[str], str], label: Callable[[str, str], str]) -> str:
    """Measure, what is made of it, and of which part of the council."""
    head, *made = one.kpi.split(".")
    if head in {"context", "limit", "report", "stated"}:
        head, made = one.kpi, []
    said = [_SAID.get(name, name.replace("_", " ")) for name in made if not name.isdigit()]
    measure = ", ".join([title(head), *(name for name in said if name)])
    about = ", ".join(label(dimension, value) for dimension, value in one.about.items())
    return f"{measure}: {about}" if about else measure


def _when(one: Restated) -> str:
    return f"{one.period.label}, from {one.since.label}" if one.since else one.period.label


def _said(why: tuple[Why, ...]) -> str:
    words = ", ".join(why)
    return words[:1].upper() + words[1:]


def _some(cases: tuple[str, ...]) -> str:
    more = ("and others",) if len(cases) > _MOST_CASES else ()
    return ", ".join((*cases[:_MOST_CASES], *more))
