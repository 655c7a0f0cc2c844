"""Slip: something printed that cannot be true beside what else was printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from candour.published.declared import Value


class Fault(StrEnum):
    """What does not hold, by the kinds of error that published reports have."""

    PARTS = "parts and whole"
    TWO_VALUES = "one fact, two values"
    SHARE = "share and its count and base"
    CHANGE = "change and its two years"
    FLOW = "what came in and what went out"
    DIRECTION = "words and numbers"
    LIST = "list and what is counted from it"


ARITHMETIC = frozenset(Fault) - {Fault.TWO_VALUES, Fault.DIRECTION}
"""The faults that are sums; one fact with two values and words beside numbers are kinds apart."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One relation that does not hold, in a sentence."""

    fault: Fault
    entry: str
    place: str
    printed: str
    recomputed: str
    sentence: str
    cause: str
    values: tuple[Value, ...]
    """The printed values concerned, the one that is wrong or is contradicted first."""

    @property
    def arithmetic(self) -> bool:
        """Whether it is a sum that does not come out."""
        return self.fault in ARITHMETIC

    def __str__(self) -> str:
        """The slip in one line."""
        return " ".join(part for part in (f"{self.place}: {self.sentence}", self.cause) if part)
