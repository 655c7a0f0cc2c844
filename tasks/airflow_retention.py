"""Retention in Airflow: one DAG a month tells, council by council, what outlived its months."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from airflow.sdk import DAG, CronTriggerTimetable, dag, get_current_context, task

from tasks import airflow_runs as runs
from tasks.airflow_standing import standing
from tasks.settings import settings

FIRST_OF_THE_MONTH = "0 5 1 * *"
_LONDON = ZoneInfo(runs.TIMEZONE)


def retention_dag(doc: str) -> DAG:
    """The DAG that looks through every council's store on the first of the month."""

    @dag(
        dag_id="every_council__retention",
        dag_display_name="Every council: retention",
        schedule=CronTriggerTimetable(FIRST_OF_THE_MONTH, timezone=runs.TIMEZONE),
        start_date=runs.START,
        catchup=False,
        max_active_runs=1,
        default_args={
            **runs.DEFAULTS,
            **standing("retention"),
            "execution_timeout": dt.timedelta(hours=4),
            # No council's mail goes to another: a failure is seen here, and in the log of `look`.
            "on_failure_callback": None,
        },
        doc_md=doc,
        tags=["candour", "retention"],
    )
    def flow() -> None:
        task(task_id="look")(look)()

    return flow()


@runs.in_sentences
def look() -> dict[str, int]:
    """Look through what every council keeps; gives how many things wait or went, by council."""
    from tasks import declared  # noqa: PLC0415  - DAG files parse without it
    from tasks.retaining.monthly import look_through_every  # noqa: PLC0415

    here, run = settings(), get_current_context()["dag_run"]
    today = (run.logical_date or run.run_after).astimezone(_LONDON).date()
    return look_through_every(here, declared.council_ids(here), now=runs.now(), today=today)
