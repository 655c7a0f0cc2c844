"""Meanings: which words may stand beside which measure, in a heading or in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.figures import Figure, Unit

if TYPE_CHECKING:
    from candour.kpi import Kpi, Kpis

_PER_CENT = re.compile(r"\bper ?cent\b|%", re.IGNORECASE)
_POINTS = re.compile(r"\bpercentage[- ]points?\b", re.IGNORECASE)
_PER_MANY = re.compile(r"\bper (?:thousand|hundred thousand|1,?000|100,?000)\b", re.IGNORECASE)
COHORT = re.compile(
    r"\bof (?:the|all|these|those)\b[^.;:]{0,60}?\b(?:complaints?|cases|requests)\b"
    r"|^\s*(?:share |percentage |proportion |% )?of (?:\w+ ){0,3}(?:complaints?|cases)\b",
    re.IGNORECASE,
)
RATIO = re.compile(r"\bratio\b|\bper hundred\b|\bfor every\b|\bbeside\b|\bcame to\b", re.IGNORECASE)
_OPEN_TOO = re.compile(
    r"\bopen\b|\bwithdrawn\b|\bundecided\b|\bno outcome\b|\bnot yet\b|\bany other\b", re.IGNORECASE
)
_NO_FAULT = re.compile(r"\bnot upheld\b|\bno fault\b|\bunfounded\b|\brejected\b", re.IGNORECASE)
_PARTLY = re.compile(r"\bpart(?:ially|ly|-upheld)?\b|\bpart or\b|\bfault\b", re.IGNORECASE)
_UPHELD = re.compile(r"(?<!not )(?<!partially )(?<!partly )\bupheld\b", re.IGNORECASE)
_INVESTIGATED = re.compile(r"\binvestigat(?:ed|ions?)\b", re.IGNORECASE)
_FROM_ON = re.compile(
    r"\bto\b|\bafter\b|\bover\b|\bbetween\b|\bmore than\b|\bbeyond\b|\bexten\w+|\blate\w*\b"
    r"|\bbut\b|\bnot within\b|\bpast\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\bwithin\b|\bup to\b|\bin time\b", re.IGNORECASE)
_EXCLUSIVE = {"within_longest", "later"}
"""Bands that begin where another ends."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with the words beside a figure."""

    code: str
    why: str
    cause: str


def doubts(words: str, figure: Figure, kpis: Kpis, notes: str = "") -> list[Doubt]:
    """What is wrong with calling a figure by these words; ``notes`` may explain them."""
    kpi = _declared(figure, kpis)
    found = [_of_unit(words, figure)]
    if kpi is not None:
        found += [
            _of_cohort(words, kpi),
            _of_complement(words, figure, kpi, notes),
            _of_outcome(words, figure, kpi, notes),
            _of_investigation(words, figure, kpi),
        ]
    found.append(_of_band(words, figure))
    return [doubt for doubt in found if doubt is not None]


def _declared(figure: Figure, kpis: Kpis) -> Kpi | None:
    """The KPI a figure is of, or is made of."""
    return kpis.by_id.get(figure.kpi) or kpis.by_id.get(figure.kpi.partition(".")[0])


def _of_unit(words: str, figure: Figure) -> Doubt | None:
    points, per_cent = _POINTS.search(words), _PER_CENT.search(_POINTS.sub(" ", words))
    if _in_points(figure) and per_cent:
        return Doubt(
            "E6",
            "a difference of two percentages is in percentage points, never per cent",
            "The two units were taken for one.",
        )
    relative = figure.unit in {Unit.PER_CENT_CHANGE, Unit.PERCENT, Unit.COUNT}
    if relative and not _in_points(figure) and points and not per_cent:
        return Doubt(
            "E6",
            f"the figure is in {_UNITS[figure.unit]}, and no difference of percentages",
            "The two units were taken for one.",
        )
    if figure.unit in {Unit.PERCENT, Unit.PER_CENT_CHANGE} and _PER_MANY.search(words):
        return Doubt("E6", "a rate for so many people is no percentage", "A unit slipped in.")
    if figure.unit is Unit.COUNT and per_cent and figure.kpi.endswith((".count", ".base")):
        return Doubt("E6", "the figure is a number of complaints", "A unit slipped in.")
    return None


_UNITS = {
    Unit.PER_CENT_CHANGE: "per cent of the earlier number",
    Unit.PERCENT: "per cent",
    Unit.COUNT: "numbers",
}


def _in_points(figure: Figure) -> bool:
    """Percentage points, or their size without a sign."""
    return figure.unit is Unit.PERCENTAGE_POINTS or (
        figure.unit is Unit.RATE and figure.kpi.endswith(".change.size")
    )


def _of_cohort(words: str, kpi: Kpi) -> Doubt | None:
    if kpi.ratio and COHORT.search(words) and not RATIO.search(words):
        return Doubt(
            "E12",
            "the figure sets one period's requests beside the same period's complaints; they are "
            "not of those complaints",
            "A ratio of a period was told as a share of the complaints themselves.",
        )
    return None


def _of_complement(words: str, figure: Figure, kpi: Kpi, notes: str) -> Doubt | None:
    everything_else = kpi.complement and figure.kpi.endswith("_of_received")
    if everything_else and _NO_FAULT.search(words) and not _OPEN_TOO.search(f"{words} {notes}"):
        return Doubt(
            "E15",
            "the figure is everything that was not upheld, open and withdrawn complaints included",
            "What is not decided was told as decided against; say what it includes.",
        )
    return None


def _of_outcome(words: str, figure: Figure, kpi: Kpi, notes: str) -> Doubt | None:
    name = figure.kpi.partition(".")[0]
    partly_too = "upheld_or_partially" in name and not kpi.complement
    if partly_too and _UPHELD.search(words) and not _PARTLY.search(f"{words} {notes}"):
        return Doubt(
            "E19",
            "the figure counts those partially upheld as well",
            "The label names one outcome and the measure two.",
        )
    return None


def _of_investigation(words: str, figure: Figure, kpi: Kpi) -> Doubt | None:
    meant = f"{figure.kpi} {figure.title} {kpi.out_of} {kpi.population} {kpi.count}"
    later_stage = dict(figure.slice).get("stage", "1") != "1"  # which is an investigation
    if _INVESTIGATED.search(words) and "nvestigat" not in meant and not later_stage:
        return Doubt(
            "E19",
            f"the figure is of '{kpi.title.lower()}', not of what was investigated",
            "What was received was called investigated.",
        )
    return None


def _of_band(words: str, figure: Figure) -> Doubt | None:
    band = dict(figure.slice).get("band", "")
    if band in _EXCLUSIVE and _WITHIN.search(words) and not _FROM_ON.search(words):
        return Doubt(
            "E19",
            "the figure leaves out those answered sooner, and the label takes them in",
            "A band that begins where another ends was labelled as if it held both.",
        )
    return None
