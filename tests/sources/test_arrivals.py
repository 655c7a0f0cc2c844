"""Arrivals in Airflow: a look updates the inbox of each council where a file came, and no other."""

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
LOOK = textwrap.dedent(
    """
    import json, sys
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.asset import AssetEvent, AssetModel
    from airflow.utils.db import initdb
    from airflow.utils.session import create_session
    initdb()
    dag = DagBag(sys.argv[1]).dags["every_council__arrivals"]
    states = [dag.test().state for _ in range(2)]
    with create_session() as session:
        assets = {asset.id: asset.uri for asset in session.query(AssetModel)}
        events = {assets[e.asset_id]: e.extra for e in session.query(AssetEvent)}
        count = session.query(AssetEvent).count()
    print("FOUND" + json.dumps({"states": states, "events": events, "count": count}))
    """
)


@pytest.mark.gate
def test_two_looks_announce_every_export_once(tmp_path: Path) -> None:
    environment = {**os.environ, **airflow_environment(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(ROOT / "dags")],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    line = next(x for x in done.stdout.splitlines() if x.startswith("FOUND"))
    found = json.loads(line.removeprefix("FOUND"))
    samples = {folder: list(folder.iterdir()) for folder in (ROOT / "data/exports").iterdir()}
    expected = {
        f"x-candour://{folder.name}/inbox": {"files": len(files)}
        for folder, files in samples.items()
        if (ROOT / "councils" / folder.name / "council.yaml").exists()
    }
    assert found["states"] == ["success", "success"]
    assert found["events"] == expected
    assert found["count"] == len(expected)
