"""The outbox holds on PostgreSQL what it holds on SQLite: the same tests, another database."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.servers import POSTGRES, free_port

HERE = Path(__file__).parent
SAME = ("test_outbox.py", "test_holder.py", "test_killed.py")


@pytest.fixture
def postgres() -> Iterator[str]:
    """A PostgreSQL server of the test's own: its user, host, port and database."""
    if (initdb := _program("initdb")) is None or (pg_ctl := _program("pg_ctl")) is None:
        pytest.skip("PostgreSQL is not installed")
    # It refuses to run as root, who can be anybody else.
    whom = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    whom = whom if os.geteuid() == 0 else []
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        data = f"{folder}/data"
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        options += " -c max_connections=500"  # a home a test, and each keeps its own
        log = ["-l", f"{folder}/log"]
        run([*whom, initdb, "-D", data, "-A", "trust", "-U", "candour"])
        run([*whom, pg_ctl, "-D", data, *log, "-o", options, "-w", "start"])
        try:
            yield f"candour@127.0.0.1:{port}/postgres"
        finally:
            run([*whom, pg_ctl, "-D", data, "-m", "immediate", "stop"])


def _program(name: str) -> str | None:
    """A program of the server, which Debian keeps off everybody's path."""
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(newest[-1]) if newest else None)


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.mark.gate
@pytest.mark.timeout(600)
def test_the_outbox_keeps_its_promises_on_postgresql(postgres: str) -> None:
    same = [str(HERE / name) for name in SAME]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *same],
        check=False,
        env={**os.environ, POSTGRES: postgres},
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
    )
    assert done.returncode == 0, done.stdout[-6000:]
