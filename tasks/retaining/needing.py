"""Needing: why a thing stays whatever its age, because something that stands is made of it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from candour.exports import Holds
from candour.frames import SCHEMAS
from candour.history import Snapshot as Landed
from candour.history import holders
from candour.retention import Extract, Kind, is_old, kept_until, stood_on
from candour.words import plural
from tasks import declared
from tasks.archiving import path_of
from tasks.extract import read_intake
from tasks.landing import raw_path
from tasks.retaining.inventory import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from candour.exports import Export
    from candour.retention import Retention, Thing
    from tasks.extract import Intake, Snapshot
    from tasks.retaining.inventory import Inventory
    from tasks.state import Release

STANDING = (
    "Present reports stand on it: of its export it is the newest that holds everything, or came "
    "since."
)
NOTHING_YET = "No intake was good yet, so that nobody knows what reports will need."


def needs(
    inventory: Inventory, things: Iterable[Thing], retention: Retention, today: dt.date
) -> dict[str, str]:
    """Why things stay whatever their age, by their key.

    Args:
        inventory: what there is.
        things: all of it.
        retention: what the council declares.
        today: the day it is.
    """
    every = list(things)
    old = {thing.kind for thing in every if is_old(thing, retention, today)}
    found: dict[str, str] = {}
    if old & {Kind.EXPORT, Kind.REFUSED, Kind.CASES}:
        found |= _of_exports(inventory, every, retention, today)
    if old & {Kind.FACTS, Kind.DECLARATIONS, Kind.INTAKE}:
        found |= _of_working(inventory, every, retention, today)
    return found


def _of_exports(
    inventory: Inventory, things: list[Thing], retention: Retention, today: dt.date
) -> dict[str, str]:
    newest = inventory.newest
    if newest is None:
        return {thing.key: NOTHING_YET for thing in things}
    standing = _standing(newest, dt.date.fromisoformat(newest.known_on))
    folders = {one.folder: STANDING for one in newest.snapshots if one.sha256 in standing}
    return {
        **dict(_released(inventory, retention, today)),
        **_alone(inventory, newest),
        **{raw_path(inventory.council, sha): STANDING for sha in standing},
        **folders,
    }


def _standing(intake: Intake, known_on: dt.date) -> frozenset[str]:
    return stood_on(
        (
            Extract(
                one.export,
                one.holds == Holds.EVERYTHING,
                dt.date.fromisoformat(one.extracted_on),
                one.sha256,
            )
            for one in intake.snapshots
        ),
        known_on,
    )


def _released(
    inventory: Inventory, retention: Retention, today: dt.date
) -> Iterator[tuple[str, str]]:
    """The exports that the releases of the last months stand on, the newest release naming it."""
    for release, manifest in _manifests(inventory, retention.rebuildable, today):
        try:
            intake = read_intake(inventory.store, inventory.council, manifest["intake"])
        except FileNotFoundError:
            continue
        why = (
            f"{release.report} {release.period}, version {release.version}, was released in the "
            f"last {retention.rebuildable} months and is made again from it."
        )
        for sha in _standing(intake, dt.date.fromisoformat(manifest["known_on"])):
            yield raw_path(inventory.council, sha), why


def _alone(inventory: Inventory, intake: Intake) -> dict[str, str]:
    """The cases that later exports no longer have: reports count them, so they stay, unnamed."""
    found = {}
    known_on = dt.date.fromisoformat(intake.known_on)
    exports = declared.council(inventory.settings, inventory.council).exports
    for name in SCHEMAS:
        ours = [s for s in intake.snapshots if s.fills == name and _is_there(inventory, s)]
        if not ours:
            continue
        held = holders([_landed(inventory, one, exports) for one in ours], known_on)
        for place, rows in held.items():
            found[ours[place].folder] = (
                f"It alone holds {rows:,} {plural('row', rows)} that reports still count, without "
                "names or addresses."
            )
    return found


def _is_there(inventory: Inventory, snapshot: Snapshot) -> bool:
    files = inventory.snapshots.get(snapshot.folder, ())
    return any(not file.name.endswith(f"/{ACCOUNT}") for file in files)


def _landed(inventory: Inventory, snapshot: Snapshot, exports: Mapping[str, Export]) -> Landed:
    export = exports.get(snapshot.export)
    frame = inventory.store.read_frame(f"{snapshot.folder}/{snapshot.fills}.parquet")
    return Landed(
        fills=snapshot.fills,
        frame=frame,
        holds=Holds(snapshot.holds),
        extracted_on=dt.date.fromisoformat(snapshot.extracted_on),
        sha=snapshot.sha256,
        completes=export is not None and export.completes is not None,
    )


def _of_working(
    inventory: Inventory, things: list[Thing], retention: Retention, today: dt.date
) -> dict[str, str]:
    """What releases that are young enough were made with, what drafts are, and what is in use."""
    store, council = inventory.store, inventory.council
    found = {path_of(declared.config_digest(inventory.settings, council)): "It is today's."}
    if inventory.newest is not None:
        found[inventory.newest.path.rpartition("/")[0]] = "Present reports are made from it."
    for release, manifest in _manifests(inventory, retention.working, today):
        why = f"{release.report} {release.period}, version {release.version}, was made with it."
        found[manifest["facts"]] = found[path_of(manifest["config"])] = why
    young = {thing.key for thing in things if not is_old(thing, retention, today)}
    for thing in things:
        if thing.kind is Kind.DRAFT and thing.key in young:
            found[f"facts/{council}/{thing.name}"] = "A draft that is kept was made with it."
    for thing in things:
        computed = f"{thing.key}/computed.json"
        stays = thing.kind is Kind.FACTS and (thing.key in young or thing.key in found)
        if stays and store.exists(computed):
            made = json.loads(store.read(computed))
            why = "Facts that are kept were made with it."
            found.setdefault(path_of(made["config"]), why)
            found.setdefault(f"intakes/{council}/{made['intake']}", why)
    return found


def _manifests(
    inventory: Inventory, months: int, today: dt.date
) -> Iterator[tuple[Release, Mapping[str, Any]]]:
    """The releases of the last months with their manifests, the oldest first."""
    releases = sorted(inventory.state.releases(inventory.council), key=lambda r: r.released_at)
    for release in releases:
        if kept_until(dt.date.fromisoformat(release.released_at[:10]), months) > today:
            name = f"{release.folder}/manifest.json"
            if inventory.store.exists(name):
                yield release, json.loads(inventory.store.read(name))
