"""Decisions: who let which draft go out, or did not, and why; each is written down once."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Row, and_, desc, select
from sqlalchemy.exc import IntegrityError

from tasks.state.tables import DECISIONS, engine

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


class Place(NamedTuple):
    """What a release is a version of."""

    council: str
    report: str
    period: str
    audience: str


@dataclass(frozen=True, slots=True)
class Exempted:
    """A finding that blocks, let through on an internal pack: what it is, and why it may stand."""

    code: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a draft; ``digest`` is the draft's.

    ``how`` it was given: on Airflow's *page*, by *command*, or by the council's *rule* for drafts
    the gate found nothing in. ``reason`` says why it was rejected, or what an approver added.
    """

    place: Place
    digest: str
    approved: bool
    login: str
    name: str
    role: str
    how: str
    decided_at: str
    reason: str = ""
    exceptions: tuple[Exempted, ...] = ()


class Decisions:
    """The decisions of the run-state database."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def record(self, decision: Decision) -> Decision:
        """Write a decision down; gives the one that was there first, where somebody was quicker."""
        written = asdict(replace(decision, place=Place("", "", "", ""), exceptions=()))
        del written["place"]
        exceptions = json.dumps([asdict(one) for one in decision.exceptions], sort_keys=True)
        try:
            with self._engine.begin() as connection:
                connection.execute(
                    DECISIONS.insert().values(
                        **decision.place._asdict(), **written | {"exceptions": exceptions}
                    )
                )
        except IntegrityError:
            standing = self.approval(decision.place, decision.digest)
            return standing if standing and decision.approved else self._rejection(decision)
        return decision

    def approval(self, place: Place, digest: str) -> Decision | None:
        """The approval of a draft, if it has one."""
        return self._first(_is(place, digest), DECISIONS.c.approved.is_(other=True))

    def last(self, place: Place, digest: str) -> Decision | None:
        """The last thing decided about a draft; an approval stands whatever came after it."""
        return self.approval(place, digest) or self._first(_is(place, digest))

    def _rejection(self, decision: Decision) -> Decision:
        found = self._first(
            _is(decision.place, decision.digest), DECISIONS.c.approved.is_(decision.approved)
        )
        return found or decision

    def _first(self, *conditions: ColumnElement[bool]) -> Decision | None:
        query = select(DECISIONS).where(and_(*conditions)).order_by(desc(DECISIONS.c.number))
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _decision(row)


def _is(place: Place, digest: str) -> ColumnElement[bool]:
    columns = DECISIONS.c
    return and_(
        *(columns[name] == value for name, value in place._asdict().items()),
        columns.digest == digest,
    )


def _decision(row: Row[tuple[object, ...]]) -> Decision:
    held = dict(row._mapping)
    place = Place(**{name: held.pop(name) for name in Place._fields})
    exceptions = tuple(Exempted(**one) for one in json.loads(held.pop("exceptions")))
    del held["number"]
    return Decision(place=place, exceptions=exceptions, **held)
