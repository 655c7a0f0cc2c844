"""Numerals: the numbers a reader sees in a text, as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_NUMERAL = re.compile(
    r"(?<![\w.,])[+\-−–]?£?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?%)?"
    r"|£?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?%)?"
)
"""A sign counts only where nothing is written before it: ``2023-24`` is no subtraction."""
_SIGNS = str.maketrans({"−": "-", "–": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def value(self) -> Fraction:
        """What it says, without its unit."""
        return Fraction(re.sub(r"[^\d.\-]", "", plainly(self.text).replace("+", "")))

    @property
    def per_cent(self) -> bool:
        """Whether a per cent sign follows it."""
        return self.text.endswith("%")


def plainly(text: str) -> str:
    """A text with plain minus signs and spaces, so that two ways of setting it compare."""
    return text.translate(_SIGNS)


def numerals(text: str) -> tuple[Numeral, ...]:
    """Every number in a text, in order."""
    return tuple(Numeral(m[0], m.start(), m.end()) for m in _NUMERAL.finditer(text))


def blanked(text: str, start: int, end: int) -> str:
    """The text with a stretch of it blanked out, everything else where it was."""
    return text[:start] + " " * (end - start) + text[end:]


def around(text: str, start: int, end: int, room: int = 30) -> str:
    """A little of the text on either side, for a sentence that quotes it."""
    left, right = max(0, start - room), min(len(text), end + room)
    quoted = " ".join(text[left:right].split())
    return f"{'…' if left else ''}{quoted}{'…' if right < len(text) else ''}"
