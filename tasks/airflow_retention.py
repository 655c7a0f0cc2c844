"""Retention in Airflow: one DAG a month tells, council by council, what outlived its months."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from airflow.sdk import DAG, get_current_context

from tasks import airflow_runs as runs
from tasks.airflow_every_council import every_council_dag
from tasks.settings import settings

FIRST_OF_THE_MONTH = "0 5 1 * *"
_LONDON = ZoneInfo(runs.TIMEZONE)


def retention_dag(doc: str) -> DAG:
    """The DAG that looks through every council's store on the first of the month."""
    return every_council_dag(
        "retention", FIRST_OF_THE_MONTH, look, at_most=dt.timedelta(hours=4), doc=doc
    )


@runs.in_sentences
def look() -> dict[str, int]:
    """Look through what every council keeps; gives how many things wait or went, by council."""
    from tasks import declared  # noqa: PLC0415  - DAG files parse without it
    from tasks.retaining.monthly import look_through_every  # noqa: PLC0415

    here, run = settings(), get_current_context()["dag_run"]
    today = (run.logical_date or run.run_after).astimezone(_LONDON).date()
    return look_through_every(here, declared.council_ids(here), now=runs.now(), today=today)
