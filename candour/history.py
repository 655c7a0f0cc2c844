"""History: what is known of every case on a day, from all extracts up to that day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.exports import Holds
from candour.frames import LINEAGE, Kind, Schema, schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence


OF_THE_CASE = (
    "directorate", "service", "team", "category", "subcategory", "channel", "point_of_receipt",
    "complainant_type",
)  # fmt: skip
"""What a case is like, whatever stage it is at."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One conformed extract."""

    fills: str
    """The frame's name."""
    frame: pd.DataFrame
    holds: Holds
    extracted_on: dt.date
    sha: str
    held_back: frozenset[str] = frozenset()
    """References in its quarantine: they are in the file, though not in the frame."""
    export: str = ""
    """Which export of the council it is one of: each tells of one system."""
    completes: bool = False
    """Whether it only completes the rows of others and begins none."""


@dataclass(frozen=True, slots=True)
class History:
    """The newest row of everything ever seen, and what is no longer exported."""

    frame: pd.DataFrame
    vanished: pd.DataFrame
    """The key's columns, ``last_seen_on``, ``missing_on``, the day of the last full extract of the
    export that had it newest, and that ``export``: one system does not forget another's cases.
    The rows stay in the frame: a complaint does not end because a system forgot it."""
    latest_on: dt.date | None
    """The day of the newest extract used."""
    loose: Mapping[str, int] = field(default_factory=dict)
    """How many rows of each export that completes others have nothing to complete."""

    def stale_days(self, known_on: dt.date) -> int | None:
        """Calendar days from the newest extract to a day; nothing when there is no extract."""
        return None if self.latest_on is None else (known_on - self.latest_on).days


def combine(snapshots: Sequence[Snapshot], known_on: dt.date) -> History:
    """What is known on a day: for every key the row of the newest extract that has it.

    Extracts of one day count in this order: full ones, then changes, then by SHA-256, so that the
    order in which files landed makes no difference.

    Args:
        snapshots: extracts of one frame, in any order, at least one.
        known_on: later extracts are not looked at.
    """
    declared = schema(snapshots[0].fills)
    within = sorted((s for s in snapshots if s.extracted_on <= known_on), key=_order)
    known = [snapshot for snapshot in within if not snapshot.completes]
    if not known:
        return History(declared.empty(), _vanished_frame(declared), None)
    newest = _newest(known, declared)
    frame = _joined(known, newest, declared)
    vanished = _vanished(known, newest, declared)
    completing = [snapshot for snapshot in within if snapshot.completes]
    frame, loose = _completed(frame, completing, declared)
    return History(frame, vanished, known[-1].extracted_on, loose)


def _joined(known: Sequence[Snapshot], newest: pd.DataFrame, declared: Schema) -> pd.DataFrame:
    """The newest row of every key, ordered by it."""
    pieces = [
        snapshot.frame.iloc[newest.loc[newest["extract"] == position, "row"]]
        for position, snapshot in enumerate(known)
    ]
    joined = pd.concat(_alike(pieces, declared), ignore_index=True)
    ordered = joined.sort_values([*declared.key], kind="stable").reset_index(drop=True)
    return declared.enforce(ordered)


def _completed(
    frame: pd.DataFrame, completing: Sequence[Snapshot], declared: Schema
) -> tuple[pd.DataFrame, dict[str, int]]:
    """The frame with what it leaves blank filled from extracts that complete it.

    Also how many rows of each such export have nothing to complete. What is said stays: the
    newest row of a step fills only what is blank, and what no row says of this step but another
    of its case does is filled from that one where it is the same for a case at every stage.
    """
    if not completing:
        return frame, {}
    newest = _newest(completing, declared)
    told = _joined(completing, newest, declared)
    whole, told = _alike([frame, told], declared)
    here = pd.MultiIndex.from_frame(whole[[*declared.key]])
    there = pd.MultiIndex.from_frame(told[[*declared.key]])
    kept = {*declared.key, *(column.name for column in LINEAGE)}
    filled = {
        name: _filled(whole[name], told[name], there.get_indexer(here))
        for name in declared.names
        if name not in kept
    }
    ordered = told.merge(newest, on=[*declared.key], validate="one_to_one").sort_values("extract")
    latest = ordered.drop_duplicates("case_ref", keep="last")
    of_case = pd.Index(latest["case_ref"]).get_indexer(whole["case_ref"])
    filled |= {name: _filled(filled[name], latest[name], of_case) for name in OF_THE_CASE}
    lost = newest[~pd.MultiIndex.from_frame(newest[[*declared.key]]).isin(here)]
    exports = [completing[position].export for position in lost["extract"]]
    return declared.enforce(whole.assign(**filled)), dict(Counter(exports))


def holders(snapshots: Sequence[Snapshot], known_on: dt.date) -> dict[int, int]:
    """How many newest rows each extract holds, by its place in ``snapshots``: without it they go.

    Only the columns of the key are looked at. An extract that is not named holds none, so that
    whatever is known on that day is known without it.
    """
    declared = schema(snapshots[0].fills)
    found: dict[int, int] = {}
    for completes in (False, True):
        places = [
            n
            for n, one in enumerate(snapshots)
            if one.completes is completes and one.extracted_on <= known_on
        ]
        if places:
            places.sort(key=lambda n: _order(snapshots[n]))
            newest = _newest([snapshots[n] for n in places], declared)
            rows = newest["extract"].value_counts()
            found |= {places[int(n)]: int(number) for n, number in rows.items()}
    return found


def _order(snapshot: Snapshot) -> tuple[dt.date, bool, str]:
    return snapshot.extracted_on, snapshot.holds is Holds.CHANGES, snapshot.sha


def _newest(known: Sequence[Snapshot], declared: Schema) -> pd.DataFrame:
    """For every key, which extract has its newest row, and where."""
    keys = [
        snapshot.frame[[*declared.key]].assign(extract=position, row=np.arange(len(snapshot.frame)))
        for position, snapshot in enumerate(known)
    ]
    return pd.concat(keys, ignore_index=True).drop_duplicates([*declared.key], keep="last")


def _alike(pieces: Sequence[pd.DataFrame], declared: Schema) -> list[pd.DataFrame]:
    """The pieces with one list of categories a column, as the lists may have grown since."""
    codes = [column.name for column in declared.columns if column.kind is Kind.CODE]
    categories = {
        name: sorted({str(id_) for piece in pieces for id_ in piece[name].cat.categories})
        for name in codes
    }
    return [
        piece.assign(
            **{name: piece[name].cat.set_categories(ids) for name, ids in categories.items()}
        )
        for piece in pieces
    ]


def _filled(column: pd.Series, told: pd.Series, positions: np.ndarray) -> pd.Series:
    """A column with its blanks filled from the rows at positions; -1 is no row."""
    return column.where(column.notna(), pd.Series(told.array.take(positions, allow_fill=True)))


def _vanished(known: Sequence[Snapshot], newest: pd.DataFrame, declared: Schema) -> pd.DataFrame:
    full = {s.export: n for n, s in enumerate(known) if s.holds is Holds.EVERYTHING}
    last = np.array([full.get(snapshot.export, -1) for snapshot in known])
    gone = newest.assign(missing=last[newest["extract"]])
    gone = gone[gone["extract"] < gone["missing"]].sort_values([*declared.key])
    references = gone[declared.key[0]]
    held_back = [
        (gone["missing"] == position) & references.isin(known[position].held_back)
        for position in full.values()
    ]
    gone = gone[~np.logical_or.reduce(held_back)] if held_back else gone
    on = pd.Series([s.extracted_on for s in known], dtype="datetime64[s]")
    return _vanished_frame(
        declared,
        gone[[*declared.key]].assign(
            last_seen_on=on.take(gone["extract"]).to_numpy(),
            missing_on=on.take(gone["missing"]).to_numpy(),
            export=[known[position].export for position in gone["missing"]],
        ),
    )


def _vanished_frame(declared: Schema, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    keys = declared.empty()[[*declared.key]]
    days = dict.fromkeys(("last_seen_on", "missing_on"), "datetime64[s]")
    types = {**keys.dtypes.to_dict(), **days, "export": "string"}
    frame = pd.DataFrame(columns=[*types]) if rows is None else rows.reset_index(drop=True)
    return frame.astype(types)
