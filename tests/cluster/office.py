"""An office: Airflow on one machine with PostgreSQL, on schedule, every DAG off at first."""

from __future__ import annotations

import os
import urllib.error
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tasks.airflow_components import Machine
from tasks.airflow_settings import ADMINISTRATOR, log_ins, server_environment
from tasks.launcher import API_SERVER, DAG_PROCESSOR, DAGS, SCHEDULER, TABLES
from tasks.settings import Settings, settings
from tests.cluster.parts import Postgres, PostOffice, free_port, until
from tests.cluster.rest import Rest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS_TO_RUN = 600


@dataclass(frozen=True)
class Office:
    """Airflow's pages, asked as the administrator and as an approver."""

    admin: Rest
    approver: Rest
    machine: Machine
    settings: Settings

    def switch_on(self, *dags: str) -> None:
        for dag in dags:
            self.admin.ask(f"/api/v2/dags/{dag}", {"is_paused": False}, "PATCH")

    def runs(self, dag: str) -> list[dict[str, Any]]:
        """The runs of a DAG, as they were made."""
        found: list[dict[str, Any]] = self.admin.ask(
            f"/api/v2/dags/{dag}/dagRuns?limit=100&order_by=id"
        )["dag_runs"]
        return found

    def waiting(self, dag: str) -> list[dict[str, Any]]:
        """The questions of a DAG's runs that nobody has answered."""
        asked: list[dict[str, Any]] = self.admin.ask(
            f"/api/v2/dags/{dag}/dagRuns/~/hitlDetails?limit=100&response_received=false"
        )["hitl_details"]
        return asked

    def approve(self, question: dict[str, Any]) -> None:
        """Answer yes to a question."""
        task = question["task_instance"]
        run = f"/api/v2/dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}"
        answer = {
            "chosen_options": ["Approve"],
            "params_input": {"reason": None, "exceptions": None},
        }
        self.approver.ask(f"{run}/taskInstances/approve/-1/hitlDetails", answer, "PATCH")

    def refusal(self, path: str, body: dict[str, object]) -> tuple[int, str]:
        """The status and the words with which something is refused."""
        try:
            return 200, str(self.admin.ask(path, body))
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def until(self, is_so: Callable[[], object], what: str) -> Any:
        def looked() -> object:
            self.machine.check()
            return is_so()

        return until(looked, what, SECONDS_TO_RUN, self.said)

    def said(self) -> str:
        """The last words of its components."""
        logs = sorted(self.machine.logs.glob("*.log"))
        return "\n".join(f"--- {log}\n{log.read_text('utf-8')[-1500:]}" for log in logs)


@contextmanager
def office_in(root: Path, approver: str) -> Iterator[Office]:
    """An office for as long as the block lasts, every part of it healthy."""
    with ExitStack() as stack:
        postgres, post, port = Postgres(root / "postgres"), PostOffice(), free_port()
        postgres.make()
        stack.callback(postgres.stop)
        post.open()
        stack.callback(post.close)
        home = root / "home"
        environment = server_environment(home, port, on_schedule=True) | {
            "CANDOUR_DATABASE": postgres.url("candour"),
            "CANDOUR_SMTP": post.url,
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": postgres.url("airflow"),
        }
        machine = Machine({**os.environ, **environment}, root / "logs")
        stack.callback(machine.stop)
        machine.run(TABLES)
        users = log_ins(home)
        address = f"http://127.0.0.1:{port}"
        admin = Rest(address, ADMINISTRATOR, users[ADMINISTRATOR])
        made = Office(
            admin, Rest(address, approver, users[approver]), machine, settings(environment)
        )
        server = machine.start(API_SERVER)
        machine.run(DAGS)
        machine.wait_until_healthy(server, admin.answers)
        for command, part in ((DAG_PROCESSOR, "dag_processor"), (SCHEDULER, "scheduler")):
            machine.wait_until_healthy(
                machine.start(command),
                lambda part=part: admin.answers(lambda found: found[part]["status"] == "healthy"),
            )
        yield made
