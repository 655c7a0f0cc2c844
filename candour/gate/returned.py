"""Returned: a Word file that came back, held against what it said when it went out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from candour.document.names import tag_of
from candour.gate.finding import Finding, Kind, gravest_first
from candour.gate.numerals import around, numerals, plainly
from candour.gate.references import renumbered
from candour.gate.word import read_document
from candour.words.grammar import in_words, numeral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from candour.gate.opened import Opened

_LONGEST_IN_WORDS = 99


def displays_in(ledger_csv: str) -> dict[str, str]:
    """What each figure of a released ledger is displayed as, by its key."""
    rows = csv.DictReader(io.StringIO(ledger_csv))
    return {row["figure"]: row["display"] for row in rows}


def check_returned(
    returned: bytes, displays: Mapping[str, str], *, original: bytes, name: str
) -> tuple[Finding, ...]:
    """Figures and numbers of a returned Word file that are not those it went out with.

    Words may have been edited; numbers may not.

    Args:
        returned: the file as it came back.
        displays: what each figure of the release is displayed as, by its key.
        original: the file as it went out.
        name: what to call it in a sentence.
    """
    keys = {tag_of(key): key for key in displays}
    now, before = (read_document(name, content, keys) for content in (returned, original))
    found = [*_changed(now, displays), *_gone(now, before), *_loose(now, before)]
    return gravest_first([*found, *renumbered(now, replace(before, name="the file that went out"))])


def _changed(now: Opened, displays: Mapping[str, str]) -> Iterator[Finding]:
    """Controls that say something else than their figure."""
    for place, piece in now.every_figure():
        printed = plainly(" ".join(piece.text.split()))
        display = displays.get(piece.key)
        if display is None or printed not in _ways(display):
            said = "no figure of this release" if display is None else display
            yield Finding(
                "G01",
                Kind.BLOCKS,
                place,
                f"It prints {printed or 'nothing'}, and '{piece.key}' is {said}.",
                printed=printed,
                counted=display or "",
                cause="The number was changed in Word.",
            )


def _ways(display: str) -> set[str]:
    """A display, and a whole number as a sentence may say it."""
    ways = {plainly(display)}
    digits = display.replace(",", "")
    if digits.isdigit():
        number = int(digits)
        ways |= {numeral(number, starts=s, alone=a) for s in (True, False) for a in (True, False)}
        if number <= _LONGEST_IN_WORDS:
            ways |= {in_words(number), in_words(number).capitalize()}
    return ways


def _gone(now: Opened, before: Opened) -> Iterator[Finding]:
    """Controls that were taken out: a paragraph removed, or a number written over its control."""
    there = Counter(piece.key for _, piece in now.every_figure())
    for place, piece in before.every_figure():
        if there[piece.key]:
            there[piece.key] -= 1
            continue
        yield Finding(
            "G03",
            Kind.REMARK,
            place,
            f"'{piece.key}', which said {piece.text} here, is not in the returned file.",
            counted=piece.text,
            cause="A passage was taken out, or the number was typed over its control.",
        )


def _loose(now: Opened, before: Opened) -> Iterator[Finding]:
    """Numbers outside controls that the file did not hold when it went out."""
    known = Counter(number for text in _words(before) for number in _numbers(text))
    for block in now.blocks:
        for number in numerals(plainly(block.words)):
            if known[number.text]:
                known[number.text] -= 1
                continue
            yield Finding(
                "G02",
                Kind.BLOCKS,
                block.place,
                f"{number.text} in “{around(block.words, number.start, number.end)}” was not there "
                "when the file went out.",
                printed=number.text,
                cause="It was typed in Word; a number is changed in the records or the commentary, "
                "and the report made again.",
            )


def _words(opened: Opened) -> Iterable[str]:
    return (plainly(block.words) for block in opened.blocks)


def _numbers(text: str) -> list[str]:
    return [number.text for number in numerals(text)]
