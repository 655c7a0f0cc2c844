"""Sightings: which files of an inbox have been seen, by what tells them from others unread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Column, String, Table, Text, select
from sqlalchemy.exc import IntegrityError

from tasks.state.tables import METADATA, engine

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

SIGHTINGS = Table(
    "sightings",
    METADATA,
    Column("council", String(64), primary_key=True),
    Column("place", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("mark", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("announced_by", String(250), nullable=False),
)
"""The last of each file that was seen: announced by a run, landed with its bytes, or both."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file as it was last seen; ``sha256`` is empty until it landed."""

    name: str
    mark: str
    sha256: str = ""
    announced_by: str = ""


class Sightings:
    """The files seen in one place of a council."""

    def __init__(self, url: str, council: str, place: str) -> None:
        self._engine = engine(url)
        self._here = {"council": council, "place": place}

    def known(self) -> dict[str, Sighting]:
        """What was seen last, by file name."""
        query = select(SIGHTINGS).where(*self._is_here())
        with self._engine.connect() as connection:
            return {
                row.name: Sighting(row.name, row.mark, row.sha256, row.announced_by)
                for row in connection.execute(query)
            }

    def note(self, seen: Iterable[Sighting]) -> None:
        """Keep what was seen in the place of what was before; another's note of it may win."""
        for sighting in seen:
            try:
                with self._engine.begin() as connection:
                    connection.execute(
                        SIGHTINGS.delete().where(
                            *self._is_here(), SIGHTINGS.c.name == sighting.name
                        )
                    )
                    connection.execute(SIGHTINGS.insert().values(**self._here, **asdict(sighting)))
            except IntegrityError:
                continue

    def _is_here(self) -> list[ColumnElement[bool]]:
        return [SIGHTINGS.c[name] == value for name, value in self._here.items()]
