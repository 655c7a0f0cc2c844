"""Deliver: mails go out over SMTP; an address the server refuses holds nobody else's up."""

from __future__ import annotations

import smtplib
import ssl
from collections import deque
from contextlib import closing, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from candour.errors import CandourError, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage

AIRFLOW_CONNECTION = "smtp_default"
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


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


@dataclass(frozen=True, slots=True)
class Refusal:
    """A mail that did not go, and the server's own words."""

    recipient: str
    message_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the mails: ids of those the server took, and those it refused."""

    sent: tuple[str, ...]
    refused: tuple[Refusal, ...]


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


def deliver(messages: Sequence[EmailMessage], smtp: Smtp) -> Delivery:
    """Send the mails in order, one recipient each.

    A mail whose connection broke before the server answered is listed as refused: it may have
    arrived, and a second attempt carries the same Message-ID. The others go over a new connection.

    Raises:
        CandourError: the server cannot be reached, and nothing was sent.
    """
    sent: list[str] = []
    refused: list[Refusal] = []
    waiting = deque(messages)
    while waiting:
        try:
            server = _connect(smtp)
        except OSError as wrong:  # smtplib's own errors among them
            if not sent and not refused:
                raise CandourError(
                    f"The mail server {smtp.host}:{smtp.port} could not be reached "
                    f"({_words(wrong)}), so no mail was sent. Check the connection and send again."
                ) from wrong
            refused += [_refusal(message, wrong) for message in waiting]
            break
        _send_waiting(server, waiting, sent, refused)
    return Delivery(tuple(sent), tuple(refused))


def _send_waiting(
    server: smtplib.SMTP, waiting: deque[EmailMessage], sent: list[str], refused: list[Refusal]
) -> None:
    """Send until no mail waits or the connection breaks."""
    with closing(server):
        while waiting:
            message = waiting.popleft()
            try:
                server.send_message(message)
            except OSError as wrong:
                refused.append(_refusal(message, wrong))
                if _broken(wrong):
                    return
            else:
                sent.append(str(message["Message-ID"]))
        with suppress(OSError):
            server.quit()


def _connect(smtp: Smtp) -> smtplib.SMTP:
    timeout, context = smtp.timeout_seconds, ssl.create_default_context()
    server: smtplib.SMTP
    if smtp.security is Security.TLS:
        server = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=timeout, context=context)
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=timeout)
    try:
        if smtp.security is Security.STARTTLS:
            server.starttls(context=context)
        if smtp.user:
            server.login(smtp.user, smtp.password)
    except OSError:
        server.close()
        raise
    return server


def _broken(wrong: OSError) -> bool:
    """Whether the connection is gone, rather than one mail refused."""
    if isinstance(wrong, smtplib.SMTPServerDisconnected):
        return True
    return not isinstance(wrong, smtplib.SMTPException)


def _refusal(message: EmailMessage, wrong: OSError) -> Refusal:
    return Refusal(str(message["To"]), str(message["Message-ID"]), _words(wrong))


def _words(wrong: OSError) -> str:
    """The server's own words, or what became of the connection."""
    match wrong:
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            code, said = next(iter(recipients.values()))
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=said):
            pass
        case _:
            return " ".join(str(wrong).split()) or type(wrong).__name__
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"{code} {' '.join(words.split())}"
