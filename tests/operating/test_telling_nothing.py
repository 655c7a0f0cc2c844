"""Nothing personal and no secret is in what Airflow writes: logs, its database, lineage."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.audiences.test_planted import COUNCIL, MARKS
from tests.operating.conftest import CANARY, INTAKE, MONTH, PEOPLE, password_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.operating.conftest import Operated

pytestmark = [pytest.mark.gate, pytest.mark.timeout(900)]
KEYS = (
    "AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET",
)  # fmt: skip


def _logs(operated: Operated) -> list[Path]:
    """Every log there is: of each task, and of each component."""
    folders = (operated.home / "var/airflow/logs", operated.home / "component-logs")
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


def _written(operated: Operated) -> Iterator[tuple[str, str]]:
    """What was written, by a name: logs, Airflow's database, lineage, metrics, the REST API."""
    for file in [*_logs(operated), *(operated.home / "var/airflow").glob("airflow.db*")]:
        yield str(file.relative_to(operated.home)), file.read_bytes().decode("utf-8", "replace")
    yield "lineage that was kept", (operated.home / "lineage.json").read_text("utf-8")
    yield "lineage that was sent", json.dumps(operated.posted.events())
    yield "metrics", "\n".join(operated.statsd.lines)
    for number, answer in enumerate(operated.answers):
        yield f"answer {number}", answer


def test_there_is_something_to_search(operated: Operated) -> None:
    """The planted are in the exports, a run went well and one failed, and each was logged."""
    inbox = b"".join(file.read_bytes() for file in (operated.home / "inbox").iterdir())
    assert [mark for mark in MARKS if mark.encode() not in inbox] == []
    names = {file.name: file for file in _logs(operated)}
    assert {"scheduler.log", "api-server.log", "dag-processor.log"} <= set(names)
    tasks = {file.parent.name for file in _logs(operated) if "task_id" in file.parent.name}
    assert {"task_id=extract", "task_id=build", "task_id=publish", "task_id=deliver"} <= tasks
    said = "".join(answer for answer in operated.answers)
    assert "complaints_changes_20240603.csv" in said  # which file was refused, and no more of it


def test_no_planted_person_is_anywhere(operated: Operated) -> None:
    found = {
        name: marks
        for name, text in _written(operated)
        if (marks := [mark for mark in MARKS if mark in text])
    }
    assert found == {}


def test_no_case_reference_is_in_a_log(operated: Operated) -> None:
    reference = re.compile(r"NM/20\d\d/\d{5}")
    inbox = b"".join(file.read_bytes() for file in (operated.home / "inbox").glob("*.csv"))
    assert reference.search(inbox.decode("utf-8", "replace"))
    logs = {str(file): file.read_text("utf-8", "replace") for file in _logs(operated)}
    assert [name for name, text in logs.items() if reference.search(text)] == []


def test_no_secret_is_anywhere(operated: Operated) -> None:
    secrets = [CANARY, *(operated.environment[key] for key in KEYS)]
    secrets += [password_of(login) for login in PEOPLE]
    found = {
        name: len(told)
        for name, text in _written(operated)
        if (told := [secret for secret in secrets if secret in text])
    }
    assert found == {}


def test_every_line_of_a_log_is_json_with_an_event(operated: Operated) -> None:
    lines = [
        line
        for file in _logs(operated)
        for line in file.read_text("utf-8").splitlines()
        if file.name.endswith(".log") and file.name not in {"users.log", "db.log", "dags.log"}
    ]
    assert len(lines) > 100
    fields = [json.loads(line) for line in lines if line.startswith("{")]
    assert len(fields) / len(lines) > 0.98  # a library may print; none of ours does
    assert all({"event", "level", "timestamp"} <= set(one) for one in fields)


def test_lineage_leads_from_the_exports_to_the_readers(operated: Operated) -> None:
    kept = [json.loads(line) for line in (operated.home / "lineage.json").read_text().splitlines()]
    sent = operated.posted.events()
    for events in (kept, sent):
        made: dict[str, set[str]] = {}
        for event in events:
            if event["eventType"] != "COMPLETE" or event["job"]["name"].count(".") == 0:
                continue
            for output in event["outputs"]:
                made.setdefault(output["name"], set()).update(
                    one["name"] for one in event["inputs"]
                )
        pack = f"{COUNCIL}/monthly_pack"
        chain = [f"{pack}/delivered", f"{pack}/release", f"{pack}/draft", f"{pack}/facts",
                 f"{COUNCIL}/cases", f"{COUNCIL}/intake"]  # fmt: skip
        for output, source in pairwise(chain):
            assert source in made[output], (output, made)
        assert f"{COUNCIL}/exports/complaints" in made[f"{COUNCIL}/intake"]


def test_lineage_counts_rows_and_names_versions(operated: Operated) -> None:
    (extracted,) = (
        event
        for event in operated.posted.events()
        if event["job"]["name"] == f"{INTAKE}.extract" and event["eventType"] == "COMPLETE"
    )
    rows = {one["name"]: one["outputFacets"]["outputStatistics"] for one in extracted["outputs"]}
    read = sum(one["inputFacets"]["inputStatistics"]["rowCount"] for one in extracted["inputs"])
    taken = rows[f"{COUNCIL}/intake"]["rowCount"] + rows[f"{COUNCIL}/quarantine"]["rowCount"]
    assert rows[f"{COUNCIL}/quarantine"]["rowCount"] > 0
    assert 0 <= read - taken < read / 10  # the rest is noise: blanks and totals
    versions = {
        one["name"]: one["facets"]["version"]["datasetVersion"] for one in _outputs(operated)
    }
    assert versions[f"{COUNCIL}/monthly_pack/release"] == "2024-03/managers/v1"


def _outputs(operated: Operated) -> list[dict[str, dict[str, dict[str, str]]]]:
    return [
        output
        for event in operated.posted.events()
        if event["job"]["name"].startswith(MONTH) and event["eventType"] == "COMPLETE"
        for output in event["outputs"]
    ]


def test_monitors_were_told_while_it_ran(operated: Operated) -> None:
    gauges = operated.statsd.gauges()
    assert gauges[f"airflow.candour.releases.{COUNCIL}.monthly_pack"] == 1
    assert gauges[f"airflow.candour.drafts_waiting.{COUNCIL}.monthly_pack"] == 0
    assert gauges[f"airflow.candour.mails_sent.{COUNCIL}"] > 0
    assert gauges[f"airflow.candour.files_refused.{COUNCIL}"] == 1
    quarantined = [
        value for name, value in gauges.items()
        if name.startswith(f"airflow.candour.rows_quarantined.{COUNCIL}.")
    ]  # fmt: skip
    assert sum(quarantined) > 0
