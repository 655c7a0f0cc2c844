"""Sentences: what is said in words, with the figure behind each number in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from candour.gate.causes import said_as
from candour.gate.numerals import numerals, plainly
from candour.gate.opened import Use
from candour.gate.texts import sentences_of, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.figures import Figure
    from candour.gate.opened import Block, Opened
    from candour.ledger import Ledger
    from candour.report import Report

_ENDS = re.compile(r"(?<=[.!?;])\s+(?=[^a-z])")
_CELL = re.compile(r".+![A-Z]{1,3}\d+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure in a sentence and where it stands."""

    start: int
    end: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its place and its figures in order."""

    place: str
    text: str
    marks: tuple[Mark, ...]

    def before(self, mark: Mark, room: int = 40) -> str:
        """The words before a figure, back to the figure before it."""
        start = max((m.end for m in self.marks if m.end <= mark.start), default=0)
        return self.text[max(start, mark.start - room) : mark.start]

    def after(self, mark: Mark, room: int = 60) -> str:
        """The words after a figure, up to the next figure."""
        end = min((m.start for m in self.marks if m.start >= mark.end), default=len(self.text))
        return self.text[mark.end : min(end, mark.end + room)]


def sentences_on(opened: Opened, ledger: Ledger) -> Iterator[Sentence]:
    """The sentences of a finished file that hold marked figures."""
    by_key = {figure.key: figure for figure in ledger}
    for block in opened.blocks:
        if block.figures and block.use not in {Use.CELL, Use.HEADER}:
            yield from _split(block.place, *_marked(block, by_key))


def _marked(block: Block, by_key: dict[str, Figure]) -> tuple[str, list[Mark]]:
    text, marks = "", []
    for piece in block.pieces:
        words = re.sub(r"\s+", " ", piece.text)
        if text.endswith(" "):
            words = words.lstrip(" ")
        if piece.key in by_key:
            marks.append(Mark(len(text), len(text) + len(words), by_key[piece.key]))
        text += words
    return text, marks


def sentences_said(report: Report, ledger: Ledger) -> Iterator[Sentence]:
    """The report's own sentences, each number with the figure the ledger says was printed."""
    voiced = Voiced(ledger)
    for place, text in sentences_of(report):
        words = spaced(text)
        yield from _split(place, words, _matched(words, voiced.at(place)))


class Voiced:
    """The figures that were said in words rather than set in a cell, by what they were said of."""

    def __init__(self, ledger: Ledger) -> None:
        self._said: list[Figure] = []
        self._by_title: dict[str, list[Figure]] = {}
        for figure in ledger:
            places = [place for place in ledger.places(figure) if not _CELL.fullmatch(place)]
            if places:
                self._said.append(figure)
            for place in places:
                title = place.partition(" ")[2]
                self._by_title.setdefault(title, []).append(figure)

    def at(self, place: str) -> list[Figure]:
        """Those said of the item a place names, or all where none is known of it."""
        title = "Summary" if place == "headlines" else place.partition("'")[2].rpartition("'")[0]
        return self._by_title.get(title) or self._said


def _matched(text: str, figures: Iterable[Figure]) -> list[Mark]:
    """The numbers of a text that only one figure can be meant by."""
    ways: dict[str, list[Figure]] = {}
    for figure in figures:
        for way in said_as(figure):
            ways.setdefault(plainly(way), []).append(figure)
    found = []
    for number in numerals(text):
        meant = ways.get(plainly(number.text), [])
        if len(meant) == 1:
            found.append(Mark(number.start, number.end, meant[0]))
    return found


def _split(place: str, text: str, marks: Iterable[Mark]) -> Iterator[Sentence]:
    marks = list(marks)
    starts = [0, *(found.end() for found in _ENDS.finditer(text)), len(text) + 1]
    for start, end in pairwise(starts):
        inside = tuple(
            Mark(m.start - start, m.end - start, m.figure)
            for m in marks
            if start <= m.start and m.end <= end
        )
        if inside:
            yield Sentence(place, text[start:end].rstrip(), inside)
