"""Dry run: the inbox taken in and judged in a folder that is thrown away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from candour.errors import InputError
from tasks.extract import Intake, Snapshot, extract
from tasks.history import combined
from tasks.state import Landing, State
from tasks.store import Store
from tasks.validate import StoppedError, validate

if TYPE_CHECKING:
    import pandas as pd

    from candour.verdict import Verdict
    from tasks.history import Combined
    from tasks.settings import Settings

_SNAPSHOT = TypeAdapter(Snapshot)


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a run would find."""

    landed: tuple[Landing, ...]
    intake: Intake
    """Without the files that were refused."""
    refused: tuple[str, ...]
    """One sentence a file refused, or why nothing could be taken in at all."""
    frames: Combined
    quarantine: dict[str, pd.DataFrame]
    """The rows set aside, by file name."""
    verdict: Verdict | None
    """Nothing when a file was refused: its rows would be missed by every rule."""


def dry_run(
    settings: Settings, council: str, today: dt.date, progress: Callable[[str], None]
) -> DryRun:
    """Take in a council's inbox and judge it, without leaving anything behind.

    Raises:
        ConfigurationError: the council's folder is wrong.
    """
    with TemporaryDirectory(prefix="candour-check-") as home:
        dry = replace(settings, home=home, database=f"sqlite:///{home}/candour.db")
        refused: tuple[str, ...] = ()
        try:
            intake = extract(dry, council, today, progress)
        except InputError as problem:
            refused = tuple(str(problem).splitlines())
            intake = _accepted(dry, council, today)
        store = Store(home)
        return DryRun(
            landed=tuple(State(dry.database).landings(council)),
            intake=intake,
            refused=refused,
            frames=combined(dry, intake, dt.date.fromisoformat(intake.known_on)),
            quarantine={
                snapshot.name: store.read_frame(f"{snapshot.folder}/quarantine.parquet")
                for snapshot in intake.snapshots
            },
            verdict=None if refused else _verdict(dry, council, intake.id, progress),
        )


def _accepted(dry: Settings, council: str, today: dt.date) -> Intake:
    """What would be taken in if the refused files were not there."""
    snapshots = tuple(sorted(_written(Store(dry.home), council), key=lambda s: s.name))
    known_on = max((s.extracted_on for s in snapshots), default=today.isoformat())
    return Intake("", council, known_on, snapshots, ignored=())


def _written(store: Store, council: str) -> Iterator[Snapshot]:
    for name in store.names(f"snapshots/{council}"):
        if name.endswith("/account.json"):
            yield _SNAPSHOT.validate_json(store.read(name))


def _verdict(
    dry: Settings, council: str, intake_id: str, progress: Callable[[str], None]
) -> Verdict:
    progress("what must hold")
    try:
        return validate(dry, council, intake_id)
    except StoppedError as stopped:
        return stopped.verdict
