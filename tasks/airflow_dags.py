"""Airflow DAGs: the two shapes there are, an intake and a report; dags/ says when each runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.sdk import dag, task
from airflow.timetables.trigger import CronTriggerTimetable

from candour.period import PeriodKind
from tasks import airflow_runs as runs
from tasks.airflow_approval import Approve
from tasks.declared import outline
from tasks.settings import settings

AFTERWARDS = """
**Again.** Trigger it with its period. An unchanged report stays as it is and makes no new version;
a changed one needs a *reason*, which is printed with the correction.

**Parameters.** *period*; *as_of*, the day whose state is told; *known_on*, the last extract to use;
*reason*. All may be left empty.

**When it fails.** The last line of the failed task's log is a sentence for you, and the person it
is for has had it by mail.

- *compute_kpis*: nothing good has been taken in yet, or a declaration is wrong. Run the council's
  intake, or correct the file it names.
- *build*: figures do not add up (both values and the gap are given), a template asks for what
  there is not, or an earlier release differs and no reason was given. Nothing was released and
  **the last release stands**.
- *approve*: a draft was rejected, or nobody answered in time. Mend what the reason names and run
  it again; **the last release stands**. *Skipped*: the draft waits for `candour approve`.
- *publish*: nobody has approved the draft, or another run was quicker.
- *deliver*: the mail server could not be reached, or refused an address. Clear the task to try
  again; what was sent is not sent twice.
"""


def intake_dag(council: str, cron: str, doc: str) -> None:
    """The DAG that takes in a council's exports: extract, then validate."""

    @dag(
        dag_id=f"{council}__intake",
        schedule=CronTriggerTimetable(cron, timezone=runs.TIMEZONE),
        start_date=runs.START,
        catchup=False,
        max_active_runs=1,
        default_args=runs.DEFAULTS,
        doc_md=doc,
        tags=["candour", council, "intake"],
    )
    def flow() -> None:
        extracted = task(task_id="extract")(runs.extract)(council)
        task(task_id="validate", outlets=[runs.cases(council)])(runs.validate)(council, extracted)

    flow()


def report_dag(council: str, report: str, kind: PeriodKind, cron: str | None, doc: str) -> None:
    """The DAG that makes a report: compute_kpis, build, approve, publish, deliver.

    Without a ``cron`` it is started by hand. A report that nobody has to approve has no such task.
    """
    declared_of = outline(settings(), council)
    choice = declared_of.get("reports", {}).get(report) or {}

    @dag(
        dag_id=f"{council}__{report}",
        schedule=None if cron is None else CronTriggerTimetable(cron, timezone=runs.TIMEZONE),
        start_date=runs.START,
        catchup=False,
        max_active_runs=1,
        default_args=runs.DEFAULTS,
        params=runs.report_params(kind),
        doc_md=doc + AFTERWARDS,
        tags=["candour", council, report],
    )
    def flow() -> None:
        computed = task(task_id="compute_kpis")(runs.compute_kpis)(council, report, kind.value)
        draft = task(task_id="build")(runs.build)(computed)
        if choice.get("approval", "none") != "none":
            draft = Approve(
                task_id="approve",
                council=council,
                report=report,
                draft_folder=draft,
                expires_after=_hours(declared_of),
            ).output
        released = task(task_id="publish")(runs.publish)(draft)
        task(task_id="deliver")(runs.deliver)(released)

    flow()


def _hours(declared_of: Mapping[str, Any]) -> int:
    """How long a draft waits for its approver, as declared; a mistake in it shows in the run."""
    hours = (declared_of.get("approval") or {}).get("expires_after_hours", 120)
    return hours if isinstance(hours, int) else 120
