"""Validate: expectations hold of what was taken in, or the last good intake stays."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from candour.errors import CandourError
from candour.exports import Holds
from candour.frames import PUBLISHED
from candour.verdict import Verdict
from tasks import declared
from tasks.data_docs import keep
from tasks.extract import read_intake
from tasks.history import combined
from tasks.state import State
from tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from candour.exports import Export
    from tasks.extract import Intake, Snapshot
    from tasks.history import Combined
    from tasks.settings import Settings


class StoppedError(CandourError):
    """Something critical was found; nothing is published from this intake."""

    def __init__(self, verdict: Verdict, council: str) -> None:
        super().__init__(council)
        self.verdict = verdict
        self.council = council

    def __str__(self) -> str:
        """What was found, what was kept and what to do."""
        lines = [f"{f.code}: {f.sentence} {f.what_to_do}" for f in self.verdict.critical]
        return "\n".join(
            [
                f"The exports of '{self.council}' were stopped; the last good reports stand.",
                *lines,
            ]
        )


def validate(settings: Settings, council_id: str, intake_id: str) -> Verdict:
    """Judge an intake and note whether reports may be made from it.

    Raises:
        StoppedError: a critical rule does not hold.
    """
    from candour.expected import Horizon  # noqa: PLC0415  - Great Expectations costs seconds
    from tasks.expectations import judge, read_suites  # noqa: PLC0415

    council = declared.council(settings, council_id)
    store, state = Store(settings.home), State(settings.database)
    intake = read_intake(store, council_id, intake_id)
    known_on = dt.date.fromisoformat(intake.known_on)
    calendar = declared.calendar(settings, council)
    frames = combined(settings, intake, known_on)
    suites = read_suites(settings.project / "expectations", council.profile.validation)
    with tempfile.TemporaryDirectory(prefix="data-docs-") as docs:
        verdict = judge(
            frames.frames,
            _accounts(intake, frames, council.exports),
            suites,
            Horizon(known_on, calendar.first_day, calendar.last_day, _published_on(intake)),
            docs_dir=Path(docs),
        )
        keep(Path(docs), store, f"data_docs/{council_id}")
    store.write(verdict_path(council_id, intake_id), verdict.to_json().encode())
    state.note_intake(council_id, intake_id, intake.known_on, good=not verdict.stops)
    if verdict.stops:
        raise StoppedError(verdict, council_id)
    return verdict


def verdict_path(council_id: str, intake_id: str) -> str:
    """Where the verdict on an intake is written in the store."""
    return f"intakes/{council_id}/{intake_id}/verdict.json"


def _published_on(intake: Intake) -> dt.date | None:
    """The newest of the tables that tell nothing of how far cases are known."""
    published = [s.extracted_on for s in intake.snapshots if s.fills in PUBLISHED]
    return dt.date.fromisoformat(max(published)) if published else None


def _accounts(intake: Intake, frames: Combined, exports: Mapping[str, Export]) -> pd.DataFrame:
    """What became of the newest file of each export's kind: a full extract, and what changed."""
    import pandas as pd  # noqa: PLC0415

    kinds: dict[tuple[str, str], list[Snapshot]] = {}
    for snapshot in intake.snapshots:
        kinds.setdefault((snapshot.export, snapshot.holds), []).append(snapshot)
    known_on = dt.date.fromisoformat(intake.known_on)
    newest_of: dict[str, str] = {}
    for snapshot in intake.snapshots:
        earlier = newest_of.get(snapshot.export, "")
        newest_of[snapshot.export] = max(earlier, snapshot.extracted_on)
    rows = []
    for (export, holds), snapshots in sorted(kinds.items()):
        newest, full = snapshots[-1], holds == Holds.EVERYTHING
        ended = newest.fills in PUBLISHED or exports[export].closed_on is not None
        age = known_on - dt.date.fromisoformat(newest_of[export])
        rows.append(
            {
                "export": f"{export} ({holds})",
                "fills": newest.fills,
                "holds": holds,
                "rows_in_file": newest.rows_in_file,
                "loaded": newest.loaded,
                "quarantined": newest.quarantined,
                "noise": newest.noise,
                "loaded_before": snapshots[-2].loaded if full and len(snapshots) > 1 else None,
                "days_since_last_extract": None if ended else age.days,
                "unknown_labels": len({label[:2] for label in newest.unknown}),
                "unknown_columns": len(newest.unknown_columns),
                "vanished": (
                    frames.missing.get(export, 0) if full and newest.fills == "steps" else 0
                ),
                "loose": (
                    frames.loose.get(export, 0)
                    if full or (export, Holds.EVERYTHING) not in kinds
                    else 0
                ),
            }
        )
    return pd.DataFrame(rows)
