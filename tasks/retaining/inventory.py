"""Inventory: everything of a council that has an age, as it lies in the store and the outbox."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from email import message_from_bytes
from email.policy import default
from functools import cached_property
from typing import TYPE_CHECKING

from candour.errors import CandourError
from candour.retention import Kind, Thing
from tasks.extract import read_intake
from tasks.state import Outbox, State, Tombstones
from tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.extract import Intake, Snapshot
    from tasks.settings import Settings
    from tasks.state import Landing
    from tasks.store import Kept

ACCOUNT = "account.json"
"""How many rows a file had and what became of them: it names no case, and stays."""
QUARANTINE = "quarantine.parquet"


_WORKING = {Kind.FACTS: "facts", Kind.DRAFT: "drafts", Kind.INTAKE: "intakes"}


class Inventory:
    """What there is of one council, each part read once."""

    def __init__(self, settings: Settings, council: str) -> None:
        self.settings, self.council = settings, council
        self.store, self.state = Store(settings.home), State(settings.database)

    def things(self) -> Iterator[Thing]:
        """Everything that may ever go."""
        yield from self._exports()
        yield from self._cases()
        yield from self._set_aside()
        for kind, folder in (
            (Kind.FACTS, "facts"),
            (Kind.DRAFT, "drafts"),
            (Kind.INTAKE, "intakes"),
        ):
            yield from self._working(kind, folder)
        yield from self._declarations()
        yield from self._letters()

    @cached_property
    def newest(self) -> Intake | None:
        """The intake that present reports are made from; nothing where none was good yet."""
        try:
            id_ = self.state.last_good_intake(self.council)
        except CandourError:
            return None
        return read_intake(self.store, self.council, id_)

    @cached_property
    def landings(self) -> dict[str, list[Landing]]:
        """Whatever landed, by SHA-256."""
        found = defaultdict(list)
        for landing in self.state.every_landing(self.council):
            found[landing.sha256].append(landing)
        return dict(found)

    @cached_property
    def snapshots(self) -> dict[str, list[Kept]]:
        """The files of each snapshot, by its folder."""
        return self._folders(f"snapshots/{self.council}", depth=4)

    @cached_property
    def read(self) -> dict[str, Snapshot]:
        """The snapshots of the newest good intake, by folder."""
        return {one.folder: one for one in self.newest.snapshots} if self.newest else {}

    def _exports(self) -> Iterator[Thing]:
        accounted = {_sha_of(f) for f, files in self.snapshots.items() if _has(files, ACCOUNT)}
        for file in self.store.listed(f"raw/{self.council}"):
            sha = file.name.rpartition("/")[2]
            kind = Kind.EXPORT if sha in accounted else Kind.REFUSED
            yield Thing(
                kind, file.name, self._name(sha), file.size, self._landed_on(sha, file), sha
            )

    def _cases(self) -> Iterator[Thing]:
        for folder, files in self.snapshots.items():
            held = [file for file in files if not file.name.endswith(f"/{ACCOUNT}")]
            if held:
                sha = _sha_of(folder)
                size, day = sum(file.size for file in held), self._landed_on(sha, held[0])
                yield Thing(Kind.CASES, folder, self._name(sha), size, day, sha)

    def _set_aside(self) -> Iterator[Thing]:
        done = {
            s.thing for s in Tombstones(self.settings.database).of(self.council, (Kind.SET_ASIDE,))
        }
        for folder, snapshot in self.read.items():
            for file in self.snapshots.get(folder, ()):
                said = snapshot.quarantined and file.name == f"{folder}/{QUARANTINE}"
                if said and file.name not in done:
                    day = self._landed_on(snapshot.sha256, file)
                    yield Thing(
                        Kind.SET_ASIDE, file.name, snapshot.name, file.size, day, snapshot.sha256
                    )

    def _working(self, kind: Kind, folder: str) -> Iterator[Thing]:
        for path, files in self._folders(f"{folder}/{self.council}", depth=3).items():
            if path.rpartition("/")[2] in {"newest", "asked"}:
                continue
            written = max(file.written_at for file in files).date()
            size = sum(file.size for file in files)
            yield Thing(kind, path, path.rpartition("/")[2], size, written)

    def _declarations(self) -> Iterator[Thing]:
        for file in self.store.listed("declarations"):
            if json.loads(self.store.read(file.name))["council"] == self.council:
                digest = file.name.rpartition("/")[2].removesuffix(".json")
                yield Thing(
                    Kind.DECLARATIONS,
                    file.name,
                    digest[:16],
                    file.size,
                    file.written_at.date(),
                    digest,
                )

    def _letters(self) -> Iterator[Thing]:
        for letter in Outbox(self.settings.database).kept(self.council):
            day = message_from_bytes(letter.content, policy=default)["Date"].datetime.date()
            name = f"{letter.about}, to {letter.recipient}"
            yield Thing(Kind.LETTER, letter.key, name, len(letter.content), day, letter.sha256)

    def _folders(self, above: str, depth: int) -> dict[str, list[Kept]]:
        """Files by the folder they are in, so many names deep."""
        found = defaultdict(list)
        for file in self.store.listed(above):
            parts = file.name.split("/")
            if len(parts) > depth:
                found["/".join(parts[:depth])].append(file)
        return dict(found)

    def _name(self, sha: str) -> str:
        names = dict.fromkeys(landing.name for landing in self.landings.get(sha, ()))
        return ", ".join(names) or "a file that never landed whole"

    def _landed_on(self, sha: str, file: Kept) -> dt.date:
        days = [dt.date.fromisoformat(one.landed_on) for one in self.landings.get(sha, ())]
        return max(days) if days else file.written_at.date()


def _sha_of(folder: str) -> str:
    """The SHA-256 in the name of a snapshot's folder, behind its day: *2024-05-27-…*."""
    return folder.rpartition("/")[2][len("2024-05-27-") :]


def _has(files: list[Kept], name: str) -> bool:
    return any(file.name.endswith(f"/{name}") for file in files)
