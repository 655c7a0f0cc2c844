"""Printed: the number a printed text says, and how precisely it says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from candour.figures import rounded, written

ABSENT = frozenset({"", "-", "N/A", "n/a"})
"""What stands in a cell where there was nothing to count."""

_NUMBER = re.compile(r"([-+\u2212]?)\s*£?([0-9][0-9,]*)(?:\.([0-9]+))?\s*%?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the precision it was printed to."""

    value: Fraction
    decimals: int

    def says(self, exact: Fraction) -> bool:
        """Whether ``exact``, rounded half away from zero to this precision, is this number."""
        return rounded(exact, self.decimals) == self.value

    def cuts(self, exact: Fraction) -> bool:
        """Whether it is ``exact`` cut off where it should have been rounded."""
        scale = 10**self.decimals
        return not self.says(exact) and Fraction(int(exact * scale), scale) == self.value

    @property
    def step(self) -> Fraction:
        """The smallest difference its precision can show."""
        return Fraction(1, 10**self.decimals)

    def text(self, exact: Fraction) -> str:
        """``exact`` at this precision."""
        return written(exact, self.decimals)

    def __str__(self) -> str:
        return written(self.value, self.decimals)


def number_in(printed: str) -> Number | None:
    """The number a cell says: ``+16.21``, ``1,019``, ``34%``; nothing where it says words."""
    found = _NUMBER.fullmatch(printed.strip())
    if found is None:
        return None
    sign, whole, decimals = found.groups()
    digits = decimals or ""
    size = Fraction(int(whole.replace(",", "") + digits), 10 ** len(digits))
    return Number(-size if sign in {"-", "\u2212"} else size, len(digits))
