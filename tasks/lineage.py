"""Lineage: which data a task read and which it made, by name, version and number, never a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.build import Draft
    from tasks.compute_kpis import Computed
    from tasks.extract import Intake
    from tasks.outbox import Posted
    from tasks.state import Release

NAMESPACE = "candour"
"""The namespace of every dataset; names begin with the council's id."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Data that outlives a task: an export, a council's cases, the releases of a report."""

    name: str
    version: str = ""
    rows: int | None = None
    files: int | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a task read and what it made of it."""

    inputs: tuple[Dataset, ...] = ()
    outputs: tuple[Dataset, ...] = ()


_noted = Lineage()


def note(lineage: Lineage) -> None:
    """Remember what the task of this process read and made."""
    global _noted  # noqa: PLW0603  - a task is a process of its own, and is told of where it ends
    _noted = lineage


def noted() -> Lineage:
    """What the task of this process read and made, as far as it has come."""
    return _noted


def of_extract(intake: Intake) -> Lineage:
    """Exports became an intake; what was set aside is data of its own."""
    by_export: dict[str, list[int]] = {}
    for one in intake.snapshots:
        rows = by_export.setdefault(one.export, [0, 0])
        rows[0] += one.rows_in_file
        rows[1] += 1
    newest = {one.export: one.sha256 for one in intake.snapshots}
    council, snapshots = intake.council, intake.snapshots
    return Lineage(
        tuple(
            Dataset(f"{council}/exports/{export}", newest[export], rows, files)
            for export, (rows, files) in sorted(by_export.items())
        ),
        (
            Dataset(f"{council}/intake", intake.id, sum(one.loaded for one in snapshots)),
            Dataset(f"{council}/quarantine", intake.id, sum(one.quarantined for one in snapshots)),
        ),
    )


def of_validate(council: str, intake: str) -> Lineage:
    """An intake that was found good is the council's cases."""
    return Lineage((Dataset(f"{council}/intake", intake),), (Dataset(f"{council}/cases", intake),))


def of_compute_kpis(computed: Computed) -> Lineage:
    """Cases became the facts of a report."""
    return Lineage(
        (Dataset(f"{computed.council}/cases", computed.intake),),
        (Dataset(f"{computed.council}/{computed.report}/facts", computed.id),),
    )


def of_build(draft: Draft) -> Lineage:
    """Facts became a draft."""
    computed = draft.computed
    above = f"{computed.council}/{computed.report}"
    return Lineage(
        (Dataset(f"{above}/facts", computed.id),),
        (Dataset(f"{above}/draft", draft.digest, files=len(draft.files)),),
    )


def of_publish(draft: Draft, release: Release) -> Lineage:
    """A draft became a release."""
    above = f"{release.council}/{release.report}"
    return Lineage(
        (Dataset(f"{above}/draft", draft.digest, files=len(draft.files)),),
        (Dataset(f"{above}/release", version_of(release), files=len(draft.files)),),
    )


def of_deliver(release: Release, posted: Posted) -> Lineage:
    """A release reached its readers; how many mails went."""
    above = f"{release.council}/{release.report}"
    return Lineage(
        (Dataset(f"{above}/release", version_of(release)),),
        (Dataset(f"{above}/delivered", version_of(release), files=len(posted.sent)),),
    )


def version_of(release: Release) -> str:
    """What a release is called among those of its report: ``2024-03/managers/v1``."""
    return f"{release.period}/{release.audience}/v{release.version}"
