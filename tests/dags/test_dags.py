"""DAGs: the right ones, parsed in a moment without the heavy libraries, the same every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tasks.airflow_settings import airflow_environment

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "great_expectations", "openpyxl", "weasyprint", "matplotlib", "pyarrow", "numpy")
REPORT = ["compute_kpis", "build", "approve", "publish", "deliver"]
UNAPPROVED = [task for task in REPORT if task != "approve"]
EXPECTED = {
    "cheshire_west__annual_report": REPORT,
    "cheshire_west__intake": ["extract", "validate"],
    "knowsley__annual_report": REPORT,
    "knowsley__intake": ["extract", "validate"],
    "knowsley__monthly_pack": REPORT,
    "knowsley__ombudsman_review": REPORT,
    "northmere__annual_report": REPORT,
    "northmere__intake": ["arrive", "extract", "validate"],
    "northmere__monthly_pack": REPORT,
    "northmere__weekly_bulletin": UNAPPROVED,
    "stockport__annual_report": REPORT,
    "stockport__intake": ["extract", "validate"],
}

INSPECT = textwrap.dedent(
    """
    import json, sys, time
    from airflow.dag_processing.dagbag import DagBag
    import airflow.sdk
    before = set(sys.modules)
    bag = DagBag(sys.argv[1])
    loaded = sorted({m.split(".")[0] for m in set(sys.modules) - before})
    dags = {
        dag_id: {
            "tasks": [t.task_id for t in dag.topological_sort()],
            "zone": str(getattr(dag.timetable, "serialize", dict)()),
            "by_hand": not dag.timetable.can_be_scheduled,
            "doc": dag.doc_md,
            "retries": [t.retries for t in dag.tasks],
            "runs": dag.max_active_runs,
            "tags": sorted(dag.tags),
            "catchup": dag.catchup,
            "params": sorted(dag.params),
        }
        for dag_id, dag in sorted(bag.dags.items())
    }
    seconds = {s.file: s.duration.total_seconds() for s in bag.dagbag_stats}
    print("FOUND" + json.dumps({"dags": dags, "errors": bag.import_errors, "loaded": loaded,
                                "seconds": seconds}, default=str))
    """
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, object]]]:
    """What Airflow finds in dags/, in a process of its own."""
    home = tmp_path_factory.mktemp("airflow")
    environment = {**os.environ, **airflow_environment(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", INSPECT, str(ROOT / "dags")],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    line = next(x for x in done.stdout.splitlines() if x.startswith("FOUND"))
    answer: dict[str, dict[str, dict[str, object]]] = json.loads(line.removeprefix("FOUND"))
    return answer


def test_exactly_the_dags_the_councils_want_are_there(found: dict) -> None:  # type: ignore[type-arg]
    assert found["errors"] == {}
    assert {dag_id: dag["tasks"] for dag_id, dag in found["dags"].items()} == EXPECTED


def test_a_dag_file_parses_without_the_heavy_libraries(found: dict) -> None:  # type: ignore[type-arg]
    assert not set(HEAVY) & set(found["loaded"])


def test_every_dag_runs_one_at_a_time_in_london_and_tries_again(found: dict) -> None:  # type: ignore[type-arg]
    for dag in found["dags"].values():
        assert dag["runs"] == 1
        assert dag["catchup"] is False
        assert dag["by_hand"] or "Europe/London" in dag["zone"]
        assert min(dag["retries"]) >= 1


def test_only_the_report_nobody_has_a_day_for_waits_for_a_hand(found: dict) -> None:  # type: ignore[type-arg]
    by_hand = {dag_id for dag_id, dag in found["dags"].items() if dag["by_hand"]}
    assert by_hand == {"knowsley__ombudsman_review"}


def test_every_dag_tells_an_operator_what_it_does_and_what_to_do(found: dict) -> None:  # type: ignore[type-arg]
    for dag_id, dag in found["dags"].items():
        for words in ("**What it does.**", "**When.**", "**When it fails.**"):
            assert words in dag["doc"], dag_id
        for task in dag["tasks"]:
            assert f"`{task}`" in dag["doc"], (dag_id, task)


def test_a_report_asks_for_its_period_in_a_form(found: dict) -> None:  # type: ignore[type-arg]
    for dag_id, dag in found["dags"].items():
        wanted = [] if dag_id.endswith("__intake") else ["as_of", "known_on", "period", "reason"]
        assert dag["params"] == wanted
