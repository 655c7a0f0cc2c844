"""A cluster: Airflow with CeleryExecutor, whose workers share three servers and no folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tasks.airflow_settings import shared_environment
from tasks.settings import PROJECT, Settings, settings
from tests.cluster.machines import MachineOf
from tests.cluster.parts import Postgres, PostOffice, Redis, free_port, until
from tests.cluster.rest import Rest
from tests.delivery.object_storage import BUCKET, object_storage

APPROVER = "bronwen.hale"
WORKERS = ("one", "two")
QUEUES = ("odd", "even")
"""Both workers take from both; a test may take a queue away from one."""
POLICY = Path(__file__).parent / "policy"
SECONDS_TO_BOOT, SECONDS_TO_RUN = 300, 300
_SECRET = "only-for-these-tests-" * 4
QUICK = {
    # What takes minutes in production takes seconds here; nothing else differs.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "12",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "2",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "30",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "5",
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "10",
    "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "15",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
}


@dataclass
class Cluster:
    """Servers, machines and two users; see conftest.py for what tests may rely on."""

    root: Path
    environment: dict[str, str]
    """What every component has, and a command of Candour's needs."""
    postgres: Postgres
    redis: Redis
    post: PostOffice
    admin: Rest
    approver: Rest
    machines: dict[str, MachineOf] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """Where the cluster's run state is, for Candour's own verbs."""
        return settings(self.environment)

    def start(self, *names: str) -> None:
        """Start machines, and wait until Airflow itself calls them healthy."""
        for name in names:
            self.machines[name].start()
        self.until_healthy(*names)

    def revive(self) -> list[str]:
        """Start what has ended, as a restart policy would; gives what that was."""
        ended = [name for name, machine in self.machines.items() if not machine.lives]
        self.start(*ended)
        return ended

    def until_healthy(self, *names: str) -> None:
        for name in names:
            until(
                lambda name=name: self._is_healthy(name),
                f"{name} is healthy", SECONDS_TO_BOOT, lambda name=name: self.said(name),
            )  # fmt: skip

    def ended(self, run: str, *, reviving: bool = False) -> dict[str, Any]:
        """A run when it has ended, in whatever state."""

        def has_ended() -> dict[str, Any] | None:
            if reviving:
                self.revive()
            found = self.admin.ask(run)
            return found if found["state"] in {"success", "failed"} else None

        return self.until(has_ended, f"the run {run} ends")  # type: ignore[return-value]

    def done(self, dag: str, logical_date: str | None = None, **conf: str) -> str:
        """Run a DAG to its good end; gives the path of its run."""
        run = self.admin.begun(dag, logical_date, **conf)
        self.succeeded(run)
        return run

    def succeeded(self, run: str, *, reviving: bool = False) -> None:
        ended = self.ended(run, reviving=reviving)
        assert ended["state"] == "success", f"{run} failed.\n{self.said()}"

    def task(self, run: str, task: str, *states: str) -> dict[str, Any]:
        """A task of a run, as soon as it is in one of these states (``running``)."""

        def found() -> dict[str, Any] | None:
            one = self.admin.tasks(run).get(task)
            return one if one and one["state"] in (states or ("running",)) else None

        return self.until(found, f"{task} of {run} is {states or 'running'}")  # type: ignore[return-value]

    def approve(self, run: str) -> None:
        """Approve a run's draft on Airflow's page, by name."""
        asked = f"{run}/hitlDetails"
        self.until(lambda: self.admin.ask(asked)["total_entries"], f"{run} asks for an approval")
        answer = {
            "chosen_options": ["Approve"],
            "params_input": {"reason": None, "exceptions": None},
        }
        self.approver.ask(f"{run}/taskInstances/approve/-1/hitlDetails", answer, "PATCH")

    def until(
        self, is_so: Callable[[], object], what: str, seconds: float = SECONDS_TO_RUN
    ) -> object:
        """Wait for something of the cluster; where it never is, the test fails with the logs."""
        return until(is_so, what, seconds, self.said)

    def candour(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A command of Candour's, from a machine beside the cluster."""
        return subprocess.run(
            [sys.executable, "-m", "tasks.cli", *arguments],
            check=False, capture_output=True, text=True, cwd=PROJECT,
            env={**os.environ, **self.environment, **environment},
        )  # fmt: skip

    def said(self, *names: str) -> str:
        """The last words of machines, and of the task logs that are newest on them."""
        words = [self.machines[name].last_words() for name in names or self.machines]
        logs = sorted(
            (
                log
                for log in self.root.glob("machines/*/airflow/logs/**/*.log")
                if "attempt" in log.name
            ),
            key=lambda log: log.stat().st_mtime,
        )
        for log in logs[-4:]:
            words.append(f"--- {log}\n{log.read_text('utf-8', 'replace')[-1500:]}")
        return "\n".join(words)

    def _is_healthy(self, name: str) -> bool:
        machine = self.machines[name]
        assert machine.lives, f"{name} ended by itself.\n{machine.last_words(60)}"
        if name in WORKERS:
            return f"{name}@" in machine.log.read_text("utf-8", "replace") and self._is_ready(
                machine
            )
        component = {"api-server": "metadatabase"}.get(name, name.replace("-", "_"))
        return self.admin.answers(lambda health: health[component]["status"] == "healthy")

    def _is_ready(self, machine: MachineOf) -> bool:
        said = machine.log.read_text("utf-8", "replace")
        return said.count(" ready") >= machine.starts


@contextmanager
def cluster_in(root: Path) -> Iterator[Cluster]:
    """A cluster for as long as the block lasts, every part of it healthy."""
    with ExitStack() as stack:
        postgres, redis, post = Postgres(root / "postgres"), Redis(root / "redis"), PostOffice()
        postgres.make()
        stack.callback(postgres.stop)
        redis.start()
        stack.callback(redis.kill)
        post.open()
        stack.callback(post.close)
        storage = stack.enter_context(object_storage(root / "storage"))
        made = _made(root, postgres, redis, post, storage)
        stack.callback(lambda: [machine.kill() for machine in made.machines.values()])
        _migrate(made)
        made.start("api-server")
        for name in ("dag-processor", "scheduler", "triggerer", *WORKERS):
            made.machines[name].start()
        made.until_healthy("dag-processor", "scheduler", "triggerer", *WORKERS)
        made.until(
            lambda: len(made.admin.ask("/api/v2/dags?limit=100")["dags"]) > 8, "DAGs are read"
        )
        yield made


def _made(
    root: Path, postgres: Postgres, redis: Redis, post: PostOffice, storage: dict[str, str]
) -> Cluster:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    passwords = root / "passwords.json"
    passwords.write_text(json.dumps({"admin": "admin", APPROVER: APPROVER}))
    environment = {
        **shared_environment(),
        **QUICK,
        **storage,
        "CANDOUR_HOME": f"s3://{BUCKET}",
        "CANDOUR_DATABASE": postgres.url("candour"),
        "CANDOUR_SMTP": post.url,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(POLICY), os.environ.get("PYTHONPATH")])),
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__HOSTNAME_CALLABLE": "socket.gethostname",
        "AIRFLOW__CORE__FERNET_KEY": "",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"admin:admin,{APPROVER}:user",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__SECRET_KEY": _SECRET,
        "AIRFLOW__API_AUTH__JWT_SECRET": _SECRET,
        "AIRFLOW__CELERY__BROKER_URL": redis.url,
        "AIRFLOW__CELERY__RESULT_BACKEND": f"db+{postgres.url('airflow')}",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": postgres.url("airflow"),
        "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False",
    }
    users = (Rest(address, name, name) for name in ("admin", APPROVER))
    made = Cluster(root, environment, postgres, redis, post, *users)
    commands = {
        "api-server": ("api-server",),
        "dag-processor": ("dag-processor",),
        "scheduler": ("scheduler", "--skip-serve-logs"),
        "triggerer": ("triggerer", "--skip-serve-logs"),
    } | {
        name: ("celery", "worker", "-H", f"{name}@%h", "-q", ",".join(QUEUES), "--skip-serve-logs")
        for name in WORKERS
    }
    for name, command in commands.items():
        made.machines[name] = MachineOf(name, command, root, environment)
    return made


def _migrate(made: Cluster) -> None:
    machine = MachineOf("migration", ("db", "migrate"), made.root, made.environment)
    machine.start()
    assert machine.process is not None
    if machine.process.wait(SECONDS_TO_BOOT):
        pytest.fail(machine.last_words(60))
