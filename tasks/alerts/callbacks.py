"""Callbacks: what Airflow calls when a task failed, an export is late or a draft still waits."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tasks.alerts.causes import cause_of, told_already
from tasks.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

LONDON = ZoneInfo("Europe/London")
_LOG = logging.getLogger(__name__)


def failed(context: Mapping[str, Any]) -> None:
    """Tell of a task that has failed with no retry left: once a run and task."""
    problem = context.get("exception")
    if told_already(problem):
        return
    try:
        _tell_of_failure(context, cause_of(problem))
    except Exception as wrong:  # an alert that cannot be made must not hide what it is about
        _log_unmade(context["ti"].dag_id, wrong)


def run_failed(context: Mapping[str, Any]) -> None:
    """Tell of a run that failed by a task that could not tell of itself: its process was killed.

    Airflow calls this for every run that failed, so a task that was told of is not told of again.
    """
    if context.get("ti") is None:
        return
    try:
        _tell_of_failure(context, cause_of(None), unless_told=True)
    except Exception as wrong:
        _log_unmade(context["ti"].dag_id, wrong)


def late(context: Mapping[str, Any], council: str) -> None:
    """Tell the complaints team that no export came by its time, on a day one was expected."""
    from tasks.arriving import SCHEDULED  # noqa: PLC0415

    run = context["dag_run"]
    if run["run_type"] != SCHEDULED:
        return
    day = _moment(run["logical_date"]).astimezone(LONDON).date()
    try:
        _tell_of_lateness(council, run, day, _moment(context["deadline"]["deadline_time"]))
    except Exception as wrong:
        _log_unmade(run["dag_id"], wrong)


def remind(context: Mapping[str, Any]) -> None:
    """Remind whoever may approve the draft of this run, if it still waits for them."""
    from tasks.alerts.drafts import reminded, waiting_for  # noqa: PLC0415

    run, here = context["dag_run"], settings()
    council, _, report = run["dag_id"].rpartition("__")
    try:
        draft = waiting_for(here, council, report, run["dag_run_id"])
        if draft is not None:
            at = _moment(context["deadline"]["deadline_time"])
            reminded(here, draft, run=run["dag_run_id"], at=at)
    except Exception as wrong:
        _log_unmade(run["dag_id"], wrong)


def _tell_of_failure(
    context: Mapping[str, Any], cause: tuple[str, str], *, unless_told: bool = False
) -> None:
    from candour.alert import Kind, key_of_failure  # noqa: PLC0415
    from tasks.alerts.telling import Occasion, flow_of, tell_of, was_told  # noqa: PLC0415

    run, task = context["dag_run"], context["ti"]
    council = task.dag_id.rpartition("__")[0]
    occasion = Occasion(
        Kind(cause[0]),
        council,
        key_of_failure(task.dag_id, task.run_id, task.task_id),
        names={
            "flow": flow_of(task.dag_id),
            "task": task.task_id,
            "command": f"candour check {council}",
        },
        reason=cause[1],
        where=f"{task.dag_id}, task {task.task_id}, run {task.run_id}",
        link=str(getattr(task, "log_url", "")),
    )
    began_at = getattr(task, "start_date", None) or run.start_date or run.run_after
    if not (unless_told and was_told(settings(), occasion, now=began_at)):
        tell_of(settings(), occasion, now=began_at)


def _tell_of_lateness(council: str, run: Mapping[str, Any], day: dt.date, at: dt.datetime) -> None:
    from candour.alert import Kind, key_of  # noqa: PLC0415
    from tasks.alerts.telling import Occasion, tell_of  # noqa: PLC0415
    from tasks.arriving import expected, is_due, lateness  # noqa: PLC0415

    here = settings()
    if not is_due(expected(here, council), day):
        return
    names = lateness(here, council, day)
    if names is None:
        return
    occasion = Occasion(
        Kind.LATE,
        council,
        key_of(Kind.LATE, council, run["dag_id"], run["dag_run_id"]),
        names=names,
        where=f"{run['dag_id']}, run {run['dag_run_id']}",
    )
    tell_of(here, occasion, now=at)


def _moment(written: object) -> dt.datetime:
    """An instant as Airflow hands it to a callback: itself, or in words."""
    if isinstance(written, dt.datetime):
        return written
    return dt.datetime.fromisoformat(str(written).replace("Z", "+00:00"))


def _log_unmade(dag_id: str, wrong: Exception) -> None:
    """Say that nobody was told, with a type and a place and no words of the error's own."""
    kind, place = cause_of(wrong)
    _LOG.error("An alert of %s could not be made (%s): %s", dag_id, kind, place)
