"""The outbox: letters are queued by key and sent once, whoever stops in the middle of it."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from candour.errors import CandourError, ConfigurationError
from candour.mail import identified, redirected
from candour.words import plural
from tasks.sending import Sender
from tasks.smtp import NotAllSentError, smtp_from_airflow, smtp_from_url
from tasks.state.letters import UNSENT, Entry, LetterState, Queued
from tasks.state.outbox import Outbox

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from email.message import EmailMessage

    from tasks.settings import Settings
    from tasks.smtp import Smtp

__all__ = ["Letter", "NotAllSentError", "Posted", "post", "send_waiting", "standing"]

REDIRECTED = "#redirected-"
"""In the key of a letter that goes elsewhere, which is another letter than the real one."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one person; the same key is the same letter, whoever queues it."""

    key: str
    council: str
    about: str
    """What it is, for a person: *weekly_bulletin 2024-W14, version 1*."""
    recipient: str
    """The reader's key or a role; logs and errors know them by nothing else."""
    message: EmailMessage
    content: bytes = b""
    """The very bytes of the message, where they were released; otherwise it is written anew."""
    first_words_stand: bool = False
    """Whether it is the same letter when it comes to be worded otherwise; refused, it may be."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of letters, by recipient; of a dry run, ``waiting`` is what would go."""

    sent: tuple[str, ...] = ()
    """Gone, now or before."""
    refused: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def post(
    settings: Settings,
    letters: Iterable[Letter],
    *,
    now: dt.datetime,
    most: int | None = None,
    approved: bool = False,
    by: str = "",
) -> Posted:
    """Queue letters and send those that have not gone.

    Args:
        settings: the database, the mail server, and whether mail is redirected or only told of.
        letters: one recipient each.
        now: this instant.
        most: how many unsent letters may go without a person having said so.
        approved: whether a person has.
        by: who; kept with the letters.

    Raises:
        NotAllSentError: some wait for another attempt.
        CandourError: some were refused, or are held for a person; the others have gone.
    """
    wanted = {letter.key: letter for letter in _addressed(settings, letters)}
    if settings.mail_dry_run:
        for letter in wanted.values():
            _LOG.info("Dry run: %s would go to %s.", letter.about, letter.recipient)
        return Posted(waiting=tuple(letter.recipient for letter in wanted.values()))
    box = Outbox(settings.database)
    known = box.entries(wanted)
    unsent = [k for k in wanted if k not in known or known[k].state in UNSENT]
    stopped = most is not None and len(unsent) > most and not approved
    for letter in wanted.values():
        _queue(box, letter, known.get(letter.key), held=stopped)
    if stopped:
        box.hold(unsent)
        raise CandourError(_too_many(wanted[unsent[0]], len(unsent), most or 0))
    box.let_go(unsent, by)
    return _sent(settings, box, list(wanted), now)


def send_waiting(settings: Settings, council: str, about: str, *, now: dt.datetime) -> None:
    """Send what waits of a council and is about something; what still does not go waits on."""
    if settings.mail_dry_run:
        return
    box = Outbox(settings.database)
    elsewhere = bool(settings.mail_redirect)
    keys = [k for k in box.waiting(council, about) if (REDIRECTED in k) is elsewhere]
    try:
        Sender(box, lambda: _server(settings), now).send(keys)
    except NotAllSentError as wrong:
        _LOG.warning("Mails of '%s' wait: %s.", council, wrong)


def standing(settings: Settings, letters: Iterable[Letter]) -> list[tuple[Letter, Entry | None]]:
    """What is known of letters, in their order."""
    asked = _addressed(settings, letters)
    known = Outbox(settings.database).entries(letter.key for letter in asked)
    return [(letter, known.get(letter.key)) for letter in asked]


def _addressed(settings: Settings, letters: Iterable[Letter]) -> list[Letter]:
    """The letters as they go: to whom they are for, or all to one address outside production."""
    to = settings.mail_redirect
    named = [replace(one, message=identified(one.message, one.key)) for one in letters]
    if not to:
        return named
    mark = REDIRECTED + hashlib.sha256(to.encode()).hexdigest()[:8]
    return [
        replace(
            one,
            key=one.key + mark,
            message=redirected(one.message, to, one.recipient),
            content=b"",
        )
        for one in named
    ]


def _queue(box: Outbox, letter: Letter, known: Entry | None, *, held: bool) -> None:
    """Keep a letter until it went; a letter that is known stays as it is unless it was refused."""
    message = letter.message
    content = letter.content or message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
    queued = Queued(
        key=letter.key,
        message_id=str(message["Message-ID"]),
        council=letter.council,
        about=letter.about,
        recipient=letter.recipient,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )
    if known is None and not box.add(queued, held=held):
        known = box.entries([letter.key]).get(letter.key)
        if known is None:
            raise CandourError(
                f"Two different letters have the Message-ID {queued.message_id}; the second, "
                f"{letter.about} to {letter.recipient}, was not queued."
            )
    if known is None:
        return
    if known.state is LetterState.REFUSED:
        box.put_back(queued)
    elif known.sha256 != queued.sha256 and not letter.first_words_stand:
        raise CandourError(
            f"{letter.about} to {letter.recipient} was queued before with other words. A letter "
            "is not changed once it is queued: release a correction, with its reason."
        )


def _too_many(letter: Letter, number: int, most: int) -> str:
    return (
        f"{number} mails of {letter.about} would go, and 'delivery: most_mails' of "
        f"'{letter.council}' allows {most} without a person having said so. All are held. Look at "
        f"them with 'candour deliver {letter.council} REPORT PERIOD --dry-run', and let them go "
        "with '--approve-mails --by NAME'."
    )


def _sent(settings: Settings, box: Outbox, keys: list[str], now: dt.datetime) -> Posted:
    """Send, then tell what the database says became of each letter."""
    why = ""
    try:
        Sender(box, lambda: _server(settings), now).send(keys)
    except NotAllSentError as wrong:
        why = str(wrong)
    entries = box.entries(keys)
    by_state = {
        state: [entries[key] for key in keys if entries[key].state is state]
        for state in LetterState
    }
    waiting = [*by_state[LetterState.WAITING], *by_state[LetterState.SENDING]]
    refused = by_state[LetterState.REFUSED]
    if waiting:
        raise NotAllSentError(_waits(waiting, refused, why))
    if refused:
        raise CandourError(_refused(refused, len(by_state[LetterState.SENT])))
    return Posted(
        sent=_recipients(by_state[LetterState.SENT]),
        held=_recipients(by_state[LetterState.HELD]),
    )


def _recipients(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(entry.recipient for entry in entries)


def _waits(waiting: list[Entry], refused: list[Entry], why: str) -> str:
    reasons = why or "; ".join(sorted({_reason(entry) for entry in waiting}))
    also = f" {len(refused)} were refused: {_listed(refused)}." if refused else ""
    return (
        f"{len(waiting)} {plural('mail', len(waiting))} could not be sent yet: {reasons}.{also} "
        "They wait in the outbox; run the delivery again. What was sent is not sent twice."
    )


def _reason(entry: Entry) -> str:
    if entry.state is LetterState.SENDING:
        return "another run is sending them"
    return entry.reply or "nobody has tried"


def _refused(refused: list[Entry], sent: int) -> str:
    return (
        f"{sent} {plural('mail', sent)} of these have gone and {len(refused)} the mail server "
        f"refused: {_listed(refused)}. Correct the addresses in people.yaml and run it again; "
        "what was sent is not sent twice."
    )


def _listed(entries: list[Entry]) -> str:
    return "; ".join(f"{entry.recipient} ({entry.reply})" for entry in entries)


def _server(settings: Settings) -> Smtp:
    """The mail server: the environment's, or Airflow's connection."""
    if settings.smtp:
        return smtp_from_url(settings.smtp)
    try:
        return smtp_from_airflow()
    except ImportError as wrong:
        raise ConfigurationError(
            "No mail server is known. Set CANDOUR_SMTP, for example smtp://localhost:25."
        ) from wrong
