"""The real scheduler: March 2024 taken in and released over the REST API, and nothing left over."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import psutil
import pytest

from tests.conftest import LANDED_ON
from tests.gates.conftest import released

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import House, Made

pytestmark = [pytest.mark.gate, pytest.mark.timeout(420)]

ROOT = Path(__file__).parents[2]
SECONDS_TO_FINISH = 180
MONTH = "northmere__monthly_pack"
INTAKE = "northmere__intake"
LARGEST_XCOM = 2048
"""Bytes: a reference fits, a table does not."""


@dataclass(frozen=True)
class Served:
    """Airflow's REST API, logged in."""

    address: str
    token: str

    def ask(self, path: str, body: dict[str, object] | None = None) -> dict:  # type: ignore[type-arg]
        """The answer to a question, or to a body that is posted."""
        request = urllib.request.Request(
            f"{self.address}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: dict = json.load(answer)  # type: ignore[type-arg]
            return found

    def run(self, dag: str, logical_date: str | None = None, **conf: str) -> dict:  # type: ignore[type-arg]
        """A run that was triggered, when it has ended."""
        runs = f"/api/v2/dags/{dag}/dagRuns"
        run = self.ask(runs, {"logical_date": logical_date, "conf": conf})
        give_up_at = time.monotonic() + SECONDS_TO_FINISH
        while run["state"] not in {"success", "failed"}:
            assert time.monotonic() < give_up_at, f"{dag} is still {run['state']}"
            time.sleep(1)
            run = self.ask(f"{runs}/{run['dag_run_id']}")
        return run

    def handed_over(self, run: dict) -> dict[str, object]:  # type: ignore[type-arg]
        """What the tasks of a run handed to each other, by task and key."""
        tasks = f"/api/v2/dags/{run['dag_id']}/dagRuns/{run['dag_run_id']}/taskInstances"
        entries = self.ask(f"{tasks}/~/xcomEntries")["xcom_entries"]
        return {
            f"{one['task_id']} {one['key']}": self.ask(
                f"{tasks}/{one['task_id']}/xcomEntries/{one['key']}"
            )["value"]
            for one in entries
        }

    def refusal(self, dag: str, **conf: str) -> tuple[int, str]:
        """The status and the words with which a run is refused."""
        try:
            accepted = self.ask(f"/api/v2/dags/{dag}/dagRuns", {"logical_date": None, "conf": conf})
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        return 200, str(accepted)


@dataclass(frozen=True)
class Lived:
    """One life of Airflow on this machine, from its start to its end."""

    home: Path
    unread: int
    dags: set[str]
    states: dict[str, str]
    handed_over: dict[str, object]
    refusal: tuple[int, str]
    runs_after_refusal: int
    exit_code: int
    left_running: list[str]


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen, Path]]:
    """The launcher, started on a free port with a run state of its own."""
    home = tmp_path_factory.mktemp("scheduled")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", "tasks.launcher", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"CANDOUR_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process, home
        if process.poll() is None:
            process.terminate()


@pytest.fixture(scope="module")
def lived(launched: tuple[subprocess.Popen, Path]) -> Lived:
    """An intake and a monthly pack, asked for as an operator's script would, and then the end."""
    process, home = launched
    served = _log_in(process)
    dags = served.ask("/api/v2/dags?limit=100")["dags"]
    landed_at = f"{LANDED_ON}T08:00:00Z"
    runs = [served.run(INTAKE, landed_at), served.run(MONTH, period="2024-03")]
    refusal = served.refusal(MONTH, period="garbage")
    known = {
        "unread": served.ask("/api/v2/importErrors")["total_entries"],
        "dags": {dag["dag_id"] for dag in dags},
        "states": {run["dag_id"]: run["state"] for run in runs},
        "handed_over": {
            f"{run['dag_id']} {key}": value
            for run in runs
            for key, value in served.handed_over(run).items()
        },
        "runs_after_refusal": served.ask(f"/api/v2/dags/{MONTH}/dagRuns")["total_entries"],
    }
    started = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    exit_code = process.wait(60)
    _, there = psutil.wait_procs(started, timeout=5)
    left = [one.name() for one in there if one.status() != psutil.STATUS_ZOMBIE]
    return Lived(home=home, refusal=refusal, exit_code=exit_code, left_running=left, **known)


def _log_in(process: subprocess.Popen) -> Served:
    """Log in with what the launcher printed."""
    said = ""
    while "Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, said
        said += line
    address = re.search(r"http://\S+", said)[0]
    password = re.search(r"password\s+(\S+)", said)[1]
    token = Served(address, "").ask("/auth/token", {"username": "admin", "password": password})
    return Served(address, token["access_token"])


def _checksums(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.*")}


def _case_references(case_list: Path) -> set[str]:
    """The references in the first column of each table of cases."""
    sheets = openpyxl.load_workbook(case_list).worksheets[1:]
    cells = (str(row[0].value) for sheet in sheets for row in sheet.iter_rows())
    return {cell for cell in cells if re.search(r"\d{3}", cell) and " " not in cell}


def test_every_dag_is_served_and_none_is_broken(lived: Lived) -> None:
    reports = {
        "northmere": ("annual_report", "monthly_pack", "weekly_bulletin"),
        "knowsley": ("annual_report", "monthly_pack", "ombudsman_review"),
        "stockport": ("annual_report",),
        "cheshire_west": ("annual_report",),
    }
    assert lived.unread == 0
    assert lived.dags == {
        f"{council}__{report}" for council in reports for report in ("intake", *reports[council])
    }


def test_an_intake_and_a_monthly_pack_succeed(lived: Lived) -> None:
    assert lived.states == {INTAKE: "success", MONTH: "success"}


def test_the_release_is_the_one_that_is_made_without_airflow(
    lived: Lived, house: House, pack: Made
) -> None:
    made = _checksums(lived.home / pack.release.folder)
    assert {Path(name).suffix for name in made} >= {".xlsx", ".html", ".json", ".csv"}
    assert made == _checksums(released(house, pack))


def test_a_period_that_is_none_is_refused_before_anything_runs(lived: Lived) -> None:
    status, words = lived.refusal
    assert status == 400
    assert "garbage" in words
    assert lived.runs_after_refusal == 1


def test_tasks_hand_over_references_and_no_cases(lived: Lived, house: House, pack: Made) -> None:
    cases = _case_references(next(released(house, pack).glob("*-case-list-*.xlsx")))
    assert len(cases) > 100
    values = {key: json.dumps(value) for key, value in lived.handed_over.items()}
    assert {key.rpartition(" ")[0] for key in values} >= {
        f"{INTAKE} extract", f"{INTAKE} validate",
        f"{MONTH} compute_kpis", f"{MONTH} build", f"{MONTH} publish",
    }  # fmt: skip
    for key, value in values.items():
        assert len(value.encode()) < LARGEST_XCOM, key
        assert not [case for case in cases if case in value], key


def test_the_end_leaves_no_process(lived: Lived) -> None:
    assert lived.exit_code == 0
    assert lived.left_running == []
