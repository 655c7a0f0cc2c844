"""History: the snapshots of an intake read back and combined as known on a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from candour.conform.corrections import apply_corrections
from candour.exports import Holds
from candour.frames import PUBLISHED, SCHEMAS
from candour.history import Snapshot as Landed
from candour.history import combine
from tasks.declared import corrections, council
from tasks.retaining.gone import snapshots_gone
from tasks.store import Store

if TYPE_CHECKING:
    import pandas as pd

    from tasks.extract import Intake, Snapshot
    from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Combined:
    """The frames of a council as known on a day, and the references that vanished."""

    frames: Mapping[str, pd.DataFrame]
    vanished: tuple[tuple[str, dt.date], ...]
    corrections: tuple[str, ...]
    """What ``corrections.yaml`` put right, a sentence each."""
    missing: Mapping[str, int] = field(default_factory=dict)
    """How many vanished from the last full extract of each export."""
    loose: Mapping[str, int] = field(default_factory=dict)
    """How many rows of each export that completes others have no complaint to complete."""


def combined(settings: Settings, intake: Intake, known_on: dt.date) -> Combined:
    """Every frame as the extracts up to ``known_on`` tell it; empty where there is no export.

    An extract whose cases were purged held none that is not in a later one.

    Raises:
        ConfigurationError: a correction is out of date.
    """
    store = Store(settings.home)
    gone = snapshots_gone(settings, intake.council)
    present = [one for one in intake.snapshots if one.folder not in gone]
    frames: dict[str, pd.DataFrame] = {}
    vanished: set[tuple[str, dt.date]] = set()
    missing: Counter[str] = Counter()
    loose: Counter[str] = Counter()
    exports = council(settings, intake.council).exports
    completing = {name for name, export in exports.items() if export.completes is not None}
    for name, schema in SCHEMAS.items():
        landed = [
            _landed(store, s, completes=s.export in completing) for s in present if s.fills == name
        ]
        if not landed:
            frames[name] = schema.empty()
            continue
        history = combine(landed, dt.date.max if name in PUBLISHED else known_on)
        frames[name] = history.frame
        references = history.vanished[schema.key[0]].astype(str)
        last_seen = history.vanished["last_seen_on"].dt.date
        vanished |= set(zip(references, last_seen, strict=True))
        loose.update(history.loose)
        missing.update(history.vanished.drop_duplicates([schema.key[0]])["export"])
    corrected, notes = apply_corrections(frames, corrections(settings, intake.council))
    return Combined(corrected, tuple(sorted(vanished)), notes, missing, loose)


def _landed(store: Store, snapshot: Snapshot, *, completes: bool) -> Landed:
    """A snapshot as the extract it is of."""
    schema = SCHEMAS[snapshot.fills]
    held_back = store.read_frame(f"{snapshot.folder}/quarantine.parquet")["reference"].dropna()
    return Landed(
        fills=snapshot.fills,
        frame=schema.enforce(store.read_frame(f"{snapshot.folder}/{snapshot.fills}.parquet")),
        holds=Holds(snapshot.holds),
        extracted_on=dt.date.fromisoformat(snapshot.extracted_on),
        sha=snapshot.sha256,
        held_back=frozenset(held_back.astype(str)),
        export=snapshot.export,
        completes=completes,
    )
