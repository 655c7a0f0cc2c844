"""The mail server: read from a URL or Airflow's connection, and what it is told and says."""

import datetime as dt
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from candour.errors import CandourError, ConfigurationError
from tasks.outbox import NotAllSentError, post
from tasks.smtp import Security, Smtp, smtp_from_airflow, smtp_from_url
from tests.delivery.servers import Fussy, free_port, letter, settings_for

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")
NOW = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)


@contextmanager
def guarded(word: str) -> Iterator[tuple[int, Fussy]]:
    """A server that lets in who says the word."""

    def let_in(server: object, session: object, envelope: object, how: str, data: object) -> object:
        return AuthResult(success=data.password == word.encode(), handled=False)  # type: ignore[attr-defined]

    handler = Fussy()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=let_in,
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield controller.port, handler
    finally:
        controller.stop()


def test_a_server_that_asks_for_a_log_in_gets_it(tmp_path: Path) -> None:
    with guarded("open sesame") as (port, server):
        here = settings_for(tmp_path, f"smtp://me:open%20sesame@127.0.0.1:{port}")
        post(here, [letter("ann")], now=NOW)
    assert server.names == ["ann"]


def test_a_log_in_that_is_not_accepted_is_for_a_person_and_shows_no_password(
    tmp_path: Path,
) -> None:
    with guarded("open sesame") as (port, server):
        here = settings_for(tmp_path, f"smtp://me:wrong@127.0.0.1:{port}")
        with pytest.raises(CandourError, match="does not accept our log-in") as told:
            post(here, [letter("ann")], now=NOW)
    assert "wrong" not in str(told.value)
    assert server.names == []


def test_a_server_without_tls_is_not_spoken_to_when_tls_is_asked_for(tmp_path: Path) -> None:
    with guarded("x") as (port, server):
        here = settings_for(tmp_path, f"smtp+starttls://me:x@127.0.0.1:{port}")
        with pytest.raises(NotAllSentError, match="not be reached"):
            post(here, [letter("ann")], now=NOW)
    assert server.names == []


def test_an_address_that_is_not_ascii_is_refused_and_the_others_go(tmp_path: Path) -> None:
    with guarded("x") as (port, server):
        here = settings_for(tmp_path, f"smtp://me:x@127.0.0.1:{port}")
        with pytest.raises(CandourError, match="not written in ASCII"):
            post(here, [letter("j\u00f6rg"), letter("ann")], now=NOW)
    assert server.names == ["ann"]


@pytest.mark.parametrize(
    ("url", "smtp"),
    [
        ("smtp://localhost:1025", Smtp("localhost", 1025)),
        ("smtp://localhost", Smtp("localhost", 25)),
        ("smtps://mail.x.invalid", Smtp("mail.x.invalid", 465, Security.TLS)),
        (
            "smtp+starttls://me%40x:p%2Fw@mail.x.invalid",
            Smtp("mail.x.invalid", 587, Security.STARTTLS, "me@x", "p/w"),
        ),
    ],
)
def test_a_server_is_read_from_its_url(url: str, smtp: Smtp) -> None:
    assert smtp_from_url(url) == smtp


@pytest.mark.parametrize("url", ["", "http://x", "smtp://", "smtp://x:0", "smtp://x:many"])
def test_a_url_that_is_none_is_a_sentence_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError, match="Write smtp://host:port"):
        smtp_from_url(url)


def test_a_password_is_never_shown() -> None:
    assert "secret" not in repr(smtp_from_url("smtp://me:secret@x"))


@pytest.mark.parametrize(
    ("extra", "security", "port"),
    [
        ({}, Security.TLS, 465),
        ({"disable_ssl": True}, Security.STARTTLS, 587),
        ({"disable_ssl": True, "disable_tls": True, "timeout": 7}, Security.NONE, 25),
    ],
)
def test_airflows_connection_is_read_as_its_hook_reads_it(
    monkeypatch: pytest.MonkeyPatch, extra: dict[str, object], security: Security, port: int
) -> None:
    connection = types.SimpleNamespace(
        host="mail.x.invalid", port=None, login="me", password="word", extra_dejson=extra
    )
    hook = types.SimpleNamespace(get_connection={"smtp_default": connection}.__getitem__)
    monkeypatch.setitem(sys.modules, "airflow.sdk", types.SimpleNamespace(BaseHook=hook))
    assert smtp_from_airflow() == Smtp(
        "mail.x.invalid", port, security, "me", "word", timeout_seconds=extra.get("timeout", 30)
    )
