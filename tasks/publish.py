"""Publish: a draft becomes an immutable release; nothing changed makes no new version."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from candour.errors import CandourError
from candour.frames import PUBLISHED
from tasks.extract import read_intake
from tasks.state import Release, State
from tasks.store import Store

if TYPE_CHECKING:
    from tasks.build import Draft
    from tasks.settings import Settings

FIRST = "First release"


def publish(
    settings: Settings, draft: Draft, *, released_at: dt.datetime, reason: str = ""
) -> Release:
    """Release a draft as the next version, or give back the last one when nothing changed.

    The files and then the manifest are written; the row in the run-state database is the moment
    the release stands. Killed before it, a second run writes the same bytes again.

    Args:
        settings: where things are.
        draft: what to release.
        released_at: now; kept in the database, so that the files do not depend on it.
        reason: why there is another version; required for a correction.

    Raises:
        CandourError: it differs from the last version and no reason was given, or another run
            released this version meanwhile.
    """
    store, state = Store(settings.home), State(settings.database)
    computed = draft.computed
    place = (computed.council, computed.report, computed.period, draft.audience)
    earlier = state.releases(*place)
    if earlier and earlier[-1].digest == draft.digest:
        return earlier[-1]
    if earlier and not reason:
        raise CandourError(
            f"{computed.report} {computed.period} of '{computed.council}' was released before and "
            "its figures or words have changed. Give a reason to release the correction."
        )
    version = len(earlier) + 1
    folder = f"releases/{'/'.join(place)}/v{version}"
    for file in draft.files:
        store.write(f"{folder}/{file.name}", store.read(f"{draft.folder}/{file.name}"))
        store.protect(f"{folder}/{file.name}")
    manifest = _manifest(store, draft, version, reason or FIRST)
    store.write(f"{folder}/manifest.json", manifest)
    store.protect(f"{folder}/manifest.json")
    release = Release(
        *place, version, draft.digest, folder, reason or FIRST, released_at.isoformat()
    )
    if not state.commit_release(release):
        raise CandourError(
            f"Another run released version {version} of {computed.report} {computed.period} "
            "meanwhile. Run it again: if nothing differs, nothing more is released."
        )
    return release


def _manifest(store: Store, draft: Draft, version: int, reason: str) -> bytes:
    """Everything that decided the release, and the checksums of its files."""
    computed = draft.computed
    intake = read_intake(store, computed.council, computed.intake)
    written = {
        "council": computed.council,
        "report": computed.report,
        "period": computed.period,
        "audience": draft.audience,
        "version": version,
        "reason": reason,
        "as_of": computed.as_of,
        "known_on": computed.known_on,
        "inputs": [
            {"name": s.name, "sha256": s.sha256, "extracted_on": s.extracted_on}
            for s in intake.snapshots
            if s.extracted_on <= computed.known_on or s.fills in PUBLISHED
        ],
        "config": computed.config,
        "calendar": computed.calendar,
        "code": computed.code,
        "files": [asdict(file) for file in draft.files],
        "remarks": list(draft.remarks),
        "approver": None,
        "exceptions": [],
    }
    return (json.dumps(written, sort_keys=True, indent=2) + "\n").encode()
