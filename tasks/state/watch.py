"""Watch: numbers of the run state that somebody who looks after it asks for; it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import desc, func, select

from tasks.state.letters import LETTERS, LetterState
from tasks.state.tables import INTAKES, engine


@dataclass(frozen=True, slots=True)
class Judged:
    """An intake that was judged: the last day it tells of, and whether reports may use it."""

    id: str
    known_on: str
    good: bool


class Watch:
    """The run-state database, as somebody sees it who only looks."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def intakes(self, council: str) -> tuple[Judged | None, Judged | None]:
        """The intake that was judged last, and the last one that was good."""
        query = (
            select(INTAKES.c.id, INTAKES.c.known_on, INTAKES.c.good)
            .where(INTAKES.c.council == council)
            .order_by(desc(INTAKES.c.number))
        )
        with self._engine.connect() as connection:
            judged = [Judged(**row._mapping) for row in connection.execute(query)]
        good = [one for one in judged if one.good]
        return (judged[0] if judged else None, good[0] if good else None)

    def letters(self, council: str) -> dict[LetterState, int]:
        """How many letters of a council there are in each state."""
        query = (
            select(LETTERS.c.state, func.count())
            .where(LETTERS.c.council == council)
            .group_by(LETTERS.c.state)
        )
        with self._engine.connect() as connection:
            found = {LetterState(state): number for state, number in connection.execute(query)}
        return {state: found.get(state, 0) for state in LetterState}
