"""Naming: printed values in the words a reader knows them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.kpi import CONTEXT
from candour.published.declared import Show
from candour.words.grammar import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.published.declared import Measure, Value
    from candour.published.scheme import Scheme

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
    part = about(value.measure, scheme)
    inside = "; ".join(text for text in (part, value.measure.period) if text)
    return f"{shown}{title_of(value.measure.kpi, scheme)} ({inside})"


def entries_of(values: Iterable[Value]) -> str:
    """The entries values stand in: *KNO-04 and KNO-09*."""
    return listed(sorted({value.entry for value in values}))


def origin(values: Iterable[Value], entry: str) -> str:
    """Which other entries values come from, in brackets; nothing where there are none."""
    others = [value for value in values if value.entry != entry]
    return f" (from {entries_of(others)})" if others else ""


def short_name(value: Value, scheme: Scheme) -> str:
    """What tells a value from its neighbours: its part of the council, or its measure."""
    if value.measure is None:
        return value.what
    part = about(value.measure, scheme)
    return part or title_of(value.measure.kpi, scheme)


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:]
