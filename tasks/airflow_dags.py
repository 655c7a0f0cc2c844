"""Airflow DAGs: the two shapes there are, an intake and a report; dags/ says when each runs."""

from __future__ import annotations

from airflow.sdk import dag, task
from airflow.timetables.trigger import CronTriggerTimetable

from candour.period import PeriodKind
from tasks import airflow_runs as runs

AFTERWARDS = """
**Again.** Trigger it with its period. An unchanged report stays as it is and makes no new version;
a changed one needs a *reason*, which is printed with the correction.

**Parameters.** *period*; *as_of*, the day whose state is told; *known_on*, the last extract to use;
*reason*. All may be left empty.

**When it fails.** The last line of the failed task's log is a sentence for you.

- *compute_kpis*: nothing good has been taken in yet, or a declaration is wrong. Run the council's
  intake, or correct the file it names.
- *build*: figures do not add up (both values and the gap are given), or a template asks for what
  there is not. Nothing was released and **the last release stands**.
- *publish*: an earlier release differs and no reason was given, or another run was quicker.
"""
DELIVERY = """- *deliver*: the mail server could not be reached, or refused an address. Clear
  the task to try again; what was sent is not sent twice.
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


def report_dag(
    council: str,
    report: str,
    kind: PeriodKind,
    cron: str | None,
    doc: str,
    *,
    delivers: bool = False,
) -> None:
    """The DAG that makes a report: compute_kpis, build, publish and, for bulletins, deliver.

    Without a ``cron`` it is started by hand.
    """

    @dag(
        dag_id=f"{council}__{report}",
        schedule=None if cron is None else CronTriggerTimetable(cron, timezone=runs.TIMEZONE),
        start_date=runs.START,
        catchup=False,
        max_active_runs=1,
        default_args=runs.DEFAULTS,
        params=runs.report_params(kind),
        doc_md=doc + AFTERWARDS + (DELIVERY if delivers else ""),
        tags=["candour", council, report],
    )
    def flow() -> None:
        computed = task(task_id="compute_kpis")(runs.compute_kpis)(council, report, kind.value)
        draft = task(task_id="build")(runs.build)(computed)
        released = task(task_id="publish")(runs.publish)(draft)
        if delivers:
            task(task_id="deliver")(runs.deliver)(released)

    flow()
