"""Finding: something in a draft that a person must know, in a sentence with place and values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(StrEnum):
    """What a finding does to a draft, gravest first."""

    BLOCKS = "blocks"
    """Nothing goes to members or the public while it stands."""
    REMARK = "remark"
    """The approver reads it and decides."""
    CHECKLIST = "checklist"
    """Something only a person can see to."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold.

    The code is an error kind of published reports (``E1`` parts and whole, … ``E20`` charts) or a
    check of the gate's own (``G…``). ``printed`` and ``counted`` are the two values that differ,
    as a reader sees them; either may be empty where there is only one.
    """

    code: str
    kind: Kind
    place: str
    """Where: ``annual-report.docx, section 3, table 4, row Corporate``."""
    sentence: str
    printed: str = ""
    counted: str = ""
    cause: str = ""
    """What most likely happened, in a sentence."""

    @property
    def blocks(self) -> bool:
        """Whether it stops a draft for members or the public."""
        return self.kind is Kind.BLOCKS

    def __str__(self) -> str:
        """The finding in one line."""
        parts = (f"{self.code}: {self.place}: {self.sentence}", self.cause)
        return " ".join(part for part in parts if part)


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, those that block first, otherwise in the order they were found."""
    grave = list(Kind)
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: grave.index(finding.kind)))


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop a draft for members or the public."""
    return tuple(finding for finding in findings if finding.blocks)
