"""Landing: the bytes of an inbox are kept as they came, once, and not fetched again to see that."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.exports import match
from tasks import inbox
from tasks.retaining.gone import exports_gone, purged_sentence
from tasks.state import Landing, Sighting, Sightings, State
from tasks.store import Store

if TYPE_CHECKING:
    from candour.council import Council
    from tasks.settings import Settings
    from tasks.state import Tombstone


@dataclass(frozen=True, slots=True)
class Landed:
    """What a look at an inbox came to."""

    present: frozenset[str]
    """The exports that lie there whole."""
    ignored: tuple[str, ...]
    """Files whose name is that of no export."""
    waiting: tuple[str, ...]
    """Exports that are still being written, or changed while they were read."""
    refused: tuple[str, ...]
    """A sentence for each that cannot be taken."""
    purged: tuple[str, ...] = ()
    """A sentence for each that was purged before and lies there still."""


def land(settings: Settings, council: Council, landed_on: dt.date) -> Landed:
    """Land every export of a council's inbox that had not landed; errors as ``inbox.opened``.

    A file that landed is fetched again only if what its place tells of it has changed.
    """
    store, state = Store(settings.home), State(settings.database)
    sightings = _sightings(settings, council)
    last = {one.name: one for one in state.landings(council.id)}
    known, gone = marks(settings, council, last), exports_gone(settings, council.id)
    with inbox.opened(settings, council, landed_on) as source:
        arrived = source.arrived(lambda name: match(council.exports, name) is not None, known)
        changed, purged = [], []
        for file in arrived.whole:
            if known.get(file.name) == file.mark:
                if (stone := gone.get(last[file.name].sha256)) is not None:
                    purged.append(_still_there(file.name, source.place, stone))
                continue
            content = source.read(file)
            if content is None:
                changed.append(file.name)
                continue
            sha = hashlib.sha256(content).hexdigest()
            if (stone := gone.get(sha)) is not None:
                purged.append(_still_there(file.name, source.place, stone))
            else:
                state.land(council.id, _keep(store, council.id, file.name, content, landed_on))
            sightings.note([Sighting(file.name, file.mark, sha)])
    return Landed(
        frozenset(file.name for file in arrived.whole) - set(changed),
        arrived.others,
        (*arrived.waiting, *changed),
        tuple(_refusal(name, source.place) for name in arrived.links),
        tuple(purged),
    )


def marks(settings: Settings, council: Council, landings: Mapping[str, Landing]) -> dict[str, str]:
    """What tells the files that landed from others unread, by name; the last landing counts."""
    return {
        name: sighting.mark
        for name, sighting in _sightings(settings, council).known().items()
        if name in landings and landings[name].sha256 == sighting.sha256
    }


def raw_path(council_id: str, sha: str) -> str:
    """Where the landed bytes of that SHA-256 are in the store."""
    return f"raw/{council_id}/{sha[:2]}/{sha}"


def _sightings(settings: Settings, council: Council) -> Sightings:
    place = inbox.place_of(council.profile.inbox)
    return Sightings(settings.database, council.id, place)


def _keep(store: Store, council_id: str, name: str, content: bytes, landed_on: dt.date) -> Landing:
    sha = hashlib.sha256(content).hexdigest()
    raw = raw_path(council_id, sha)
    if not store.exists(raw):
        store.write(raw, content)
        store.protect(raw)
    return Landing(sha, name, len(content), landed_on.isoformat())


def _still_there(name: str, place: str, stone: Tombstone) -> str:
    return (
        f"{name} in the inbox {place} {purged_sentence(stone)}, and is not taken in again. Take it "
        "out of the inbox too."
    )


def _refusal(name: str, place: str) -> str:
    return (
        f"{name} in the inbox {place} is a link, which may lead anywhere. Put the file itself "
        "there."
    )
