"""Build: facts become the draft of a release - workbook, page, PDF, case list and ledger."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from candour.errors import ReconciliationError
from tasks.compute_kpis import Computed
from tasks.store import Store

if TYPE_CHECKING:
    from tasks.settings import Settings


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


def build(settings: Settings, computed: Computed) -> Draft:
    """Build the draft of a report from its facts; the same facts give the same bytes.

    Raises:
        ReconciliationError: an identity between figures does not hold; nothing is released.
        ConfigurationError: a declaration asks for what there is not.
    """
    from candour.reconcile import numerators, reconcile, tables  # noqa: PLC0415
    from tasks.desk import Desk  # noqa: PLC0415  - pandas and openpyxl only where a report is built

    desk = Desk(settings, computed)
    breaches = numerators(desk.facts, desk.kpis)
    breaches += reconcile(desk.measures, desk.slices())
    report = desk.report()
    breaches += tables(report)
    if breaches:
        raise ReconciliationError(
            "\n".join(f"{breach.code}: {breach.sentence}" for breach in breaches)
        )
    files, remarks = desk.files(report)
    store = Store(settings.home)
    folder = f"drafts/{computed.council}/{computed.id}"
    for name, content in files.items():
        store.write(f"{folder}/{name}", content)
    draft = Draft(
        computed=computed,
        audience=desk.audience,
        folder=folder,
        files=tuple(
            DraftFile(name, len(content), hashlib.sha256(content).hexdigest())
            for name, content in sorted(files.items())
        ),
        remarks=remarks,
    )
    store.write(f"{folder}/draft.json", json.dumps(asdict(draft), sort_keys=True).encode())
    return draft


def read_draft(settings: Settings, folder: str) -> Draft:
    """The draft written in a folder of the store."""
    written = json.loads(Store(settings.home).read(f"{folder}/draft.json"))
    return Draft(
        computed=Computed(**written["computed"]),
        audience=written["audience"],
        folder=written["folder"],
        files=tuple(DraftFile(**file) for file in written["files"]),
        remarks=tuple(written["remarks"]),
    )
