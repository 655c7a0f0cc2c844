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
    "every_council__arrivals": ["look"],
    "every_council__retention": ["look"],
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
    from airflow.serialization.encoders import encode_timetable
    from airflow.serialization.serialized_objects import DagSerialization
    import airflow.sdk
    before = set(sys.modules)
    bag = DagBag(sys.argv[1])
    loaded = sorted({m.split(".")[0] for m in set(sys.modules) - before})
    dags = {
        dag_id: {
            "tasks": [t.task_id for t in dag.topological_sort()],
            "when": json.dumps(encode_timetable(dag.timetable), default=str),
            "named": dag.dag_display_name,
            "kinds": sorted(kind.value for kind in dag.allowed_run_types or ()),
            "written": json.dumps(DagSerialization.to_dict(dag), sort_keys=True),
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
    return _found(tmp_path_factory.mktemp("airflow"), "1")


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, object]]]:
    """What another process finds there, which shuffles its sets otherwise."""
    return _found(tmp_path_factory.mktemp("airflow"), "2")


def _found(home: Path, seed: str) -> dict[str, dict[str, dict[str, object]]]:
    environment = {
        **os.environ, **airflow_environment(home), "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed,
    }  # fmt: skip
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
        assert dag["by_hand"] or "Europe/London" in dag["when"] or "YearComplete" in dag["when"]
        assert min(dag["retries"]) >= 1


def test_only_the_report_nobody_has_a_day_for_waits_for_a_hand(found: dict) -> None:  # type: ignore[type-arg]
    by_hand = {dag_id for dag_id, dag in found["dags"].items() if dag["by_hand"]}
    assert by_hand == {"knowsley__ombudsman_review"}


def test_a_year_waits_for_its_months_where_there_are_monthly_packs(found: dict) -> None:  # type: ignore[type-arg]
    waits = {dag_id for dag_id, dag in found["dags"].items() if "YearComplete" in dag["when"]}
    assert waits == {"knowsley__annual_report", "northmere__annual_report"}
    for dag_id in waits:
        assert (
            f"x-candour://{dag_id.partition('__')[0]}/monthly_pack" in found["dags"][dag_id]["when"]
        )


def test_an_intake_also_listens_for_an_arrival(found: dict) -> None:  # type: ignore[type-arg]
    for council in ("northmere", "knowsley", "stockport", "cheshire_west"):
        when = found["dags"][f"{council}__intake"]["when"]
        assert f"x-candour://{council}/inbox" in when
        assert "0 6 * * *" in when


def test_intakes_and_bulletins_take_no_backfill(found: dict) -> None:  # type: ignore[type-arg]
    for dag_id, dag in found["dags"].items():
        if dag_id.startswith("every_council__"):
            continue
        if dag_id.endswith(("__intake", "__weekly_bulletin")):
            assert "scheduled" in dag["kinds"]
            assert "backfill" not in dag["kinds"], dag_id
        else:
            assert dag["kinds"] == []


def test_a_dag_is_written_down_the_same_every_time(
    found: dict,  # type: ignore[type-arg]
    again: dict,  # type: ignore[type-arg]
) -> None:
    # Anything else makes a new version of the DAG at each of Airflow's looks.
    for dag_id, dag in found["dags"].items():
        assert dag["written"] == again["dags"][dag_id]["written"], dag_id


def test_a_dag_is_called_by_its_councils_name(found: dict) -> None:  # type: ignore[type-arg]
    assert found["dags"]["northmere__monthly_pack"]["named"] == "Northmere Council: monthly pack"
    assert found["dags"]["cheshire_west__intake"]["named"] == (
        "Cheshire West and Chester Council: intake"
    )


def test_every_dag_tells_an_operator_what_it_does_and_what_to_do(found: dict) -> None:  # type: ignore[type-arg]
    for dag_id, dag in found["dags"].items():
        for words in ("**What it does.**", "**When.**", "**When it fails.**"):
            assert words in dag["doc"], dag_id
        for task in dag["tasks"]:
            assert f"`{task}`" in dag["doc"], (dag_id, task)


def test_a_report_asks_for_its_period_in_a_form(found: dict) -> None:  # type: ignore[type-arg]
    for dag_id, dag in found["dags"].items():
        report = not dag_id.startswith("every_council__") and not dag_id.endswith("__intake")
        assert dag["params"] == (["as_of", "known_on", "period", "reason"] if report else [])
