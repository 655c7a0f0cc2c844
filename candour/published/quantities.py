"""Quantities: the whole number behind a printed value, under one name however it is called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from candour.kpi import CONTEXT, Fact
from candour.published.scheme import LIMIT, REPORT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.figures import Slice
    from candour.kpi import Kpi
    from candour.published.declared import Measure
    from candour.published.scheme import Scheme

STAGES = {"at_stage_one": "1", "at_stage_two": "2", "at_stage_three": "3"}
NOT = "not "
"""What is left of a base less a flag."""

_ALIASES: Mapping[tuple[str, str, str], tuple[str, str, str]] = {
    ("movements", "moved", "arrived"): ("steps", "received", "all"),
}
"""What two fact tables both tell."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A whole number: rows of a fact table with a flag, by a clock, in a period, of a slice."""

    of: str
    clock: str
    flag: str
    period: str
    slice: Slice = ()
    own_years: bool = False

    @property
    def about(self) -> dict[str, str]:
        """The slice by dimension."""
        return dict(self.slice)

    def where(self, **about: str) -> Quantity:
        """The same of a part."""
        return replace(self, slice=tuple(sorted({**self.about, **about}.items())))

    def flagged(self, flag: str) -> Quantity:
        """The same rows with another flag."""
        return replace(self, flag=flag)


@dataclass(frozen=True, slots=True)
class Ratio:
    """What a percentage or rate is: so many of a base, for every ``per`` of it."""

    count: Quantity
    base: Quantity
    per: int = 100
    complement: bool = False
    """What is told is the base less the count."""


def counted(measure: Measure, scheme: Scheme) -> Quantity | None:
    """The whole number a figure's count is; nothing for a statistic such as a mean."""
    if measure.kpi.startswith(REPORT):
        return None
    if measure.kpi.startswith((CONTEXT, LIMIT)):
        return _given(measure)
    kpi = scheme.kpis[measure.kpi]
    if kpi.count is None:
        return None
    plain = _quantity(kpi, kpi.count, measure, scheme)
    return plain.flagged(NOT + plain.flag) if kpi.complement and not kpi.ratio else plain


def based(measure: Measure, scheme: Scheme) -> Quantity | None:
    """The whole number a figure is a share of."""
    kpi = scheme.kpi(measure.kpi)
    if kpi is None or kpi.out_of is None:
        return None
    if kpi.out_of.startswith(CONTEXT):
        return Quantity("given", "", kpi.out_of, measure.period)
    return _quantity(kpi, kpi.out_of, measure, scheme)


def ratio(measure: Measure, scheme: Scheme) -> Ratio | None:
    """What a figure that is a share is made of."""
    kpi, base = scheme.kpi(measure.kpi), based(measure, scheme)
    if kpi is None or base is None or kpi.count is None:
        return None
    return Ratio(_quantity(kpi, kpi.count, measure, scheme), base, kpi.per, kpi.complement)


def _given(measure: Measure) -> Quantity:
    """A number that is declared; a limit holds in every period."""
    period = "" if measure.kpi.startswith(LIMIT) else measure.period
    return Quantity("given", "", measure.kpi, period, measure.slice)


def _quantity(kpi: Kpi, flag: str, measure: Measure, scheme: Scheme) -> Quantity:
    """The rows with that flag, under the name every KPI that counts them gives it."""
    about = dict(measure.slice)
    named = flag if flag != "all" else kpi.population
    for one in (kpi.population, named):
        if one in STAGES:
            about["stage"] = STAGES[one]
    named = "all" if named in STAGES else named
    own = kpi.years == "own" and "procedure" not in about and bool(scheme.council.own_years)
    of, clock, named = _ALIASES.get((kpi.of.value, kpi.clock, named), (kpi.of, kpi.clock, named))
    if kpi.of in {Fact.STEPS, Fact.MOVEMENTS, Fact.OUTSTANDING}:
        about = settled(about, scheme)
    return Quantity(str(of), str(clock), named, measure.period, tuple(sorted(about.items())), own)


def settled(about: dict[str, str], scheme: Scheme) -> dict[str, str]:
    """The slice with a stage that is the only one, and without a procedure that is.

    Where one procedure alone has a stage, naming the stage is naming the procedure.
    """
    procedures = scheme.council.procedures
    procedure = about.get("procedure", scheme.only_procedure())
    if procedure is not None and len(procedures[procedure].stages) == 1:
        about.setdefault("stage", str(next(iter(procedures[procedure].stages))))
    stage = about.get("stage")
    having = [id_ for id_, p in procedures.items() if stage is None or int(stage) in p.stages]
    alone = having == [procedure]
    return {name: id_ for name, id_ in about.items() if not (alone and name == "procedure")}
