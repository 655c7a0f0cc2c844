"""Lending: a scratch run state is lent what decided an old release, and nothing that came later."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.errors import CandourError
from tasks import declared
from tasks.archiving import laid_out, path_of
from tasks.extract import read_intake
from tasks.landing import raw_path
from tasks.retaining.gone import declarations_gone, exports_gone, purged_sentence
from tasks.state import Landing, Release, State
from tasks.store import Store

if TYPE_CHECKING:
    from tasks.settings import Settings
    from tasks.state import Tombstone


_OTHERS = "Today's were used, and they are others."


@dataclass(frozen=True, slots=True)
class Lent:
    """A scratch run state with what an old release was made of."""

    settings: Settings
    landings: tuple[Landing, ...]
    missing: tuple[str, ...]
    """What could not be lent, in sentences."""


def lend(settings: Settings, release: Release, manifest: Mapping[str, Any], folder: Path) -> Lent:
    """Lend a scratch folder what a release was made of; nothing is ever mailed from there."""
    store, scratch_home = Store(settings.home), folder / "home"
    here = replace(
        settings,
        home=str(scratch_home),
        database=f"sqlite:///{scratch_home / 'candour.db'}",
        smtp="",
        mail_dry_run=True,
    )
    here, without = _declared(here, store, release.council, manifest["config"], folder)
    if without and (stone := declarations_gone(settings, release.council).get(manifest["config"])):
        without = f"The declarations of then {purged_sentence(stone)}. {_OTHERS}"
    missing = [without] if without else []
    inputs = _inputs(store, release, manifest)
    landings = []
    for name, sha, day in inputs:
        content, why = _raw(settings, store, release.council, name, sha)
        if content is None:
            missing.append(why)
            continue
        Store(here.home).write(raw_path(release.council, sha), content)
        landings.append(Landing(sha, name, len(content), day))
    _before(State(settings.database), store, here, release)
    return Lent(here, tuple(landings), tuple(missing))


def _declared(
    here: Settings, store: Store, council: str, digest: str, folder: Path
) -> tuple[Settings, str]:
    """The declarations of then, or today's with a sentence where they are others."""
    try:
        return laid_out(here, store, digest, folder / "project"), ""
    except CandourError as problem:
        if declared.config_digest(here, council) == digest:
            return here, ""
        return here, f"{problem} {_OTHERS}"


def _inputs(
    store: Store, release: Release, manifest: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Name, SHA-256 and day of every file of the intake; of the manifest's where it was purged."""
    try:
        snapshots = read_intake(store, release.council, manifest.get("intake", "")).snapshots
    except FileNotFoundError:
        for one in manifest["inputs"]:
            yield one["name"], one["sha256"], one["extracted_on"]
        return
    for snapshot in snapshots:
        yield snapshot.name, snapshot.sha256, snapshot.extracted_on


def _raw(
    settings: Settings, store: Store, council: str, name: str, sha: str
) -> tuple[bytes | None, str]:
    """The landed bytes of a file, or nothing and why it could not be lent."""
    path = raw_path(council, sha)
    if not store.exists(path):
        return None, _without(name, exports_gone(settings, council).get(sha), store.path(path))
    content = store.read(path)
    if hashlib.sha256(content).hexdigest() != sha:
        return None, (
            f"The landed file {name} was altered, so it was made without it: take "
            f"{store.path(path)} back from a backup."
        )
    return content, ""


def _without(name: str, stone: Tombstone | None, path: str) -> str:
    """Why a landed file could not be lent: it was purged, or is missing without a word."""
    if stone is not None:
        return f"The landed file {name} {purged_sentence(stone)}, so it was made without it."
    return (
        f"The landed file {name} is missing and no tombstone says that it was purged, so it was "
        f"made without it: take {path} back from a backup."
    )


def _before(state: State, store: Store, here: Settings, release: Release) -> None:
    """The releases that stood before it: their rows, what they printed, and the facts of its own.

    What is withheld depends on what was told before, and a restatement on the version before.
    """
    scratch, known = Store(here.home), State(here.database)
    for earlier in state.releases(release.council):
        if not _stood_before(earlier, release):
            continue
        own = _place(earlier) == _place(release)
        known.commit_release(earlier, state.manifest_sha(earlier) or "")
        names = [f"{earlier.folder}/{name}" for name in ("manifest.json", "ledger.csv")]
        names = [name for name in names if store.exists(name)]
        if own:
            manifest = json.loads(store.read(f"{earlier.folder}/manifest.json"))
            names += store.names(manifest["facts"])
            names += [path_of(manifest["config"])] * store.exists(path_of(manifest["config"]))
        for name in names:
            scratch.write(name, store.read(name))


def _stood_before(earlier: Release, release: Release) -> bool:
    if _place(earlier) == _place(release):
        return earlier.version < release.version
    then, now = (dt.datetime.fromisoformat(one.released_at) for one in (earlier, release))
    return then < now


def _place(release: Release) -> tuple[str, str, str, str]:
    return release.council, release.report, release.period, release.audience
