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

from tasks.mail_sink import sink
from tests.conftest import LANDED_ON, SECONDS_TO_READ
from tests.gates.conftest import released

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import House, Made

pytestmark = [pytest.mark.gate, pytest.mark.timeout(420)]

ROOT = Path(__file__).parents[2]
SECONDS_TO_FINISH = 180
MONTH = "northmere__monthly_pack"
INTAKE = "northmere__intake"
APPROVER = "bronwen.hale"
LARGEST_XCOM = 2048
"""Bytes: a reference fits, a table does not."""


@dataclass(frozen=True)
class Served:
    """Airflow's REST API, logged in."""

    address: str
    token: str

    def ask(
        self, path: str, body: dict[str, object] | None = None, method: str | None = None
    ) -> dict:  # type: ignore[type-arg]
        """The answer to a question, or to a body that is posted."""
        request = urllib.request.Request(
            f"{self.address}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: dict = json.load(answer)  # type: ignore[type-arg]
            return found

    def run(self, dag: str, logical_date: str | None = None, **conf: str) -> dict:  # type: ignore[type-arg]
        """A run that was triggered, when it has ended."""
        return self.ended(self.begun(dag, logical_date, **conf))

    def begun(self, dag: str, logical_date: str | None = None, **conf: str) -> dict:  # type: ignore[type-arg]
        """A run that was triggered."""
        return self.ask(f"/api/v2/dags/{dag}/dagRuns", {"logical_date": logical_date, "conf": conf})

    def ended(self, run: dict) -> dict:  # type: ignore[type-arg]
        """The run when it has ended."""
        path = f"/api/v2/dags/{run['dag_id']}/dagRuns/{run['dag_run_id']}"
        return self.until(path, lambda run: run["state"] in {"success", "failed"})

    def until(self, path: str, is_so: Callable[[dict], bool]) -> dict:  # type: ignore[type-arg]
        """What is found there once it is so."""
        give_up_at = time.monotonic() + SECONDS_TO_FINISH
        while not is_so(found := self.ask(path)):
            assert time.monotonic() < give_up_at, f"{path} is still {found}"
            time.sleep(1)
        return found

    def answer(self, run: dict, chosen: str, **given: str) -> int:  # type: ignore[type-arg]
        """Answer the approval of a run; gives the status of the reply."""
        path = (
            f"/api/v2/dags/{run['dag_id']}/dagRuns/{run['dag_run_id']}/taskInstances/approve/-1"
            "/hitlDetails"
        )
        params = {"reason": None, "exceptions": None} | given
        try:
            self.ask(path, {"chosen_options": [chosen], "params_input": params}, "PATCH")
        except urllib.error.HTTPError as refused:
            return refused.code
        return 200

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
    question: dict[str, object]
    stranger: int
    """The status an answer got of somebody who may not approve."""
    mails: dict[str, bytes]
    exit_code: int
    left_running: list[str]


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen, Path]]:
    """The launcher, started on a free port with a run state of its own."""
    home = tmp_path_factory.mktemp("scheduled")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with (
        sink(home / "mail") as smtp,
        subprocess.Popen(
            [sys.executable, "-m", "tasks.launcher", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"CANDOUR_HOME": str(home), "CANDOUR_SMTP": smtp},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        yield process, home
        if process.poll() is None:
            process.terminate()


@pytest.fixture(scope="module")
def lived(launched: tuple[subprocess.Popen, Path]) -> Lived:
    """An intake and a monthly pack, asked for as an operator's script would, and then the end."""
    process, home = launched
    served, approver = _log_in(process)
    dags = served.ask("/api/v2/dags?limit=100")["dags"]
    landed_at = f"{LANDED_ON}T08:00:00Z"
    intake = served.run(INTAKE, landed_at)
    month = served.begun(MONTH, period="2024-03")
    asked = served.until(
        f"/api/v2/dags/{MONTH}/dagRuns/{month['dag_run_id']}/hitlDetails",
        lambda found: found["total_entries"] > 0,
    )
    time.sleep(SECONDS_TO_READ)
    stranger = served.answer(month, "Approve")
    assert approver.answer(month, "Approve", reason="Read and right") == 200
    runs = [intake, served.ended(month)]
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
        "question": asked["hitl_details"][0],
        "stranger": stranger,
        "mails": {file.name: file.read_bytes() for file in (home / "mail").glob("*.eml")},
    }
    started = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    exit_code = process.wait(60)
    _, there = psutil.wait_procs(started, timeout=5)
    left = [one.name() for one in there if one.status() != psutil.STATUS_ZOMBIE]
    return Lived(home=home, refusal=refusal, exit_code=exit_code, left_running=left, **known)


def _log_in(process: subprocess.Popen) -> tuple[Served, Served]:
    """Log in with what the launcher printed, as the administrator and as an approver."""
    said = ""
    while "Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, said
        said += line
    address = re.search(r"http://\S+", said)[0]
    log_ins = dict(re.findall(r"user (\S+)\s+password\s+(\S+)", said))
    served = []
    for user in ("admin", APPROVER):
        given = {"username": user, "password": log_ins[user]}
        token = Served(address, "").ask("/auth/token", given)
        served.append(Served(address, token["access_token"]))
    return served[0], served[1]


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
    councils = {
        f"{council}__{report}" for council in reports for report in ("intake", *reports[council])
    }
    assert lived.dags == councils | {"every_council__arrivals", "every_council__retention"}


def test_an_intake_and_a_monthly_pack_succeed(lived: Lived) -> None:
    assert lived.states == {INTAKE: "success", MONTH: "success"}


def test_an_approver_is_shown_the_figures_and_what_the_gate_found(lived: Lived) -> None:
    question = lived.question
    assert question["subject"] == "Northmere Council: monthly pack 2024-03, for Managers"
    assert question["options"] == ["Approve", "Reject"]
    body = str(question["body"])
    for words in ("were open", "What the gate found", "review/northmere-narrative-2024-03.html"):
        assert words in body
    assert {user["id"] for user in question["assigned_users"]} == {APPROVER, "judith.marlowe"}


def test_who_may_not_approve_is_turned_away(lived: Lived) -> None:
    assert lived.stranger == 403


def test_the_approval_is_in_the_manifest_and_the_managers_have_their_pack(
    lived: Lived, pack: Made
) -> None:
    manifest = json.loads((lived.home / pack.release.folder / "manifest.json").read_text())
    assert manifest["approver"] == {
        "name": "Bronwen Hale", "role": "Complaints manager", "how": "page"
    }  # fmt: skip
    assert "adjoa.osei@northmere.invalid.eml" in lived.mails
    asked = lived.mails["bronwen.hale@northmere.invalid.eml"]
    assert b"required_actions" in asked.replace(b"=\r\n", b"")


def test_the_release_is_the_one_that_is_made_without_airflow(
    lived: Lived, house: House, pack: Made
) -> None:
    made = _checksums(lived.home / pack.release.folder)
    there = _checksums(released(house, pack))
    assert {Path(name).suffix for name in made} >= {".xlsx", ".html", ".json", ".csv"}
    for checksums in (made, there):
        checksums.pop("manifest.json")  # which says how it was approved
    assert made == there


def test_a_period_that_is_none_is_refused_before_anything_runs(lived: Lived) -> None:
    status, words = lived.refusal
    assert status == 400
    assert "garbage" in words
    assert lived.runs_after_refusal == 1


def test_tasks_hand_over_references_and_no_cases(lived: Lived, house: House, pack: Made) -> None:
    cases = _case_references(next(released(house, pack).glob("*-case-list-complaints-team-*.xlsx")))
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
