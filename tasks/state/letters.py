"""Letters: what the run state keeps of each, and what is ever told of one: no address, no words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Table, Text

from tasks.state.holder import is_gone
from tasks.state.tables import METADATA

LETTERS = Table(
    "letters",
    METADATA,
    Column("key", String(512), primary_key=True),
    Column("message_id", String(255), nullable=False, unique=True),
    Column("council", String(64), nullable=False, index=True),
    Column("about", Text, nullable=False),
    Column("recipient", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary),
    Column("state", String(16), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("begun", Boolean, nullable=False),
    Column("possibly_twice", Boolean, nullable=False),
    Column("holder", String(255), nullable=False),
    Column("claim", String(64), nullable=False),
    Column("leased_until", String(32), nullable=False),
    Column("reply", Text, nullable=False),
    Column("sent_at", String(32), nullable=False),
    Column("approved_by", Text, nullable=False),
)
"""Letters and what became of them; the bytes are kept until a server took them or refused."""


class LetterState(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    HELD = "held"


UNSENT = (LetterState.WAITING, LetterState.SENDING, LetterState.REFUSED, LetterState.HELD)


@dataclass(frozen=True, slots=True)
class Queued:
    """A letter to be kept: what decides that it is the same one, and its bytes."""

    key: str
    message_id: str
    council: str
    about: str
    recipient: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a letter; never its bytes, and no address."""

    key: str
    message_id: str
    recipient: str
    sha256: str
    state: LetterState
    attempts: int
    begun: bool
    """Whether its bytes were being handed over when it was last heard of."""
    possibly_twice: bool
    holder: str
    claim: str
    leased_until: str
    reply: str
    sent_at: str

    def is_free(self, now: dt.datetime) -> bool:
        """Whether it may be claimed: it waits, or its sender died or took too long."""
        if self.state is LetterState.WAITING:
            return True
        late = self.leased_until <= as_written(now)
        return self.state is LetterState.SENDING and (late or is_gone(self.holder))


def as_written(instant: dt.datetime) -> str:
    """An instant so that later ones are greater as text too."""
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")
