"""Arial: how wide its letters are, so that columns and rows fit their words on every machine."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_REGULAR = {
    191: "'", 222: "ijl‘’", 260: "|¦", 278: " !,./:;I[\\]ft\u00a0", 333: "()-`r¨´·¸¹²³“”",
    334: "{}", 350: "•", 355: '"', 365: "º", 370: "ª", 389: "*", 400: "°", 469: "^",
    500: "Jcksvxyz", 549: "±÷≤≥", 556: "#$0123456789?L_abdeghnopqu£€§«»–", 584: "+<=>~×−",
    611: "FTZ¿ßø", 667: "&ABEKPSVXY", 722: "CDHNRUw", 737: "©®", 778: "GOQØ", 833: "Mm",
    834: "¼½¾", 889: "%æ", 944: "Wœ", 1000: "Æ—…Œ", 1015: "@",
}  # fmt: skip
_BOLD = {
    238: "'", 278: " ,./I\\ijl‘’\u00a0", 280: "|¦", 333: "!()-:;[]`ft¨´·¸¹²³", 350: "•",
    365: "º", 370: "ª", 389: "*r{}", 400: "°", 474: '"', 500: "z“”", 549: "±÷≤≥",
    556: "#$0123456789J_aceksvxy£€§«»–", 584: "+<=>^~×−", 611: "?FLTZbdghnopqu¿ßø",
    667: "EPSVXY", 722: "&ABCDHKNRU", 737: "©®", 778: "GOQwØ", 833: "M", 834: "¼½¾",
    889: "%mæ", 944: "Wœ", 975: "@", 1000: "Æ—…Œ",
}  # fmt: skip
"""Thousandths of the size; Liberation Sans and Helvetica have the same metrics."""

EM = 1000
"""As wide as the size: what a letter outside the tables is taken for."""


def _by_letter(widths: dict[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in widths.items() for letter in letters}


_WIDTHS = {False: _by_letter(_REGULAR), True: _by_letter(_BOLD)}


@lru_cache(maxsize=65_536)
def points(text: str, size: float, *, bold: bool = False) -> float:
    """How many points wide a text of a size is on one line."""
    widths = _WIDTHS[bold]
    return sum(widths.get(c) or _unlisted(c, widths) for c in text) * size / EM


def _unlisted(letter: str, widths: dict[str, int]) -> int:
    """An accented letter is as wide as the letter; marks and joiners take no room."""
    plain = unicodedata.normalize("NFD", letter)[0]
    if unicodedata.category(plain) in {"Mn", "Cf"}:
        return 0
    return widths.get(plain, EM)
