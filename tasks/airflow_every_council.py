"""Every council: the shape of a DAG that looks at all of them in one task."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from airflow.sdk import DAG, CronTriggerTimetable, dag, task

from tasks import airflow_runs as runs
from tasks.airflow_standing import standing

if TYPE_CHECKING:
    from collections.abc import Callable


def every_council_dag(
    name: str,
    cron: str,
    look: Callable[..., object],
    *,
    at_most: dt.timedelta,
    doc: str,
    **task_arguments: object,
) -> DAG:
    """The DAG ``every_council__<name>``, whose one task ``look`` goes from council to council.

    It mails nobody when it fails: no council's mail goes to another, and what concerns one is told
    by its own DAGs.

    Args:
        name: what it looks for.
        cron: when, in London's time.
        look: the task.
        at_most: how long a look may take.
        doc: what an operator reads.
        task_arguments: what else Airflow is to know of the task.
    """

    @dag(
        dag_id=f"every_council__{name}",
        dag_display_name=f"Every council: {name}",
        schedule=CronTriggerTimetable(cron, timezone=runs.TIMEZONE),
        start_date=runs.START,
        catchup=False,
        max_active_runs=1,
        default_args={
            **runs.DEFAULTS,
            **standing(name),
            "execution_timeout": at_most,
            "on_failure_callback": None,
        },
        doc_md=doc,
        tags=["candour", name],
    )
    def flow() -> None:
        task(task_id="look", **task_arguments)(look)()

    return flow()
