"""Findings: what stands in the way of a start, each a sentence, all told at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Finding:
    """A setting that a production installation should not have."""

    sentence: str
    """Which, what is wrong with it, and what to do; never its value where that is a secret."""
    refuses: bool = True
    """Whether nothing starts with it; otherwise it is told at every start."""


def refused(findings: Iterable[Finding]) -> bool:
    """Whether any of them refuses the start."""
    return any(finding.refuses for finding in findings)


def told(findings: Iterable[Finding]) -> str:
    """The findings as whoever starts it reads them, what refuses the start first."""
    listed = list(findings)
    stops = [f"- {one.sentence}" for one in listed if one.refuses]
    others = [f"- {one.sentence}" for one in listed if not one.refuses]
    parts = []
    if stops:
        parts += ["Candour does not start: CANDOUR_PROFILE is 'production', and", *stops]
    if others:
        parts += ["In production, know that", *others]
    return "\n".join(parts)
