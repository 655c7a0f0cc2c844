"""The stack of docker-compose.yml, brought up, asked and taken down by an operator's commands."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.compose.served import Served, fetched

CHECKSUMS = """
import hashlib, json
from tasks.settings import settings
from tasks.store import Store
store = Store(settings().home)
names = store.names("{folder}")
print(json.dumps({{name: hashlib.sha256(store.read(name)).hexdigest() for name in names}}))
"""


@dataclass
class Stack:
    """One project of Compose with the .env it is started with."""

    project: Path
    env_file: Path
    folder: Path
    chosen: dict[str, str] = field(default_factory=dict)
    """What .env says besides, for the profile that is up."""

    @property
    def given(self) -> dict[str, str]:
        """What .env says."""
        lines = (line.partition("=") for line in self.env_file.read_text().splitlines())
        return {name: value for name, _, value in lines if name.startswith("CANDOUR_")}

    @property
    def address(self) -> str:
        """Where the web pages are."""
        return f"http://127.0.0.1:{self.given['CANDOUR_PORT']}"

    def compose(
        self, *words: str, check: bool = True, minutes: float = 15, stdin: bytes | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run ``docker compose`` on the project."""
        return self._run(["docker", "compose", *words], check, minutes, stdin)

    def up(self, *services: str, check: bool = True, **chosen: str) -> subprocess.CompletedProcess:
        """Start the services, or all, and wait until they are healthy."""
        self.chosen = chosen
        started = self.compose(
            "up", "--detach", "--pull", self._pull, "--wait", "--wait-timeout", "600", *services,
            check=False, minutes=12,
        )  # fmt: skip
        if check and started.returncode:
            raise AssertionError(f"{started.stderr.decode()[-1500:]}\n{self.said()}")
        return started

    def down(self) -> None:
        """Remove every container and every volume: the next start is cold."""
        self.compose("--profile", "*", "down", "--volumes", "--timeout", "10")

    def job(self, script: str, folder: Path) -> None:
        """Back up to a folder, or restore from one, by the script an operator runs."""
        self._run([str(self.project / "deploy/compose" / script), str(folder)], True, 10, None)

    def inside(self, service: str, *words: str, check: bool = True) -> str:
        """What a command says that runs in the container of a service."""
        return self.compose("exec", "-T", service, *words, check=check).stdout.decode()

    def python(self, words: str) -> Any:
        """What a program says in the scheduler's container, as JSON."""
        return json.loads(self.inside("scheduler", "python", "-c", words).splitlines()[-1])

    def said(self, *services: str) -> str:
        """The end of what the containers said."""
        return self.compose("logs", "--tail", "25", *services, check=False).stdout.decode()

    def states(self) -> dict[str, dict[str, Any]]:
        """The containers there are, by name."""
        lines = self.compose("ps", "--all", "--format", "json").stdout.decode().splitlines()
        return {one["Name"]: one for one in map(json.loads, lines)}

    def log_in(self, name: str = "", password: str = "") -> Served:
        """Log in; without a name, as the first administrator."""
        given = self.given
        return Served.log_in(
            self.address,
            name or given["CANDOUR_ADMIN_NAME"],
            password or given["CANDOUR_ADMIN_PASSWORD"],
        )

    def mails(self) -> list[dict[str, Any]]:
        """What the mail catcher has."""
        found: list[dict[str, Any]] = fetched(
            f"http://127.0.0.1:{self.given['CANDOUR_MAIL_PORT']}/email"
        )
        return found

    def checksums(self, folder: str) -> dict[str, str]:
        """The SHA-256 of the files below a folder of the run state, wherever that is kept."""
        found: dict[str, str] = self.python(CHECKSUMS.format(folder=folder))
        return found

    @property
    def _pull(self) -> str:
        return "missing" if os.environ.get("STANDINS") == "0" else "never"

    def _run(
        self, words: list[str], check: bool, minutes: float, stdin: bytes | None
    ) -> subprocess.CompletedProcess[bytes]:
        ended = subprocess.run(
            words, cwd=self.project, env={**os.environ, **self._environment()}, input=stdin,
            stdin=None if stdin else subprocess.DEVNULL, capture_output=True, check=False,
            timeout=minutes * 60,
        )  # fmt: skip
        if check and ended.returncode:
            raise AssertionError(f"{' '.join(words)}\n{ended.stderr.decode()[-2000:]}")
        return ended

    def _environment(self) -> dict[str, str]:
        return {
            "COMPOSE_ENV_FILES": str(self.env_file),
            "COMPOSE_PROJECT_NAME": "candour-tests",
            **self.chosen,
        }
