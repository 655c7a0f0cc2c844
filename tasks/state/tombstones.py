"""Tombstones: of whatever was purged it stays written what it was, when it went and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    select,
)
from sqlalchemy.exc import IntegrityError

from tasks.state.letters import as_written
from tasks.state.tables import METADATA, engine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

TOMBSTONES = Table(
    "tombstones",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("council", String(64), nullable=False, index=True),
    Column("kind", String(64), nullable=False),
    Column("thing", String(512), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("dated_on", String(10), nullable=False),
    Column("rule", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("purged_by", Text, nullable=False),
    Column("begun_at", String(32), nullable=False),
    Column("purged_at", String(32), nullable=False),
    UniqueConstraint("council", "kind", "thing", "dated_on"),
)
"""Written before a thing is touched; ``purged_at`` is empty until nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Something that was purged: what it was, of which day, by which rule, by whom and when."""

    council: str
    kind: str
    thing: str
    name: str
    sha256: str
    size: int
    dated_on: str
    rule: str
    why: str
    purged_by: str
    begun_at: str = ""
    purged_at: str = ""
    """Empty while it is going."""

    @property
    def gone_on(self) -> str:
        """The day it went, or began to go."""
        return (self.purged_at or self.begun_at)[:10]


class Tombstones:
    """The tombstones of the run-state database."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def begin(self, stone: Tombstone, now: dt.datetime) -> None:
        """Note that a thing is about to go; what a backup brought back is noted again."""
        row = asdict(stone) | {"begun_at": as_written(now), "purged_at": ""}
        try:
            with self._engine.begin() as connection:
                connection.execute(TOMBSTONES.insert().values(**row))
        except IntegrityError:
            again = {name: row[name] for name in ("rule", "why", "purged_by", "begun_at")}
            with self._engine.begin() as connection:
                connection.execute(
                    TOMBSTONES.update().where(_of(stone)).values(**again, purged_at="")
                )

    def end(self, stone: Tombstone, now: dt.datetime) -> None:
        """Note that nothing of it is left."""
        with self._engine.begin() as connection:
            connection.execute(
                TOMBSTONES.update().where(_of(stone)).values(purged_at=as_written(now))
            )

    def of(self, council: str, kinds: Collection[str] = ()) -> list[Tombstone]:
        """Every tombstone of a council, of some kinds where any are named, the oldest first."""
        names = Tombstone.__dataclass_fields__
        query = select(*(TOMBSTONES.c[name] for name in names)).where(
            TOMBSTONES.c.council == council
        )
        if kinds:
            query = query.where(TOMBSTONES.c.kind.in_(sorted(kinds)))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(TOMBSTONES.c.number))
            return [Tombstone(**row._mapping) for row in rows]


def _of(stone: Tombstone) -> ColumnElement[bool]:
    columns = TOMBSTONES.c
    return and_(
        *(
            columns[name] == getattr(stone, name)
            for name in ("council", "kind", "thing", "dated_on")
        )
    )
