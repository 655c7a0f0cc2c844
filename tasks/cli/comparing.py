"""Comparing: published values beside our figures, each difference explained as far as it can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from candour.errors import CandourError, ConfigurationError
from candour.kpi import Fact
from candour.period import Period
from candour.published import (
    Comparison,
    Scheme,
    Show,
    Value,
    Verdict,
    compared,
    counted_for,
    examine,
)
from candour.published.counting import figure_for
from candour.published.naming import name_of
from tasks import declared
from tasks.cli.known import last_intake
from tasks.cli.measuring.cases import cases_behind
from tasks.compute_kpis import compute_kpis
from tasks.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.figures import Figure
    from candour.published import Published
    from tasks.settings import Settings

MOST_LISTED = 12
"""The largest number of cases that are named one by one."""


KIN = (
    frozenset({"in_time", "within_extension", "within_longest"}),
    frozenset({"upheld", "partially_upheld", "upheld_or_partially"}),
)
"""Flags one of which is easily told for another."""


@dataclass(frozen=True, slots=True)
class Line:
    """A published value beside ours, in words."""

    entry: str
    what: str
    published: str
    ours: str
    verdict: Verdict
    why: tuple[str, ...] = ()
    """What explains a difference: the publication's own slip, another population, the cases."""
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What a council published beside what we count."""

    council: str
    lines: tuple[Line, ...]
    slips: tuple[str, ...]
    """What the publication says against itself, in sentences."""
    unexplained: int


def compare_with(settings: Settings, council: str, period: str | None) -> Compared:
    """Each published value of a period, or of all, beside our figure.

    Raises:
        CandourError: nothing is published for the period, or nothing good was taken in yet.
    """
    published, scheme = declared.published(settings, council)
    chosen = _of_period(published, period)
    slips = examine(published, scheme)
    desk = _desk(settings, scheme, chosen)
    told = counted_for(chosen, desk.measures, scheme)
    lines = tuple(_line(c, desk, scheme) for c in compared(chosen, told, slips))
    entries = {entry.id for _, entry in chosen.entries()}
    return Compared(
        council=council,
        lines=lines,
        slips=tuple(str(slip) for slip in slips if slip.entry in entries),
        unexplained=sum(1 for line in lines if line.verdict is Verdict.DIFFERENT and not line.why),
    )


def _of_period(published: Published, period: str | None) -> Published:
    if period is None:
        return published
    documents = tuple(d for d in published.documents if d.period == period)
    if not documents:
        known = ", ".join(sorted({d.period for d in published.documents}))
        raise ConfigurationError(f"Nothing published for {period} is written down; {known} is.")
    return replace(published, documents=documents)


def _desk(settings: Settings, scheme: Scheme, published: Published) -> Desk:
    """The desk a report on the first document's period would be built at."""
    last_intake(settings, scheme.council.id)
    about = Period.parse(published.documents[0].period, scheme.council.year_starts)
    return Desk(settings, compute_kpis(settings, scheme.council.id, "figures", about))


def _line(comparison: Comparison, desk: Desk, scheme: Scheme) -> Line:
    value, ours = comparison.value, comparison.ours
    why: list[str] = []
    cases: tuple[str, ...] = ()
    if comparison.verdict is Verdict.DIFFERENT:
        why = [f"{slip.sentence} {slip.cause}".strip() for slip in comparison.slips]
        why += [f"See {code} of the reviewer's checklist." for code in comparison.notes]
        why += [] if why else _populations(value, desk, scheme)
        why += _by_the_vendor(value, desk, scheme)
        cases = _cases(value, desk, scheme)
    return Line(
        entry=value.entry,
        what=name_of(value, scheme),
        published=value.printed,
        ours="" if ours is None else ours.display,
        verdict=comparison.verdict,
        why=tuple(why),
        cases=cases,
    )


def _populations(value: Value, desk: Desk, scheme: Scheme) -> Iterator[str]:
    """Which other KPI, stage or period of ours gives the printed number."""
    if value.amount is None or value.measure is None or not value.amount.value:
        return
    for other in _siblings(value, scheme):
        figure = _asked(other, desk, scheme)
        if figure is not None and figure.value is not None and value.amount.says(figure.value):
            yield f"{value.printed} is what we count as {name_of(other, scheme)}."
            return


def _siblings(value: Value, scheme: Scheme) -> Iterator[Value]:
    """The same of other KPIs of its family kind and unit, then of the period before."""
    measure = value.measure
    kpi = scheme.kpi(measure.kpi) if measure else None
    if measure is None or kpi is None:
        return
    about = {dimension for dimension, _ in measure.slice}
    for id_, other in scheme.kpis.by_id.items():
        alike = (other.of, other.unit) == (kpi.of, kpi.unit) and about <= set(other.breakdowns)
        if alike and id_ != measure.kpi and _kin(kpi.count, other.count):
            yield replace(value, measure=replace(measure, kpi=id_))
    yield replace(value, measure=replace(measure, period=scheme.previous(measure.period)))


def _kin(flag: str | None, other: str | None) -> bool:
    return flag == other or any(flag in kin and other in kin for kin in KIN)


def _asked(value: Value, desk: Desk, scheme: Scheme) -> Figure | None:
    try:
        return figure_for(value, desk.measures, scheme)
    except CandourError:
        return None


def _by_the_vendor(value: Value, desk: Desk, scheme: Scheme) -> Iterator[str]:
    """What the source system's own met or missed comes to, where timeliness differs."""
    measure = value.measure
    kpi = scheme.kpi(measure.kpi) if measure else None
    if measure is None or kpi is None or kpi.of is not Fact.STEPS or kpi.count != "in_time":
        return
    figure = _asked(
        replace(
            value, measure=replace(measure, kpi="vendor_disagreements"), show=Show.VALUE, since=""
        ),
        desk,
        scheme,
    )
    if figure is not None and figure.count:
        yield (
            f"The source system's own met or missed differs from the dates in {figure.count} of "
            f"{figure.base}."
        )


def _cases(value: Value, desk: Desk, scheme: Scheme) -> tuple[str, ...]:
    """The references a plain count of ours is made of, where they are few."""
    measure = value.measure
    if measure is None or value.show not in {Show.VALUE, Show.COUNT}:
        return ()
    kpi = scheme.kpi(measure.kpi)
    if kpi is None or kpi.of is Fact.STATISTICS or kpi.count is None or kpi.complement:
        return ()
    figure = _asked(replace(value, show=Show.VALUE), desk, scheme)
    if figure is None or not figure.count or figure.count > MOST_LISTED:
        return ()
    try:
        return cases_behind(figure, kpi, desk.facts, desk.vantage, desk.council.own_years).counted
    except CandourError:
        return ()
