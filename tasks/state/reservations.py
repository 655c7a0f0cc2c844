"""Reservations: a version is written by one run at a time, so that no release is of two drafts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import and_, select
from sqlalchemy.exc import IntegrityError

from tasks.state.holder import is_gone, this_process
from tasks.state.letters import as_written
from tasks.state.tables import RESERVATIONS, engine

if TYPE_CHECKING:
    from tasks.state.decisions import Place

LEASE = dt.timedelta(hours=1)
"""How long a version may take to write, after which another machine may write it."""


class Reservations:
    """The versions that are being written, in the run-state database."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def take(self, place: Place, version: int, content: str, now: dt.datetime) -> bool:
        """Reserve a version; false while another process writes something else as that version.

        Whoever writes the very same may write it beside another. The reservation of a process that
        has ended, or whose time is over, goes to whoever asks next.

        Args:
            place: what it is a version of.
            version: which.
            content: what decides the bytes that are written.
            now: this instant.
        """
        row = {**place._asdict(), "version": version}
        claim = {
            "content": content,
            "holder": this_process().written,
            "until": as_written(now + LEASE),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(RESERVATIONS.insert().values(**row, **claim))
        except IntegrityError:
            return self._take_over(row, claim, as_written(now))
        return True

    def holds(self, place: Place, version: int, content: str) -> bool:
        """Whether a version is still reserved for what decides these bytes."""
        columns = RESERVATIONS.c
        row = {**place._asdict(), "version": version}
        query = select(columns.content).where(
            and_(*(columns[name] == value for name, value in row.items()))
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() == content

    def _take_over(self, row: dict[str, object], claim: dict[str, str], now: str) -> bool:
        """Take the place of whoever wrote the same, has ended or took too long."""
        columns = RESERVATIONS.c
        here = and_(*(columns[name] == value for name, value in row.items()))
        with self._engine.connect() as connection:
            held = connection.execute(select(RESERVATIONS).where(here)).one()
        if held.content == claim["content"]:
            return True
        if held.until > now and not is_gone(held.holder):
            return False
        unchanged = and_(here, columns.holder == held.holder, columns.content == held.content)
        with self._engine.begin() as connection:
            taken = connection.execute(RESERVATIONS.update().where(unchanged).values(**claim))
        return bool(taken.rowcount)
