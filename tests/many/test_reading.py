"""Reading: what many councils cost grows as they do, and a task pays for its own council alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tasks.airflow_standing import HEAVY, SOURCES
from tests.many.running import FLOWS, found_by

ALL, TWICE = "3 None", "6 None"
ONE_TASK = "6 generated_003__weekly_bulletin"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Airflow opens and makes, in a process of its own."""
    return found_by("tests.many.reading", tmp_path_factory.mktemp("airflow"))


def _generated(look: dict[str, Any]) -> set[str]:
    return {dag for dag in look["dags"] if dag.startswith("generated_")}


@pytest.mark.parametrize(("look", "count"), [(ALL, 3), (TWICE, 6)])
def test_every_council_has_its_four_dags(found: dict[str, Any], look: str, count: int) -> None:
    wanted = {f"generated_{n:03}__{flow}" for n in range(1, count + 1) for flow in FLOWS}
    assert _generated(found[look]) == wanted
    assert found[look]["errors"] == {}


@pytest.mark.parametrize(("look", "count"), [(ALL, 3), (TWICE, 6)])
def test_a_look_opens_the_same_few_files_of_every_council_once(
    found: dict[str, Any], look: str, count: int
) -> None:
    opened = {file: times for file, times in found[look]["opened"].items() if "/councils/" in file}
    assert set(opened.values()) == {1}
    by_name = Counter(Path(file).name for file in opened)
    assert set(by_name) <= {"council.yaml", "procedures.yaml"}
    assert set(by_name.values()) == {count}


def test_no_look_opens_an_export_or_brings_in_what_reads_them(found: dict[str, Any]) -> None:
    for look in found.values():
        assert not [file for file in look["opened"] if "/inbox/" in file]
        assert look["heavy"] == []


def test_a_task_has_its_own_dag_made_and_opens_no_other_councils_file(
    found: dict[str, Any],
) -> None:
    look = found[ONE_TASK]
    assert look["dags"] == ["generated_003__weekly_bulletin"]
    assert {Path(file).parent.name for file in look["opened"]} == {"generated_003"}


def test_what_holds_cases_waits_in_one_pool_and_looks_at_inboxes_in_another(
    found: dict[str, Any],
) -> None:
    pools = {
        task.removeprefix("generated_001__"): pool
        for task, pool in found[ALL]["pools"].items()
        if task.startswith("generated_001__")
    }
    heavy = {task for task, pool in pools.items() if pool == HEAVY}
    assert heavy == {"intake.extract", "intake.validate"} | {
        f"{flow}.{step}"
        for flow in ("annual_report", "monthly_pack", "weekly_bulletin")
        for step in ("compute_kpis", "build")
    }
    assert {task for task, pool in pools.items() if pool == SOURCES} == {"intake.arrive"}


def test_begun_runs_end_before_others_begin(found: dict[str, Any]) -> None:
    weight = found[ALL]["weights"]
    for flow in ("annual_report", "monthly_pack", "weekly_bulletin"):
        steps = [weight[f"scheduled.{flow}.{s}"] for s in ("compute_kpis", "build", "publish")]
        assert steps == sorted(set(steps))


def test_a_bulletin_goes_before_a_pack_and_that_before_an_annual_report(
    found: dict[str, Any],
) -> None:
    weight = found[ALL]["weights"]
    for step in ("compute_kpis", "build", "publish"):
        flows = ("annual_report", "monthly_pack", "weekly_bulletin")
        ascending = [weight[f"manual.{flow}.{step}"] for flow in flows]
        assert ascending == sorted(set(ascending)), step


def test_the_last_step_of_a_backfill_waits_for_the_first_of_anything_else(
    found: dict[str, Any],
) -> None:
    weight = found[ALL]["weights"]
    backfill = [w for task, w in weight.items() if task.startswith("backfill.")]
    others = [w for task, w in weight.items() if not task.startswith("backfill.")]
    assert max(backfill) < min(others)
