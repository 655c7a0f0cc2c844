"""Scales: the numbers along a chart's axis are evenly spaced, as the axis is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from candour.chart import Chart
from candour.gate.finding import Finding, Kind
from candour.gate.numerals import numerals
from candour.gate.texts import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.gate.accounted import Accounts
    from candour.gate.numerals import Numeral
    from candour.gate.opened import Drawing
    from candour.report import Report

_FEWEST = 3
"""Two numbers are always on a straight line."""
_NEAR = 0.001


def loose_labels(drawing: Drawing, report: Report, accounts: Accounts) -> Iterator[Finding]:
    """Numbers in a drawing or its alt text that are no figure, no name and no step of a scale."""
    for words in (spaced(drawing.title), spaced(drawing.alt)):
        for number in accounts.loose(words):
            yield _loose(drawing, number.text)
    names = _names_in(report)
    steps: dict[float, list[tuple[float, Numeral]]] = defaultdict(list)
    for across, down, text in drawing.labels:
        words = spaced(text)
        found = numerals(words)
        numbered = {word for word in words.split() if any(c.isdigit() for c in word)}
        if len(found) == 1 and found[0].text == words:
            # A step that a figure or a name happens to equal is a step of the scale all the same.
            steps[round(across, 1)].append((down, found[0]))
        elif not numbered <= names and accounts.loose(words):
            yield _loose(drawing, words)
    for scale in steps.values():
        told = (number.text for _, number in scale)
        strange = [text for text in told if text not in names and accounts.loose(text)]
        yield from _of_scale(drawing, scale, strange)


def _of_scale(
    drawing: Drawing, scale: list[tuple[float, Numeral]], strange: list[str]
) -> Iterator[Finding]:
    """Numbers one above the other, some strange: steps of a scale, or no figure."""
    if len(strange) == 1 and len(scale) < _FEWEST:
        yield _loose(drawing, strange[0])
    elif strange:
        yield from _uneven(drawing, scale)


def _names_in(report: Report) -> frozenset[str]:
    """The words with digits in the names of categories and series, which a drawing may break."""
    return frozenset(
        word
        for _, item in report.items()
        if isinstance(item, Chart)
        for name in (*item.categories, *(series.label for series in item.series))
        for word in name.split()
        if any(letter.isdigit() for letter in word)
    )


def _uneven(drawing: Drawing, scale: list[tuple[float, Numeral]]) -> Iterator[Finding]:
    """An axis on which a number stands where another should."""
    if len(scale) < _FEWEST:
        return
    scale = sorted(scale, key=lambda step: step[0])
    (high, most), (low, least) = scale[0], scale[-1]
    size = max(abs(float(number.value)) for _, number in scale) or 1.0
    for down, number in scale:
        share = (down - high) / (low - high) if low != high else 0.0
        wanted = float(most.value) + share * float(least.value - most.value)
        if abs(float(number.value) - wanted) > _NEAR * size:
            yield Finding(
                "G02",
                Kind.BLOCKS,
                drawing.place,
                f"The steps of a scale are {', '.join(n.text for _, n in scale)}, which are not as "
                "far apart as they stand.",
                printed=number.text,
                cause="The file was changed after it was made.",
            )
            return


def _loose(drawing: Drawing, text: str) -> Finding:
    return Finding(
        "G02",
        Kind.BLOCKS,
        drawing.place,
        f"'{text}' stands in the drawing and is no figure of the ledger.",
        printed=text,
        cause="The file was changed after it was made.",
    )
