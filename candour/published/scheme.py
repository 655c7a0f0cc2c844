"""Scheme: the names published figures may use, and which parts a whole of the council has."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.declarations import unknown
from candour.errors import ConfigurationError
from candour.facts import AGE_BANDS, BANDS, RESULTS
from candour.kpi import CONTEXT
from candour.labels import normalised
from candour.ledger import DIMENSIONS
from candour.period import Period, month_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.council import Council
    from candour.figures import Slice
    from candour.kpi import Kpi, Kpis

LIMIT, REPORT = "limit.", "report."
_OWN_YEAR = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-to-\d{4}-\d{2}")
_WORKED_OUT: Mapping[str, Mapping[str, str]] = {
    "age": {id_: str(words) for id_, words in dict(AGE_BANDS).items()},
    "band": BANDS,
    "result": RESULTS,
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """A council and its KPIs, as far as published figures refer to them."""

    council: Council
    kpis: Kpis

    def kpi(self, kpi_id: str) -> Kpi | None:
        """The KPI of that id; nothing for a number that is given and not counted.

        Raises:
            ConfigurationError: there is no such KPI or context number.
        """
        if kpi_id.startswith((LIMIT, REPORT)):
            return None
        if kpi_id.startswith(CONTEXT):
            context = self.council.profile.context
            if kpi_id.removeprefix(CONTEXT) not in context:
                raise ConfigurationError(
                    f"context number {unknown(kpi_id.removeprefix(CONTEXT), context)} "
                    "They are in council.yaml."
                )
            return None
        return self.kpis[kpi_id]

    def is_given(self, kpi_id: str) -> bool:
        """Whether an id is of a number that is declared and not counted."""
        return kpi_id.startswith((LIMIT, REPORT, CONTEXT))

    def member(self, dimension: str, label: str, within: str | None = None) -> str:
        """The id of a value of a dimension, by its id or by any label the council gives it.

        Several with `` + `` between them are told together.

        Raises:
            ConfigurationError: there is none, or several bear the label.
        """
        if " + " in label:
            return "+".join(self.member(dimension, one, within) for one in label.split(" + "))
        names = self._names(dimension)
        if label in names or dimension in {"stage", "authority", "decision", "finding"}:
            return label
        found = [i for i, name in names.items() if normalised(name) == normalised(label)]
        found = found if len(found) == 1 else self._claimed(dimension, label, within)
        if len(found) != 1:
            raise ConfigurationError(f"{dimension} {unknown(label, names)}")
        return found[0]

    def slice(self, about: Mapping[str, str]) -> Slice:
        """A slice with ids in the order slices are written.

        Raises:
            ConfigurationError: a dimension or value is unknown.
        """
        for dimension in about:
            if dimension not in DIMENSIONS:
                raise ConfigurationError(f"dimension {unknown(dimension, DIMENSIONS)}")
        return tuple((d, self.member(d, about[d])) for d in DIMENSIONS if d in about)

    def parts(self, dimension: str, about: Mapping[str, str], *, own_years: bool) -> list[str]:
        """All values of procedure or stage that a whole consists of; none where it cannot be told.

        Args:
            dimension: what the whole is divided by.
            about: the slice of the whole.
            own_years: whether procedures with a reporting year of their own are part of it.
        """
        procedures = self.council.procedures
        if dimension == "procedure":
            stage = about.get("stage")
            return [
                id_
                for id_, procedure in procedures.items()
                if (own_years or id_ not in self.council.own_years)
                and (stage is None or int(stage) in procedure.stages)
            ]
        if dimension == "stage":
            chosen = (
                [procedures[about["procedure"]]] if "procedure" in about else procedures.values()
            )
            return sorted({str(number) for one in chosen for number in one.stages})
        return []

    def only_procedure(self) -> str | None:
        """The council's procedure, where it has one only."""
        ids = list(self.council.procedures)
        return ids[0] if len(ids) == 1 else None

    def previous(self, period: str) -> str:
        """The key of the period before."""
        return Period.parse(period, self.council.year_starts).previous().key

    def year_of(self, period: str) -> str:
        """The council's year that a procedure's own year begins in; other periods as they are."""
        found = _OWN_YEAR.fullmatch(period)
        if found is None:
            return period
        first = dt.date(int(found[1]), int(found[2]), 1)
        return month_of(first).reporting_year(self.council.year_starts).key

    def ids(self, dimension: str) -> tuple[str, ...]:
        """Every value of a dimension."""
        return tuple(self._names(dimension))

    def label(self, dimension: str, id_: str) -> str:
        """What the council calls a value of a dimension."""
        names = self._names(dimension)
        return " or ".join(names.get(one, one.replace("_", " ")) for one in id_.split("+"))

    def _names(self, dimension: str) -> Mapping[str, str]:
        if dimension == "procedure":
            return {id_: p.short_name for id_, p in self.council.procedures.items()}
        if dimension in _WORKED_OUT:
            return _WORKED_OUT[dimension]
        taxonomy = self.council.taxonomy
        return {id_: taxonomy.name(dimension, id_) for id_ in taxonomy.ids(dimension)}

    def _claimed(self, dimension: str, label: str, within: str | None) -> list[str]:
        if dimension == "procedure":
            return [
                i
                for i, p in self.council.procedures.items()
                if normalised(label) == normalised(p.name)
            ]
        found = self.council.taxonomy.find(dimension, normalised(label), within)
        return [] if found is None else [found]
