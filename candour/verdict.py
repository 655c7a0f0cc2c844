"""Verdict: what validation found, in sentences, and whether the run may go on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter


class Severity(StrEnum):
    """What a broken rule does to the run, in Great Expectations' own three words."""

    CRITICAL = "critical"
    """Stops the run; the last good release stays."""
    WARNING = "warning"
    """Printed in the pack."""
    INFO = "info"
    """Told to whoever looks after the system."""


_GRAVEST_FIRST = list(Severity)

Key = tuple[str | int, ...]
"""What identifies a row of a frame: a reference, or a reference and a stage. Never a value."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold."""

    code: str
    severity: Severity
    sentence: str
    frame: str
    rows: int
    """How many rows break the rule; 0 where the rule is about the frame as a whole."""
    key_columns: tuple[str, ...]
    keys: tuple[Key, ...]
    """The first of those rows in the frame's order, perhaps not all of them."""
    what_to_do: str
    owner: str


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that was not asked, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that validation says of one set of snapshots, gravest first, then by code."""

    findings: tuple[Finding, ...]
    held: tuple[str, ...]
    """Codes of the rules that hold."""
    unjudged: tuple[Unjudged, ...] = ()

    @classmethod
    def of(cls, findings: list[Finding], held: list[str], unjudged: list[Unjudged]) -> Verdict:
        """The verdict over these findings, whatever order they were made in."""

        def gravest(finding: Finding) -> tuple[int, str, str]:
            return _GRAVEST_FIRST.index(finding.severity), finding.code, finding.sentence

        return cls(
            tuple(sorted(findings, key=gravest)),
            tuple(sorted(held)),
            tuple(sorted(unjudged, key=lambda rule: rule.code)),
        )

    @classmethod
    def from_json(cls, text: str) -> Verdict:
        """The verdict that ``to_json`` wrote.

        Raises:
            ValueError: the text is no verdict.
        """
        return _WRITTEN.validate_json(text)

    def to_json(self) -> str:
        """The verdict as text, the same for the same verdict."""
        return _WRITTEN.dump_json(self, indent=2).decode() + "\n"

    @property
    def critical(self) -> tuple[Finding, ...]:
        """Findings that stop the run."""
        return self._of(Severity.CRITICAL)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings printed in the pack."""
        return self._of(Severity.WARNING)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """Findings worth knowing, that ask nobody to act at once."""
        return self._of(Severity.INFO)

    @property
    def stops(self) -> bool:
        """Whether the run must stop here."""
        return bool(self.critical)

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is severity)


_WRITTEN = TypeAdapter(Verdict)
