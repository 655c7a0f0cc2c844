"""Extract: exports land by their bytes, read-only, and become typed frames, every row accounted."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from candour.errors import InputError
from candour.exports import match
from candour.frames import PUBLISHED, SCHEMAS
from tasks import declared
from tasks.landing import land, raw_path
from tasks.retaining.gone import exports_gone, snapshots_gone
from tasks.state import State
from tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from candour.conform import Conformed
    from candour.council import Council
    from candour.exports import Match
    from tasks.settings import Settings
    from tasks.state import Landing


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A landed file as typed frames, and what became of its rows."""

    name: str
    sha256: str
    export: str
    fills: str
    holds: str
    extracted_on: str
    folder: str
    rows_in_file: int
    loaded: int
    quarantined: int
    noise: int
    unknown: tuple[tuple[str, str, int], ...]
    unknown_columns: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What a council's reports are made from: its snapshots, and the last day they tell of."""

    id: str
    council: str
    known_on: str
    snapshots: tuple[Snapshot, ...]
    ignored: tuple[str, ...]
    """Files of the inbox that no export's name fits."""

    @property
    def path(self) -> str:
        """Where the intake is written in the store."""
        return f"intakes/{self.council}/{self.id}/intake.json"


_LOG = logging.getLogger(__name__)
_SNAPSHOT, _INTAKE = TypeAdapter(Snapshot), TypeAdapter(Intake)


def extract(
    settings: Settings,
    council_id: str,
    landed_on: dt.date,
    progress: Callable[[str], None] = lambda _: None,
) -> Intake:
    """Land everything new in the inbox and conform it; the same bytes twice is one snapshot.

    A file that was refused holds nothing up once it is taken out of the inbox; one that was read
    stays read, wherever it is moved.

    Args:
        settings: where things are.
        council_id: whose inbox.
        landed_on: the day of this landing, which a file without a day in its name is dated by.
        progress: told the name of each file as it is read.

    Raises:
        InputError: a file was refused; one sentence a file. Everything else has landed.
        ConfigurationError: the council's folder is wrong, or a log-in was refused.
        UnreachableError: the inbox could not be reached; another try may do.
    """
    council = declared.council(settings, council_id)
    store, state = Store(settings.home), State(settings.database)
    landed = land(settings, council, landed_on)
    for sentence in landed.purged:
        _LOG.warning("%s", sentence)
    gone = exports_gone(settings, council_id)
    mapping = declared.mapping_digest(settings, council_id)[:16]
    snapshots, refused = [], [*landed.refused]
    for landing in state.landings(council_id):
        matched = match(council.exports, landing.name)
        if matched is None:
            continue
        progress(landing.name)
        try:
            if landing.sha256 in gone:
                snapshots += _kept_of(settings, store, council_id, landing.sha256, mapping)
                continue
            snapshots.append(_snapshot(store, council, matched, landing, mapping))
        except InputError as problem:
            if landing.name in landed.present or _was_read(store, council_id, landing.sha256):
                refused.append(str(problem))
    if refused:
        raise InputError("\n".join(refused))
    return _intake(store, council_id, snapshots, landed.ignored)


def extract_landed(settings: Settings, council_id: str, landings: Iterable[Landing]) -> Intake:
    """The intake of files that landed before, conformed from their bytes; no inbox is looked at.

    Raises:
        InputError: a file cannot be read, or none of them holds complaints.
    """
    council = declared.council(settings, council_id)
    store, state = Store(settings.home), State(settings.database)
    mapping = declared.mapping_digest(settings, council_id)[:16]
    snapshots = []
    for landing in landings:
        state.land(council_id, landing)
        if (matched := match(council.exports, landing.name)) is not None:
            snapshots.append(_snapshot(store, council, matched, landing, mapping))
    return _intake(store, council_id, snapshots, [])


def read_intake(store: Store, council_id: str, intake_id: str) -> Intake:
    """The intake of that id as it was written."""
    return _INTAKE.validate_json(store.read(f"intakes/{council_id}/{intake_id}/intake.json"))


def _snapshot(
    store: Store, council: Council, matched: Match, landing: Landing, mapping: str
) -> Snapshot:
    """The landed file conformed under today's mapping, made once."""
    extracted_on = matched.extracted_on or dt.date.fromisoformat(landing.landed_on)
    folder = f"snapshots/{council.id}/{mapping}/{extracted_on}-{landing.sha256}"
    account = f"{folder}/account.json"
    if store.exists(account):
        return _SNAPSHOT.validate_json(store.read(account))
    conformed = _conform(store, council, matched, landing, extracted_on)
    for name, frame in conformed.frames.items():
        store.write_frame(f"{folder}/{name}.parquet", frame)
    store.write_frame(f"{folder}/quarantine.parquet", conformed.quarantine)
    accounts = conformed.accounts
    snapshot = Snapshot(
        name=landing.name,
        sha256=landing.sha256,
        export=matched.name,
        fills=matched.export.fills,
        holds=matched.holds.value,
        extracted_on=extracted_on.isoformat(),
        folder=folder,
        rows_in_file=accounts.rows_in_file,
        loaded=accounts.loaded,
        quarantined=accounts.quarantined,
        noise=accounts.noise,
        unknown=tuple((label.header, label.label, label.rows) for label in conformed.unknown),
        unknown_columns=conformed.unmapped,
        notes=conformed.notes,
    )
    store.write(account, _SNAPSHOT.dump_json(snapshot, indent=1))
    return snapshot


def _kept_of(
    settings: Settings, store: Store, council_id: str, sha: str, mapping: str
) -> list[Snapshot]:
    """What is kept of a file that was purged: under today's mapping its account, or its cases.

    Its bytes cannot be read again under a new mapping, so that under one only the cases count
    that were kept because no other extract has them.
    """
    emptied, kept = snapshots_gone(settings, council_id), []
    for account in store.names(f"snapshots/{council_id}"):
        folder = account.removesuffix(f"-{sha}/account.json")
        if folder == account:
            continue
        snapshot = _SNAPSHOT.validate_json(store.read(account))
        if folder.split("/")[2] == mapping:
            return [snapshot]
        if snapshot.folder not in emptied:
            kept.append(snapshot)
    return kept[-1:]


def _was_read(store: Store, council_id: str, sha: str) -> bool:
    """Whether the landed bytes gave a snapshot under any mapping, and so may not go unnoticed."""
    return any(
        name.endswith(f"-{sha}/account.json") for name in store.names(f"snapshots/{council_id}")
    )


def _conform(
    store: Store, council: Council, matched: Match, landing: Landing, extracted_on: dt.date
) -> Conformed:
    from candour.conform import conform  # noqa: PLC0415  - pandas only where a file is new
    from tasks.reading_process import read_in_child  # noqa: PLC0415

    export = matched.export.mapping_on(extracted_on)
    with store.local_copy(raw_path(council.id, landing.sha256)) as path:
        raw = read_in_child(path, landing.name, export.layout())
    return conform(raw, export, extracted_on, council.taxonomy, landing.sha256, file=landing.name)


def _intake(
    store: Store, council_id: str, snapshots: list[Snapshot], ignored: Sequence[str]
) -> Intake:
    if not any(s.fills == SCHEMAS["steps"].name for s in snapshots):
        raise InputError(
            f"No export of complaints has arrived for '{council_id}': no file of its inbox fits "
            "the file names of an export that fills steps in exports.yaml."
        )
    ordered = sorted(snapshots, key=lambda s: (s.export, s.extracted_on, s.sha256))
    known_on = max(s.extracted_on for s in ordered if s.fills not in PUBLISHED)
    digest = hashlib.sha256("".join(s.folder for s in ordered).encode()).hexdigest()
    intake = Intake(
        f"{known_on}-{digest[:12]}", council_id, known_on, tuple(ordered), tuple(ignored)
    )
    store.write(intake.path, _INTAKE.dump_json(intake, indent=1))
    return intake
