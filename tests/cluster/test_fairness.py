"""Fairness: a council's backfill of thirty months delays nobody else's bulletin of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.councils import write_councils
from tasks.airflow_pools import SLOTS
from tasks.extract import extract
from tasks.validate import validate
from tests.cluster.office import Office, office_in
from tests.conftest import LANDED_ON

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(1200)]

BUSY, OTHER = "generated_001", "generated_002"
STEPS = 120
STEPS_TO_PUBLISH = ("compute_kpis", "build", "publish")
BACKFILL = {
    "dag_id": f"{BUSY}__monthly_pack",
    "from_date": "2021-10-01T00:00:00Z",
    "to_date": "2024-03-31T23:59:59Z",
    "max_active_runs": 10,
    "reprocess_behavior": "none",
    "run_backwards": False,
    "dag_run_conf": {},
}
"""Thirty months."""
AT_ONCE = dt.timedelta(seconds=2)
"""What a scheduler takes to see a task it has just made ready."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One machine, two councils whose exports are taken in, and nothing made in advance."""
    root: Path = tmp_path_factory.mktemp("fair")
    write_councils(root, 2, STEPS)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CANDOUR_COUNCILS", str(root / "councils"))
        with office_in(root, "bronwen.hale") as made:
            here = replace(made.settings, council_folders=(root / "councils",))
            for council in (BUSY, OTHER):
                validate(here, council, extract(here, council, LANDED_ON).id)
            made.switch_on(f"{BUSY}__monthly_pack")
            yield made


@pytest.fixture(scope="module")
def overtaken(office: Office) -> dict[str, Any]:
    """The other council's bulletin of the day, due in the middle of the backfill."""
    office.admin.ask("/api/v2/backfills", BACKFILL)
    busy = f"/api/v2/dags/{BUSY}__monthly_pack/dagRuns/~"
    office.until(lambda: _running(office, busy), "the backfill runs")
    office.switch_on(f"{OTHER}__weekly_bulletin")
    mine = f"/api/v2/dags/{OTHER}__weekly_bulletin/dagRuns/~"
    office.until(lambda: _is_published(office.admin.tasks(mine)), "the other council's bulletin")
    found = office.admin.ask(f"{busy}/taskInstances?limit=500")["task_instances"]
    return {"mine": office.admin.tasks(mine), "theirs": found}


def _is_published(tasks: dict[str, Any]) -> bool:
    return tasks.get("publish", {}).get("state") in {"success", "failed", "upstream_failed"}


def _running(office: Office, runs: str) -> bool:
    found = office.admin.ask(f"{runs}/taskInstances?state=running")
    return bool(found["total_entries"])


def _at(task: dict[str, Any], what: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(task[what]) if task[what] else None


def test_there_are_pools_although_nobody_made_any(office: Office) -> None:
    pools = {pool["name"]: pool["slots"] for pool in office.admin.ask("/api/v2/pools")["pools"]}
    assert {name: pools[name] for name in SLOTS} == {
        name: size for name, (_, size) in SLOTS.items()
    }


def test_the_backfill_was_long_enough_to_be_in_the_way(overtaken: dict[str, Any]) -> None:
    waiting = [task for task in overtaken["theirs"] if task["state"] in {"scheduled", None}]
    assert len(waiting) > len(STEPS_TO_PUBLISH)


def test_the_bulletin_of_the_day_was_made(overtaken: dict[str, Any]) -> None:
    assert overtaken["mine"]["publish"]["state"] == "success"


def test_no_step_of_the_backfill_was_begun_before_one_of_the_bulletin_that_was_ready(
    overtaken: dict[str, Any],
) -> None:
    for name in STEPS_TO_PUBLISH:
        mine = overtaken["mine"][name]
        ready, queued = _at(mine, "scheduled_when"), _at(mine, "queued_when")
        assert ready is not None
        assert queued is not None
        before = [
            f"{theirs['task_id']} of {theirs['dag_run_id']}"
            for theirs in overtaken["theirs"]
            if theirs["dag_run_id"].startswith("backfill__")
            and (begun := _at(theirs, "queued_when"))
            and ready + AT_ONCE < begun < queued
        ]
        assert before == [], name
