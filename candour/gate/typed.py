"""Typed: a number somebody typed is shown beside the figure it may mean, or contradicts one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from candour.gate.causes import nearest, said_as
from candour.gate.finding import Finding, Kind
from candour.gate.naming import Names, names_in, stems
from candour.gate.numerals import Numeral, blanked, numerals, plainly
from candour.gate.opened import HOLE
from candour.gate.phrases import dated, generated, without
from candour.gate.trends import typed_trend
from candour.words.grammar import in_words
from candour.words.lint import typed_digits, typed_digits_in_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.figures import Figure
    from candour.ledger import Ledger
    from candour.report import Report

_REFERENCE = re.compile(r"\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[^a-z])|\n\s*\n|\n(?=\s*[-*>]|\s*\d+[.)] )")
_NUMBERED = re.compile(r"^\s*\d+[.)] ", re.MULTILINE)
_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b"
)
_PAUSE = re.compile(r"[,;:(]")
_AHEAD, _BEHIND = 4, 6
_IN_WORDS = {in_words(number): number for number in range(2, 100)}
_WORDED = re.compile(rf"\b({'|'.join(sorted(_IN_WORDS, key=len, reverse=True))})\b(?! of\b)", re.I)
_TOTAL = re.compile(r"\btotal of (\d[\d,]*)|\b(\d[\d,]*) in (?:all|total)\b", re.IGNORECASE)
_YAML = (".yaml", ".yml")


def typed_in_templates(templates: Mapping[str, str]) -> Iterator[Finding]:
    """Digits typed into the words of templates and declarations."""
    for path, text in templates.items():
        if path.startswith("themes/"):
            continue
        file = f"templates/{path}"
        found = typed_digits_in_yaml if path.endswith(_YAML) else typed_digits
        for sentence in found(text, file):
            place, _, what = sentence.partition(": ")
            yield Finding(
                "G07",
                Kind.BLOCKS,
                place,
                what[:1].upper() + what[1:],
                printed=what.partition("'")[2].partition("'")[0],
                cause="A template has no other way to a number than a figure.",
            )


def typed_in_commentary(
    commentary: Mapping[str, str], report: Report, ledger: Ledger
) -> Iterator[Finding]:
    """Numbers officers typed: each beside the nearest figure; blocked when it contradicts one."""
    names = names_in(report, ledger)
    known = generated(report, ledger)
    for path, words in commentary.items():
        for line, sentence in _sentences(words):
            place = f"{path}, line {line}"
            yield from _dates(place, sentence, known)
            yield from typed_trend(place, sentence)
            bare = without(sentence, known)
            for phrase in dated(bare):
                bare = blanked(bare, phrase.start, phrase.end)
            bare = _DAY.sub(lambda found: " " * len(found[0]), bare)
            for number in numerals(bare):
                yield _typed(place, sentence, number, names, ledger)
            yield from _worded(place, bare, sentence, names)
            yield from _total(place, bare)


def _sentences(words: str) -> Iterator[tuple[int, str]]:
    """The sentences of officers' Markdown with the line each begins on, references as marks."""
    bare = _REFERENCE.sub(lambda found: HOLE + "\n" * found[0].count("\n"), words)
    bare = _NUMBERED.sub(lambda found: " " * len(found[0]), bare)
    start = 0
    for end in (*(found.end() for found in _ENDS.finditer(bare)), len(bare)):
        sentence = bare[start:end]
        if sentence.strip():
            skipped = len(sentence) - len(sentence.lstrip())
            yield bare.count("\n", 0, start + skipped) + 1, " ".join(sentence.split())
        start = end


def _dates(place: str, sentence: str, known: tuple[str, ...]) -> Iterator[Finding]:
    for phrase in dated(without(sentence, known)):
        yield Finding(
            "E7",
            Kind.REMARK,
            place,
            f"“{phrase.text}” is typed, and no period or day of this report is called so.",
            printed=phrase.text,
            cause="See that it is meant; a date of this report is printed by its templates.",
        )


def _typed(place: str, sentence: str, number: Numeral, names: Names, ledger: Ledger) -> Finding:
    meant = _meant(sentence, number.start, number.end, names, per_cent=number.per_cent)
    alike = [figure for figure in meant if plainly(number.text) in map(plainly, said_as(figure))]
    if meant and not alike:
        return _contradicts(place, sentence, number.text, meant[0], Kind.BLOCKS)
    figure = next(iter(alike), None) or nearest(number, names.likeliest(sentence))
    figure = figure or nearest(number, ledger)
    beside = "" if figure is None else f"; the nearest figure is '{figure.key}', {figure.display}"
    return Finding(
        "G08",
        Kind.REMARK,
        place,
        f"'{number.text}' is typed in “{sentence}”{beside}.",
        printed=number.text,
        counted="" if figure is None else figure.display,
        cause="Write {{ fig(…) }}, or {{ stated(…, source=…) }} with where it comes from.",
    )


def _worded(place: str, bare: str, sentence: str, names: Names) -> Iterator[Finding]:
    """Numbers in words, which are only told when they contradict a figure."""
    for found in _WORDED.finditer(bare):
        meant = _meant(bare, found.start(), found.end(), names, per_cent=False)
        number = _IN_WORDS[found[1].lower()]
        if meant and all(figure.shown != number for figure in meant):
            yield _contradicts(place, sentence, found[1], meant[0], Kind.REMARK)


def _total(place: str, bare: str) -> Iterator[Finding]:
    """Typed parts that are not their typed total: *32, 19 and 11, a total of 64* (E1)."""
    said = _TOTAL.search(bare)
    if said is None:
        return
    whole = numerals(said[1] or said[2])[0]
    parts = [n for n in numerals(bare) if not said.start() <= n.start < said.end()]
    summed = sum(part.value for part in parts)
    if len(parts) > 1 and not any(n.per_cent for n in parts) and summed != whole.value:
        yield Finding(
            "E1",
            Kind.REMARK,
            place,
            f"{', '.join(part.text for part in parts)} add up to {summed}, and the sentence says "
            f"{whole.text}.",
            printed=whole.text,
            counted=f"{summed}",
            cause="The parts were typed from one count and the total from another.",
        )


def _contradicts(place: str, sentence: str, said: str, figure: Figure, kind: Kind) -> Finding:
    return Finding(
        "E3",
        kind,
        place,
        f"“{sentence}” says {said}, and the ledger's '{figure.key}' is {figure.display}.",
        printed=said,
        counted=figure.display,
        cause="The number was typed and the figure has changed, or is of another period; write "
        "{{ fig(…) }}.",
    )


def _meant(
    sentence: str, start: int, end: int, names: Names, *, per_cent: bool
) -> tuple[Figure, ...]:
    """The figures a number must be, by the words of its sentence and those next to it."""
    near = " ".join(_PAUSE.split(sentence[end:])[0].split()[:_AHEAD])
    if per_cent:
        near += " " + " ".join(sentence[:start].split()[-_BEHIND:])
    return tuple(
        figure
        for figure in names.named(sentence)
        if figure.display.endswith("%") == per_cent and stems(figure.title) & stems(near)
    )
