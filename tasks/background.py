"""Background: how a report's cases came, read back from what the intake and the facts left."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pandas as pd

from candour.composing import Background
from candour.composing.listings import FileRead
from candour.frames import PUBLISHED
from candour.freshness import Told
from candour.kpi import Fact
from candour.verdict import Verdict
from tasks.retaining.gone import snapshots_gone
from tasks.validate import verdict_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.desk import Desk
    from tasks.extract import Snapshot
    from tasks.store import Store


def background_of(desk: Desk) -> Background:
    """How the cases of a desk's report came, and the cases themselves."""
    council_id, intake_id = desk.computed.council, desk.computed.intake
    gone = snapshots_gone(desk.settings, council_id)
    used = [s for s in desk.intake.snapshots if _day(s.extracted_on) <= desk.vantage.known_on]
    computed = json.loads(desk.store.read(f"{desk.computed.folder}/computed.json"))
    verdict = desk.store.read(verdict_path(council_id, intake_id)).decode()
    outstanding = desk.facts[Fact.OUTSTANDING]
    return Background(
        verdict=Verdict.from_json(verdict),
        files=tuple(map(_file, used)),
        quarantine=_quarantine(desk.store, [s for s in used if s.folder not in gone]),
        unknown=_unknown(used),
        vanished=tuple((reference, _day(seen)) for reference, seen in computed["vanished"]),
        corrections=tuple(computed["corrections"]),
        calendar=desk.calendar,
        steps=desk.facts[Fact.STEPS],
        outstanding=outstanding[outstanding["on"].dt.date == desk.vantage.morning],
        learning=desk.facts[Fact.LEARNING],
        compliments=desk.facts[Fact.COMPLIMENTS],
        improvements=desk.facts[Fact.IMPROVEMENTS],
        told=told_of(desk),
    )


def told_of(desk: Desk) -> tuple[Told, ...]:
    """How far each export of a system that is in use tells, of those a report uses."""
    exports, newest = desk.council.exports, dict[tuple[str, str], dt.date]()
    for one in desk.intake.snapshots:
        export, day = exports.get(one.export), _day(one.extracted_on)
        in_use = export is not None and export.closed_on is None and one.fills not in PUBLISHED
        if in_use and day <= desk.vantage.known_on:
            key = (one.export, one.fills)
            newest[key] = max(day, newest.get(key, day))
    return tuple(Told(export, fills, day) for (export, fills), day in sorted(newest.items()))


def _file(snapshot: Snapshot) -> FileRead:
    return FileRead(
        snapshot.name,
        snapshot.export,
        _day(snapshot.extracted_on),
        snapshot.rows_in_file,
        snapshot.loaded,
        snapshot.quarantined,
        snapshot.noise,
        snapshot.sha256,
        snapshot.notes,
    )


def _quarantine(store: Store, snapshots: Iterable[Snapshot]) -> pd.DataFrame:
    """Every row that was set aside, and the file it is of."""
    parts = [
        store.read_frame(f"{snapshot.folder}/quarantine.parquet").assign(file=snapshot.name)
        for snapshot in snapshots
    ]
    return pd.concat(parts, ignore_index=True)


def _unknown(snapshots: Iterable[Snapshot]) -> tuple[tuple[str, str, int], ...]:
    """Labels nobody mapped, by column, with the rows of the extract that has most of them."""
    most: dict[tuple[str, str], int] = {}
    for snapshot in snapshots:
        for column, label, rows in snapshot.unknown:
            most[column, label] = max(rows, most.get((column, label), 0))
    return tuple((column, label, rows) for (column, label), rows in sorted(most.items()))


def _day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)
