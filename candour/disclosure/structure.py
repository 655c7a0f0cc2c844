"""Structure: what the figures of a council add up to, known to everybody who reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from candour.council import Council
    from candour.kpi import Kpis

Levels = tuple[tuple[str, Mapping[str, str]], ...]
"""Dimensions a dimension is part of, each with the value every value of it belongs to."""

USUAL_YEAR = "usual_year"
"""The procedures together that follow the council's reporting year, as a level above them."""


@dataclass(frozen=True, slots=True)
class Structure:
    """KPIs, the values each dimension may take, and which dimension is part of which."""

    kpis: Kpis
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    above: Mapping[str, Levels] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    """Procedures with a reporting year of their own, which a year's totals leave out."""
    year_starts: int = 4

    def all_of(self, dimension: str) -> frozenset[str]:
        """Every declared value of a dimension; none where the list is not closed.

        The unknown is not among them: where there is any it has a row, and without one there is
        none.
        """
        return frozenset(self.members.get(dimension, ()))


def structure_of(council: Council, kpis: Kpis) -> Structure:
    """The structure of a council's figures."""
    taxonomy = council.taxonomy
    named = (
        "directorate", "service", "team", "category", "subcategory", "channel",
        "point_of_receipt", "complainant_type", "disposition", "reason",
        "ombudsman_category", "ombudsman_subcategory",
    )  # fmt: skip
    stages = max((n for p in council.procedures.values() for n in p.stages), default=1)
    apart = frozenset(council.own_years)
    return Structure(
        kpis=kpis,
        members={
            **{name: taxonomy.ids(name) for name in named},
            "procedure": tuple(council.procedures),
            "stage": tuple(str(n) for n in range(1, stages + 1)),
        },
        above={
            "team": (("service", _belongs(council, "service", "team")),),
            "service": (("directorate", _belongs(council, "directorate", "service")),),
            "subcategory": (("category", _belongs(council, "category", "subcategory")),),
            "ombudsman_subcategory": (
                (
                    "ombudsman_category",
                    _belongs(council, "ombudsman_category", "ombudsman_subcategory"),
                ),
            ),
            "procedure": (
                ((USUAL_YEAR, {p: "yes" for p in council.procedures if p not in apart}),)
                if apart
                else ()
            ),
        },
        apart=apart,
        year_starts=council.year_starts,
    )


def _belongs(council: Council, parent: str, dimension: str) -> Mapping[str, str]:
    taxonomy = council.taxonomy
    return {
        id_: above for above in taxonomy.ids(parent) for id_ in taxonomy.parts_of(dimension, above)
    }
