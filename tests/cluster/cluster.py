"""A cluster: Airflow with CeleryExecutor, whose workers share three servers and no folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from celery import Celery

from tasks.settings import PROJECT, Settings, settings
from tests.cluster.machines import MachineOf
from tests.cluster.parts import Postgres, PostOffice, Redis, until
from tests.cluster.rest import Rest
from tests.conftest import SECONDS_TO_READ

APPROVER = "bronwen.hale"
WORKERS = ("one", "two")
SECONDS_TO_BOOT, SECONDS_TO_RUN = 600, 900


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
    intake: str = ""
    """The run that took Northmere's exports in."""

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
        time.sleep(SECONDS_TO_READ)
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

    def workers_answer(self) -> bool:
        """Whether both workers hear what they are told."""
        with Celery(broker=self.redis.url) as asking:
            return len(asking.control.ping(timeout=5)) == len(WORKERS)

    def take_from(self, queue: str) -> None:
        """Let the workers take from one more queue."""
        with Celery(broker=self.redis.url) as asking:
            told = asking.control.add_consumer(queue, reply=True, timeout=90)
        assert told, f"No worker answers.\n{self.said(*WORKERS)}"

    @contextmanager
    def storage_asleep(self) -> Iterator[None]:
        """Nothing is read from the object store or written to it, as long as the block lasts."""
        servers = [one for one in psutil.Process().children() if one.name() == "weed"]
        assert servers
        for server in servers:
            server.suspend()
        try:
            yield
        finally:
            for server in servers:
                server.resume()

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
