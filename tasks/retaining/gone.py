"""Gone: what was purged, as those who would have read it ask for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from candour.period import day_in_words
from candour.retention import Kind
from tasks.state import Tombstones

if TYPE_CHECKING:
    from tasks.settings import Settings
    from tasks.state import Tombstone


def exports_gone(settings: Settings, council: str) -> dict[str, Tombstone]:
    """The landed files of a council that were purged, by SHA-256."""
    stones = Tombstones(settings.database).of(council, (Kind.EXPORT, Kind.REFUSED))
    return {stone.sha256: stone for stone in stones}


def declarations_gone(settings: Settings, council: str) -> dict[str, Tombstone]:
    """The declarations of a council that were purged, by their digest."""
    stones = Tombstones(settings.database).of(council, (Kind.DECLARATIONS,))
    return {stone.sha256: stone for stone in stones}


def snapshots_gone(settings: Settings, council: str) -> frozenset[str]:
    """The folders whose cases were purged: no row of theirs is in any figure of today."""
    return frozenset(
        stone.thing for stone in Tombstones(settings.database).of(council, (Kind.CASES,))
    )


def purged_sentence(stone: Tombstone) -> str:
    """When something was purged, by which rule and by whom."""
    day = day_in_words(dt.date.fromisoformat(stone.gone_on))
    return f"was purged on {day} under the rule '{stone.rule}' months, by {stone.purged_by}"
