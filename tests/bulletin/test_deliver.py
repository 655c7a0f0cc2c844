"""Mails over a real SMTP connection on this machine."""

import email
import socket
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from candour.bulletin import Bulletin, Parts, to_message
from candour.errors import CandourError, ConfigurationError
from tasks.deliver import Security, Smtp, deliver, smtp_from_airflow, smtp_from_url
from tasks.mail_sink import sink

SENDER = "complaints@northmere.invalid"


def mail(recipient: str, number: int = 1) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["To"] = SENDER, recipient
    message["Subject"] = f"Number {number}"
    message["Message-ID"] = f"<{recipient.partition('@')[0]}.{number}@northmere.invalid>"
    message.set_content("Words\n")
    return message


class Fussy:
    """A mail server that refuses some and breaks on others."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: ANN001, N802
        if address.startswith("unknown"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("later"):
            return "451 4.7.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: ANN001, N802
        (recipient,) = envelope.rcpt_tos
        if recipient.startswith("full"):
            return "552 5.2.2 Mailbox full"
        if recipient.startswith("break"):
            server.transport.close()
            return "250 never heard"
        self.taken.append(recipient)
        return "250 OK"


@contextmanager
def fussy() -> Iterator[tuple[Smtp, Fussy]]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    handler = Fussy()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield Smtp("127.0.0.1", port, timeout_seconds=5), handler
    finally:
        controller.stop()


def test_a_refused_address_is_listed_and_the_others_are_sent() -> None:
    recipients = ["a@x.invalid", "unknown@x.invalid", "b@x.invalid", "full@x.invalid",
                  "later@x.invalid", "c@x.invalid"]  # fmt: skip
    with fussy() as (smtp, server):
        delivery = deliver([mail(recipient) for recipient in recipients], smtp)
    assert server.taken == ["a@x.invalid", "b@x.invalid", "c@x.invalid"]
    assert delivery.sent == tuple(f"<{name}.1@northmere.invalid>" for name in "abc")
    assert [(refused.recipient, refused.reason) for refused in delivery.refused] == [
        ("unknown@x.invalid", "550 5.1.1 No such mailbox"),
        ("full@x.invalid", "552 5.2.2 Mailbox full"),
        ("later@x.invalid", "451 4.7.1 Try again later"),
    ]


def test_a_broken_connection_costs_one_mail_and_not_the_rest() -> None:
    recipients = ["a@x.invalid", "break@x.invalid", "b@x.invalid"]
    with fussy() as (smtp, server):
        delivery = deliver([mail(recipient) for recipient in recipients], smtp)
    assert server.taken == ["a@x.invalid", "b@x.invalid"]
    assert [refused.recipient for refused in delivery.refused] == ["break@x.invalid"]


def test_a_server_that_is_not_there_is_a_sentence() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with pytest.raises(CandourError, match=r"could not be reached .* no mail was sent"):
        deliver([mail("a@x.invalid")], Smtp("127.0.0.1", port, timeout_seconds=2))


def test_nothing_to_send_asks_no_server() -> None:
    delivery = deliver([], Smtp("127.0.0.1", 1))
    assert (delivery.sent, delivery.refused) == ((), ())


def test_the_sink_keeps_each_mail_as_it_was_sent(bulletin: Bulletin, tmp_path: Path) -> None:
    message = to_message(bulletin, Parts("S", "text\n", "<p>x</p>\n", b"PK"), sender=SENDER)
    with sink(tmp_path / "mail") as url:
        delivery = deliver([message], smtp_from_url(url))
    assert delivery.sent == (message["Message-ID"],)
    kept = (tmp_path / "mail" / "sam.osei@northmere.invalid.eml").read_bytes()
    assert kept == message.as_bytes()


def test_the_sink_keeps_one_copy_of_the_same_mail_and_numbers_another(tmp_path: Path) -> None:
    with sink(tmp_path) as url:
        deliver([mail("a@x.invalid"), mail("a@x.invalid"), mail("a@x.invalid", 2)],
                smtp_from_url(url))  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a@x.invalid-2.eml", "a@x.invalid.eml",
    ]  # fmt: skip
    second = email.message_from_bytes((tmp_path / "a@x.invalid-2.eml").read_bytes())
    assert second["Subject"] == "Number 2"


def test_no_address_writes_outside_the_sinks_folder(tmp_path: Path) -> None:
    with sink(tmp_path / "mail") as url:
        deliver([mail("../up@x.invalid"), mail('"a/b"@x.invalid')], smtp_from_url(url))
    assert [path.name for path in tmp_path.iterdir()] == ["mail"]
    assert len(list((tmp_path / "mail").iterdir())) == 2
    assert all(path.is_file() for path in (tmp_path / "mail").iterdir())


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
