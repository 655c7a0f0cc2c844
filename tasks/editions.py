"""Editions: a report's files, plain, or with what a correction and its approval add to them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from candour.errors import ReconciliationError
from candour.gate import blocking, numerators

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.gate import Finding
    from tasks.desk import Desk

BULLETIN = "weekly_bulletin"
"""The report that is a mail to each reader rather than a pack."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Every file of a report by name, and what an approver should know of them."""

    files: Mapping[str, bytes]
    review: Mapping[str, bytes] = field(default_factory=dict)
    """What an approver reads: the same words under a bar that says they are a draft."""
    readers: Mapping[str, str] = field(default_factory=dict)
    """Whose a file is, where it is not the whole audience's."""
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    withheld: int = 0
    """How many figures the audience may not see."""
    caveat: str = ""
    """What its cases do not reach as far as; empty where they do."""

    @property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of the files: the same digest is the same edition."""
        listed = "\n".join(
            f"{hashlib.sha256(content).hexdigest()}  {name}"
            for name, content in sorted(self.files.items())
        )
        return hashlib.sha256(listed.encode()).hexdigest()


def edition(desk: Desk) -> Edition:
    """The report made at a desk.

    Raises:
        ReconciliationError: an identity between figures does not hold, and the report is for
            readers outside the council, or is one that nobody approves.
        ConfigurationError: a declaration asks for what there is not.
    """
    made = _bulletins(desk) if desk.computed.report == BULLETIN else _report(desk)
    if not desk.may_be_excepted:
        refuse(made.findings)
    return made


def refuse(findings: tuple[Finding, ...]) -> None:
    """Stop at findings that block.

    Raises:
        ReconciliationError: there is one; every one is told.
    """
    stopping = blocking(findings)
    if stopping:
        raise ReconciliationError("\n".join(str(finding) for finding in stopping))


def _bulletins(desk: Desk) -> Edition:
    from tasks.bulletins import bulletin_files, caveat_of, readers_of_files  # noqa: PLC0415

    refuse(tuple(numerators(desk.facts, desk.kpis)))
    files = bulletin_files(desk)
    return Edition(files, readers=readers_of_files(desk), caveat=caveat_of(desk))


def _report(desk: Desk) -> Edition:
    from tasks.examining import examined  # noqa: PLC0415
    from tasks.press import Press  # noqa: PLC0415
    from tasks.restating import restated_file  # noqa: PLC0415
    from tasks.veiling import veiled  # noqa: PLC0415

    seen = veiled(desk)
    report = seen.desk.report()
    press = Press(seen.desk, report)
    files = press.files()
    return Edition(
        {**files, **restated_file(desk.cover.restated)},
        review=press.review() if desk.choice.approval != "none" else {},
        readers=press.readers,
        findings=examined(seen.desk, report, files, seen.recovered()),
        remarks=tuple(press.remarks),
        headlines=report.headlines,
        withheld=len(seen.desk.withheld),
        caveat=report.caveat,
    )
