"""Composer: what every part of a report is made with - figures, names, targets and words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.council import STAGE_NAMES
from candour.facts import AGE_BANDS, BANDS, RESULTS
from candour.figures import NOT_RECORDED, Figure, State, Unit
from candour.kpi import CONTEXT
from candour.numbers import PEERS
from candour.table import Rating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from candour.composing.declared import Library
    from candour.council import Council, Target
    from candour.measures import Measures
    from candour.period import Period
    from candour.spc import Control
    from candour.words import Speaker

NOT_RECORDED_WORDS = "Not recorded"
PEERS_WORDS = "Similar authorities together"
_FINDINGS = {
    "upheld": "upheld",
    "not_upheld": "not upheld",
    "closed_after_enquiries": "closed after initial enquiries",
    "premature": "referred back for local resolution",
    "incomplete_or_invalid": "incomplete or invalid",
    "advice_given": "advice given",
}
_LISTED_AS = {"manager": "officer"}
"""Dimensions whose values the council lists under another name."""
_PARTS = {
    "team": "service",
    "service": "directorate",
    "subcategory": "category",
    "ombudsman_subcategory": "ombudsman_category",
}
"""What the values of a dimension are parts of."""
_CLOSED = {"age": AGE_BANDS, "band": BANDS, "result": RESULTS, "finding": _FINDINGS}
"""The dimensions whose values are the same for every council, in words."""
LONGEST_SHEET_NAME = 31
"""What Excel allows."""
TARGET = ".target"
"""How the KPI of a figure that is a target ends."""


def _published_as(figure: Figure, printed: str) -> Figure:
    """What was printed before for a figure, as a figure of its own."""
    return replace(
        figure,
        kpi=f"{figure.kpi}.published",
        title=f"{figure.title}: as published before",
        decimals=len(printed.partition(".")[2]),
        count=None,
        base=None,
        value=Fraction(printed.replace(",", "")),
        state=State.RECORDED,
        source="the council's own earlier publication, as published.yaml gives it",
        undecided=None,
    )


def _never_published(_: Figure) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Composer:
    """The council, its measures, its declared items and its voice, for one release."""

    council: Council
    library: Library
    measures: Measures
    speaker: Speaker
    file: str
    """The file the report becomes, as the ledger calls it."""
    restated: Callable[[Figure], str | None] = _never_published
    """What the council published a figure as, where that is not what it is here."""

    def say(self, words: str, place: str, declared_in: str, **names: object) -> str:
        """A declared sentence with its figures in place."""
        given = {
            "target": self.target_of,
            "rating": self.rating_of,
            "control_of": self.control_of,
            **names,
        }
        return self.speaker.sentence(words, f"{self.file} {place}", declared_in, **given)

    def figure(self, kpi_id: str, period: Period | str = "this", **about: str) -> Figure:
        """The figure of a KPI, *not applicable* where its team or service did not exist then."""
        figure = self.measures.figure(kpi_id, period, **about)
        start, end = figure.period.start, figure.period.end
        gone = any(
            not self.council.taxonomy.was_there(dimension, value, start, end)
            for dimension, value in figure.slice
        )
        if not gone or figure.count or figure.base or not figure.printable:
            return figure
        return replace(figure, count=None, base=None, value=None, state=State.NOT_APPLICABLE)

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
        if dimension in _PARTS and (parent := where.get(_PARTS[dimension])):
            return council.taxonomy.parts_of(dimension, parent)
        if dimension == "stage":
            procedure = where.get("procedure")
            chosen = [council.procedures[procedure]] if procedure else council.procedures.values()
            return tuple(sorted({str(n) for p in chosen for n in p.stages}))
        if dimension in _CLOSED:
            return tuple(_CLOSED[dimension])
        if dimension == "decision":
            return self.measures.members(dimension)
        return council.taxonomy.ids(_LISTED_AS.get(dimension, dimension))

    def name(self, dimension: str, value: str) -> str:
        """What a reader sees for a value of a dimension."""
        if value == NOT_RECORDED:
            return NOT_RECORDED_WORDS
        if dimension in _CLOSED:
            return _CLOSED[dimension][value].capitalize()
        own: Mapping[str, Callable[[], str]] = {
            "procedure": lambda: self.council.procedures[value].name,
            "stage": lambda: STAGE_NAMES[int(value)],
            "decision": lambda: value,
            "authority": lambda: PEERS_WORDS if value == PEERS else value,
        }
        if dimension in own:
            return own[dimension]()
        return self.council.taxonomy.name(_LISTED_AS.get(dimension, dimension), value)

    def unit(self, kpi_id: str) -> Unit:
        """The unit a KPI, or a number that is given, is told in."""
        if kpi_id.startswith(CONTEXT):
            return self.measures.figure(kpi_id).unit
        return self.measures.kpis[kpi_id].unit if kpi_id in self.measures.kpis.by_id else Unit.COUNT

    def of_slice(self, title: str, about: Mapping[str, str]) -> str:
        """The title of what is told of one slice, so that two chapters' tables differ."""
        return f"{title}: {self._short(about)}" if about else title

    def sheet_of_slice(self, sheet: str, about: Mapping[str, str]) -> str:
        """The name of its sheet in a workbook: the slice's own part is kept whole."""
        if not about:
            return sheet
        short = self._short(about)[: LONGEST_SHEET_NAME // 2].strip()
        return f"{sheet[: LONGEST_SHEET_NAME - len(short) - 1].strip()} {short}"

    def _short(self, about: Mapping[str, str]) -> str:
        return ", ".join(
            self.council.procedures[value].short_name
            if name == "procedure"
            else self.name(name, value)
            for name, value in about.items()
        )

    def band_of(self, days: int, where: Mapping[str, str]) -> str:
        """How many working days an answer took, beside the limits of its stage, in words."""
        procedures = self.council.procedures
        alone = next(iter(procedures)) if len(procedures) == 1 else ""
        where = {"procedure": alone, **where}
        for name, band in (("limit.respond", "within_limit"), ("limit.extend", "within_longest")):
            limit = self.measures.figure(name, **where)
            if limit.value is not None and days <= limit.value:
                return self.name("band", band)
        return self.name("band", "later")

    def restatements(self, figures: Iterable[Figure], place: str) -> Iterator[str]:
        """A sentence for each figure of an earlier period that was published otherwise."""
        for figure in dict.fromkeys(figures):
            if figure.period.end >= self.measures.period.end:
                continue
            before = self.restated(figure)
            if before is not None:
                about = [self.name(name, value) for name, value in figure.slice]
                yield self.say(
                    "{{ what }}, {{ period }}: published before as {{ before }}; here it is "
                    "counted the same way as the other years.",
                    place,
                    "published.yaml",
                    what=", ".join([figure.title, *about]),
                    period=figure.period,
                    before=_published_as(figure, before),
                )

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
