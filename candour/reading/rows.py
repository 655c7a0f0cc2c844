"""Rows: one row of a file on its way into a raw table, and how its texts compare."""

from __future__ import annotations

import re
from typing import NamedTuple

INVISIBLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff]")
"""Characters nobody typed, most of which no workbook or page can hold: the controls but tab and
line ends, the zero-width space, a byte-order mark inside the text, and the two non-characters.
NUL is not among them: it marks a damaged row."""


class Row(NamedTuple):
    """One row as the file has it."""

    number: int
    """Its (first) line or sheet row, counted from one."""
    cells: list[str]
    text: str
    """The row as it stands in the file."""
    fault: str = ""
    """Why it cannot be a record whatever its cells say; empty for a sound row."""


def comparable(text: str) -> str:
    """A label as it compares: trimmed, inner white space as one space, case folded."""
    return " ".join(text.split()).casefold()


def counted(number: int, noun: str) -> str:
    """A number of things in words: ``1 record``, ``2,000 records``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
