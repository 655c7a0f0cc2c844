"""Printed: the PDF is the page on paper, so both hold the same numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from candour.gate.finding import Finding, Kind
from candour.gate.numerals import around, numerals, plainly
from candour.gate.opened import DETAILS, FOOTER, Use
from candour.gate.phrases import days_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.gate.opened import Opened
    from candour.report import Report

_PAGE = re.compile(r"\bPage \d+ of (\d+)")
_WORDS_BEFORE = 3


def differences(name: str, text: str, page: Opened, report: Report) -> Iterator[Finding]:
    """Numbers that the PDF holds and the page does not, or the other way round.

    Args:
        name: the PDF's file name.
        text: everything it says.
        page: the page it is printed from.
        report: names what every sheet of paper repeats.
    """
    sheets = max((int(number) for number in _PAGE.findall(text)), default=0)
    numbering = _numbering(page)
    printed = _apart(_PAGE.sub(" ", plainly(text)), numbering)
    there = _numbers(printed)
    ignored = {str(number) for number in range(1, sheets + 1)} | _repeated(page, report)
    ignored |= {number for text in numbering for number in _numbers(text)}
    missing, added = min(
        (_unlike(there, said, ignored) for said in _ways(page)),
        key=lambda unlike: sum(map(len, unlike)),
    )
    for number in sorted(missing):
        yield _missing(name, number, printed, page, added)
    for number in sorted(added):
        yield _added(name, number, printed)


def _ways(page: Opened) -> tuple[Counter[str], Counter[str]]:
    """What the paper holds without what unfolds on a screen, and with it."""
    least = sum((_numbers(text) for text in _on_paper(page)), Counter[str]())
    unfolded = (_numbers(b.said) for b in page.blocks if b.folded == DETAILS)
    return least, sum(unfolded, least)


def _numbering(page: Opened) -> list[str]:
    """The numbers that sections, paragraphs and captions were given, longest first."""
    given = {p.text.strip() for block in page.blocks for p in block.pieces if p.numbering}
    return sorted(given, key=len, reverse=True)


def _apart(printed: str, numbering: list[str]) -> str:
    """The text with a space before the number of a paragraph that follows a full stop."""
    for number in (given for given in numbering if "." in given):
        printed = re.sub(rf"(?<=\w[.!?]){re.escape(number)}(?=\s)", f" {number}", printed)
    return printed


def _unlike(
    there: Counter[str], said: Counter[str], ignored: set[str]
) -> tuple[set[str], set[str]]:
    """The numbers the paper has too seldom, and those it has too often."""
    return set(said - there), {number for number in there - said if number not in ignored}


def _repeated(page: Opened, report: Report) -> set[str]:
    """The numbers that sheets repeat: the title, days and marking, and headings of long tables."""
    again = (b.text for b in page.blocks if b.folded == FOOTER or b.use is Use.HEADER)
    told = (_title(page), report.notice, report.marking, *days_of(report), *again)
    return set(_numbers(" ".join(told)))


def _on_paper(page: Opened) -> Iterator[str]:
    for block in page.blocks:
        if block.use is not Use.UNSEEN and not block.folded:
            yield plainly(block.said)
    for drawing in page.drawings:
        yield " ".join(piece.text for piece in drawing.figures)
        yield " ".join(text for _, _, text in drawing.labels)


def _title(page: Opened) -> str:
    return " ".join(b.text for b in page.blocks[:_FIRST] if b.use in {Use.HEADING, Use.UNSEEN})


_FIRST = 12
"""The title of a page is among its first blocks."""


def _numbers(text: str) -> Counter[str]:
    return Counter(number.text.lstrip("+-") for number in numerals(plainly(text)))


def _missing(name: str, number: str, printed: str, page: Opened, added: set[str]) -> Finding:
    """A number of the page that the PDF has too seldom, with what stands in its place."""
    instead, place, before = "", name, ""
    for block in page.blocks:
        text = plainly(block.said)
        for found in numerals(text):
            if found.text.lstrip("+-") != number:
                continue
            place, before = f"{name}, as in {block.place}", _before(text, found.start)
            instead = instead or _instead(printed, before, added)
        if instead:
            break
    said = f"and prints {instead} there" if instead else "where the words are the same"
    return Finding(
        "G04",
        Kind.BLOCKS,
        place,
        f"The page says {number} after “{before}”, and the PDF has it fewer times {said}.",
        printed=instead,
        counted=number,
        cause="The PDF was changed, or printed from another page.",
    )


def _before(text: str, at: int) -> str:
    return " ".join(text[:at].split()[-_WORDS_BEFORE:])


def _instead(printed: str, before: str, added: set[str]) -> str:
    for number in numerals(printed):
        said = number.text.lstrip("+-")
        if said in added and before and _before(printed, number.start) == before:
            return said
    return ""


def _added(name: str, number: str, printed: str) -> Finding:
    at = next(n for n in numerals(printed) if n.text.lstrip("+-") == number)
    return Finding(
        "G04",
        Kind.BLOCKS,
        name,
        f"The PDF says {number} in “{around(printed, at.start, at.end)}” more often than the page "
        "it is printed from.",
        printed=number,
        cause="The PDF was changed, or printed from another page.",
    )
