"""Publish: a draft becomes an immutable release; nothing changed makes no new version."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from candour.errors import CandourError, ConfigurationError
from candour.frames import PUBLISHED
from tasks import declared
from tasks.approve import standing, waits
from tasks.build import cover_of, write_edition
from tasks.cover import Cover
from tasks.extract import read_intake
from tasks.state import Decision, Decisions, Release, Reservations, State
from tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.build import Draft, DraftFile
    from tasks.settings import Settings

FIRST, MANIFEST = "First release", "manifest.json"


def publish(settings: Settings, draft: Draft, *, released_at: dt.datetime) -> Release:
    """Release a draft as the next version, or give back the last one when nothing changed.

    The files and then the manifest are written; the row in the run-state database is the moment
    the release stands. Killed before it, a second run writes the same bytes again.

    Args:
        settings: where things are.
        draft: what to release.
        released_at: now; kept in the database, so that the files do not depend on it.

    Raises:
        ConfigurationError: the draft was made for another audience than is declared now.
        CandourError: nobody has approved it, or another run released this version meanwhile.
    """
    store, state = Store(settings.home), State(settings.database)
    earlier = state.releases(*draft.place)
    if earlier and earlier[-1].digest == draft.digest:
        return earlier[-1]
    decision = _approval(settings, draft)
    _refuse_another_profile(settings, draft)
    version = len(earlier) + 1
    ours = _reserved(settings, draft, version, released_at)
    folder = f"releases/{'/'.join(draft.place)}/v{version}"
    source, files = _final(settings, draft, decision, earlier[-1] if earlier else None)
    _write(store, source, folder, files, ours)
    previous = state.manifest_sha(earlier[-1]) if earlier else None
    manifest = _manifest(store, draft, files, version=version, decision=decision, previous=previous)
    ours()
    store.write(f"{folder}/{MANIFEST}", manifest)
    store.protect(f"{folder}/{MANIFEST}")
    release = Release(
        *draft.place, version, draft.digest, folder, draft.reason or FIRST, released_at.isoformat()
    )
    if state.commit_release(release, hashlib.sha256(manifest).hexdigest()):
        return release
    return _released_meanwhile(state, release)


def _write(
    store: Store,
    source: str,
    folder: str,
    files: tuple[DraftFile, ...],
    ours: Callable[[], None],
) -> None:
    """Write a version's files; what a killed run left that is none of them goes first.

    A manifest stays until it is written over: whoever writes the same version beside us may have
    come to that, and their release may stand.
    """
    wanted = {f"{folder}/{name}" for name in (MANIFEST, *(file.name for file in files))}
    ours()
    for name in set(store.names(folder)) - wanted:
        store.remove(name)
    for file in files:
        ours()
        store.write(f"{folder}/{file.name}", store.read(f"{source}/{file.name}"))
        store.protect(f"{folder}/{file.name}")


def _released_meanwhile(state: State, release: Release) -> Release:
    """What another run has released as our version: the very same, or it is told.

    Raises:
        CandourError: it is another release.
    """
    (standing,) = (
        one
        for one in state.releases(release.council, release.report, release.period, release.audience)
        if one.version == release.version
    )
    if standing.digest == release.digest:
        return standing
    raise CandourError(
        f"Another run released version {release.version} of {release.report} {release.period} "
        "meanwhile. Run it again: if nothing differs, nothing more is released."
    )


def release_in(settings: Settings, folder: str) -> Release:
    """The release that stands in a folder of the store.

    Raises:
        CandourError: none does.
    """
    council = folder.split("/")[1]
    for release in State(settings.database).releases(council):
        if release.folder == folder:
            return release
    raise CandourError(f"No release stands in {folder}: it was never published.")


def _reserved(
    settings: Settings, draft: Draft, version: int, now: dt.datetime
) -> Callable[[], None]:
    """See to it that nobody else writes another draft as this version meanwhile.

    Gives what to call before each write: it complains once somebody else has the version, because
    this process slept past its time.
    """
    content = hashlib.sha256(f"{draft.digest} {draft.reason}".encode()).hexdigest()
    reservations, place = Reservations(settings.database), draft.place
    if not reservations.take(place, version, content, now):
        raise CandourError(
            f"Another run is writing version {version} of {place.report} {place.period} at this "
            "moment. Run it again when that one has ended."
        )

    def ours() -> None:
        if not reservations.holds(place, version, content):
            raise CandourError(
                f"Another run has taken version {version} of {place.report} {place.period} over. "
                "Nothing more was written. Run it again when that one has ended."
            )

    return ours


def _approval(settings: Settings, draft: Draft) -> Decision | None:
    """Who let it go out; nobody had to where the council asks for nobody."""
    if not standing(settings, draft).may_go:
        raise CandourError(waits(draft))
    return Decisions(settings.database).approval(draft.place, draft.digest)


def _refuse_another_profile(settings: Settings, draft: Draft) -> None:
    """Refuse a draft made under another profile, an internal one offered to the public for one."""
    audience = declared.council(settings, draft.place.council).audiences[draft.audience]
    if draft.profile != audience.model_dump(mode="json"):
        raise ConfigurationError(
            f"The draft was made for another '{draft.audience}' than audiences.yaml declares now: "
            "what its readers may see has changed. Build it again."
        )
    own = sorted(file.name for file in draft.files if file.reader)
    if audience.sees == "counts" and own:
        raise ConfigurationError(
            f"The draft for '{draft.audience}', who see counts, holds files of single readers: "
            f"{', '.join(own)}. Nothing was released."
        )


def _final(
    settings: Settings, draft: Draft, decision: Decision | None, earlier: Release | None
) -> tuple[str, tuple[DraftFile, ...]]:
    """The folder and files that go out: with exceptions, an edition that says so on its cover."""
    if decision is None or not decision.exceptions:
        return draft.folder, draft.files
    from tasks.desk import Desk  # noqa: PLC0415  - only an exception is built at release
    from tasks.editions import edition  # noqa: PLC0415

    desk, store = Desk(settings, draft.computed), Store(settings.home)
    ledger = store.read(f"{draft.folder}/ledger.csv").decode()
    restated = cover_of(desk, earlier if draft.corrects else None, ledger).restated
    made = edition(desk.again(Cover(restated, exceptions_in_words(decision))))
    folder = f"{draft.folder}/excepted"
    return folder, write_edition(store, folder, made)


def exceptions_in_words(decision: Decision) -> tuple[str, ...]:
    """Each finding that was accepted, as the cover says it."""
    return tuple(
        f"{one.what} Accepted by {decision.name}, {decision.role}: {one.why}"
        for one in decision.exceptions
    )


def _manifest(
    store: Store,
    draft: Draft,
    files: tuple[DraftFile, ...],
    *,
    version: int,
    decision: Decision | None,
    previous: str | None,
) -> bytes:
    """Everything that decided the release, and the checksums of its files."""
    computed = draft.computed
    intake = read_intake(store, computed.council, computed.intake)
    written = {
        **draft.place._asdict(),
        "version": version,
        "reason": draft.reason or FIRST,
        "previous": previous,
        "as_of": computed.as_of,
        "known_on": computed.known_on,
        "facts": computed.folder,
        "intake": computed.intake,
        "inputs": [
            {"name": s.name, "sha256": s.sha256, "extracted_on": s.extracted_on}
            for s in intake.snapshots
            if s.extracted_on <= computed.known_on or s.fills in PUBLISHED
        ],
        "config": computed.config,
        "calendar": computed.calendar,
        "code": computed.code,
        "profile": draft.profile,
        "withheld": draft.withheld,
        "digest": draft.digest,
        "headlines": list(draft.headlines),
        "files": [asdict(file) for file in files],
        "remarks": list(draft.remarks),
        "approver": _approver(decision),
        "exceptions": [asdict(one) for one in decision.exceptions] if decision else [],
        **({"caveat": draft.caveat} if draft.caveat else {}),
    }
    return (json.dumps(written, sort_keys=True, indent=2) + "\n").encode()


def _approver(decision: Decision | None) -> dict[str, str] | None:
    """Who approved it; when is in the database, so that the files do not depend on it."""
    if decision is None:
        return None
    return {"name": decision.name, "role": decision.role, "how": decision.how}
