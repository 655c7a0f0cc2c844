"""Rebuild: an old release is made again from what was landed, and held against its own bytes."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.errors import CandourError, ConfigurationError
from candour.period import Period
from candour.restating import Told, differing
from tasks import declared
from tasks.lending import Lent, lend
from tasks.state import Decision, Decisions, Exempted, Place, Release, State
from tasks.store import Store

if TYPE_CHECKING:
    from tasks.compute_kpis import Computed
    from tasks.settings import Settings

SAME, OTHER, GONE, NEW = "the same", "differs", "not made again", "was not there"


@dataclass(frozen=True, slots=True)
class FileAgain:
    """A file of the release, and whether it was made again byte for byte."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A release made again: its files beside the old ones, and the figures that differ."""

    release: Release
    made: bool
    """Whether it could be made at all."""
    files: tuple[FileAgain, ...]
    figures: tuple[Told, ...]
    """The figures that read otherwise, or that only one of the two prints."""
    why: tuple[str, ...]
    """What is not as it was, in sentences."""

    @property
    def same(self) -> bool:
        """Whether every file was made again byte for byte."""
        return self.made and all(file.state == SAME for file in self.files)

    @property
    def holds(self) -> bool:
        """Whether no figure differs, whatever the bytes are."""
        return self.made and not self.figures


def the_release(
    settings: Settings, place: tuple[str, str, str], audience: str | None, version: int | None
) -> Release:
    """The release asked for: its last version unless one is named.

    Raises:
        ConfigurationError: there is none, or it is of several audiences and none is named.
    """
    council, report, period = place
    found = State(settings.database).releases(council, report, period, audience)
    if not found:
        raise ConfigurationError(
            f"{report} {period} of '{council}' has not been released. See: candour releases "
            f"{council}."
        )
    audiences = sorted({release.audience for release in found})
    if len(audiences) > 1:
        raise ConfigurationError(
            f"{report} {period} was released to {' and '.join(audiences)}; name one: "
            f"--audience {audiences[0]}."
        )
    versions = {release.version: release for release in found}
    wanted = max(versions) if version is None else version
    if wanted not in versions:
        raise ConfigurationError(
            f"{report} {period} has no version {wanted}; it has {', '.join(map(str, versions))}."
        )
    return versions[wanted]


def rebuild(settings: Settings, release: Release, into: Path | None = None) -> Rebuilt:
    """Make a release again in a scratch run state; the original store is only read.

    Args:
        settings: where things are.
        release: what to make again.
        into: a folder for the files made; without one they are thrown away.
    """
    store = Store(settings.home)
    manifest = json.loads(store.read(f"{release.folder}/manifest.json"))
    with _scratch() as folder:
        lent = lend(settings, release, manifest, folder)
        try:
            computed, again = _made(lent.settings, release, manifest, lent)
        except CandourError as problem:
            return Rebuilt(release, False, (), (), (*lent.missing, str(problem)))
        scratch = Store(lent.settings.home)
        files = _beside(manifest, json.loads(scratch.read(f"{again.folder}/manifest.json")))
        figures = _figures(store, release, lent.settings, computed, again)
        if into is not None:
            _keep(scratch, again, into)
    differs = any(file.state != SAME for file in files)
    why = (*lent.missing, *(_changed(manifest, computed) if differs else ()))
    return Rebuilt(release, True, files, figures, why or (_MACHINE,) if differs else why)


_MACHINE = (
    "Code, declarations, calendar and landed files are those of then: what differs is the "
    "libraries or the fonts of this machine."
)


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="candour-rebuild-") as folder:
        yield Path(folder)


def _made(
    here: Settings, release: Release, manifest: Mapping[str, Any], lent: Lent
) -> tuple[Computed, Release]:
    """The release made by the verbs that made it then, approved as it was."""
    from tasks.build import build  # noqa: PLC0415  - pandas and openpyxl only where it is made
    from tasks.compute_kpis import compute_kpis  # noqa: PLC0415
    from tasks.extract import extract_landed  # noqa: PLC0415
    from tasks.publish import publish  # noqa: PLC0415
    from tasks.validate import validate  # noqa: PLC0415

    council = release.council
    intake = extract_landed(here, council, lent.landings)
    validate(here, council, intake.id)
    computed = compute_kpis(
        here,
        council,
        release.report,
        Period.parse(release.period, declared.council(here, council).year_starts),
        as_of=dt.date.fromisoformat(manifest["as_of"]),
        known_on=dt.date.fromisoformat(manifest["known_on"]),
    )
    draft = build(here, computed, manifest["reason"] if release.version > 1 else "")
    _approve_again(here, draft.place, draft.digest, manifest)
    at = dt.datetime.fromisoformat(release.released_at)
    return computed, publish(here, draft, released_at=at)


def _approve_again(here: Settings, place: Place, digest: str, manifest: Mapping[str, Any]) -> None:
    """The approval of then, exceptions and all, written down in the scratch run state."""
    approver = manifest.get("approver") or {"name": "", "role": "", "how": ""}
    exceptions = tuple(
        Exempted(one["code"], one["what"], one["why"]) for one in manifest.get("exceptions", ())
    )
    Decisions(here.database).record(
        Decision(
            place, digest, True, "", approver["name"], approver["role"], approver["how"], "", "",
            exceptions,
        )
    )  # fmt: skip


def _beside(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[FileAgain, ...]:
    old, new = ({f["name"]: f["sha256"] for f in m["files"]} for m in (then, now))
    return tuple(
        FileAgain(
            name,
            GONE if name not in new else NEW if name not in old else
            SAME if old[name] == new[name] else OTHER,
        )
        for name in sorted(old | new)
    )  # fmt: skip


def _figures(
    store: Store, release: Release, here: Settings, computed: Computed, again: Release
) -> tuple[Told, ...]:
    """The figures of the two ledgers that differ, in words."""
    from tasks.desk import Desk  # noqa: PLC0415
    from tasks.restating import label_of, title_of  # noqa: PLC0415

    then, now = (
        held.read(f"{folder}/ledger.csv").decode()
        for held, folder in ((store, release.folder), (Store(here.home), again.folder))
    )
    if then == now:
        return ()
    desk = Desk(here, computed)
    year_starts = desk.council.year_starts
    return differing(then, now, year_starts, title_of(desk), label_of(desk))


def _changed(manifest: Mapping[str, Any], computed: Computed) -> tuple[str, ...]:
    """What decided the release and is another one now."""
    said = {
        "code": "The code that makes reports has changed since.",
        "calendar": "The calendar of working days has changed since.",
        "config": "The declarations have changed since.",
    }
    return tuple(words for name, words in said.items() if manifest[name] != getattr(computed, name))


def _keep(scratch: Store, again: Release, into: Path) -> None:
    for name in scratch.names(again.folder):
        target = into / name.removeprefix(f"{again.folder}/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(scratch.read(name))
