"""Each profile brought up once, cold, used for a month, and taken down for the next."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tasks.settings import PROJECT
from tests.compose.month import BULLETIN, PACK, Month, march, take_in, with_approvers
from tests.compose.stack import Stack
from tests.delivery.servers import free_port

if TYPE_CHECKING:
    from pathlib import Path

CELERY = {
    "COMPOSE_PROFILES": "celery",
    "CANDOUR_EXECUTOR": "CeleryExecutor",
    "CANDOUR_WORKERS": "2",
}
BUCKET = {**CELERY, "COMPOSE_PROFILES": "celery,s3", "CANDOUR_HOME": "s3://candour/state"}
OLDER = f"UPDATE dag_run SET start_date = start_date - interval '500 days' WHERE dag_id = '{PACK}'"


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The compose file with secrets of its own, its images built."""
    if subprocess.run(["docker", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no Docker Engine answers; make test-compose starts one")
    folder = tmp_path_factory.mktemp("compose")
    port = free_port()
    given = subprocess.run(
        [PROJECT / "deploy/compose/new-env", "first.administrator"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    chosen = {
        "CANDOUR_PORT": port,
        "CANDOUR_MAIL_PORT": free_port(),
        "CANDOUR_URL": f"http://localhost:{port}",
        "CANDOUR_ON_SCHEDULE": "False",  # the samples end in 2024: nothing runs by itself
    }
    file = folder / ".env"
    file.write_text(given + "".join(f"{name}={value}\n" for name, value in chosen.items()))
    made = Stack(PROJECT, file, folder)
    made.down()  # whatever a run before left that was cut off
    made.compose("--profile", "s3", "build", "--quiet", minutes=20)
    yield made
    made.down()


@pytest.fixture(scope="session")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the backup goes that the second profile is restored from."""
    return tmp_path_factory.mktemp("backups") / "first"


@pytest.fixture(scope="session")
def passwords() -> dict[str, str]:
    """The approvers' passwords, which outlive the first profile in its backup."""
    return {}


@pytest.fixture(scope="session")
def default(stack: Stack, backup: Path, passwords: dict[str, str]) -> Month:
    """One machine: the file as it comes."""
    stack.up()
    admin = stack.log_in()
    passwords.update(with_approvers(stack, admin))
    take_in(admin)
    stack.job("backup", backup)
    month = march(stack, passwords)
    again = stack.compose("run", "--rm", "-T", "init")  # what an upgrade does first
    # A pack of 500 days ago, which is more than what is kept.
    stack.inside("database", "psql", "--username=candour", "--dbname=airflow", "--command", OLDER)
    stack.compose("run", "--rm", "-T", "tidy")
    month.seen.update(
        again=again.stdout.decode() + again.stderr.decode(),
        runs_after={
            dag: admin.ask(f"dags/{dag}/dagRuns")["total_entries"] for dag in (PACK, BULLETIN)
        },
        released_after=stack.checksums("releases/northmere/"),
    )
    stack.down()
    return month


@pytest.fixture(scope="session")
def celery(stack: Stack, default: Month, backup: Path, passwords: dict[str, str]) -> Month:
    """Workers, on what the backup holds; one of them is killed while it builds the pack."""
    assert default
    stack.job("restore", backup)
    half = stack.up(check=False, COMPOSE_PROFILES="celery")
    refused = half.stderr.decode() + stack.said("init")
    stack.compose("rm", "--force", "--stop", "init")
    stack.up(**CELERY)
    killed: dict[str, object] = {}
    month = march(stack, passwords, during=lambda run: killed.update(_killed(stack, run)))
    month.seen.update(refused=refused, refusal=half.returncode, killed=killed)
    stack.down()
    return month


@pytest.fixture(scope="session")
def s3(stack: Stack, celery: Month) -> Month:
    """Workers that share no folder: a bucket holds the run state."""
    assert celery
    stack.up(**BUCKET)
    admin = stack.log_in()
    passwords = with_approvers(stack, admin)
    take_in(admin)
    month = march(stack, passwords)
    stack.down()
    return month


def _killed(stack: Stack, run: dict[str, Any]) -> dict[str, object]:
    """Kill the worker that builds the pack, as a crash would; the container, and who it was."""
    path = f"dags/{run['dag_id']}/dagRuns/{run['dag_run_id']}/taskInstances/build"
    build = stack.log_in().until(
        path, lambda found: found["state"] == "running" and found["hostname"]
    )
    first = build["hostname"]
    asked = ["docker", "inspect", "--format", "{{.State.Pid}}", first]
    number = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    # Not by Docker, which would take it for the operator's own wish and leave it ended.
    words = ["kill", "-KILL", number]
    subprocess.run(words if os.geteuid() == 0 else ["sudo", "-n", *words], check=True)
    return {"host": first}
