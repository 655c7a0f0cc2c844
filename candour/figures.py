"""Figures: the only numbers a report may print."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.errors import ReconciliationError

if TYPE_CHECKING:
    from candour.period import Period

Slice = tuple[tuple[str, str], ...]
"""What the figure is about: ``(dimension, value)`` pairs in dimension order; ``()`` is everything.

A value is an id of the council's configuration; ``NOT_RECORDED`` is the row of the unknown."""

NOT_RECORDED = "not_recorded"


class Unit(StrEnum):
    """What a value counts; changes have units of their own, so they cannot be mixed up."""

    COUNT = "count"
    PERCENT = "percent"
    WORKING_DAYS = "working_days"
    POUNDS = "pounds"
    CHANGE_IN_NUMBER = "change_in_number"
    CHANGE_IN_DAYS = "change_in_days"
    CHANGE_IN_POUNDS = "change_in_pounds"
    PERCENTAGE_POINTS = "percentage_points"
    PER_CENT_CHANGE = "per_cent_change"
    RATE = "rate"
    WORDS = "words"
    """No number: a label, a day or a direction that was worked out, not typed."""


CHANGES = {
    Unit.COUNT: Unit.CHANGE_IN_NUMBER,
    Unit.PERCENT: Unit.PERCENTAGE_POINTS,
    Unit.WORKING_DAYS: Unit.CHANGE_IN_DAYS,
    Unit.POUNDS: Unit.CHANGE_IN_POUNDS,
}


class State(StrEnum):
    """Whether there is a number to print, and how sure it is."""

    RECORDED = "recorded"
    PROVISIONAL = "provisional"
    NO_BASE = "no_base"
    """Nothing to take a share or an average of."""
    NOT_RECORDED = "not_recorded"
    """The council's exports do not hold it."""
    NOT_APPLICABLE = "not_applicable"
    """There was no such team or service then."""
    WITHHELD = "withheld"
    """A small number this audience may not see."""


SHORTHAND = {
    State.NO_BASE: "[z]",
    State.NOT_APPLICABLE: "[z]",
    State.NOT_RECORDED: "[x]",
    State.WITHHELD: "[c]",
    State.PROVISIONAL: "[p]",
}
"""The Analysis Function's shorthand for a cell without a plain number."""


class Better(StrEnum):
    """Which direction is good news; some measures have none."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


def rounded(value: Fraction, decimals: int) -> Fraction:
    """``value`` rounded half away from zero, the one rounding of every printed number."""
    scale = 10**decimals
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, scale)


def written(value: Fraction, decimals: int) -> str:
    """``value`` rounded and written with thousands separators: ``1,019``, ``12.5``."""
    return f"{float(rounded(value, decimals)):,.{decimals}f}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: counted once, of a declared population, for a period and a slice.

    ``count`` and ``base`` are the integers behind it (base is ``None`` for a plain count);
    ``value`` is exact and in ``unit``: a percentage is 0 to 100, money is in pounds, days are
    working days. A change carries the key of the figure it is measured from in ``against``.
    """

    kpi: str
    title: str
    period: Period
    slice: Slice
    unit: Unit
    decimals: int = 0
    count: int | None = None
    base: int | None = None
    value: Fraction | None = None
    state: State = State.RECORDED
    better: Better = Better.NEITHER
    against: str = ""
    source: str = "counted from cases"
    words: str = ""
    """What is printed where the unit is words."""
    undecided: int | None = None
    """For a provisional figure: how many rows of its base could still go either way."""

    @property
    def key(self) -> str:
        """Its one name: ``kpi|period|dimension=value,…``, and what a change is measured from."""
        about = ",".join(f"{dimension}={value}" for dimension, value in self.slice)
        return "|".join(part for part in (self.kpi, self.period.key, about, self.against) if part)

    @property
    def name(self) -> str:
        """The key as a workbook's defined name: letters, digits, dots and underscores."""
        return re.sub(r"[^A-Za-z0-9_.]+", "_", self.key.replace("|", ".")).strip("_")

    @property
    def printable(self) -> bool:
        """Whether there is a number, or a word, to print."""
        told = self.value is not None or bool(self.words)
        return told and self.state in {State.RECORDED, State.PROVISIONAL}

    @property
    def shown(self) -> Fraction | None:
        """The value as printed: rounded, once."""
        return None if self.value is None else rounded(self.value, self.decimals)

    @property
    def display(self) -> str:
        """The figure as every reader sees it, everywhere."""
        if not self.printable:
            return SHORTHAND[self.state]
        if self.value is None:
            return self.words
        sign = "+" if self.unit in CHANGED_UNITS and rounded(self.value, self.decimals) > 0 else ""
        text = sign + written(self.value, self.decimals)
        match self.unit:
            case Unit.PERCENT | Unit.PER_CENT_CHANGE:
                return f"{text}%"
            case Unit.POUNDS | Unit.CHANGE_IN_POUNDS:
                return f"{text[0]}£{text[1:]}" if text[0] in "+-" else f"£{text}"
            case _:
                return text

    def hidden(self) -> Figure:
        """The same figure with nothing told: what an audience that may not see it is given."""
        return replace(
            self,
            count=None,
            base=None,
            value=None,
            words="",
            state=State.WITHHELD,
            undecided=None,
        )

    def change(self, earlier: Figure) -> Figure:
        """How far this figure stands from ``earlier``, from unrounded values.

        A count changes by a number, a percentage by percentage points; never the other's unit.

        Raises:
            ReconciliationError: the two are of different measures or slices.
        """
        self._comparable(earlier)
        return self._derived(
            "change",
            CHANGES[self.unit],
            earlier,
            None if None in (self.value, earlier.value) else self.value - earlier.value,  # type: ignore[operator]
            self.decimals,
        )

    def per_cent_change(self, earlier: Figure, decimals: int = 0) -> Figure:
        """The relative change of a count, per cent; no base when the earlier one is zero.

        Raises:
            ReconciliationError: the two are of different measures or slices.
        """
        self._comparable(earlier)
        value = None
        if self.value is not None and earlier.value:
            value = (self.value - earlier.value) / earlier.value * 100
        return self._derived("per_cent_change", Unit.PER_CENT_CHANGE, earlier, value, decimals)

    def _comparable(self, earlier: Figure) -> None:
        if (self.kpi, self.slice) != (earlier.kpi, earlier.slice):
            message = (
                f"'{self.key}' cannot be compared with '{earlier.key}': a change is of one measure "
                "and one slice between two periods."
            )
            raise ReconciliationError(message)

    def _derived(
        self, what: str, unit: Unit, earlier: Figure, value: Fraction | None, decimals: int
    ) -> Figure:
        states = {self.state, earlier.state}
        state = next((s for s in _HIDING if s in states), State.RECORDED)
        if value is None and state in {State.RECORDED, State.PROVISIONAL}:
            state = State.NO_BASE
        return replace(
            self,
            kpi=f"{self.kpi}.{what}",
            title=f"{self.title}: change",
            unit=unit,
            decimals=decimals,
            count=None,
            base=None,
            value=None if state in _HIDING[:4] else value,
            state=state,
            against=f"from {earlier.period.key}",
            source=f"worked out from '{self.key}' and '{earlier.key}'",
            undecided=None,
        )


CHANGED_UNITS = frozenset(CHANGES.values()) | {Unit.PER_CENT_CHANGE}
_HIDING = (
    State.WITHHELD,
    State.NOT_RECORDED,
    State.NOT_APPLICABLE,
    State.NO_BASE,
    State.PROVISIONAL,
)
