"""Measured: a KPI's figures as the reports count them, with the definition they stand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.counts import BASE_DIMENSIONS
from candour.declarations import unknown
from candour.errors import ConfigurationError
from candour.facts import FLAGS, MEASURES
from candour.figures import NOT_RECORDED
from candour.kpi import CONTEXT, Statistic
from candour.period import Period, PeriodKind, day_in_words
from candour.words import shorthand_note
from tasks import declared
from tasks.cli.known import last_complete, last_intake
from tasks.cli.measuring.cases import Cases, cases_behind
from tasks.compute_kpis import compute_kpis
from tasks.desk import Desk

if TYPE_CHECKING:
    from candour.figures import Figure, State
    from candour.kpi import Kpi, Kpis
    from tasks.settings import Settings

CLOCKS = {
    "received": "the day it was received",
    "acknowledgement_due": "the last day to acknowledge it",
    "responded": "the day the response was sent",
    "due": "the first due day",
    "left": "the day it left, answered or not",
    "moved": "the day it arrived or left",
    "decided": "the day it was decided",
    "recorded": "the day it was written down",
    "taken_outside": "the day it was taken outside the council",
    "year": "the year the Ombudsman's statistics are of",
    "since_last": "since the bulletin before",
    "as_of": "the state at the end of the period",
    "opening": "the state at the beginning of the period",
}
"""What puts a row in a period, in words, by the name a KPI's ``clock`` gives it."""


STATISTICS = {
    Statistic.MEAN: "the mean of the",
    Statistic.MEDIAN: "the median of the",
    Statistic.P90: "the 90th percentile of the",
    Statistic.LONGEST: "the longest of the",
    Statistic.SUM: "the sum of the",
}


@dataclass(frozen=True, slots=True)
class Definition:
    """What a KPI counts, in words."""

    kpi: str
    title: str
    question: str
    counted: str
    out_of: str
    population: str
    clock: str
    complement: bool
    """The figure is what is left of the base without those counted."""
    caveat: str
    source: str
    owner: str


@dataclass(frozen=True, slots=True)
class Told:
    """A figure told: the exact value as a fraction, and as every report displays it."""

    slice: Mapping[str, str]
    about: str
    display: str
    count: int | None
    base: int | None
    value: str | None
    state: State


@dataclass(frozen=True, slots=True)
class Measured:
    """The answer to one question."""

    council: str
    definition: Definition
    period_key: str
    period: str
    known_on: str
    known: str
    figures: tuple[Told, ...]
    marks: tuple[str, ...]
    """What there is to know before the figures are used, in sentences."""
    cases: Cases | None


def measure(
    settings: Settings,
    council: str,
    kpi_id: str,
    period: str | None,
    *,
    by: str | None,
    about: Mapping[str, str],
    cases: bool,
) -> Measured:
    """The figures of a KPI for a period, the whole first, then one a value of ``by``.

    Raises:
        ConfigurationError: there is no such council, KPI, period, breakdown or value.
        CandourError: nothing good has been taken in yet.
    """
    kpis = declared.kpis(settings)
    kpi = kpis[kpi_id]
    desk = _desk(settings, council, period)
    _check(desk, kpi_id, kpi, by, about)
    whole = desk.measures.figure(kpi_id, **about)
    parts = [desk.measures.figure(kpi_id, **slice_) for slice_ in _slices(desk, kpi, by, about)]
    kept = [part for part in parts if part.count or part.base or not _is_unknown(part, by)]
    known_on = desk.vantage.known_on
    return Measured(
        council=council,
        definition=_definition(kpi_id, kpi, kpis),
        period_key=desk.period.key,
        period=desk.period.label,
        known_on=known_on.isoformat(),
        known=f"Known from the extracts up to {day_in_words(known_on)}.",
        figures=tuple(_told(desk, figure) for figure in (whole, *kept)),
        marks=tuple(_marks([whole, *kept])),
        cases=cases_behind(whole, kpi, desk.facts, desk.vantage, desk.council.own_years)
        if cases
        else None,
    )


def _desk(settings: Settings, council: str, period: str | None) -> Desk:
    """The desk a report on the period would be built at."""
    year_starts = declared.council(settings, council).year_starts
    if period is None:
        known_on = dt.date.fromisoformat(last_intake(settings, council).known_on)
        about = last_complete(PeriodKind.MONTH, known_on, year_starts)
    else:
        about = Period.parse(period, year_starts)
    return Desk(settings, compute_kpis(settings, council, "figures", about))


def _check(desk: Desk, kpi_id: str, kpi: Kpi, by: str | None, about: Mapping[str, str]) -> None:
    asked = [*about, *([by] if by else [])]
    for dimension in asked:
        if dimension not in kpi.breakdowns:
            raise ConfigurationError(f"{kpi_id} by {unknown(dimension, kpi.breakdowns)}")
    others = [dimension for dimension in asked if dimension not in BASE_DIMENSIONS]
    if len(others) > 1 and not (len(others) == len(asked) and kpi.pairs(others)):
        raise ConfigurationError(
            f"{kpi_id} is counted by procedure, stage and one more breakdown at a time, not by "
            f"{' and '.join(others)}."
        )
    for dimension, value in about.items():
        members = _members(desk, kpi, dimension)
        if value not in members:
            raise ConfigurationError(f"--where {dimension}={value}: {unknown(value, members)}")


def _members(desk: Desk, kpi: Kpi, dimension: str) -> list[str]:
    return [str(member) for member in desk.facts[kpi.of][dimension].cat.categories]


def _slices(
    desk: Desk, kpi: Kpi, by: str | None, about: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    if by is not None:
        for member in _members(desk, kpi, by):
            yield {**about, by: member}


def _is_unknown(figure: Figure, by: str | None) -> bool:
    return (by, NOT_RECORDED) in figure.slice


def _told(desk: Desk, figure: Figure) -> Told:
    names = [desk.composer.name(dimension, value) for dimension, value in figure.slice]
    return Told(
        slice=dict(figure.slice),
        about=", ".join(names) or "All",
        display=figure.display,
        count=figure.count,
        base=figure.base,
        value=None if figure.value is None else str(figure.value),
        state=figure.state,
    )


def _marks(figures: list[Figure]) -> Iterator[str]:
    if note := shorthand_note(figures):
        yield note
    if undecided := figures[0].undecided:
        yield f"Provisional: {undecided:,} of {figures[0].base:,} may still go either way"


def _out_of(kpi: Kpi) -> str:
    if kpi.out_of is None:
        return ""
    if kpi.out_of.startswith(CONTEXT):
        return f"the number given under '{kpi.out_of.removeprefix(CONTEXT)}' in council.yaml"
    return FLAGS[kpi.of][kpi.out_of]


def _definition(kpi_id: str, kpi: Kpi, kpis: Kpis) -> Definition:
    family = kpis.family(kpi_id)
    flags = FLAGS[kpi.of]
    counted = "" if kpi.count is None else flags[kpi.count]
    if kpi.statistic is not None and kpi.measure is not None:
        counted = f"{STATISTICS[kpi.statistic]} {MEASURES[kpi.of][kpi.measure]}"
    if kpi.complement:
        counted = f"the rest, once those are taken away for which {counted}"
    among = "" if kpi.population in {"all", kpi.out_of} else flags[kpi.population]
    return Definition(
        kpi=kpi_id,
        title=kpi.title,
        question=kpi.question,
        counted=counted,
        out_of=_out_of(kpi),
        population=among,
        clock=CLOCKS[kpi.clock],
        complement=kpi.complement,
        caveat=kpi.caveat,
        source=kpi.source,
        owner=(
            f"{family.owner}; checked by {family.checked_by}, "
            f"to be reviewed on {day_in_words(family.review_on)}"
        ),
    )
