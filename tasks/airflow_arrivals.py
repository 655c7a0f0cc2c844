"""Arrivals in Airflow: one light DAG looks at every inbox, and updates those where a file came."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from airflow.sdk import DAG, AssetAlias, get_current_context

from tasks import airflow_runs as runs
from tasks.airflow_every_council import every_council_dag
from tasks.airflow_standing import SOURCES
from tasks.settings import settings

ARRIVALS = AssetAlias("arrivals")
"""Stands for the inboxes of the councils there are when somebody looks."""
LOOKS = "*/5 6-20 * * *"
"""Not at night: what comes then is taken in at six, when the intakes run by themselves."""
_LOG = logging.getLogger("airflow.task")


def arrivals_dag(doc: str) -> DAG:
    """The DAG that looks at the inboxes and starts the intake of each council where a file came."""
    return every_council_dag(
        "arrivals",
        LOOKS,
        look,
        at_most=dt.timedelta(minutes=4),
        doc=doc,
        pool=SOURCES,
        outlets=[ARRIVALS],
    )


@runs.in_sentences
def look(*, outlet_events: Any = None) -> dict[str, int]:  # noqa: ANN401
    """Look at every inbox and update those with something new; gives how many files each has."""
    from tasks.inbox.looking import look_at_every  # noqa: PLC0415  - DAG files parse without it

    run = get_current_context()["dag_run"].run_id
    looked = look_at_every(settings(), run)
    for one in looked:
        if one.trouble:
            _LOG.warning("%s: %s", one.council, one.trouble)
        elif one.waiting:
            _LOG.info("%s: files still being written: %d.", one.council, one.waiting)
        if one.new:
            _LOG.info("%s: new files: %d. Its intake starts.", one.council, one.new)
            outlet_events[ARRIVALS].add(runs.inbox(one.council), extra={"files": one.new})
    quiet = sum(not one.new and not one.trouble for one in looked)
    _LOG.info("Inboxes with nothing new: %d of %d.", quiet, len(looked))
    return {one.council: one.new for one in looked if one.new}
