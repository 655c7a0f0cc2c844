"""Announcements: what was said of a report's period, said by one run only."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, and_, select
from sqlalchemy.exc import IntegrityError

from tasks.state.tables import METADATA, engine

ANNOUNCEMENTS = Table(
    "announcements",
    METADATA,
    Column("council", String(64), primary_key=True),
    Column("report", String(64), primary_key=True),
    Column("period", String(32), primary_key=True),
    Column("announced_by", String(512), nullable=False),
)


class Announcements:
    """Who has announced that a period is complete, in the run-state database."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def make(self, council: str, report: str, period: str, by: str) -> bool:
        """Announce a period; false where another run has.

        A run that was killed before anybody heard it announces the same again.
        """
        row = {"council": council, "report": report, "period": period}
        try:
            with self._engine.begin() as connection:
                connection.execute(ANNOUNCEMENTS.insert().values(**row, announced_by=by))
        except IntegrityError:
            columns = ANNOUNCEMENTS.c
            here = and_(*(columns[name] == value for name, value in row.items()))
            with self._engine.connect() as connection:
                return bool(
                    connection.execute(select(columns.announced_by).where(here)).scalar() == by
                )
        return True
