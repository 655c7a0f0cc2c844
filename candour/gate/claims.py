"""Claims: no sentence says of its figures what they do not say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.figures import Figure, Unit
from candour.gate.finding import Finding, Kind
from candour.gate.meanings import COHORT, RATIO, Doubt, doubts
from candour.gate.phrases import dated, names_of, periods_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.gate.pool import Pool
    from candour.gate.sentences import Mark, Sentence
    from candour.kpi import Kpis

_PER_CENT_AFTER = re.compile(r"^\s?(?:%|per ?cent\b)", re.IGNORECASE)
_POINTS_AFTER = re.compile(r"^\s?(?:\w+ )?percentage[- ]points?\b", re.IGNORECASE)
_PER_MANY_AFTER = re.compile(r"^\s?(?:for every|per) (?:\d|thousand|hundred thousand)", re.I)
_OF_THE = re.compile(r"\bof (?:(?:the|all|our|its|these|those) )?(?:\w+ )?$", re.IGNORECASE)
_ATTACHED = re.compile(r"^(?: [\w'’-]+){0,5}? (?:in|during|for|at the end of) (?:the )?$")
_PERCENTAGES = {Unit.PERCENT, Unit.PER_CENT_CHANGE}


@dataclass(frozen=True, slots=True)
class Claims:
    """What holds the claims of sentences against their figures."""

    kpis: Kpis
    year_starts: int
    pool: Pool

    def wrong(self, sentence: Sentence) -> Iterator[Finding]:
        """Units, bases, meanings and periods a sentence gets wrong (E6, E7, E12, E15, E19)."""
        for mark in sentence.marks:
            yield from _unit(sentence, mark)
            yield from self._cohort(sentence, mark)
            yield from self._meaning(sentence, mark)
            yield from self._period(sentence, mark)
        yield from _base(sentence)

    def _cohort(self, sentence: Sentence, mark: Mark) -> Iterator[Finding]:
        kpi = self.kpis.by_id.get(mark.figure.kpi.partition(".")[0])
        if kpi is None or not kpi.ratio or RATIO.search(sentence.text):
            return
        if COHORT.search(sentence.text):
            doubt = Doubt(
                "E12",
                "the figure is a ratio of two populations of one period, and the sentence tells it "
                "as a share of the complaints it names",
                "A ratio of a period was told as if it followed the complaints themselves.",
            )
            yield _found(sentence, mark, doubt)

    def _meaning(self, sentence: Sentence, mark: Mark) -> Iterator[Finding]:
        words = f"{sentence.before(mark)} {sentence.after(mark)}"
        for doubt in doubts(words, mark.figure, self.kpis, sentence.text):
            if doubt.code in {"E15", "E19"}:
                yield _found(sentence, mark, doubt, Kind.REMARK)

    def _period(self, sentence: Sentence, mark: Mark) -> Iterator[Finding]:
        """A period said straight after a figure is its own (E7)."""
        after = sentence.after(mark)
        named = next(dated(after), None)
        if named is None or not _ATTACHED.match(after[: named.start]):
            return
        periods = periods_of(mark.figure, self.year_starts)
        if any(named.text in name for period in periods for name in names_of(period)):
            return
        if self._was_the_same(mark.figure, named.text):
            return
        doubt = Doubt(
            "E7",
            f"the sentence says {named.text}, and the figure is of {mark.figure.period.label}",
            "The date was typed, or left from another year.",
        )
        yield _found(sentence, mark, doubt)

    def _was_the_same(self, figure: Figure, period: str) -> bool:
        """Whether the measure was the same number then: *did not change from 7 in February*."""
        return any(
            (other.kpi, other.slice, other.display) == (figure.kpi, figure.slice, figure.display)
            and any(period in name for name in names_of(other.period))
            for other in self.pool
        )


def _unit(sentence: Sentence, mark: Mark) -> Iterator[Finding]:
    """Percentage points are never per cent, nor a rate a percentage (E6)."""
    figure, after = mark.figure, sentence.after(mark)
    percentage = figure.unit in _PERCENTAGES
    why = ""
    if percentage and _POINTS_AFTER.match(after):
        why = f"{figure.display} is per cent and not percentage points"
    elif percentage and _PER_MANY_AFTER.match(after):
        why = f"{figure.display} is a percentage, and no rate for so many people"
    elif not percentage and figure.unit is not Unit.WORDS and _PER_CENT_AFTER.match(after):
        points = figure.unit is Unit.PERCENTAGE_POINTS or figure.kpi.endswith(".change.size")
        meant = "in percentage points" if points else f"in {figure.unit.value.replace('_', ' ')}"
        why = f"{figure.display} is {meant}, and the sentence says per cent"
    if why:
        cause = "The two units were taken for one; print the figure with the words of its unit."
        yield _found(sentence, mark, Doubt("E6", why, cause))


def _base(sentence: Sentence) -> Iterator[Finding]:
    """*Of the 1,019 complaints, 94%* is only said of a share of those 1,019 (E12)."""
    base: Mark | None = None
    for mark in sentence.marks:
        figure = mark.figure
        if figure.unit is Unit.COUNT and _OF_THE.search(sentence.text[: mark.start]):
            base = mark
        elif base is not None and figure.unit is Unit.PERCENT and _differs(figure, base.figure):
            doubt = Doubt(
                "E12",
                f"the sentence takes {figure.display} of {base.figure.display}, and it is of "
                f"{figure.base:,}",
                "A share of one period's responses was told as a share of the complaints that "
                "arrived in it.",
            )
            yield _found(sentence, mark, doubt)


def _differs(share: Figure, whole: Figure) -> bool:
    """Whether a share of the same period is of another number than the one it is told of."""
    of_one_period = share.period == whole.period and share.base is not None
    return of_one_period and whole.value is not None and share.base != whole.value


def _found(sentence: Sentence, mark: Mark, doubt: Doubt, kind: Kind = Kind.BLOCKS) -> Finding:
    return Finding(
        doubt.code,
        kind,
        sentence.place,
        f"“{sentence.text}”: {doubt.why}.",
        printed=sentence.text[mark.start : mark.end],
        counted=mark.figure.display,
        cause=doubt.cause,
    )
