"""Counting: our own figure for each published value, asked of the measures of a report."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError
from candour.figures import NOT_RECORDED, Figure, State, Unit
from candour.period import Period
from candour.published.beside import Ours
from candour.published.declared import Measure, Show
from candour.published.ranks import ranks
from candour.words.beside import base_of, count_of, share_of
from candour.words.direction import trend
from candour.words.grammar import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.measures import Measures
    from candour.published.declared import Published, Value
    from candour.published.scheme import Scheme


def counted_for(published: Published, measures: Measures, scheme: Scheme) -> dict[Value, Ours]:
    """Our figure for every published value that we can work out."""
    placed = ranks(published)
    found = {}
    for value in published.values():
        try:
            figure = figure_for(value, measures, scheme, placed.get(value))
        except ConfigurationError:
            continue
        if figure is not None and figure.state is not State.NOT_RECORDED:
            found[value] = as_ours(figure)
    return found


def as_ours(figure: Figure) -> Ours:
    """A figure of ours as it stands beside a published value."""
    return Ours(
        key=figure.key,
        display=figure.display,
        exact=figure.value if figure.printable else None,
        words=figure.words,
        source=figure.source,
        count=figure.count,
        base=figure.base,
    )


def figure_for(
    value: Value, measures: Measures, scheme: Scheme, rank: int | None = None
) -> Figure | None:
    """Our figure for a published value; nothing for a statement.

    Raises:
        ConfigurationError: the figure cannot be asked for, as its KPI is not told by that slice.
    """
    if value.measure is None:
        return None
    if value.show is Show.MOST:
        return _leading(value, measures, scheme)
    figure = asked(value.measure, measures, scheme)
    if value.show is Show.EACH and rank is not None:
        return _ranked(value.measure, measures, scheme, figure, rank)
    if value.show is Show.SHARE and value.whole is not None:
        return share_of(figure, asked(value.whole, measures, scheme))
    if value.since:
        return _changed(value, figure, measures, scheme)
    return {Show.COUNT: count_of, Show.BASE: base_of}.get(value.show, _itself)(figure)


def _changed(value: Value, figure: Figure, measures: Measures, scheme: Scheme) -> Figure | None:
    if value.measure is None:
        return None
    earlier = asked(replace(value.measure, period=value.since), measures, scheme)
    if value.show is Show.DIRECTION:
        return trend(figure, earlier)
    if value.show is Show.PER_CENT_CHANGE:
        decimals = value.amount.decimals if value.amount else 0
        return figure.per_cent_change(earlier, decimals)
    return figure.change(earlier)


def asked(measure: Measure, measures: Measures, scheme: Scheme) -> Figure:
    """The figure of a measure; of several parts told together, their sum."""
    period = Period.parse(measure.period, scheme.council.year_starts)
    several = next(((d, i.split("+")) for d, i in measure.slice if "+" in i), None)
    if several is None:
        figure = measures.figure(measure.kpi, period, **dict(measure.slice))
        return _if_there(figure, scheme)
    dimension, ids = several
    parts = [
        measures.figure(measure.kpi, period, **{**dict(measure.slice), dimension: id_})
        for id_ in ids
    ]
    counts = [part.count or 0 for part in parts]
    return replace(parts[0], count=sum(counts), value=Fraction(sum(counts)))


def _if_there(figure: Figure, scheme: Scheme) -> Figure:
    """Not applicable where there was no such team or service then."""
    period = figure.period
    for dimension, id_ in figure.slice:
        if not scheme.council.taxonomy.was_there(dimension, id_, period.start, period.end):
            return replace(figure, state=State.NOT_APPLICABLE)
    return figure


def _ranked(
    measure: Measure, measures: Measures, scheme: Scheme, figure: Figure, rank: int
) -> Figure | None:
    period = Period.parse(measure.period, scheme.council.year_starts)
    values = measures.values(measure.kpi, period, **dict(measure.slice))
    if rank >= len(values):
        return None
    return replace(
        figure,
        kpi=f"{figure.kpi}.ranked.{rank}",
        count=None,
        base=None,
        decimals=0,
        value=Fraction(values[rank]),
    )


def _leading(value: Value, measures: Measures, scheme: Scheme) -> Figure | None:
    """The names of what there was most of, as many as were printed."""
    measure = value.measure
    if measure is None:
        return None
    parts = [
        (id_, asked(replace(measure, slice=_with(measure, value.by, id_)), measures, scheme))
        for id_ in scheme.ids(value.by)
        if id_ != NOT_RECORDED
    ]
    wanted = len(value.printed.split(";"))
    first = sorted(parts, key=lambda pair: -(pair[1].value or 0))[:wanted]
    if not first:
        return None
    return replace(
        first[0][1],
        kpi=f"{measure.kpi}.leading.{wanted}",
        unit=Unit.WORDS,
        value=None,
        words=str(listed(_names(first, value.by, scheme))),
    )


def _names(parts: Iterable[tuple[str, Figure]], dimension: str, scheme: Scheme) -> list[str]:
    return [scheme.label(dimension, id_) for id_, _ in parts]


def _with(measure: Measure, dimension: str, id_: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({**dict(measure.slice), dimension: id_}.items()))


def _itself(figure: Figure) -> Figure:
    return figure
