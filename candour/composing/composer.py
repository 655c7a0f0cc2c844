"""Composer: what every part of a report is made with - figures, names, targets and words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.council import STAGE_NAMES
from candour.facts import AGE_BANDS
from candour.figures import NOT_RECORDED, Figure, State
from candour.table import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.composing.declared import Library
    from candour.council import Council, Target
    from candour.measures import Measures
    from candour.spc import Control
    from candour.words import Speaker

NOT_RECORDED_WORDS = "Not recorded"
TARGET = ".target"
"""How the KPI of a figure that is a target ends."""


@dataclass(frozen=True, slots=True)
class Composer:
    """The council, its measures, its declared items and its voice, for one release."""

    council: Council
    library: Library
    measures: Measures
    speaker: Speaker
    file: str
    """The file the report becomes, as the ledger calls it."""

    def say(self, words: str, place: str, declared_in: str, **names: object) -> str:
        """A declared sentence with its figures in place."""
        given = {
            "target": self.target_of,
            "rating": self.rating_of,
            "control_of": self.control_of,
            **names,
        }
        return self.speaker.sentence(words, f"{self.file} {place}", declared_in, **given)

    def target_of(self, kpi_id: str, period: str = "this", **about: object) -> Figure | None:
        """The target of a KPI's slice, for a template."""
        return self.target(self.measures.figure(kpi_id, period, **about))

    def control_of(self, chart_id: str) -> Control | None:
        """The control chart of that id, for a template that tells a change."""
        from candour.composing.charts import control_of  # noqa: PLC0415  - charts need a composer

        return control_of(self, chart_id)

    def rating_of(self, kpi_id: str, period: str = "this", **about: object) -> Rating:
        """The rating of a KPI's slice, for a template."""
        return self.rating(self.measures.figure(kpi_id, period, **about))

    def members(self, dimension: str, where: Mapping[str, str]) -> tuple[str, ...]:
        """The values of a dimension in the order the council lists them."""
        council = self.council
        if dimension == "procedure":
            return tuple(council.procedures)
        if dimension == "stage":
            procedure = where.get("procedure")
            chosen = [council.procedures[procedure]] if procedure else council.procedures.values()
            return tuple(sorted({str(n) for p in chosen for n in p.stages}))
        if dimension == "age":
            return tuple(AGE_BANDS)
        return council.taxonomy.ids("officer" if dimension == "manager" else dimension)

    def name(self, dimension: str, value: str) -> str:
        """What a reader sees for a value of a dimension."""
        if value == NOT_RECORDED:
            return NOT_RECORDED_WORDS
        match dimension:
            case "procedure":
                return self.council.procedures[value].name
            case "stage":
                return STAGE_NAMES[int(value)]
            case "age":
                return AGE_BANDS[value].capitalize()
            case "manager":
                return self.council.taxonomy.name("officer", value)
        return self.council.taxonomy.name(dimension, value)

    def target(self, figure: Figure) -> Figure | None:
        """What the council says the figure should reach, as a figure with its source."""
        target = self._target_for(figure)
        if target is None:
            return None
        wanted = target.at_least if target.at_least is not None else target.at_most
        return replace(
            figure,
            kpi=f"{figure.kpi}{TARGET}",
            title=f"{figure.title}: target",
            count=None,
            base=None,
            value=Fraction(str(wanted)),
            state=State.RECORDED,
            source=target.source,
            undecided=None,
        )

    def rating(self, figure: Figure) -> Rating:
        """How the figure stands against its target."""
        target = self._target_for(figure)
        if target is None or figure.value is None or not figure.printable:
            return Rating.NOT_RATED
        if target.at_least is not None:
            short = Fraction(str(target.at_least)) - figure.value
        else:
            short = figure.value - Fraction(str(target.at_most))
        if short <= 0:
            return Rating.MET
        return Rating.NEAR if short <= Fraction(str(target.near)) else Rating.MISSED

    def _target_for(self, figure: Figure) -> Target | None:
        """The target with the most conditions that the figure's slice fulfils."""
        about = dict(figure.slice)
        fitting = [
            target
            for target in self.council.targets
            if target.kpi == figure.kpi and target.where.items() <= about.items()
        ]
        return max(fitting, key=lambda target: len(target.where), default=None)
