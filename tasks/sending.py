"""Sending: letters go one at a time, each claimed first; what became of each is kept at once."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
import time
import uuid
from collections import deque
from contextlib import closing, suppress
from email import message_from_bytes
from email.policy import SMTP
from typing import TYPE_CHECKING

from tasks.smtp import connect, hand_over, in_words, is_broken, is_refusal, is_unknown
from tasks.state.holder import this_process

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tasks.smtp import Smtp
    from tasks.state.letters import Entry
    from tasks.state.outbox import Outbox

_LOG = logging.getLogger(__name__)
_LEASE_SECONDS, _LEASE_TIMEOUTS = 600, 10
"""How long a claim holds: longer than any letter takes whose connection still answers."""


class _ClaimLostError(Exception):
    """Another sender took the letter over while this one slept."""


class Sender:
    """Sends letters of an outbox through one mail server.

    Args:
        box: where the letters are.
        smtp: asked for the server once there is something to send.
        now: this instant; it goes on from there as long as the sender works.
    """

    def __init__(self, box: Outbox, smtp: Callable[[], Smtp], now: dt.datetime) -> None:
        self._box = box
        self._smtp = smtp
        self._began, self._ticks = now, time.monotonic()
        self._holder = this_process()

    def send(self, keys: Sequence[str]) -> None:
        """Send the letters that nobody else is sending.

        Raises:
            NotAllSentError: the mail server does not answer; the letters wait.
            CandourError: the mail server does not let us in; the letters wait.
        """
        known = self._box.entries(keys)
        free = deque(key for key in keys if self._is_free(known[key]))
        if not free:
            return
        smtp = self._smtp()
        lease = dt.timedelta(seconds=max(_LEASE_SECONDS, _LEASE_TIMEOUTS * smtp.timeout_seconds))
        while free:
            with closing(connect(smtp)) as server:
                while free and self._send(server, free.popleft(), lease):
                    pass
                with suppress(OSError):
                    server.quit()

    def _now(self) -> dt.datetime:
        return self._began + dt.timedelta(seconds=time.monotonic() - self._ticks)

    def _is_free(self, entry: Entry) -> bool:
        return entry.is_free(self._now())

    def _send(self, server: smtplib.SMTP, key: str, lease: dt.timedelta) -> bool:
        """Send one letter if it is still to be had; whether the connection still stands."""
        entry = self._box.entries([key])[key]
        claim = uuid.uuid4().hex
        if not self._is_free(entry):
            return True
        if not self._box.claim(entry, self._holder, claim, self._now() + lease):
            return True
        if entry.begun:
            _LOG.warning(
                "The mail %s may arrive twice: an earlier attempt ended before anybody knew "
                "whether the server took it. Both carry this Message-ID.",
                entry.message_id,
            )
        content = self._box.content(key, claim)
        return content is None or self._attempt(server, entry, claim, content)

    def _attempt(self, server: smtplib.SMTP, entry: Entry, claim: str, content: bytes) -> bool:
        box, key = self._box, entry.key
        begun = False

        def begin() -> None:
            nonlocal begun
            if not box.begin(key, claim, self._now()):
                raise _ClaimLostError
            begun = True

        try:
            reply = hand_over(server, *_addresses(content), content, begin)
        except _ClaimLostError:
            _LOG.warning("The mail %s was left to another sender.", entry.message_id)
            return _goes_on(server)
        except OSError as wrong:
            gone = is_broken(wrong) or server.sock is None
            if is_refusal(wrong) and not gone:
                box.refuse(key, claim, in_words(wrong))
            else:
                unknown = begun and (is_unknown(wrong) or server.sock is None)
                box.release(key, claim, in_words(wrong), unknown=unknown)
            return not gone and _goes_on(server)
        if not box.sent(key, claim, at=self._now(), reply=reply):
            _LOG.warning(
                "The mail %s may arrive twice: another sender took it over while the server was "
                "taking it. Both carry this Message-ID.",
                entry.message_id,
            )
        return True


def _addresses(content: bytes) -> tuple[str, str]:
    """The addresses a letter goes from and to."""
    message = message_from_bytes(content, policy=SMTP)
    (sender,) = message["From"].addresses
    (recipient,) = message["To"].addresses
    return sender.addr_spec, recipient.addr_spec


def _goes_on(server: smtplib.SMTP) -> bool:
    """Whether the connection takes another letter after one it did not."""
    try:
        server.rset()
    except OSError:
        return False
    return server.sock is not None
