"""Causes: what most likely made a printed number differ from the one that was counted."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from candour.figures import Figure, Unit, written
from candour.gate.numerals import Numeral, numerals
from candour.words.grammar import in_words, numeral

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

CHANGED = "The file was changed after it was made."
_LONGEST_IN_WORDS = 99


@lru_cache(maxsize=65_536)
def said_as(figure: Figure) -> frozenset[str]:
    """Every way a figure may be printed: as displayed, or as a sentence says it."""
    ways = {figure.display}
    shown = figure.shown
    if figure.printable and shown is not None and shown.denominator == 1:
        number = int(shown)
        if number >= 0 and figure.display == f"{number:,}":
            ways |= {numeral(number), numeral(number, starts=True), numeral(number, alone=True)}
            ways.add(numeral(number, starts=True, alone=True))
            if number <= _LONGEST_IN_WORDS:
                ways |= {in_words(number), in_words(number).capitalize()}
    return frozenset(ways)


def cause_of(printed: str, figure: Figure, others: Iterable[Figure]) -> str:
    """Why a mark of ``figure`` may print something else, in a sentence."""
    said = numerals(printed)
    if not said or figure.value is None:
        return CHANGED
    if cut_off(printed, figure):
        return "The number was cut off where it should have been rounded."
    twin = _another(printed, figure, others)
    if twin is not None:
        return twin
    if sorted(printed) == sorted(figure.display):
        return "Two digits changed places."
    return CHANGED


def cut_off(printed: str, figure: Figure) -> bool:
    """Whether a number was cut off instead of rounded."""
    if figure.value is None or figure.unit is Unit.WORDS:
        return False
    scale = 10**figure.decimals
    cut: Fraction = figure.value * scale
    number = numerals(printed)
    if not number or cut.denominator == 1:
        return False
    whole = type(cut)(int(cut), scale)
    return written(whole, figure.decimals) == _digits(number[0]) != _digits_of(figure)


def _digits(number: Numeral) -> str:
    return number.text.strip("£%+- ")


def _digits_of(figure: Figure) -> str:
    return figure.display.strip("£%+- ")


def _another(printed: str, figure: Figure, others: Iterable[Figure]) -> str | None:
    """The same measure of another period or slice that has the printed value."""
    alike = [
        other
        for other in others
        if other.kpi == figure.kpi and other.key != figure.key and other.display == printed
    ]
    for other in alike:
        if other.slice == figure.slice:
            return f"That is the number of {other.period.label}."
    for other in alike:
        if other.period == figure.period:
            about = ", ".join(value.replace("_", " ") for _, value in other.slice) or "everything"
            return f"That is the number of {about}."
    return None


def nearest(number: Numeral, figures: Iterable[Figure]) -> Figure | None:
    """The figure whose printed value is closest to a number, percentages among percentages."""
    told = [
        figure
        for figure in figures
        if figure.printable
        and figure.shown is not None
        and figure.display.endswith("%") == number.per_cent
    ]
    return min(told, key=lambda figure: abs((figure.shown or 0) - number.value), default=None)
