"""Airflow as a council runs it, for one life: FAB's log-ins, JSON logs, metrics and lineage.

Its exports hold planted people, and its settings planted secrets, so that whatever it writes can be
searched for them.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tasks.airflow_components import Machine
from tasks.airflow_settings import server_environment
from tasks.mail_sink import sink
from tests.audiences.test_planted import COUNCIL, PLANTED, plant
from tests.operating.receivers import collector, statsd
from tests.operating.serving import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.operating.receivers import Posted, StatsD

ROOT = Path(__file__).parents[2]
LOG_INS = "tasks.airflow_log_ins.CouncilLogIns"
MONTH, INTAKE = f"{COUNCIL}__monthly_pack", f"{COUNCIL}__intake"
PEOPLE = {
    "ada.min": ("Admin",),
    "bronwen.hale": (f"{COUNCIL}-approver",),
    "mona.ger": (f"{COUNCIL}-manager",),
    "both.sides": (f"{COUNCIL}-manager", "northmere-approver"),
    "else.where": ("northmere-manager",),
    "vi.ewer": ("Viewer",),
    "olive.op": ("operator",),
}
"""Who logs in, and the roles they were given; each one's password is of their name."""
CANARY = "hunter2-MARZIPAN-9931"
"""The password of a connection, which is nowhere but in the environment."""


def password_of(login: str) -> str:
    """A password for tests, long enough for anybody."""
    return f"{login}-Xylophone-71"


@dataclass
class Operated:
    """What one life of Airflow left behind, and what it answered while it ran."""

    home: Path
    statsd: StatsD
    posted: Posted
    environment: dict[str, str]
    statuses: dict[str, int] = field(default_factory=dict)
    """The status each attempt was answered with."""
    ends: dict[str, str] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    """The DAGs each person is shown."""
    question: dict[str, object] = field(default_factory=dict)
    roles_said: list[str] = field(default_factory=list)
    """What the command of the roles said, each time."""
    answers: list[str] = field(default_factory=list)
    """Everything the REST API told of the runs: tasks, what they handed over, their logs."""


@pytest.fixture(scope="session")
def operated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operated]:
    """Airflow started, its reports run by several people, a file refused, and the end."""
    home = tmp_path_factory.mktemp("operated")
    inbox = _planted_council(home)
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with sink(home / "mails") as smtp, statsd() as metrics, collector() as posted:
        environment = _environment(home, port, smtp, metrics.port, posted.port)
        operated = Operated(home, metrics, posted, environment)
        machine = Machine(os.environ | environment, home / "component-logs")
        try:
            _start(machine, operated)
            people = _people(machine, operated, f"http://127.0.0.1:{port}")
            _live(operated, people, inbox)
        finally:
            machine.stop()
        yield operated


def _planted_council(home: Path) -> Path:
    """A council like Northmere, with planted people in its exports; gives its inbox."""
    inbox, folder = home / "inbox", home / "councils" / COUNCIL
    shutil.copytree(ROOT / "data/exports/northmere", inbox)
    plant(inbox)
    shutil.copytree(ROOT / "councils/northmere", folder)
    declared = (folder / "council.yaml").read_text("utf-8")
    declared = re.sub(r"(?m)^inbox: .*$", f"inbox: {inbox}", declared)
    declared = re.sub(r"(?m)^exports_arrive: .*\n", "", declared)
    (folder / "council.yaml").write_text(declared, "utf-8")
    return inbox


def _environment(home: Path, port: int, smtp: str, metrics: int, lineage: int) -> dict[str, str]:
    import json  # noqa: PLC0415

    sent = {"type": "http", "url": f"http://127.0.0.1:{lineage}", "endpoint": "api/v1/lineage"}
    kept = {"type": "file", "log_file_path": str(home / "lineage.json"), "append": True}
    return server_environment(home / "var", port) | {
        "CANDOUR_COUNCILS": str(home / "councils"),
        "CANDOUR_SMTP": smtp,
        "AIRFLOW__CORE__AUTH_MANAGER": LOG_INS,
        "AIRFLOW__LOGGING__JSON_LOGS": "True",
        "AIRFLOW__METRICS__STATSD_ON": "True",
        "AIRFLOW__METRICS__STATSD_HOST": "127.0.0.1",
        "AIRFLOW__METRICS__STATSD_PORT": str(metrics),
        "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(
            {"type": "composite", "transports": {"sent": sent, "kept": kept}}
        ),
        "AIRFLOW__OPENLINEAGE__EXECUTION_TIMEOUT": "60",
        "AIRFLOW__OPENLINEAGE__EXTRACTORS": "tasks.airflow_lineage.Extractor",
        "AIRFLOW_CONN_CANARY": f"postgres://reader:{CANARY}@127.0.0.1:1/cases",
    }


def _start(machine: Machine, operated: Operated) -> None:
    """The database, the roles, and every component in its order."""
    machine.run(("db", "migrate"))
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "tasks.airflow_roles"],
            env=dict(machine.environment), capture_output=True, text=True, check=True,
        )  # fmt: skip
        operated.roles_said.append(done.stdout)
    machine.run(
        ("users", "create", "--username", "ada.min", "--firstname", "Ada", "--lastname", "Min",
         "--email", "ada.min@council.invalid", "--role", "Admin",
         "--password", password_of("ada.min"))
    )  # fmt: skip
    machine.start(("api-server",))
    machine.run(("dags", "reserialize"))


def _people(machine: Machine, operated: Operated, address: str) -> dict[str, Person]:
    """Everybody logged in, made by the administrator as on FAB's pages."""
    machine.wait_until_healthy(machine.components[0], lambda: _answers(address))
    admin = Person.logged_in(address, "ada.min", password_of("ada.min"))
    for login, roles in PEOPLE.items():
        if login != "ada.min":
            first, _, last = login.partition(".")
            given = {
                "username": login, "first_name": first, "last_name": last,
                "email": f"{login}@council.invalid", "password": password_of(login),
                "roles": [{"name": role} for role in roles],
            }  # fmt: skip
            admin.ask("/auth/fab/v1/users", given)
    machine.start(("dag-processor",))
    machine.start(("scheduler", "--skip-serve-logs"))
    return {login: Person.logged_in(address, login, password_of(login)) for login in PEOPLE}


def _answers(address: str) -> bool:
    try:
        health = Person(address, "").ask("/api/v2/monitor/health")
    except OSError:
        return False
    return bool(health["metadatabase"]["status"] == "healthy")


def _live(operated: Operated, people: dict[str, Person], inbox: Path) -> None:
    """A month by people who may, attempts of people who may not, and a file that is refused."""
    for login, person in people.items():
        if person.status("/api/v2/dags?limit=200") == 200:
            listed = person.ask("/api/v2/dags?limit=200")["dags"]
            operated.seen[login] = {one["dag_id"] for one in listed}
    for login in ("vi.ewer", "else.where"):
        operated.statuses[f"{login} starts"] = people[login].status(
            f"/api/v2/dags/{MONTH}/dagRuns", {"logical_date": None, "conf": {"period": "2024-03"}}
        )
    manager, approver, admin = people["mona.ger"], people["bronwen.hale"], people["ada.min"]
    operated.ends["intake"] = manager.ended(intake := manager.begun(INTAKE))
    month = manager.begun(MONTH, period="2024-03")
    operated.question = manager.asked(month)
    for login in ("vi.ewer", "else.where", "mona.ger", "both.sides", "olive.op", "ada.min"):
        operated.statuses[f"{login} approves"] = people[login].answers(month, "Approve")
    operated.statuses["bronwen.hale approves"] = approver.answers(month, "Approve", "Read")
    operated.ends["month"] = manager.ended(month)
    for login in ("mona.ger", "olive.op"):
        for page in ("connections", "variables", "config"):
            operated.statuses[f"{login} reads {page}"] = people[login].status(f"/api/v2/{page}")
        operated.statuses[f"{login} reads users"] = people[login].status("/auth/fab/v1/users")
    refused = inbox / "complaints_changes_20240603.csv"
    refused.write_text(f'Ref,Wrong\r\n{PLANTED[0]},"{", ".join(PLANTED[1:])}"\r\n', "utf-8")
    failed = manager.begun(INTAKE)
    operated.ends["refused"] = manager.ended(failed)
    for run in (intake, month, failed):
        operated.answers += _everything_of(admin, run)


def _everything_of(admin: Person, run: str) -> list[str]:
    """What the pages show of a run: its tasks, what they handed over, were given, and logged."""
    told = [str(admin.ask(run))]
    for task in admin.ask(f"{run}/taskInstances")["task_instances"]:
        of = f"{run}/taskInstances/{task['task_id']}"
        told.append(str(task))
        if task["try_number"]:
            told.append(str(admin.ask(f"{of}/logs/{task['try_number']}")))
        for entry in admin.ask(f"{of}/xcomEntries")["xcom_entries"]:
            told.append(str(admin.ask(f"{of}/xcomEntries/{entry['key']}")))
    return told
