"""Build: facts become the draft of a release - workbook, page, PDF, case list and ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from candour.errors import ReconciliationError
from candour.gate import blocking, numerators
from tasks.compute_kpis import Computed
from tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.gate import Finding
    from tasks.desk import Desk
    from tasks.settings import Settings

BULLETIN = "weekly_bulletin"
"""The report that is a mail to each manager rather than a pack."""

Made = tuple[dict[str, bytes], tuple[str, ...]]
"""Files by name, and remarks for whoever approves them."""


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft and its checksum."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A release that nobody has released yet."""

    computed: Computed
    audience: str
    folder: str
    files: tuple[DraftFile, ...]
    remarks: tuple[str, ...]
    """What a person should know of the draft: no PDF on this machine, and why."""

    @property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of its files: the same digest is the same release."""
        listed = "\n".join(f"{file.sha256}  {file.name}" for file in self.files)
        return hashlib.sha256(listed.encode()).hexdigest()


_DRAFT = TypeAdapter(Draft)


def build(settings: Settings, computed: Computed) -> Draft:
    """Build the draft of a report from its facts; the same facts give the same bytes.

    Raises:
        ReconciliationError: an identity between figures does not hold; nothing is released.
        ConfigurationError: a declaration asks for what there is not.
    """
    from tasks.desk import Desk  # noqa: PLC0415  - pandas and openpyxl only where a report is built

    desk = Desk(settings, computed)
    files, remarks = _bulletins(desk) if computed.report == BULLETIN else _report(desk)
    store = Store(settings.home)
    folder = f"drafts/{computed.council}/{computed.id}"
    for name, content in files.items():
        store.write(f"{folder}/{name}", content)
    draft = Draft(
        computed=computed,
        audience=desk.choice.audience,
        folder=folder,
        files=tuple(
            DraftFile(name, len(content), hashlib.sha256(content).hexdigest())
            for name, content in sorted(files.items())
        ),
        remarks=remarks,
    )
    store.write(f"{folder}/draft.json", _DRAFT.dump_json(draft))
    return draft


def _bulletins(desk: Desk) -> Made:
    from tasks.bulletins import bulletin_files  # noqa: PLC0415

    _refuse(numerators(desk.facts, desk.kpis))
    return bulletin_files(desk), ()


def _report(desk: Desk) -> Made:
    from tasks.examining import examined  # noqa: PLC0415
    from tasks.press import Press  # noqa: PLC0415
    from tasks.veiling import veiled  # noqa: PLC0415

    seen = veiled(desk)
    report = seen.desk.report()
    press = Press(seen.desk, report)
    files = press.files()
    findings = examined(seen.desk, report, files, seen.recovered())
    _refuse(findings)
    return files, (*press.remarks, *(str(finding) for finding in findings))


def _refuse(findings: Iterable[Finding]) -> None:
    stopping = blocking(findings)
    if stopping:
        raise ReconciliationError("\n".join(str(finding) for finding in stopping))


def read_draft(settings: Settings, folder: str) -> Draft:
    """The draft written in a folder of the store."""
    return _DRAFT.validate_json(Store(settings.home).read(f"{folder}/draft.json"))
