"""Accounted: the numbers in a text that need no figure, because something else answers for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.gate.numerals import Numeral, numerals
from candour.gate.phrases import generated, without
from candour.gate.texts import declared_by, labels_of, listed, sentences_of, spaced
from candour.table import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.gate.draft import Draft

_LONG = 2
"""Words from which on a known text is looked for inside others; a shorter one must be the whole."""
_SHORTHAND = re.compile(r"\[(?:c|p|r|x|z|low|note \d+)\]")


@dataclass(frozen=True, slots=True)
class Accounts:
    """What answers for numbers that are no figures."""

    inside: tuple[str, ...]
    """What may stand inside a text, longest first: known sentences and names, the report's own
    periods and days."""
    whole: frozenset[str]
    """Known texts that must be all there is."""
    named: tuple[str, ...] = ()
    """Periods, days and names alone, longest first: what may stand in a sentence of the report."""

    def loose(self, text: str) -> tuple[Numeral, ...]:
        """The numbers of a text that nothing answers for."""
        text = spaced(text)
        if text in self.whole:
            return ()
        text = self.unknown(text)
        return numerals(_SHORTHAND.sub(lambda found: " " * len(found[0]), text))

    def unknown(self, text: str) -> str:
        """A text with what is known of it blanked out."""
        return without(spaced(text), self.inside)

    def undated(self, sentence: str) -> str:
        """A sentence of the report's own without the names, periods and days in it."""
        text = without(spaced(sentence), self.named)
        return _SHORTHAND.sub(lambda found: " " * len(found[0]), text)


def accounts_of(draft: Draft) -> Accounts:
    """What answers for numbers in a draft: its sentences, names, lists, periods and days."""
    report = draft.report
    sentences = {spaced(text) for _, text in sentences_of(report)}
    names = {spaced(text) for text in labels_of(report)} | {
        spaced(text) for text in (*declared_by(draft.procedures), *draft.declared)
    }
    values = {
        listed(value)
        for _, item in report.items()
        if isinstance(item, Listing)
        for row in item.rows
        for value in row
        if isinstance(value, str) and any(letter.isalpha() for letter in value)
    }
    # A list's value that is a number alone is no name: it would answer for parts of others.
    known = sentences | names | values
    inside = {text for text in known if len(text.split()) >= _LONG}
    phrases = generated(report, draft.ledger)
    return Accounts(
        inside=_longest_first(inside.union(phrases)),
        whole=frozenset(known),
        named=_longest_first((names | values).union(phrases)),
    )


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    numbered = {text for text in texts if any(letter.isdigit() for letter in text)}
    return tuple(sorted(numbered, key=len, reverse=True))
