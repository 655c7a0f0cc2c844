"""Naming: which figures the words of a sentence name, by measure, slice and period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.council import STAGE_NAMES
from candour.figures import Unit
from candour.gate.phrases import dated, names_of
from candour.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from candour.figures import Figure
    from candour.period import Period
    from candour.report import Report

_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_SMALL = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "gone", "had", "has"),
        *("have", "in", "is", "it", "its", "of", "on", "or", "our", "so", "than", "that", "the"),
        *("their", "them", "to", "us", "was", "we", "were", "with"),
    )
)
_STEM = 6
_ELSEWHEN = re.compile(
    r"\b(?:last|previous|earlier|next|coming) (?:year|month|quarter|week)|\bsince\b|\bago\b",
    re.IGNORECASE,
)


def stems(text: str) -> frozenset[str]:
    """The words that carry a text's meaning, cut so that *receive* and *received* are one."""
    return frozenset(
        word.lower().removesuffix("s")[:_STEM]
        for word in _WORD.findall(text)
        if word.lower() not in _SMALL
    )


@dataclass(frozen=True, slots=True)
class Names:
    """What the figures of a draft are called, so that a sentence's words can find them."""

    figures: tuple[Figure, ...]
    slices: Mapping[tuple[str, str], tuple[frozenset[str], ...]]
    period: Period

    def named(self, sentence: str) -> tuple[Figure, ...]:
        """The figures whose measure, slice and period the sentence names, the most exact ones."""
        said = stems(sentence)
        if _ELSEWHEN.search(sentence):
            return ()
        periods = [phrase.text for phrase in dated(sentence)]
        fitting = [
            figure
            for figure in self.figures
            if stems(figure.title) <= said
            and self._when(figure, periods)
            and all(self._about(pair, said) for pair in figure.slice)
        ]
        most = max((_exact(figure) for figure in fitting), default=(0, 0))
        return tuple(figure for figure in fitting if _exact(figure) == most)

    def likeliest(self, sentence: str) -> tuple[Figure, ...]:
        """The figures whose names share most words with the sentence, this period's."""
        said = stems(sentence)
        shared = {
            figure: len(stems(figure.title) & said)
            + sum(self._about(pair, said) for pair in figure.slice)
            for figure in self.figures
            if figure.period == self.period
        }
        most = max(shared.values(), default=0)
        return tuple(figure for figure, number in shared.items() if most and number == most)

    def _when(self, figure: Figure, periods: list[str]) -> bool:
        if not periods:
            return figure.period == self.period
        return any(period in name for period in periods for name in names_of(figure.period))

    def _about(self, pair: tuple[str, str], said: frozenset[str]) -> bool:
        return any(name <= said for name in self.slices.get(pair, ()))


def _exact(figure: Figure) -> tuple[int, int]:
    """How exactly a figure is named: by how many slices, then by how many words."""
    return len(figure.slice), len(stems(figure.title))


def names_in(report: Report, figures: Iterable[Figure]) -> Names:
    """The names of a draft's figures, those of slices as its tables label them."""
    told = tuple(
        figure
        for figure in figures
        if figure.printable and not figure.against and figure.unit is not Unit.WORDS
    )
    labels: dict[tuple[str, str], set[frozenset[str]]] = {}
    for figure in told:
        for dimension, value in figure.slice:
            stage = dimension == "stage" and value.isdigit()
            name = STAGE_NAMES.get(int(value), value) if stage else value
            labels.setdefault((dimension, value), set()).add(stems(name.replace("_", " ")))
    for _, item in report.items():
        if isinstance(item, Table):
            for row, _, figure in item.figures():
                if len(figure.slice) == 1:
                    labels.setdefault(figure.slice[0], set()).add(stems(row.label))
    named = {pair: tuple(name for name in names if name) for pair, names in labels.items()}
    return Names(told, named, report.period)
