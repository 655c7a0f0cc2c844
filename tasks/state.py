"""Run state: what has landed, which intakes were good, which releases stand; one database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    desc,
    make_url,
    select,
)
from sqlalchemy.exc import IntegrityError

from candour.errors import CandourError

_METADATA = MetaData()

_LANDINGS = Table(
    "landings",
    _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("council", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("landed_on", String(10), nullable=False),
)

_INTAKES = Table(
    "intakes",
    _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("council", String(64), nullable=False, index=True),
    Column("id", String(64), nullable=False),
    Column("known_on", String(10), nullable=False),
    Column("good", Boolean, nullable=False),
    UniqueConstraint("council", "id"),
)

_SENT = Table("sent_mails", _METADATA, Column("message_id", String(255), primary_key=True))

_RELEASES = Table(
    "releases",
    _METADATA,
    Column("council", String(64), primary_key=True),
    Column("report", String(64), primary_key=True),
    Column("period", String(32), primary_key=True),
    Column("audience", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("folder", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("released_at", String(32), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Landing:
    """A file that landed: its bytes by SHA-256, its name, and the day it came."""

    sha256: str
    name: str
    size: int
    landed_on: str


@dataclass(frozen=True, slots=True)
class Release:
    """A version of a report that was released; ``digest`` is of its figures and inputs."""

    council: str
    report: str
    period: str
    audience: str
    version: int
    digest: str
    folder: str
    reason: str
    released_at: str


class State:
    """The run-state database."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    def land(self, council: str, landing: Landing) -> bool:
        """Note a landing; false when the file of that name held these bytes already."""
        if landing.sha256 in {
            known.sha256 for known in self.landings(council) if known.name == landing.name
        }:
            return False
        with self._engine.begin() as connection:
            connection.execute(_LANDINGS.insert().values(council=council, **asdict(landing)))
        return True

    def landings(self, council: str) -> list[Landing]:
        """What each file name of a council holds: the bytes that landed last, by name."""
        query = select(_LANDINGS).where(_LANDINGS.c.council == council)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(_LANDINGS.c.number))
            last = {r.name: Landing(r.sha256, r.name, r.size, r.landed_on) for r in rows}
        return [last[name] for name in sorted(last)]

    def note_intake(self, council: str, intake_id: str, known_on: str, *, good: bool) -> None:
        """Note an intake's verdict; noting the same one again changes only the verdict."""
        with self._engine.begin() as connection:
            connection.execute(
                _INTAKES.delete().where(_INTAKES.c.council == council, _INTAKES.c.id == intake_id)
            )
            connection.execute(
                _INTAKES.insert().values(
                    council=council, id=intake_id, known_on=known_on, good=good
                )
            )

    def last_good_intake(self, council: str) -> str:
        """The id of the newest intake that nothing critical was found in.

        Raises:
            CandourError: there is none yet.
        """
        query = (
            select(_INTAKES.c.id)
            .where(_INTAKES.c.council == council, _INTAKES.c.good.is_(other=True))
            .order_by(desc(_INTAKES.c.number))
        )
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        if found is None:
            raise CandourError(
                f"Nothing good has been taken in for '{council}' yet. Run its intake first and "
                "read what it says."
            )
        return str(found)

    def releases(
        self,
        council: str,
        report: str | None = None,
        period: str | None = None,
        audience: str | None = None,
    ) -> list[Release]:
        """Releases of a council, narrowed by what is given, oldest version first."""
        query = select(_RELEASES).where(_RELEASES.c.council == council)
        for column, value in (
            (_RELEASES.c.report, report),
            (_RELEASES.c.period, period),
            (_RELEASES.c.audience, audience),
        ):
            if value is not None:
                query = query.where(column == value)
        order = (_RELEASES.c.report, _RELEASES.c.period, _RELEASES.c.audience, _RELEASES.c.version)
        with self._engine.connect() as connection:
            return [Release(**row._mapping) for row in connection.execute(query.order_by(*order))]

    def was_sent(self, message_id: str) -> bool:
        """Whether a mail of that id has gone."""
        query = select(_SENT).where(_SENT.c.message_id == message_id)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def note_sent(self, message_id: str) -> None:
        """Note that a mail has gone."""
        with self._engine.begin() as connection:
            connection.execute(_SENT.insert().values(message_id=message_id))

    def commit_release(self, release: Release) -> bool:
        """Make a release stand: the one commit point; false when another run made that version."""
        try:
            with self._engine.begin() as connection:
                connection.execute(_RELEASES.insert().values(**asdict(release)))
        except IntegrityError:
            return False
        return True


@cache
def _engine(url: str) -> Engine:
    database = make_url(url).database
    if url.startswith("sqlite") and database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    _METADATA.create_all(engine)
    return engine
