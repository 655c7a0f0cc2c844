"""Restating: what a correction changes, worked out from the version before and its own facts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from candour.disclosure import structure_of
from candour.kpi import CONTEXT, Fact
from candour.restating import Facts, Version, listed, restated
from candour.table import Listing
from tasks.archiving import kpis_of
from tasks.compute_kpis import dimensions_of
from tasks.cover import RESTATED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.desk import Desk
    from tasks.state import Release


def restatement(desk: Desk, earlier: Release, ledger: str) -> Listing | None:
    """Each figure that differs from the version before: was, is, and why; nothing without one.

    Args:
        desk: where the correction is made.
        earlier: the version it corrects.
        ledger: the ledger of the correction as its plain edition prints it.
    """
    found = restated(
        _earlier(desk, earlier),
        Version(
            ledger,
            Facts(desk.facts, desk.vantage, desk.council.own_years),
            desk.kpis,
            (desk.computed.config, desk.computed.calendar, desk.computed.code),
        ),
        desk.council.year_starts,
    )
    structure = structure_of(desk.council, desk.kpis)
    return listed(found, desk.audience, structure, title_of(desk), label_of(desk))


def restated_file(listing: Listing | None) -> dict[str, bytes]:
    """A restatement as a file of its release; none where nothing was restated."""
    return {} if listing is None else {RESTATED: restatement_csv(listing)}


def restatement_csv(listing: Listing) -> bytes:
    """A restatement as data, one row a figure."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading for heading, _ in listing.headings)
    writer.writerows(listing.rows)
    return text.getvalue().encode()


def _earlier(desk: Desk, earlier: Release) -> Version:
    """The version before as it was released; without its facts where they were purged."""
    store = desk.store
    manifest = json.loads(store.read(f"{earlier.folder}/manifest.json"))
    return Version(
        store.read(f"{earlier.folder}/ledger.csv").decode(),
        _facts(desk, manifest),
        kpis_of(store, manifest["config"]),
        (manifest["config"], manifest["calendar"], manifest["code"]),
    )


def _facts(desk: Desk, manifest: dict[str, str]) -> Facts | None:
    """The earlier facts, read back with the dimensions of today where a table has no row."""
    store, folder = desk.store, manifest.get("facts", "")
    names = {fact: f"{folder}/{fact.value}.parquet" for fact in Fact}
    if not folder or not all(store.exists(name) for name in names.values()):
        return None
    dimensions = dimensions_of(desk.council)
    as_of = dt.date.fromisoformat(manifest["as_of"])
    vantage = replace(
        desk.vantage,
        as_of=as_of,
        morning=desk.vantage.morning + (as_of - desk.vantage.as_of),
        known_on=dt.date.fromisoformat(manifest["known_on"]),
    )
    frames = {fact: dimensions.restored(store.read_frame(name)) for fact, name in names.items()}
    return Facts(frames, vantage, desk.council.own_years)


def title_of(desk: Desk) -> Callable[[str], str]:
    """What a KPI or a given number is called."""

    def title(id_: str) -> str:
        if id_ in desk.kpis.by_id:
            return desk.kpis[id_].title
        if id_.startswith("stated."):
            return "Stated in the commentary"
        if id_.startswith(CONTEXT) and desk.measures.is_declared(id_):
            return desk.measures.figure(id_).title
        return id_.replace(".", " ").replace("_", " ").capitalize()

    return title


def label_of(desk: Desk) -> Callable[[str, str], str]:
    """What a value of a dimension is called; its id where it is not declared any more."""

    def label(dimension: str, value: str) -> str:
        try:
            return desk.composer.name(dimension, value)
        except KeyError:
            return value

    return label
