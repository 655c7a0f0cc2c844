"""Metrics reach real receivers: StatsD over UDP, OpenTelemetry over HTTP; off, nothing is asked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tasks.airflow_settings import airflow_environment
from tasks.watching import METRICS
from tests.operating.receivers import collector, statsd

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
TELL = """
import os
from airflow.sdk.execution_time import task_runner
from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics import stats_utils
from airflow.sdk.configuration import conf
from types import SimpleNamespace
from tasks import airflow_observing
stats.initialize(
    factory=stats_utils.get_stats_factory(),
    export_legacy_names=conf.getboolean("metrics", "legacy_names_on"),
)
airflow_observing.on_task_instance_success(
    None, SimpleNamespace(dag_id=os.environ["DAG"], task_id="validate")
)
"""
"""What a task's process does when its task has ended; the first lines are Airflow's own."""


def test_the_operators_table_lists_each_metric_as_it_is_declared() -> None:
    page = (ROOT / "docs/operating.md").read_text("utf-8")
    rows = re.findall(r"^\| `(candour\.\w+)` \| (.+?) \| (.+?) \| (.+) \|$", page, re.MULTILINE)
    declared = [(one.name, ", ".join(one.tags), one.unit, one.meaning) for one in METRICS]
    assert rows == declared


def _tell(home: Path, dag: str = "northmere__intake", **metrics: str) -> None:
    given = {f"AIRFLOW__METRICS__{name}".upper(): value for name, value in metrics.items()}
    done = subprocess.run(
        [sys.executable, "-c", TELL],
        env=os.environ | airflow_environment(home) | given | {"DAG": dag},
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "could not be told" not in done.stderr + done.stdout


def _until(is_so: Callable[[], bool]) -> bool:
    give_up_at = time.monotonic() + 10
    while not is_so() and time.monotonic() < give_up_at:
        time.sleep(0.1)
    return is_so()


def test_statsd_gets_every_council_under_a_name_of_its_own(tmp_path: Path) -> None:
    with statsd() as server:
        _tell(tmp_path, statsd_on="True", statsd_host="127.0.0.1", statsd_port=str(server.port))
        assert _until(lambda: "airflow.candour.mails_refused.northmere" in server.gauges())
        gauges = server.gauges()
    assert gauges["airflow.candour.files_refused.northmere"] == 0
    assert gauges["airflow.candour.report_late.northmere.monthly_pack"] == 1


@pytest.mark.gate
def test_statsd_with_tags_gets_them(tmp_path: Path) -> None:
    with statsd() as server:
        _tell(
            tmp_path, statsd_on="True", statsd_host="127.0.0.1", statsd_port=str(server.port),
            statsd_influxdb_enabled="True", legacy_names_on="False",
        )  # fmt: skip
        wanted = "airflow.candour.releases,council=northmere,report=annual_report"
        assert _until(lambda: wanted in server.gauges())
        assert not [name for name in server.gauges() if name.endswith(".northmere")]


@pytest.mark.gate
def test_opentelemetry_gets_the_council_as_an_attribute(tmp_path: Path) -> None:
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (  # noqa: PLC0415
        ExportMetricsServiceRequest,
    )

    with collector() as posted:
        _tell(
            tmp_path, otel_on="True", otel_host="127.0.0.1", otel_port=str(posted.port),
            otel_interval_milliseconds="500", legacy_names_on="False",
        )  # fmt: skip
        assert _until(lambda: bool(posted.bodies))
    found = {}
    for _, body in posted.bodies:
        for resource in ExportMetricsServiceRequest.FromString(body).resource_metrics:
            for scope in resource.scope_metrics:
                for metric in scope.metrics:
                    for point in metric.gauge.data_points:
                        tags = {one.key: one.value.string_value for one in point.attributes}
                        found[metric.name, tags.get("council"), tags.get("report")] = (
                            point.as_double or point.as_int
                        )
    assert found["airflow.candour.report_late", "northmere", "monthly_pack"] == 1


def test_after_a_look_at_every_inbox_every_council_is_told_of(tmp_path: Path) -> None:
    wanted = {
        f"airflow.candour.intake_stopped.{council}"
        for council in ("cheshire_west", "knowsley", "northmere", "stockport")
    }
    with statsd() as server:
        port = str(server.port)
        _tell(tmp_path, "every_council__arrivals", statsd_on="True", statsd_host="127.0.0.1",
              statsd_port=port)  # fmt: skip
        assert _until(lambda: wanted <= set(server.gauges()))


def test_switched_off_nothing_is_looked_at(tmp_path: Path) -> None:
    _tell(tmp_path)
    assert not (tmp_path / "candour.db").exists()
