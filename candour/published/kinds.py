"""Kinds: where a published value comes from in our reports; there are four and no other."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from candour.kpi import Fact
from candour.published.beside import Verdict

if TYPE_CHECKING:
    from candour.published.beside import Comparison
    from candour.published.scheme import Scheme


class Kind(StrEnum):
    """How our reports come by a value."""

    COUNTED = "counted from cases"
    DECLARED = "read from declared data with source and date"
    CORRECTED = "corrected, with the arithmetic that fails"
    STATED = "a person's statement, through commentary with its source"


def kind_of(comparison: Comparison, scheme: Scheme) -> Kind | None:
    """The kind of a value by what is given of it.

    Nothing where our reports do not print it, or where ours differs and nothing explains it.
    """
    measure = comparison.value.measure
    if comparison.ours is None:
        return None
    if measure is None:
        return Kind.STATED
    if comparison.verdict is Verdict.DIFFERENT:
        return Kind.CORRECTED if comparison.explained else None
    kpi = scheme.kpi(measure.kpi)
    return Kind.DECLARED if kpi is None or kpi.of is Fact.STATISTICS else Kind.COUNTED
