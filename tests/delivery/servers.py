"""A real mail server on this machine, fussy in every way a test asks for."""

import asyncio
import hashlib
import os
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from aiosmtpd import smtp
from aiosmtpd.controller import Controller

from tasks.outbox import Letter
from tasks.settings import Settings, settings

SENDER = "complaints@northmere.invalid"
POSTGRES = "CANDOUR_TEST_POSTGRES"
"""User, host, port and database of a PostgreSQL server that the tests of delivery are to use."""


def letter(name: str, words: str = "Words", council: str = "northmere") -> Letter:
    """A letter to ``name@x.invalid``."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = SENDER, f"Person {name} <{name}@x.invalid>"
    message["Subject"] = f"For {name}"
    message.set_content(f"{words}\n")
    return Letter(f"test/{name}", council, "test 2024-03, version 1", name, message)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Fussy:
    """What a mail server does with each recipient, by the beginning of the name.

    ``unknown`` and ``full`` are refused, ``later`` and ``tired`` put off; on ``busy`` the service
    closes, on ``rude`` it hangs up before it has the mail, on ``lost`` when it has; ``garbled``
    gets an answer without a code, and ``slow`` one after the client has given up. With ``once`` in
    the name this happens the first time only.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        """Recipient and Message-ID of every mail taken."""
        self.contents: dict[str, bytes] = {}
        self.seen: Counter[str] = Counter()

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.taken]

    def _does(self, name: str, what: str) -> bool:
        return name.startswith(what) and ("once" not in name or self.seen[name] <= 1)

    async def handle_RCPT(  # noqa: N802
        self, server: smtp.SMTP, session: object, envelope: object, address: str, options: object
    ) -> str:
        name = address.partition("@")[0]
        self.seen[name] += 1
        if self._does(name, "unknown"):
            return f"550 5.1.1 <{address}>: no such mailbox"
        if self._does(name, "later"):
            return "451 4.7.1 Try again later"
        if self._does(name, "busy"):
            server.transport.write(b"421 4.3.2 Closing\r\n")
            server.transport.close()
            return "421 4.3.2 Closing"
        if self._does(name, "rude"):
            server.transport.abort()
            return "250 never heard"
        envelope.rcpt_tos.append(address)  # type: ignore[attr-defined]
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: smtp.SMTP, session: object, envelope: object
    ) -> str:
        (address,) = envelope.rcpt_tos  # type: ignore[attr-defined]
        name = address.partition("@")[0]
        content = envelope.original_content  # type: ignore[attr-defined]
        if self._does(name, "full"):
            return "552 5.2.2 Mailbox full"
        if self._does(name, "tired"):
            return "452 4.2.2 Over quota for now"
        self.taken.append((name, str(message_from_bytes(content, policy=SMTP)["Message-ID"])))
        self.contents[name] = content
        if self._does(name, "lost"):
            server.transport.abort()
        if self._does(name, "garbled"):
            server.transport.write(b"what?\r\n")
        if self._does(name, "slow"):
            await asyncio.sleep(1.5)
        return "250 2.0.0 OK"


@contextmanager
def fussy() -> Iterator[tuple[str, Fussy]]:
    """A fussy server for as long as the block runs; gives its URL and what it has seen."""
    handler = Fussy()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}", handler
    finally:
        controller.stop()


def settings_for(home: Path, smtp: str = "", **more: str) -> Settings:
    """Settings whose run state is in a folder, with a mail server.

    Where the environment names a PostgreSQL server, the folder's database is a schema there.
    """
    if POSTGRES in os.environ:
        more = {"CANDOUR_DATABASE": _schema(os.environ[POSTGRES], home), **more}
    return settings({"CANDOUR_HOME": str(home), "CANDOUR_SMTP": smtp, **more})


def _schema(server: str, home: Path) -> str:
    import psycopg  # noqa: PLC0415  - most tests need no server

    name = f"home_{hashlib.sha256(str(home).encode()).hexdigest()[:20]}"
    with psycopg.connect(f"postgresql://{server}", autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")  # type: ignore[arg-type]
    return f"postgresql+psycopg://{server}?options=-csearch_path%3D{name}"
