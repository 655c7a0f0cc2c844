"""Naming: printed values in the words a reader knows them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.figures import Unit
from candour.kpi import CONTEXT
from candour.published.declared import Measure, Show
from candour.published.quantities import based, counted
from candour.words.grammar import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.published.declared import Value
    from candour.published.scheme import Scheme

_MOST_NAMED = 3
"""More places than these are not named one by one."""

_LIMITS = {
    "limit.respond": "working days to respond",
    "limit.extend": "working days to respond when extended",
    "limit.acknowledge": "working days to acknowledge",
    "limit.stages": "stages of the procedure",
    "limit.procedures": "complaints procedures",
}


def title_of(kpi_id: str, scheme: Scheme) -> str:
    """What a KPI or a given number is called, for the middle of a sentence."""
    kpi = scheme.kpi(kpi_id)
    if kpi is not None:
        return _inside(kpi.title)
    if kpi_id.startswith(CONTEXT):
        return _inside(scheme.council.profile.context[kpi_id.removeprefix(CONTEXT)].title)
    return _LIMITS.get(kpi_id, kpi_id.replace(".", " "))


def about(measure: Measure, scheme: Scheme) -> str:
    """The slice of a figure: *Corporate, stage two*; empty for everything."""
    return ", ".join(
        f"stage {id_}" if dimension == "stage" else scheme.label(dimension, id_)
        for dimension, id_ in measure.slice
    )


def name_of(value: Value, scheme: Scheme) -> str:
    """A printed value's measure, part of the council and period."""
    if value.measure is None:
        return value.what or "what was stated"
    shown = {
        Show.BASE: "base of ",
        Show.COUNT: "count of ",
        Show.CHANGE: "change in ",
        Show.PER_CENT_CHANGE: "change per cent in ",
        Show.SHARE: "share of ",
        Show.DIRECTION: "direction of ",
        Show.EACH: "each of ",
    }.get(value.show, "")
    plain = _plainly(value, scheme) if value.show in {Show.BASE, Show.COUNT} else None
    if plain is not None:
        return _in_brackets(title_of(plain.kpi, scheme), plain, scheme)
    return _in_brackets(f"{shown}{title_of(value.measure.kpi, scheme)}", value.measure, scheme)


def _in_brackets(title: str, measure: Measure, scheme: Scheme) -> str:
    part = about(measure, scheme)
    inside = "; ".join(text for text in (part, measure.period) if text)
    return f"{title} ({inside})"


def _plainly(value: Value, scheme: Scheme) -> Measure | None:
    """The KPI that counts nothing else than a share's count or base."""
    measure = value.measure
    if measure is None:
        return None
    of = based(measure, scheme) if value.show is Show.BASE else counted(measure, scheme)
    if of is None or of.of == "given":
        return None
    every = scheme.slice(of.about)
    later = tuple(pair for pair in every if pair != ("stage", "1"))
    for kpi_id, kpi in scheme.kpis.by_id.items():
        for slice_ in (every, later):
            alike = kpi.out_of is None and {d for d, _ in slice_} <= set(kpi.breakdowns)
            named = Measure(kpi_id, measure.period, slice_)
            if alike and counted(named, scheme) == of:
                return named
    return None


def entries_of(values: Iterable[Value]) -> str:
    """The entries values stand in: *KNO-04 and KNO-09*."""
    return listed(sorted({value.entry for value in values}))


def with_unit(number: str, value: Value, scheme: Scheme) -> str:
    """A number as a sentence says it: with the per cent sign, or *points* where they differ."""
    if value.measure is None or number.endswith("%"):
        return number
    kpi = scheme.kpi(value.measure.kpi)
    percent = kpi is not None and kpi.unit is Unit.PERCENT
    if value.show in {Show.PER_CENT_CHANGE, Show.SHARE} or (percent and value.show is Show.VALUE):
        return f"{number}%"
    return f"{number} points" if percent and value.show is Show.CHANGE else number


def origin(values: Iterable[Value], entry: str) -> str:
    """Which other entries values come from, in brackets; nothing where there are none."""
    others = sorted({value.entry for value in values if value.entry != entry})
    if not others:
        return ""
    named = others if len(others) <= _MOST_NAMED else [*others[:_MOST_NAMED], "elsewhere"]
    return f" (from {listed(named)})"


def short_name(value: Value, scheme: Scheme) -> str:
    """What tells a value from its neighbours: its part of the council, or its measure."""
    if value.measure is None:
        return value.what
    part = about(value.measure, scheme)
    return part or title_of(value.measure.kpi, scheme)


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:]
