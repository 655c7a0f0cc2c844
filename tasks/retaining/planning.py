"""Planning: what would go, what is too old and stays all the same, and why; nothing is touched."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.retention import Kind, judge, rule
from tasks import declared
from tasks.retaining.inventory import Inventory
from tasks.retaining.needing import needs
from tasks.state import Tombstones

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from candour.retention import Judged, Retention, Thing
    from tasks.settings import Settings

UNENDED = "A purge that was stopped had begun with it."


@dataclass(frozen=True, slots=True)
class Plan:
    """What a purge on a day would do."""

    council: str
    today: dt.date
    retention: Retention
    going: tuple[Judged, ...]
    staying: tuple[Judged, ...]
    """What is too old and stays."""
    kept: int
    """How many things are not too old."""

    @property
    def size(self) -> int:
        """Bytes that would go."""
        return sum(one.thing.size for one in self.going)


@dataclass(frozen=True, slots=True)
class Sum:
    """Things of one kind: how many, how many bytes, the oldest and the newest."""

    kind: str
    number: int
    size: int
    oldest_on: dt.date
    newest_on: dt.date
    rule: str


def plan(settings: Settings, council: str, today: dt.date) -> Plan:
    """What a purge would do on a day.

    Raises:
        ConfigurationError: the council's folder is wrong.
    """
    retention = declared.council(settings, council).profile.retention
    inventory = Inventory(settings, council)
    things = list(inventory.things())
    begun = {s.thing for s in Tombstones(settings.database).of(council) if not s.purged_at}
    judged = list(judge(things, retention, today, needs(inventory, things, retention, today)))
    going = [one for one in judged if one.goes or one.thing.key in begun]
    folders = {one.thing.key for one in going if one.thing.kind is Kind.CASES}
    going = [one for one in going if not _inside(one.thing, folders)]
    return Plan(
        council=council,
        today=today,
        retention=retention,
        going=tuple(going),
        staying=tuple(one for one in judged if one.overdue and one not in going),
        kept=sum(not one.overdue for one in judged),
    )


def sums(judged: Iterable[Judged], retention: Retention) -> list[Sum]:
    """Things kind by kind."""
    found: dict[Kind, list[Thing]] = defaultdict(list)
    for one in judged:
        found[one.thing.kind].append(one.thing)
    return [
        Sum(
            kind=kind.value,
            number=len(things),
            size=sum(thing.size for thing in things),
            oldest_on=min(thing.dated_on for thing in things),
            newest_on=max(thing.dated_on for thing in things),
            rule=rule(retention, kind),
        )
        for kind in Kind
        if (things := found.get(kind))
    ]


def _inside(thing: Thing, folders: set[str]) -> bool:
    """Whether it goes with the cases it is beside."""
    return thing.kind is Kind.SET_ASIDE and thing.key.rpartition("/")[0] in folders
