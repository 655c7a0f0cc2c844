"""SMTP: the mail server, from a URL or Airflow's connection, and one letter handed over to it."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from candour.errors import CandourError, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

AIRFLOW_CONNECTION = "smtp_default"
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_TAKEN, _PASSED_ON, _CLOSING, _FOR_GOOD = 250, 251, 421, 500
_ADDRESS = re.compile(r"[^\s<>,;:'\"()]+@[^\s<>,;:'\"()]+")


class NotAllSentError(Exception):
    """Mails wait that a later attempt may send; the message says how many and why."""


class Security(StrEnum):
    """How the connection to the mail server is protected; named as in the URL."""

    NONE = "smtp"
    """Plain: for a server on this machine."""
    TLS = "smtps"
    STARTTLS = "smtp+starttls"


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server and how to speak to it."""

    host: str
    port: int
    security: Security = Security.NONE
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: int = 30


def smtp_from_url(url: str) -> Smtp:
    """The server of ``smtp://host:port``, ``smtps://…`` or ``smtp+starttls://user:word@host``.

    Raises:
        ConfigurationError: the URL is none of these.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise ConfigurationError(
            "The mail server's address is not possible. Write smtp://host:port, or smtps:// or "
            "smtp+starttls:// with user:password@host:port."
        )
    return Smtp(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        security=Security(parts.scheme),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def smtp_from_airflow(connection_id: str = AIRFLOW_CONNECTION) -> Smtp:
    """The server of Airflow's SMTP connection, read as Airflow's own hook reads it."""
    from airflow.sdk import BaseHook  # noqa: PLC0415  - only under Airflow

    connection = BaseHook.get_connection(connection_id)
    extra = connection.extra_dejson
    if not extra.get("disable_ssl"):
        security = Security.TLS
    else:
        security = Security.NONE if extra.get("disable_tls") else Security.STARTTLS
    return Smtp(
        host=connection.host or "localhost",
        port=connection.port or _PORTS[security.value],
        security=security,
        user=connection.login or "",
        password=connection.password or "",
        timeout_seconds=int(extra.get("timeout", 30)),
    )


def connect(smtp: Smtp) -> smtplib.SMTP:
    """A connection that is ready for letters.

    Raises:
        NotAllSentError: the server does not answer, or not now.
        CandourError: it does not let us in.
    """
    try:
        return _connected(smtp)
    except smtplib.SMTPAuthenticationError as wrong:
        raise CandourError(
            f"The mail server {smtp.host}:{smtp.port} does not accept our log-in "
            f"({in_words(wrong)}). Correct the user or password of its connection."
        ) from wrong
    except OSError as wrong:  # smtplib's own errors among them
        raise NotAllSentError(
            f"the mail server {smtp.host}:{smtp.port} could not be reached ({in_words(wrong)})"
        ) from wrong


def _connected(smtp: Smtp) -> smtplib.SMTP:
    timeout, context = smtp.timeout_seconds, ssl.create_default_context()
    server: smtplib.SMTP
    if smtp.security is Security.TLS:
        server = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=timeout, context=context)
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=timeout)
    try:
        if smtp.security is Security.STARTTLS:
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if smtp.user:
            server.login(smtp.user, smtp.password)
    except OSError:
        server.close()
        raise
    return server


def hand_over(
    server: smtplib.SMTP, sender: str, recipient: str, content: bytes, begin: Callable[[], None]
) -> str:
    """Hand one letter over; gives the server's words when it took it.

    Args:
        server: a connection.
        sender: the address a bounce goes to.
        recipient: the one address.
        content: the message, lines ending in CRLF.
        begin: called when the server would take the bytes, before it is given any.

    Raises:
        OSError: it was not taken, or nobody knows.
    """
    if not recipient.isascii():
        raise smtplib.SMTPResponseException(_FOR_GOOD, b"the address is not written in ASCII")
    sized = [f"size={len(content)}"] if server.has_extn("size") else []
    _expect({_TAKEN}, *server.mail(sender, sized))
    _expect({_TAKEN, _PASSED_ON}, *server.rcpt(recipient))
    begin()
    code, said = server.data(content)
    _expect({_TAKEN}, code, said)
    return f"{code} {_on_one_line(said)}"


def _expect(codes: set[int], code: int, said: bytes) -> None:
    if code not in codes:
        raise smtplib.SMTPResponseException(code, said)


def is_refusal(wrong: OSError) -> bool:
    """Whether the server will never take this letter."""
    return isinstance(wrong, smtplib.SMTPResponseException) and wrong.smtp_code >= _FOR_GOOD


def is_broken(wrong: OSError) -> bool:
    """Whether the connection is gone, rather than one letter not taken."""
    if isinstance(wrong, smtplib.SMTPResponseException):
        return wrong.smtp_code in {_CLOSING, -1}
    return True


def is_unknown(wrong: OSError) -> bool:
    """Whether the server may have taken the letter all the same: it never said."""
    return not isinstance(wrong, smtplib.SMTPResponseException) or wrong.smtp_code == -1


def in_words(wrong: OSError) -> str:
    """The server's own words, or what became of the connection; never an address."""
    if isinstance(wrong, smtplib.SMTPResponseException):
        said = wrong.smtp_error
        return f"{wrong.smtp_code} {_on_one_line(said)}".strip()
    return _on_one_line(str(wrong)) or type(wrong).__name__


def _on_one_line(said: bytes | str) -> str:
    """Words on one line, addresses taken out: they go into logs."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return _ADDRESS.sub("the address", " ".join(words.split()))[:500]
