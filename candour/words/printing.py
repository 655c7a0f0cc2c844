"""Printing: figures are the only numbers a template can print, and each is written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from jinja2 import Undefined
from markupsafe import Markup, escape

from candour.errors import ConfigurationError
from candour.figures import SHORTHAND, Figure, State
from candour.period import Period, day_in_words
from candour.words.grammar import numeral

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTHAND_IN_WORDS = {
    SHORTHAND[State.WITHHELD]: "withheld, so that no small number can be worked out",
    SHORTHAND[State.NOT_RECORDED]: "not recorded",
    SHORTHAND[State.NO_BASE]: "nothing to measure",
    SHORTHAND[State.PROVISIONAL]: "provisional, because some cases are still undecided",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A figure said in words: *no* complaints, *one* complaint, *Thirty-four* at a start."""

    figure: Figure
    words: str


def said(figure: Figure, *, starts: bool = False, alone: bool = False) -> Figure | Said:
    """A whole number as a sentence says it: *no* and *one* in words, the rest as displayed.

    Percentages, money and numbers with decimals are always displayed. ``starts`` and ``alone`` are
    those of ``numeral``.
    """
    shown = figure.shown
    if not figure.printable or shown is None or figure.display != f"{int(shown):,}" or shown < 0:
        return figure
    words = numeral(int(shown), starts=starts, alone=alone)
    return figure if words == figure.display else Said(figure, words)


def as_html(figure: Figure, words: str) -> Markup:
    """A figure on a page, with its exact value and its key for whoever reads the page back."""
    value = "" if not figure.printable else str(figure.value)
    tag = Markup('<data value="{}" data-figure="{}">{}</data>')
    return tag.format(value, figure.key, escape(words))


def plain(value: object) -> object:
    """What a template may print that is no figure: words, days and periods.

    Raises:
        ConfigurationError: the value is a number, a truth value, nothing, or no words at all.
    """
    match value:
        case str() | Undefined():
            return value
        case Period():
            return value.label
        case dt.datetime():
            pass
        case dt.date():
            return day_in_words(value)
    if isinstance(value, bool | int | float | Fraction):
        found = f"the number {value}, which is no figure. Print it as {{{{ fig(…) }}}}"
    else:
        found = f"a {type(value).__name__}, which is no words. Print one of its parts"
    raise ConfigurationError(f"A template prints {found}, or leave it out.")


def shorthand_note(figures: Iterable[Figure]) -> str:
    """What the square-bracket marks among these figures mean; empty when there are none."""
    marks = sorted({figure.display for figure in figures if not figure.printable})
    return "; ".join(f"{mark} {SHORTHAND_IN_WORDS[mark]}" for mark in marks)
