"""Demonstration: the real DAGs on the sample exports, in one process, approved by name."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tasks import declared
from tasks.airflow_settings import airflow_environment, home_folder
from tasks.build import last_draft
from tasks.distribute import distribute
from tasks.documentation.released import approved_by_name
from tasks.mail_sink import sink
from tasks.publish import publish
from tasks.settings import PROJECT, settings
from tasks.state import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from airflow.models.dagrun import DagRun
    from airflow.sdk import DAG

RUNS: tuple[tuple[str, dict[str, str]], ...] = (
    ("northmere__intake", {}),
    ("northmere__monthly_pack", {"period": "2024-03"}),
    ("northmere__weekly_bulletin", {"period": "2024-W14"}),
    ("northmere__annual_report", {"period": "2023-24"}),
    ("knowsley__intake", {}),
    ("knowsley__annual_report", {"period": "2023-24"}),
    ("knowsley__ombudsman_review", {"period": "2024-25"}),
    ("knowsley__ombudsman_review", {"period": "2019-20"}),
    ("stockport__intake", {}),
    ("stockport__annual_report", {"period": "2023-24"}),
    ("cheshire_west__intake", {}),
    ("cheshire_west__annual_report", {"period": "2022-23"}),
)
"""What the demonstration runs, in order, with the parameters a person would give."""

REASON = "Demonstration run again"
SHOWN, FILES_NAMED = {".xlsx", ".html", ".pdf", ".docx", ".eml"}, 6


@dataclass(frozen=True, slots=True)
class Ran:
    """A task that ran: its DAG, its id, how it ended and in how many seconds."""

    dag_id: str
    task_id: str
    state: str
    seconds: float


def main() -> int:
    """Run every DAG of the demonstration; gives the process's exit code."""
    console = Console(highlight=False)
    home = home_folder()
    began = time.perf_counter()
    with sink(home / "mail") as smtp:
        os.environ.update(
            airflow_environment(home)
            | {
                "CANDOUR_SMTP": smtp,
                "CANDOUR_APPROVAL": "command",
                "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
            }
        )
        console.print("Starting Airflow (SQLite, one process)…")
        dags = _dags()
        total = sum(len(dags[dag_id].task_dict) for dag_id, _ in RUNS)
        done = 0
        for dag_id, params in RUNS:
            run = dags[dag_id].test(run_conf={**params, "reason": REASON} if params else {})
            ran = [*_ran(run)]
            for one in itertools.chain(ran, _approved(run, params)):
                done += 1
                console.print(
                    f"[{done:2}/{total}] {one.dag_id:28} {one.task_id:13} {one.seconds:5.1f} s  "
                    f"{one.state}",
                    markup=False,
                    soft_wrap=True,
                )
            if run.state != "success":
                console.print(f"{dag_id} did not succeed; its tasks' logs are in {home}/airflow.")
                return 1
    _show(console, home, time.perf_counter() - began)
    return 0


def _dags() -> dict[str, DAG]:
    """The project's DAGs, parsed, in an initialised Airflow."""
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415  - only once its home is set
    from airflow.utils.db import initdb  # noqa: PLC0415

    initdb()
    found = DagBag(str(PROJECT / "dags"))
    if found.import_errors:
        sys.exit("\n".join(f"{file}: {error}" for file, error in found.import_errors.items()))
    for dag in found.dags.values():
        # dag.test() cannot look deadlines up (Airflow 3.3.2), and nobody is late here.
        dag.deadline = None
    return dict(found.dags)


def _ran(run: DagRun) -> Iterator[Ran]:
    """The run's tasks in the order they started, but for those that wait for an approval."""
    tasks = [t for t in run.get_task_instances() if t.start_date and t.state != "skipped"]
    for task in sorted(tasks, key=lambda t: t.start_date):
        ended = task.end_date or task.start_date
        seconds = (ended - task.start_date).total_seconds()
        yield Ran(run.dag_id, task.task_id, str(task.state), seconds)


def _approved(run: DagRun, params: Mapping[str, str]) -> Iterator[Ran]:
    """What follows a draft that waits: a named person approves it, and its run goes on from there.

    It is what ``candour approve`` does.
    """
    if not any(t.task_id == "approve" and t.state == "skipped" for t in run.get_task_instances()):
        return
    council, report = run.dag_id.split("__")
    here, now = settings(), dt.datetime.now(dt.UTC)
    audience = declared.council(here, council).profile.reports[report].audience
    draft = last_draft(here, Place(council, report, params["period"], audience))
    decision = approved_by_name(here, draft, at=now)
    yield Ran(run.dag_id, "approve", f"by {decision.name}" if decision else "by nobody", 0.0)
    began = time.perf_counter()
    release = publish(here, draft, released_at=now)
    yield Ran(run.dag_id, "publish", "success", time.perf_counter() - began)
    began = time.perf_counter()
    distribute(here, release, now=now)
    yield Ran(run.dag_id, "deliver", "success", time.perf_counter() - began)


def _show(console: Console, home: Path, seconds: float) -> None:
    """The files to open, by name under the folder of their release."""
    console.print("\nWhat was made, ready to open:")
    for manifest in sorted((home / "releases").rglob("manifest.json")):
        folder = manifest.parent
        console.print(f"\n{_near(folder)}/", style="bold", soft_wrap=True)
        owned = {f["name"] for f in json.loads(manifest.read_bytes())["files"] if f["reader"]}
        made = sorted(
            (path for path in folder.iterdir() if path.suffix in SHOWN),
            key=lambda path: (path.name in owned, path.name),
        )
        table = Table(box=None, show_header=False, pad_edge=False)
        for path in made[:FILES_NAMED]:
            table.add_row("  ", path.name, f"{path.stat().st_size / 1024:,.0f} KB")
        console.print(table)
        if len(made) > FILES_NAMED:
            console.print(f"   and {len(made) - FILES_NAMED} more")
    mails = len(list((home / "mail").glob("*.eml")))
    console.print(f"\n{_near(home / 'mail')}/  {mails} messages the mail sink received")
    console.print(f"\nDone in {seconds:.0f} s. Each release has its manifest.json and ledger.csv.")
    portal = home / "portal" / "northmere"
    console.print(f"Open the portal: {_near(portal / 'complaints_team' / 'index.html')}")


def _near(path: Path) -> Path:
    """The path as a person in this folder would type it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


if __name__ == "__main__":
    sys.exit(main())
