"""A year backfilled: twelve packs in order, every period told, and the annual report once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from candour.period import Period
from tasks.extract import extract
from tasks.state import State
from tasks.validate import validate
from tests.cluster.office import Office, office_in
from tests.conftest import LANDED_ON, SECONDS_TO_READ

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(1200)]

COUNCIL, APPROVER = "northmere", "bronwen.hale"
MONTH, YEAR = f"{COUNCIL}__monthly_pack", f"{COUNCIL}__annual_report"
MONTHS = [f"2023-{n:02d}" for n in range(4, 13)] + ["2024-01", "2024-02", "2024-03"]
ASKED = {
    "dag_id": MONTH,
    "from_date": "2023-04-01T00:00:00Z",
    "to_date": "2024-03-31T00:00:00Z",
    "max_active_runs": len(MONTHS),
}
SECONDS_TO_WAIT_FOR_NOTHING = 15


@dataclass(frozen=True)
class Backfilled:
    """What came of a year's backfill, and of a month of it made again."""

    office: Office
    offered: list[str]
    waited_together: int
    """How many drafts waited for an answer at the same moment."""
    packs: list[dict[str, Any]]
    years: list[dict[str, Any]]
    again: dict[str, Any]
    years_after: int


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("office"), APPROVER) as made:
        intake = extract(made.settings, COUNCIL, LANDED_ON)
        validate(made.settings, COUNCIL, intake.id)
        yield made


@pytest.fixture(scope="module")
def backfilled(office: Office) -> Backfilled:
    """The year 2023-24 backfilled and approved, the last month first."""
    began = time.monotonic()
    offered = office.admin.ask("/api/v2/backfills/dry_run", ASKED)["backfills"]
    office.switch_on(YEAR, MONTH)
    office.admin.ask("/api/v2/backfills", ASKED)
    drafts = office.until(lambda: _all(office.waiting(MONTH), len(MONTHS)), "every draft waits")
    time.sleep(SECONDS_TO_READ)
    for question in sorted(
        drafts, key=lambda one: one["task_instance"]["dag_run_id"], reverse=True
    ):
        office.approve(question)
    office.until(lambda: _all(_good(office, MONTH), len(MONTHS)), "every pack is released")
    (question,) = office.until(lambda: office.waiting(YEAR), "the year is complete")
    time.sleep(SECONDS_TO_READ)
    office.approve(question)
    office.until(lambda: _good(office, YEAR), "the annual report is released")
    print(f"A year backfilled in {time.monotonic() - began:.0f} s.")  # noqa: T201
    packs, years = office.runs(MONTH), office.runs(YEAR)
    asked = {"logical_date": None, "partition_key": "2023-07"}
    again = office.admin.ask(f"/api/v2/dags/{MONTH}/dagRuns", asked)
    path = f"/api/v2/dags/{MONTH}/dagRuns/{again['dag_run_id']}"
    office.until(lambda: office.admin.ask(path)["state"] == "success", "the month is made again")
    time.sleep(SECONDS_TO_WAIT_FOR_NOTHING)
    return Backfilled(
        office,
        [one["partition_key"] for one in offered],
        len(drafts),
        packs,
        years,
        office.admin.ask(path),
        len(office.runs(YEAR)),
    )


def _all(found: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    return found if len(found) == number else []


def _good(office: Office, dag: str) -> list[dict[str, Any]]:
    return [run for run in office.runs(dag) if run["state"] == "success"]


@pytest.mark.parametrize(
    ("dag", "key"),
    [
        (MONTH, "garbage"),
        (MONTH, "2024-13"),
        (MONTH, "2024-W14"),
        (YEAR, "2023-25"),
        (YEAR, "2024-03"),
        (f"{COUNCIL}__weekly_bulletin", "2024-03"),
    ],
)
def test_a_bad_key_is_refused_when_it_is_asked_for(office: Office, dag: str, key: str) -> None:
    asked = {"logical_date": None, "partition_key": key}
    status, words = office.refusal(f"/api/v2/dags/{dag}/dagRuns", asked)
    assert status == 400
    assert key in words


@pytest.mark.parametrize("flow", ["intake", "weekly_bulletin"])
def test_what_has_no_use_long_past_takes_no_backfill(office: Office, flow: str) -> None:
    asked = ASKED | {"dag_id": f"{COUNCIL}__{flow}"}
    status, words = office.refusal("/api/v2/backfills", asked)
    assert status == 400
    assert "does not allow backfill" in words


def test_a_year_is_twelve_runs_in_order_each_with_its_month(backfilled: Backfilled) -> None:
    assert backfilled.offered == MONTHS
    runs = [run for run in backfilled.packs if run["run_type"] == "backfill"]
    assert [run["partition_key"] for run in runs] == MONTHS
    assert all(run["dag_run_id"].startswith(f"backfill__{run['partition_key']}__") for run in runs)


def test_no_draft_waits_for_the_answer_to_another(backfilled: Backfilled) -> None:
    assert backfilled.waited_together == len(MONTHS)


def test_every_pack_is_released_once_and_the_annual_report_is(backfilled: Backfilled) -> None:
    releases = State(backfilled.office.settings.database).releases(COUNCIL)
    assert sorted((one.report, one.period, one.version) for one in releases) == [
        ("annual_report", "2023-24", 1),
        *(("monthly_pack", month, 1) for month in MONTHS),
    ]


def test_the_annual_report_is_made_once_for_its_year(backfilled: Backfilled) -> None:
    assert [(run["run_type"], run["partition_key"], run["state"]) for run in backfilled.years] == [
        ("asset_triggered", "2023-24", "success")
    ]


def test_a_month_made_again_asks_nobody_and_makes_no_year(backfilled: Backfilled) -> None:
    assert backfilled.again["partition_key"] == "2023-07"
    assert backfilled.again["state"] == "success"
    assert backfilled.years_after == 1


def test_the_schedule_goes_on_where_it_was(backfilled: Backfilled) -> None:
    """Switched on, a DAG makes the last report that was due; a backfill does not turn it back."""
    (scheduled,) = (run for run in backfilled.packs if run["run_type"] == "scheduled")
    after = backfilled.office.admin.ask(f"/api/v2/dags/{MONTH}")["next_dagrun_run_after"]
    last = Period.parse(scheduled["partition_key"])
    assert after > scheduled["run_after"]
    assert last.end.isoformat() <= scheduled["run_after"][:10] < after[:10]
