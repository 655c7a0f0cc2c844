"""Listing: restated figures as a table for their audience, which learns nothing withheld by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from candour.disclosure import is_protected
from candour.figures import Figure, Unit
from candour.restating.naming import named, when
from candour.restating.restated import HIDDEN
from candour.restating.why import Why
from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.audience import Audience
    from candour.disclosure import Structure
    from candour.restating.naming import Label, Title
    from candour.restating.restated import Restated

TITLE = "What changed since the version before"
_MOST_CASES = 5


def listed(
    found: Iterable[Restated],
    audience: Audience,
    structure: Structure,
    title: Title,
    label: Label,
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
                named(one.kpi, one.about, title, label),
                when(one.period, one.since),
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


def _said(why: tuple[Why, ...]) -> str:
    words = ", ".join(why)
    return words[:1].upper() + words[1:]


def _some(cases: tuple[str, ...]) -> str:
    more = ("and others",) if len(cases) > _MOST_CASES else ()
    return ", ".join((*cases[:_MOST_CASES], *more))
