"""Tables of the run state, and the one engine a database is reached through."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

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
    event,
    make_url,
)
from sqlalchemy.exc import DBAPIError

from candour.errors import ConfigurationError, UnreachableError

if TYPE_CHECKING:
    from sqlalchemy import ExceptionContext

METADATA = MetaData()

LANDINGS = Table(
    "landings",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("council", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("landed_on", String(10), nullable=False),
)

INTAKES = Table(
    "intakes",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("council", String(64), nullable=False, index=True),
    Column("id", String(64), nullable=False),
    Column("known_on", String(10), nullable=False),
    Column("good", Boolean, nullable=False),
    UniqueConstraint("council", "id"),
)

RELEASES = Table(
    "releases",
    METADATA,
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

MANIFESTS = Table(
    "manifests",
    METADATA,
    Column("folder", Text, primary_key=True),
    Column("sha256", String(64), nullable=False),
)
"""The checksum of each release's manifest, so that the manifest itself can be verified."""

RESERVATIONS = Table(
    "reservations",
    METADATA,
    Column("council", String(64), primary_key=True),
    Column("report", String(64), primary_key=True),
    Column("period", String(32), primary_key=True),
    Column("audience", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", String(64), nullable=False),
    Column("holder", Text, nullable=False),
    Column("until", String(32), nullable=False),
)
"""Who is writing which version, so that two runs do not write one folder."""

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("council", String(64), nullable=False),
    Column("report", String(64), nullable=False),
    Column("period", String(32), nullable=False),
    Column("audience", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("approved", Boolean, nullable=False),
    Column("login", String(255), nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("how", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("exceptions", Text, nullable=False),
    Column("decided_at", String(32), nullable=False),
    UniqueConstraint("council", "report", "period", "audience", "digest", "approved"),
)


_FULL = ("disk is full", "No space left on device")
"""How SQLite and PostgreSQL say that there is no room."""


def _told_when_full(failed: ExceptionContext) -> None:
    """A sentence in place of the database's error, where its disk is full."""
    if any(words in str(failed.original_exception) for words in _FULL):
        raise UnreachableError(
            "There is no room left for the run-state database. What was released stands. Make "
            "room and run it again."
        )


@cache
def engine(url: str) -> Engine:
    """The database at a SQLAlchemy URL, every table there.

    Raises:
        ConfigurationError: none is named.
    """
    if not url:
        raise ConfigurationError(
            "CANDOUR_HOME is a URL, which several machines may share, and no database that they "
            "could share is named. Set CANDOUR_DATABASE, for example to "
            "postgresql+psycopg://user@host/candour."
        )
    database = make_url(url).database
    if url.startswith("sqlite") and database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    # A server that was started again has closed every connection that was kept.
    made = create_engine(url, pool_pre_ping=True)
    event.listen(made, "handle_error", _told_when_full)
    for _ in METADATA.tables:
        try:
            METADATA.create_all(made)
        except DBAPIError:  # another process makes the same tables at this moment
            continue
        break
    METADATA.create_all(made)
    return made
