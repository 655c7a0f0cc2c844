"""State: what has landed, which intakes were good, and which releases stand."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import desc, select
from sqlalchemy.exc import IntegrityError

from candour.errors import CandourError
from tasks.state.tables import INTAKES, LANDINGS, MANIFESTS, RELEASES, engine


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
        self._engine = engine(url)

    def land(self, council: str, landing: Landing) -> bool:
        """Note a landing; false when the file of that name held these bytes already."""
        if landing.sha256 in {
            known.sha256 for known in self.landings(council) if known.name == landing.name
        }:
            return False
        with self._engine.begin() as connection:
            connection.execute(LANDINGS.insert().values(council=council, **asdict(landing)))
        return True

    def landings(self, council: str) -> list[Landing]:
        """What each file name of a council holds: the bytes that landed last, by name."""
        query = select(LANDINGS).where(LANDINGS.c.council == council)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(LANDINGS.c.number))
            last = {r.name: Landing(r.sha256, r.name, r.size, r.landed_on) for r in rows}
        return [last[name] for name in sorted(last)]

    def every_landing(self, council: str) -> list[Landing]:
        """Everything that ever landed of a council, in the order it came."""
        query = select(LANDINGS).where(LANDINGS.c.council == council)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(LANDINGS.c.number))
            return [Landing(r.sha256, r.name, r.size, r.landed_on) for r in rows]

    def note_intake(self, council: str, intake_id: str, known_on: str, *, good: bool) -> None:
        """Note an intake's verdict; noting the same one again changes only the verdict."""
        with self._engine.begin() as connection:
            connection.execute(
                INTAKES.delete().where(INTAKES.c.council == council, INTAKES.c.id == intake_id)
            )
            connection.execute(
                INTAKES.insert().values(council=council, id=intake_id, known_on=known_on, good=good)
            )

    def last_good_intake(self, council: str) -> str:
        """The id of the newest intake that nothing critical was found in.

        Raises:
            CandourError: there is none yet.
        """
        query = (
            select(INTAKES.c.id)
            .where(INTAKES.c.council == council, INTAKES.c.good.is_(other=True))
            .order_by(desc(INTAKES.c.number))
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
        query = select(RELEASES).where(RELEASES.c.council == council)
        for column, value in (
            (RELEASES.c.report, report),
            (RELEASES.c.period, period),
            (RELEASES.c.audience, audience),
        ):
            if value is not None:
                query = query.where(column == value)
        order = (RELEASES.c.report, RELEASES.c.period, RELEASES.c.audience, RELEASES.c.version)
        with self._engine.connect() as connection:
            return [Release(**row._mapping) for row in connection.execute(query.order_by(*order))]

    def commit_release(self, release: Release, manifest: str) -> bool:
        """Make a release stand: the one commit point; false when another run made that version.

        ``manifest`` is the SHA-256 of its manifest.
        """
        try:
            with self._engine.begin() as connection:
                connection.execute(RELEASES.insert().values(**asdict(release)))
                connection.execute(
                    MANIFESTS.insert().values(folder=release.folder, sha256=manifest)
                )
        except IntegrityError:
            return False
        return True

    def manifest_sha(self, release: Release) -> str | None:
        """The SHA-256 of a release's manifest when it was committed; none for one of before."""
        query = select(MANIFESTS.c.sha256).where(MANIFESTS.c.folder == release.folder)
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else str(found)
