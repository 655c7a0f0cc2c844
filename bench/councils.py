"""Many councils on one installation: made from Northmere's folder, parsed, run for a month."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

PROJECT = Path(__file__).resolve().parents[1]
FULL = PROJECT / "data/exports/northmere/complaints_full_20240527.csv"
LIKE = PROJECT / "councils/northmere"
STEPS = 600
"""Rows of a generated council's export: a small council's three years."""
LANDED_ON, MONTH = dt.date(2024, 5, 28), "2024-03"
MONTH_STEPS = ("extract", "validate", "compute_kpis", "build")

_PARSE = """
import json, os, resource, sys, time
from airflow.dag_processing.dagbag import DagBag
import airflow.sdk
megabytes = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, began = megabytes(), time.process_time()
bag = DagBag(sys.argv[1])
seconds = time.process_time() - began
files = {s.file: s.duration.total_seconds() for s in bag.dagbag_stats}
assert not bag.import_errors, bag.import_errors
print("MEASURED" + json.dumps([len(bag.dags), seconds, files, before, megabytes()]))
"""


def write_councils(folder: Path, count: int, steps: int = STEPS) -> list[str]:
    """So many councils like Northmere under ``folder/councils``; gives their ids.

    Each has an inbox of its own with one full extract: whole cases of Northmere's, a different part
    of them for each council, up to so many steps.
    """
    with FULL.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    cases: dict[str, list[list[str]]] = {}
    for row in rows:
        cases.setdefault(row[heading.index("Ref")].strip(), []).append(row)
    ids = [f"generated_{number:03}" for number in range(1, count + 1)]
    for number, council in enumerate(ids):
        inbox = folder / "inbox" / council
        inbox.mkdir(parents=True)
        shutil.copytree(LIKE, folder / "councils" / council)
        profile = folder / "councils" / council / "council.yaml"
        written = profile.read_text("utf-8")
        written = written.replace("data/exports/northmere", str(inbox))
        profile.write_text(written.replace("Northmere Council", f"{council.title()} Council"))
        chosen = _part(list(cases.values()), number, steps)
        with (inbox / FULL.name).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([heading, *chosen])
    return ids


def _part(cases: list[list[list[str]]], number: int, steps: int) -> list[list[str]]:
    """The rows of a council's cases: every so many'th case, beginning elsewhere for each."""
    stride = max(1, sum(map(len, cases)) // steps)
    return [row for case in cases[number % stride :: stride] for row in case]


def parse(folder: Path) -> tuple[int, float, dict[str, float], float, float]:
    """Airflow's look at the DAG files in a new process.

    Gives how many DAGs there are, the seconds of CPU, the seconds of each file, and the peak
    memory in megabytes before and after.
    """
    from tasks.airflow_settings import airflow_environment  # noqa: PLC0415

    environment = airflow_environment(folder / "home") | {
        "CANDOUR_COUNCILS": str(folder / "councils"),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
    }
    done = subprocess.run(
        [sys.executable, "-c", _PARSE, str(PROJECT / "dags")],
        cwd=PROJECT, env=os.environ | environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    line = next(x for x in done.stdout.splitlines() if x.startswith("MEASURED"))
    dags, seconds, files, before, after = json.loads(line.removeprefix("MEASURED"))
    return dags, seconds, files, before, after


def month(folder: str, council: str) -> dict[str, float]:
    """Intake and monthly pack of a council: CPU seconds of each step, and the peak in megabytes."""
    from candour.period import Period  # noqa: PLC0415
    from tasks.build import build  # noqa: PLC0415
    from tasks.compute_kpis import compute_kpis  # noqa: PLC0415
    from tasks.extract import extract  # noqa: PLC0415
    from tasks.settings import settings  # noqa: PLC0415
    from tasks.validate import validate  # noqa: PLC0415

    at = settings({"CANDOUR_HOME": f"{folder}/home", "CANDOUR_COUNCILS": f"{folder}/councils"})
    marks = [_cpu()]
    intake = extract(at, council, LANDED_ON)
    marks.append(_cpu())
    validate(at, council, intake.id)
    marks.append(_cpu())
    computed = compute_kpis(at, council, "monthly_pack", Period.parse(MONTH))
    marks.append(_cpu())
    build(at, computed)
    marks.append(_cpu())
    spent = (after - before for before, after in itertools.pairwise(marks))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return dict(zip(MONTH_STEPS, spent, strict=True)) | {"megabytes": peak}


def _cpu() -> float:
    """Seconds of CPU of this process and those it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main(count: int) -> None:
    """Print what one council and many cost to parse, and a month of the many on two processes."""
    console = Console(highlight=False, width=100)
    table = Table(title="Airflow's look at the DAG files, in a new process")
    for heading in (
        "Councils",
        "DAGs",
        "CPU s",
        "ms a DAG",
        "slowest file s",
        "MB",
        "of which more",
    ):
        table.add_column(heading, justify="right")
    for councils in (1, count // 2, count):
        with tempfile.TemporaryDirectory() as place:
            write_councils(Path(place), councils)
            dags, seconds, files, before, after = parse(Path(place))
        table.add_row(
            str(councils), str(dags), f"{seconds:.2f}", f"{1000 * seconds / dags:.1f}",
            f"{max(files.values()):.2f}", f"{after:.0f}", f"{after - before:.0f}",
        )  # fmt: skip
    console.print(table)
    with tempfile.TemporaryDirectory() as place:
        ids = write_councils(Path(place), count)
        began = time.perf_counter()
        with ProcessPoolExecutor(2) as pool:
            spent = list(pool.map(month, [place] * count, ids))
        seconds = time.perf_counter() - began
    console.print(
        f"A month of {count} councils: {seconds:.0f} s, {seconds / count:.1f} s a council"
    )
    for step in ("extract", "validate", "compute_kpis", "build"):
        console.print(
            f"  {step:13} {statistics.median(one[step] for one in spent):5.2f} s (median)"
        )
    console.print(f"  peak of a process {max(one['megabytes'] for one in spent):,.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
