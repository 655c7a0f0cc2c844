"""Workers that share no folder make the release one machine makes, and keep nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.store import Store
from tests.cluster.beside import COUNCIL, Beside, sums
from tests.cluster.cluster import WORKERS, Cluster
from tests.cluster.policy.airflow_local_settings import TURNS

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(3600)]

PACK = "northmere__monthly_pack"


def test_every_hand_over_goes_through_the_store(taken_in: Cluster, beside: Beside) -> None:
    cluster = taken_in
    pack = cluster.admin.begun(PACK, period="2024-03")
    cluster.approve(pack)
    cluster.succeeded(pack)
    ran = {
        name: task["hostname"]
        for run in (cluster.intake, pack)
        for name, task in cluster.admin.tasks(run).items()
        if task["state"] == "success" and task["hostname"]
    }
    assert ran == {name: TURNS[name] for name in ran}
    assert set(ran) >= TURNS.keys() - {"arrive", "approve"}
    release = beside.made("monthly_pack", "2024-03", asked=True)
    assert sums(cluster.settings, release.folder) == sums(beside.settings, release.folder)
    beside.assert_same_portal(cluster)


def test_a_worker_keeps_nothing_of_a_run_but_its_log(taken_in: Cluster) -> None:
    for name in WORKERS:
        folder = taken_in.machines[name].folder
        kept = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
        assert kept
        assert not [path for path in kept if not is_of_airflow(path)]


def test_the_pages_of_great_expectations_are_in_the_store(taken_in: Cluster) -> None:
    names = Store(taken_in.settings.home).names(f"data_docs/{COUNCIL}")
    assert f"data_docs/{COUNCIL}/index.html" in names
    assert any("/validations/" in name for name in names)


def is_of_airflow(path: Path) -> bool:
    """A log, a configuration file, or fonts: a library's list, or what a killed print had open."""
    fonts = path.name.startswith("fontlist-") or path.parent.name.startswith("weasyprint-")
    return path.parts[0] == "airflow" or fonts
