"""Observing: after each task, a council's numbers go where Airflow sends its own metrics."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from airflow.listeners import hookimpl
from airflow.providers.common.compat.sdk import conf
from airflow.sdk.observability import stats

from tasks.declared import council_ids
from tasks.settings import settings

if TYPE_CHECKING:
    from tasks.watching import Measurement

RECEIVERS = ("statsd_on", "otel_on", "statsd_datadog_enabled")
"""Airflow's switches of ``[metrics]``; while all are off, nothing is looked at."""
QUIET = ("arrive",)
"""Tasks that change nothing and run every few minutes."""
EVERY = "every_council"
"""How the DAGs begin that look after all councils; after theirs, all are told of."""
_LOG = logging.getLogger(__name__)


@hookimpl
def on_task_instance_success(previous_state: object, task_instance: object) -> None:
    """Tell the numbers as they stand after a task that did what it should."""
    del previous_state
    _after(task_instance)


@hookimpl
def on_task_instance_failed(previous_state: object, task_instance: object, error: object) -> None:
    """Tell the numbers as they stand after a task that failed."""
    del previous_state, error
    _after(task_instance)


def tell(council: str, at: dt.datetime) -> None:
    """Give the present values of a council's metrics to Airflow's receivers."""
    from tasks.watching import measured, watch  # noqa: PLC0415  - only where somebody receives

    dotted = conf.getboolean("metrics", "legacy_names_on", fallback=True)
    for one in measured(watch(settings(), council, at)):
        stats.gauge(one.name, one.value, tags=one.tags)
        if dotted:
            stats.gauge(_safe(one), one.value)


def _after(task_instance: object) -> None:
    dag, task = getattr(task_instance, "dag_id", ""), getattr(task_instance, "task_id", "")
    council = dag.rpartition("__")[0]
    if not council or task in QUIET:
        return
    if not any(conf.getboolean("metrics", one, fallback=False) for one in RECEIVERS):
        return
    for each in council_ids(settings()) if council == EVERY else [council]:
        try:
            tell(each, dt.datetime.now(dt.UTC))
        except Exception as wrong:  # no number fails a task, and its words may quote a row
            _LOG.warning("The numbers of '%s' could not be told: %s", each, type(wrong).__name__)


def _safe(one: Measurement) -> str:
    """A name with its tags in it, which receivers without tags keep councils apart by."""
    return str(stats.normalize_name_for_stats(one.dotted, log_warning=False))
