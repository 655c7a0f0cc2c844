"""References: what a page refers to exists, and its numbering runs without gap or repeat."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from candour.chart import Chart
from candour.gate.finding import Finding, Kind
from candour.gate.numerals import around
from candour.gate.opened import Use
from candour.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.gate.accounted import Accounts
    from candour.gate.opened import Block, Opened
    from candour.report import Report

_NAMED = re.compile(
    r"\b(Table|Figure|Chart|Appendix|Section|Paragraph)s? (\d+(?:\.\d+)*|[A-Z]\b)", re.IGNORECASE
)
_NUMBERING = re.compile(r"(\d+(?:\.\d+)*)")
_SHOWN = re.compile(
    r"\b(?:table|chart|graph|diagram)s? (?:below|above|shows?|opposite)\b"
    r"|\bin the (?:table|chart|graph|diagram)\b",
    re.IGNORECASE,
)


def broken_references(opened: Opened, accounts: Accounts) -> Iterator[Finding]:
    """Tables, figures, sections and links a finished file refers to and does not hold (E9, E10)."""
    there = _numbered(opened)
    yield from _out_of_order(there, opened.name)
    known = {kind: {number for number, _ in found} for kind, found in there.items()}
    for block in opened.blocks:
        if block.use is not Use.NAVIGATION:
            yield from _missing(block, known, accounts)
    yield from _misnumbered(opened)
    for to, place in opened.links:
        if to and to not in opened.anchors:
            yield Finding(
                "E9",
                Kind.BLOCKS,
                place,
                f"A link leads to '{to}', which this file does not hold.",
                printed=to,
                cause="What it led to was taken out or renamed.",
            )


def renumbered(opened: Opened, before: Opened) -> Iterator[Finding]:
    """Numbers made by machine that the file this one is made of does not hold as often (E10)."""
    known = Counter(number for _, number in before.numbering())
    for place, number in opened.numbering():
        if known[number]:
            known[number] -= 1
            continue
        yield Finding(
            "E10",
            Kind.BLOCKS,
            place,
            f"“{number}” numbers or refers to something here that {before.name} numbers otherwise.",
            printed=number,
            cause="A number was changed by hand.",
        )


def _misnumbered(opened: Opened) -> Iterator[Finding]:
    """References that say another number than what they lead to was given (E10)."""
    for said, to, place in opened.references:
        given = opened.numbers.get(to, "")
        if given and said.strip(":").split()[-1] != given.strip(":").split()[-1]:
            yield Finding(
                "E10",
                Kind.BLOCKS,
                place,
                f"A reference says {said.strip(':')}, and leads to {given.strip(':')}.",
                printed=said.strip(":"),
                counted=given.strip(":"),
                cause="A number was changed by hand.",
            )


def _numbered(opened: Opened) -> Mapping[str, list[tuple[str, Block]]]:
    """What carries a number made by machine: sections, paragraphs, tables, figures, appendices."""
    found: dict[str, list[tuple[str, Block]]] = defaultdict(list)
    for block in opened.blocks:
        first = next((piece for piece in block.pieces if piece.text.strip()), None)
        if first is None or not first.numbering or block.use is Use.NAVIGATION:
            continue
        named = _NAMED.search(first.text)
        number = _NUMBERING.search(first.text)
        if named and block.use in {Use.CAPTION, Use.HEADING}:
            found[named[1].lower()].append((named[2], block))
        elif number and not named:
            kind = "section" if block.use is Use.HEADING else "paragraph"
            found[kind].append((number[1], block))
    return found


def _out_of_order(there: Mapping[str, list[tuple[str, Block]]], name: str) -> Iterator[Finding]:
    """Each number once, and after the one before it (E10)."""
    for kind, found in there.items():
        last: dict[tuple[str, ...], int] = {}
        for number, block in found:
            *above, own = number.split(".")
            place = int(own) if own.isdigit() else ord(own) - ord("A") + 1
            expected = last.get(tuple(above), 0) + 1
            if place != expected:
                letter = str(expected) if own.isdigit() else chr(ord("A") + expected - 1)
                wanted = ".".join([*above, letter])
                yield Finding(
                    "E10",
                    Kind.BLOCKS,
                    block.place or name,
                    f"The {kind} numbered {number} should be {wanted}: “{block.text[:60]}”.",
                    printed=number,
                    counted=wanted,
                    cause="A number was typed, or something was moved after numbering.",
                )
            last[tuple(above)] = place


def _missing(block: Block, known: Mapping[str, set[str]], accounts: Accounts) -> Iterator[Finding]:
    text = accounts.unknown(block.text)
    first = next((piece for piece in block.pieces if piece.text.strip()), None)
    skipped = len(first.text) if first is not None and first.numbering else 0
    for found in _NAMED.finditer(text):
        kind, number = found[1].lower(), found[2]
        unnumbered = kind not in known and kind in {"section", "paragraph"}
        if found.start() < skipped or unnumbered:
            continue
        if kind == "appendix" and not number.isdigit() and kind not in known:
            continue
        if number not in known.get(kind, set()):
            last = max(known.get(kind, {"none"}), key=_in_order)
            yield Finding(
                "E9",
                Kind.BLOCKS,
                block.place,
                f"“{around(text, found.start(), found.end())}” refers to {found[0]}, which is not "
                f"there; the last {kind} is {last}.",
                printed=found[0],
                counted=last,
                cause="The reference was typed; let the template number it.",
            )


def _in_order(number: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("."))


def absent_items(report: Report, commentary: Mapping[str, str]) -> Iterator[Finding]:
    """Officers' words that point to a table or chart in a section that has none (E9)."""
    has = {
        section.id: any(isinstance(item, Table | Chart) for item in section.items)
        for section in report.sections
    }
    for path, words in commentary.items():
        section = path.rpartition("/")[2].removesuffix(".md")
        if has.get(section, True):
            continue
        for found in _SHOWN.finditer(words):
            yield Finding(
                "E9",
                Kind.REMARK,
                path,
                f"“{around(words, found.start(), found.end())}”: this section has no table and no "
                "chart.",
                printed=found[0],
                cause="The words were kept from a report that had one.",
            )
