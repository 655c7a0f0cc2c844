"""The real scheduler: deadlines fire once, failures are told once, a run waits for its export."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import textwrap
import time
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tasks.airflow_components import Machine
from tasks.airflow_settings import ADMINISTRATOR, LOOPBACK, log_ins, server_environment
from tasks.alerts import asked
from tasks.arriving import DAYS
from tasks.launcher import API_SERVER, DAG_PROCESSOR, DAGS, SCHEDULER, TABLES, _is_healthy
from tasks.mail_sink import sink
from tasks.settings import settings
from tests.alerts.conftest import ROOT, eastmere, made_draft, text_of
from tests.gates.test_scheduler import Served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from tasks.settings import Settings

CANARY = "Mrs Canary of 1 Birdcage Walk"
TODAY = dt.datetime.now(ZoneInfo("Europe/London")).date()
WEEKEND = TODAY.weekday() > DAYS.index("Friday")
DUE = TODAY if not WEEKEND else TODAY - dt.timedelta(days=TODAY.weekday() - 4)
INTAKE = "eastmere__intake"
BY_HAND = ("eastmere__annual_report", "eastmere__weekly_bulletin", "eastmere__monthly_pack")
RUN = "by_hand"
SECONDS_TO_WAIT = 200
pytestmark = [pytest.mark.gate, pytest.mark.timeout(600)]

FLOWS = f'''
import datetime as dt
import os
import signal

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task

from tasks import airflow_dags as dags
from tasks import airflow_runs as runs
from tasks.airflow_dags import _reminder
from tasks.alerts import run_failed

SHORT = runs.DEFAULTS | {{"retries": 1, "retry_delay": dt.timedelta(seconds=1)}}
GIVEN = {{
    "schedule": None,
    "start_date": runs.START,
    "default_args": SHORT,
    "on_failure_callback": run_failed,
}}
dags.LOOKS_EVERY = dt.timedelta(seconds=3)
dags.INTAKE_AT = dt.time()
dags.daily_or_on_arrival = lambda council: AssetOrTimeSchedule(
    timetable=CronTriggerTimetable("0 0 * * {DUE.isoweekday()}", timezone=runs.TIMEZONE),
    assets=[runs.inbox(council)],
)
dags.intake_dag("eastmere", doc="When exports come.")


@dag(dag_id="eastmere__annual_report", **GIVEN)
def wrong():
    @task
    def build():
        raise KeyError("{CANARY}")

    build()


@dag(dag_id="eastmere__weekly_bulletin", **GIVEN)
def killed():
    @task
    def build():
        os.kill(os.getpid(), signal.SIGKILL)

    build()


reminder = _reminder(1)
reminder.interval = dt.timedelta(seconds=5)


@dag(dag_id="eastmere__monthly_pack", deadline=reminder, **GIVEN)
def waiting():
    ApprovalOperator(task_id="approve", subject="The pack", body="It waits.")


wrong()
killed()
waiting()
'''


@dataclass(frozen=True)
class Lived:
    """One life of Airflow: the mails that came, and what its tasks were seen in."""

    mails: list[EmailMessage]
    waited: str
    ended: dict[str, str]
    tries: dict[str, int]

    def about(self, words: str) -> list[EmailMessage]:
        """The mails whose subject says so."""
        return [mail for mail in self.mails if words in str(mail["Subject"])]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """Airflow on its schedule, with Eastmere's export late until everybody was told."""
    at = tmp_path_factory.mktemp("scheduled")
    councils = eastmere(at, f'{{on: [{DAYS[DUE.weekday()]}], by: "00:01"}}')
    (at / "dags").mkdir()
    (at / "dags/flows.py").write_text(textwrap.dedent(FLOWS))
    with sink(at / "mail") as mail_server, socket.socket() as trial:
        trial.bind((LOOPBACK, 0))
        port = trial.getsockname()[1]
        trial.close()
        environment = server_environment(at / "home", port, on_schedule=True) | {
            "AIRFLOW__CORE__DAGS_FOLDER": str(at / "dags"),
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "CANDOUR_COUNCILS": str(councils),
            "CANDOUR_SMTP": mail_server,
            "PYTHONPATH": str(ROOT),
        }
        _ask(settings(environment), "drafts/eastmere/one")
        machine = Machine(os.environ | environment, at / "logs")
        try:
            _start(machine, port)
            yield _live(_served(at / "home", port), at)
        finally:
            machine.stop()


def _ask(here: Settings, folder: str) -> None:
    """Ask the approvers before the run is there: on a busy machine it might be reminded first."""
    asked(here, made_draft(here, "eastmere", folder), at=dt.datetime.now(dt.UTC), run=RUN)


def _start(machine: Machine, port: int) -> None:
    machine.run(TABLES)
    api_server = machine.start(API_SERVER)
    machine.run(DAGS)
    machine.wait_until_healthy(api_server, lambda: _is_healthy(port, "metadatabase"))
    machine.start(DAG_PROCESSOR)
    machine.wait_until_healthy(machine.start(SCHEDULER), lambda: _is_healthy(port, "scheduler"))


def _served(home: Path, port: int) -> Served:
    address = f"http://{LOOPBACK}:{port}"
    user = {"username": ADMINISTRATOR, "password": log_ins(home)[ADMINISTRATOR]}
    return Served(address, Served(address, "").ask("/auth/token", user)["access_token"])


def _live(served: Served, at: Path) -> Lived:
    """Let everything go wrong, put the export in its place, and see what was told."""
    runs = dict.fromkeys(BY_HAND, RUN)
    for dag in BY_HAND:
        body = {"logical_date": None, "dag_run_id": RUN}
        served.ask(f"/api/v2/dags/{dag}/dagRuns", body)
    intake = f"/api/v2/dags/{INTAKE}/dagRuns"
    runs[INTAKE] = _until(lambda: served.ask(intake)["dag_runs"])[0]["dag_run_id"]

    def task(dag: str, name: str) -> dict:  # type: ignore[type-arg]
        return served.ask(f"/api/v2/dags/{dag}/dagRuns/{runs[dag]}/taskInstances/{name}")

    _until(lambda: len(_mails(at)) >= 7)
    # The run of a killed task is told of by the DAG processor, when it comes to it.
    _until(lambda: any("was lost at" in str(mail["Subject"]) for mail in _mails(at)))
    waited = task(INTAKE, "arrive")["state"]
    export = next((ROOT / "data/exports/northmere").glob("complaints_full_20240527.csv"))
    shutil.copy(export, at / f"inbox/complaints_full_{DUE:%Y%m%d}.csv")
    _until(lambda: task(INTAKE, "extract")["state"] in {"success", "failed", "upstream_failed"})
    asked_for = [(INTAKE, "arrive"), ("eastmere__annual_report", "build")]
    asked_for += [("eastmere__weekly_bulletin", "build"), ("eastmere__monthly_pack", "approve")]
    ended = {dag: task(dag, name) for dag, name in asked_for}
    return Lived(
        _mails(at),
        waited,
        {dag: one["state"] for dag, one in ended.items()},
        {dag: one["try_number"] for dag, one in ended.items()},
    )


def _until(answer: Callable[[], object]) -> object:
    give_up_at = time.monotonic() + SECONDS_TO_WAIT
    while not (found := answer()):
        assert time.monotonic() < give_up_at
        time.sleep(1)
    return found


def _mails(at: Path) -> list[EmailMessage]:
    files = sorted((at / "mail").glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]


def test_a_late_export_is_told_the_complaints_team_once(lived: Lived) -> None:
    (mail,) = lived.about("no new export by 00:01")
    assert mail["To"].addresses[0].addr_spec == "feedback@northmere.invalid"


@pytest.mark.skipif(WEEKEND, reason="exports are expected on the days of the working week")
def test_the_run_of_the_day_waits_and_goes_on_when_the_export_has_come(lived: Lived) -> None:
    assert lived.waited in {"up_for_reschedule", "running", "scheduled", "queued"}
    assert lived.ended[INTAKE] == "success"


def test_a_task_is_told_of_once_it_has_no_retry_left(lived: Lived) -> None:
    assert lived.tries["eastmere__annual_report"] == 2
    (mail,) = lived.about("the annual report failed at build")
    assert mail["To"].addresses[0].addr_spec == "operations@northmere.invalid"
    assert "KeyError" in text_of(mail)
    assert not [one for one in lived.mails if "Canary" in one.as_string()]


def test_a_task_whose_process_was_killed_is_told_of_too(lived: Lived) -> None:
    assert lived.ended["eastmere__weekly_bulletin"] == "failed"
    assert len(lived.about("the weekly bulletin was lost at build")) == 1


def test_approvers_are_asked_and_while_it_waits_reminded_once(lived: Lived) -> None:
    assert lived.ended["eastmere__monthly_pack"] == "awaiting_input"
    told = Counter(mail["To"].addresses[0].addr_spec for mail in lived.about("waits for approval"))
    assert told == {"bronwen.hale@northmere.invalid": 2, "judith.marlowe@northmere.invalid": 2}
    assert len(lived.about("still waits")) == 2
