"""Outbox: every letter once, by its key; whoever sends it claims it, and a dead claim passes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.exc import IntegrityError

from tasks.state.holder import Holder
from tasks.state.letters import LETTERS, Entry, LetterState, Queued, as_written
from tasks.state.patience import patiently
from tasks.state.tables import engine


class Outbox:
    """The letters of the run-state database."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def entries(self, keys: Iterable[str]) -> dict[str, Entry]:
        """What is known of letters, by key; those never queued are not there."""
        wanted = sorted(set(keys))
        columns = [LETTERS.c[name] for name in Entry.__dataclass_fields__]
        found: dict[str, Entry] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(wanted), 500):
                query = select(*columns).where(LETTERS.c.key.in_(wanted[start : start + 500]))
                for row in connection.execute(query):
                    known = dict(row._mapping)
                    known["state"] = LetterState(known["state"])
                    found[row.key] = Entry(**known)
        return found

    def waiting(self, council: str, about: str) -> list[str]:
        """Keys of a council's letters on a subject that wait or whose sender may have died."""
        states = (LetterState.WAITING, LetterState.SENDING)
        query = select(LETTERS.c.key).where(
            LETTERS.c.council == council,
            LETTERS.c.about.startswith(about, autoescape=True),
            LETTERS.c.state.in_(states),
        )
        with self._engine.connect() as connection:
            return [str(key) for key in connection.execute(query.order_by(LETTERS.c.key)).scalars()]

    def kept(self, council: str) -> list[Queued]:
        """A council's letters whose bytes are kept: they wait, are held, or are being sent."""
        query = select(*(LETTERS.c[name] for name in Queued.__dataclass_fields__)).where(
            LETTERS.c.council == council, LETTERS.c.content.is_not(None)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(LETTERS.c.key))
            return [Queued(**row._mapping) for row in rows]

    def withdraw(self, key: str, reply: str) -> None:
        """Drop the bytes of a letter that nobody is sending; it goes only if it is queued anew."""
        self._change(
            and_(
                LETTERS.c.key == key,
                LETTERS.c.state.in_((LetterState.WAITING, LetterState.HELD)),
            ),
            state=LetterState.REFUSED,
            content=None,
            reply=reply,
            begun=False,
        )

    def add(self, letter: Queued, *, held: bool) -> bool:
        """Queue a letter; false where its key or its Message-ID is taken."""
        row = {name: getattr(letter, name) for name in Queued.__dataclass_fields__}
        nothing_yet = {"holder": "", "claim": "", "leased_until": "", "reply": ""}
        try:
            with self._engine.begin() as connection:
                connection.execute(
                    LETTERS.insert().values(
                        **row,
                        **nothing_yet,
                        state=LetterState.HELD if held else LetterState.WAITING,
                        attempts=0,
                        begun=False,
                        possibly_twice=False,
                        sent_at="",
                        approved_by="",
                    )
                )
        except IntegrityError:
            return False
        return True

    def put_back(self, letter: Queued) -> None:
        """Let a refused letter wait again, perhaps corrected: nobody has received it."""
        self._change(
            and_(LETTERS.c.key == letter.key, LETTERS.c.state == LetterState.REFUSED),
            state=LetterState.WAITING,
            message_id=letter.message_id,
            recipient=letter.recipient,
            sha256=letter.sha256,
            content=letter.content,
        )

    def hold(self, keys: Sequence[str]) -> None:
        """Let waiting letters wait for a person."""
        self._change(
            and_(LETTERS.c.key.in_(keys), LETTERS.c.state == LetterState.WAITING),
            state=LetterState.HELD,
        )

    def let_go(self, keys: Sequence[str], approved_by: str) -> None:
        """Let held letters go after all."""
        self._change(
            and_(LETTERS.c.key.in_(keys), LETTERS.c.state == LetterState.HELD),
            state=LetterState.WAITING,
            approved_by=approved_by,
        )

    def claim(self, entry: Entry, holder: Holder, claim: str, until: dt.datetime) -> bool:
        """Take a letter to send it; false where another sender was quicker.

        A claim that is taken over while its bytes were being handed over is noted as possibly
        sent twice.
        """
        return self._change(
            and_(
                LETTERS.c.key == entry.key,
                LETTERS.c.attempts == entry.attempts,
                LETTERS.c.state.in_((LetterState.WAITING, LetterState.SENDING)),
            ),
            state=LetterState.SENDING,
            holder=holder.written,
            claim=claim,
            leased_until=as_written(until),
            attempts=LETTERS.c.attempts + 1,
            possibly_twice=or_(LETTERS.c.possibly_twice, LETTERS.c.begun),
            begun=False,
        )

    def content(self, key: str, claim: str) -> bytes | None:
        """The bytes of a claimed letter; nothing where the claim is gone."""
        query = select(LETTERS.c.content).where(LETTERS.c.key == key, LETTERS.c.claim == claim)
        with self._engine.connect() as connection:
            found: bytes | None = connection.execute(query).scalar()
        return found

    def begin(self, key: str, claim: str, now: dt.datetime) -> bool:
        """Note that its bytes are being handed over; false where the claim is gone or ran out."""
        return self._change(
            and_(self._held(key, claim), LETTERS.c.leased_until > as_written(now)), begun=True
        )

    def sent(self, key: str, claim: str, *, at: dt.datetime, reply: str) -> bool:
        """Note that a server took it; false where another sender had taken the letter over.

        That it was taken is true whoever holds the claim, so nobody sends it again. Nobody else
        knows it, so a database that starts again at this moment is waited for.
        """
        gone = {
            "state": LetterState.SENT,
            "content": None,
            "reply": reply,
            "sent_at": as_written(at),
            "begun": False,
        }

        def noted() -> bool:
            return self._change(self._held(key, claim), **gone) or self._was_noted(key, claim)

        if patiently(noted):
            return True
        patiently(lambda: self._change(LETTERS.c.key == key, **gone, possibly_twice=True))
        return False

    def _was_noted(self, key: str, claim: str) -> bool:
        """Whether this very claim is noted as sent: by a try whose answer was lost."""
        query = select(LETTERS.c.key).where(
            LETTERS.c.key == key, LETTERS.c.claim == claim, LETTERS.c.state == LetterState.SENT
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() is not None

    def refuse(self, key: str, claim: str, reply: str) -> None:
        """Note that a server will not take it."""
        self._change(
            self._held(key, claim),
            state=LetterState.REFUSED,
            content=None,
            reply=reply,
            begun=False,
            claim="",
        )

    def release(self, key: str, claim: str, reply: str, *, unknown: bool) -> None:
        """Let a letter wait for the next attempt; ``unknown`` where it may have arrived."""
        self._change(
            self._held(key, claim),
            state=LetterState.WAITING,
            reply=reply,
            begun=unknown,
            claim="",
        )

    @staticmethod
    def _held(key: str, claim: str) -> ColumnElement[bool]:
        return and_(
            LETTERS.c.key == key,
            LETTERS.c.claim == claim,
            LETTERS.c.state == LetterState.SENDING,
        )

    def _change(self, where: ColumnElement[bool], **to: object) -> bool:
        """Change the letters of a condition in one statement; whether there was one."""
        with self._engine.begin() as connection:
            done = connection.execute(update(LETTERS).where(where).values(**to))
            return bool(done.rowcount)
