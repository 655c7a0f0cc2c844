"""Airflow looking at the DAG files of many councils: which files it opens, and what it makes."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bench.councils import write_councils

ROOT = Path(__file__).parents[2]
HEAVY = ("great_expectations", "matplotlib", "numpy", "openpyxl", "pandas", "pyarrow", "weasyprint")


def main() -> None:
    """Print what is opened and made for some councils, twice as many, and a single task of one."""
    opened: Counter[str] = Counter()
    sys.addaudithook(lambda event, given: event == "open" and opened.update([str(given[0])]))
    answers: dict[str, Any] = {}
    for count in (3, 6):
        with tempfile.TemporaryDirectory() as place:
            write_councils(Path(place), count, 60)
            os.environ["CANDOUR_COUNCILS"] = f"{place}/councils"
            for task_of in (None, "generated_003__weekly_bulletin"):
                opened.clear()
                answers[f"{count} {task_of}"] = _look(task_of) | {
                    "opened": {
                        file.removeprefix(place): times
                        for file, times in opened.items()
                        if file.startswith(place)
                    },
                    "heavy": sorted(set(HEAVY) & set(sys.modules)),
                }
    sys.stdout.write(f"FOUND{json.dumps(answers)}\n")


def _look(task_of: str | None) -> dict[str, Any]:
    """What a process of Airflow sees that looks for every DAG, or has a task of one to do."""
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415
    from airflow.sdk.definitions._internal.dag_parsing_context import (  # noqa: PLC0415
        _airflow_parsing_context_manager as parsing_for,
    )

    from tasks import councils  # noqa: PLC0415
    from tasks.airflow_pools import WhatPeopleWaitFor  # noqa: PLC0415

    councils._read.cache_clear()
    flow = "" if task_of is None else task_of.rpartition("__")[2]
    before = dict(os.environ)
    with parsing_for(dag_id=task_of):
        bag = DagBag(str(ROOT / "dags" / (f"{flow}.py" if flow else "")))
    os.environ.clear()  # Airflow leaves its mark there: a task's process ends with its task
    os.environ.update(before)
    weigh = WhatPeopleWaitFor().get_weight
    return {
        "dags": sorted(bag.dags),
        "errors": bag.import_errors,
        "pools": {f"{d}.{t.task_id}": t.pool for d, dag in bag.dags.items() for t in dag.tasks},
        "weights": {
            f"{kind}.{dag_id.partition('__')[2]}.{task.task_id}": weigh(
                SimpleNamespace(task=task, run_id=f"{kind}__2024-03__ab12")
            )
            for kind in ("scheduled", "manual", "backfill")
            for dag_id, dag in bag.dags.items()
            if dag_id.startswith("generated_001")
            for task in dag.tasks
        },
    }


if __name__ == "__main__":
    main()
