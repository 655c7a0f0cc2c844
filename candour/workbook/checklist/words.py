"""Words: checks of titles, notes, links, fonts and colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from candour.figures import SHORTHAND
from candour.workbook.contrast import contrast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl.styles.colors import Color

    from candour.workbook.checklist.seen import Seen

SMALLEST_POINTS = 12
READABLE = 4.5
SANS_SERIF = {"Arial", "Calibri", "Helvetica", "Verdana", "Liberation Sans"}
_SYMBOL_AT_THE_END = re.compile(r"[*†‡§#^¹²³⁴⁵⁶⁷⁸⁹⁰]$")
_ONLY_SYMBOLS = re.compile(r"[^\w\s]+")
_DIVIDER = re.compile(r"[-=_*~.#]{4,}")
_NOTE = re.compile(r"\[note \d+\]")
_ODD_NOTE = re.compile(r"\[(?:\d+|(?:n|nt|fn|footnote|Note|see note) ?\d+)\]|\(note \d+\)")


def _titled(seen: Seen) -> Iterator[str]:
    title = seen.sheet["A1"]
    if not isinstance(title.value, str) or not title.value.strip():
        yield "there is no title in A1."
    elif not title.font.b:
        yield "the title in A1 does not stand out."


def _not_blank(seen: Seen) -> Iterator[str]:
    if not seen.cells:
        yield "it is blank."


def _no_formulas(seen: Seen) -> Iterator[str]:
    for cell in seen.cells:
        if cell.data_type == "f":
            yield f"{cell.coordinate} is a formula; previews would show it empty."


def _fonts(seen: Seen) -> Iterator[str]:
    fonts = [cell.font for cell in seen.looks]
    if any(font.sz is None or font.sz < SMALLEST_POINTS for font in fonts):
        yield f"text is smaller than {SMALLEST_POINTS} points."
    if any(font.name not in SANS_SERIF for font in fonts):
        yield "a font is not sans serif."
    if any(font.vertAlign for font in fonts):
        yield "text is raised or lowered."


def _colours(seen: Seen) -> Iterator[str]:
    if any(cell.fill.fill_type not in {None, "none"} for cell in seen.looks):
        yield "cells have a background."
    if any(_faint(cell.font.color, None) for cell in seen.looks):
        yield "a text colour is too faint on white."
    for cells, rules in seen.sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            if rule.type in {"iconSet", "colorScale", "dataBar"}:
                yield f"{cells.sqref} says something in colour or symbols alone."
            elif rule.dxf and _faint(rule.dxf.font.color, rule.dxf.fill.bgColor):
                yield f"a colour of {cells.sqref} is too faint on its background."


def _faint(ink: Color | None, ground: Color | None) -> bool:
    if ink is None or ink.type != "rgb":
        return False
    behind = ground.rgb[-6:] if ground is not None and ground.type == "rgb" else "FFFFFF"
    return contrast(ink.rgb[-6:], behind) < READABLE


def _notes(seen: Seen) -> Iterator[str]:
    known = "Notes" in seen.sheet.parent.sheetnames
    for cell in seen.own_words():
        text = str(cell.value)
        if _ODD_NOTE.search(text):
            yield f"{cell.coordinate} marks a note otherwise than by [note 1]."
        if _NOTE.search(text) and not known:
            yield f"{cell.coordinate} speaks of a note, and there is no sheet of notes."


def _notes_of_tables(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        for cell in seen.headers(area):
            if _SYMBOL_AT_THE_END.search(str(cell.value)):
                yield f"the header {cell.value} marks its note with a symbol."
        if any(_NOTE.search(str(cell.value)) for cell in seen.among_numbers(area)):
            yield f"a data cell of {area.name} carries a note."


def _symbols(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        for cell in seen.among_numbers(area):
            if _ONLY_SYMBOLS.fullmatch(str(cell.value).strip()):
                yield f"{cell.coordinate} holds only symbols; use a shorthand such as [x]."
    for cell in seen.own_words():
        if _DIVIDER.search(str(cell.value)):
            yield f"{cell.coordinate} divides the sheet with symbols."


def _shorthand_explained(seen: Seen) -> Iterator[str]:
    for area in seen.areas:
        shown = {cell.number_format for cell in seen.body(area)}
        shown |= {cell.value for cell in seen.among_numbers(area)}
        used = {mark for mark in SHORTHAND.values() if any(mark in text for text in shown)}
        for mark in sorted(used):
            if mark not in seen.above:
                yield f"{mark} is used in {area.name} and not explained above it."


def _links_say_where(seen: Seen) -> Iterator[str]:
    for cell in seen.links:
        words = str(cell.value or "")
        if words.casefold() in {"", "here", "click here", "link", "more"} or "://" in words:
            yield f"the link in {cell.coordinate} does not say where it leads."


def _links_lead_somewhere(seen: Seen) -> Iterator[str]:
    for cell in seen.links:
        sheet = (cell.hyperlink.location or "").rpartition("!")[0].strip("'").replace("''", "'")
        if cell.hyperlink.target is None and sheet not in seen.sheet.parent.sheetnames:
            yield f"the link in {cell.coordinate} leads nowhere."


def _no_headers_and_footers(seen: Seen) -> Iterator[str]:
    for part in (seen.sheet.oddHeader, seen.sheet.oddFooter):
        if any(side.text for side in (part.left, part.center, part.right)):
            yield "it has a page header or footer, which many never see."


CHECKS: tuple[Callable[[Seen], Iterator[str]], ...] = (
    _titled, _not_blank, _no_formulas, _fonts, _colours, _notes, _notes_of_tables, _symbols,
    _shorthand_explained, _links_say_where, _links_lead_somewhere,
    _no_headers_and_footers,
)  # fmt: skip
