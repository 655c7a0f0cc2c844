"""Purging: a tombstone is written, the thing goes, the tombstone is closed; stopped, it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.composing.quality import without_words
from candour.retention import Kind, rule
from tasks.retaining.inventory import ACCOUNT, QUARANTINE
from tasks.retaining.planning import plan
from tasks.state import Outbox, Tombstone, Tombstones
from tasks.store import Store

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from candour.retention import Judged
    from tasks.retaining.planning import Plan
    from tasks.settings import Settings

AUTOMATIC = "retention: purge: automatic"
"""Who purged, where council.yaml did."""


def purge(
    settings: Settings,
    council: str,
    today: dt.date,
    *,
    now: dt.datetime,
    by: str,
    progress: Callable[[str], None] = lambda _: None,
) -> Plan:
    """Purge what is older than a council keeps; gives what went and what stayed.

    Killed anywhere and run again it comes to the same end: a thing has its tombstone before it is
    touched, so that nobody takes what is half gone for the whole, and what a purge had begun with
    goes first.

    Args:
        settings: where things are.
        council: whose.
        today: the day it is.
        now: this instant.
        by: who says so; it stands on every tombstone.
        progress: told the name of each thing that goes.

    Raises:
        ConfigurationError: the council's folder is wrong.
    """
    stones, taker = Tombstones(settings.database), _Taker(settings, council)
    for stone in stones.of(council):
        if not stone.purged_at:
            progress(stone.name)
            taker.take(stone)
            stones.end(stone, now)
    going = plan(settings, council, today)
    for one in going.going:
        progress(one.thing.name)
        stone = _stone(one, going, by)
        stones.begin(stone, now)
        taker.take(stone)
        stones.end(stone, now)
    return going


def _stone(one: Judged, of: Plan, by: str) -> Tombstone:
    thing = one.thing
    return Tombstone(
        council=of.council,
        kind=thing.kind.value,
        thing=thing.key,
        name=thing.name,
        sha256=thing.sha256,
        size=thing.size,
        dated_on=thing.dated_on.isoformat(),
        rule=rule(of.retention, thing.kind),
        why=one.why,
        purged_by=by,
    )


class _Taker:
    """Takes away what a tombstone names; where there is nothing any more, nothing happens."""

    def __init__(self, settings: Settings, council: str) -> None:
        self._settings, self._council = settings, council
        self._store = Store(settings.home)

    def take(self, stone: Tombstone) -> None:
        """Take the thing of a tombstone away."""
        match Kind(stone.kind):
            case Kind.EXPORT | Kind.REFUSED | Kind.DECLARATIONS:
                self._store.remove(stone.thing)
            case Kind.CASES:
                self._empty(stone.thing, but=ACCOUNT)
            case Kind.FACTS | Kind.INTAKE:
                self._empty(stone.thing)
            case Kind.DRAFT:
                self._draft(stone.thing)
            case Kind.SET_ASIDE:
                self._unsay(stone.thing)
            case Kind.LETTER:
                words = f"Withdrawn under the rule '{stone.rule}' months, by {stone.purged_by}."
                Outbox(self._settings.database).withdraw(stone.thing, words)

    def _empty(self, folder: str, but: str = "") -> None:
        """Take a folder's files away, the one that says it is whole before the others."""
        names = self._store.names(folder)
        for name in sorted(names, key=lambda name: not name.endswith("/computed.json")):
            if not but or name != f"{folder}/{but}":
                self._store.remove(name)

    def _draft(self, folder: str) -> None:
        """Take a draft away, and before it whatever leads to it."""
        above = f"drafts/{self._council}"
        for name in (*self._store.names(f"{above}/newest"), *self._store.names(f"{above}/asked")):
            if folder.encode() in self._store.read(name):
                self._store.remove(name)
        self._empty(folder)

    def _unsay(self, name: str) -> None:
        """Take out of the reasons of rows that were set aside what the rows said."""
        if not name.endswith(QUARANTINE) or not self._store.exists(name):
            return
        rows = self._store.read_frame(name)
        reasons = rows["reason"].map(without_words, na_action="ignore")
        self._store.write_frame(name, rows.assign(reason=reasons.astype(rows["reason"].dtype)))
