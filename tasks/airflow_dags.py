"""Airflow DAGs: the two shapes there are, an intake and a report; dags/ says when each runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from airflow.sdk import DAG, DeadlineAlert, DeadlineReference, SyncCallback, dag, task

from candour.period import PeriodKind
from tasks import airflow_runs as runs
from tasks.airflow_approval import ANSWERS, Approve
from tasks.airflow_councils import alone
from tasks.airflow_periods import report_params
from tasks.airflow_schedules import INTAKE_AT, Schedules, daily_or_on_arrival
from tasks.airflow_standing import HEAVY, SOURCES, standing
from tasks.airflow_timetables import PeriodTimetable
from tasks.alerts import late, remind, run_failed
from tasks.arriving import expected
from tasks.declared import outline
from tasks.settings import settings

AFTERWARDS = """
**Again.** Press Trigger and give the period: under *Advanced Options* as the partition key, which
the run then shows, or in the form. Or clear the run. An unchanged report stays as it is, asks
nobody and makes no new version; a changed one needs a *reason*, which is printed with the
correction.

**Parameters.** *period*; *as_of*, the day whose state is told; *known_on*, the last extract to use;
*reason*. All may be left empty: then all that has come in is used, of a month long ago too.

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

BACKFILL = """
**Many at once.** Press Trigger, choose *Backfill*, and give the first and the last day: each period
that begins between them and is due gets a run, in order. Leave *Period* empty. Where drafts are
approved, set *Max Active Runs* to the number of periods, 12 for a year of months, so that no draft
holds up the next; all of them are then under *Required Actions*. Each is delivered as ever, mails
included.
"""

ARRIVAL = """
**A late export.** On the days that `exports_arrive:` names in the council's `council.yaml`, a
scheduled run first waits in `arrive` for a new export of complaints, looking every five minutes,
and goes on without one when the day is over; a run started by hand never waits. When the hour of
`by` has passed and no export has come, the complaints team is told by mail, once.

- *arrive*: the inbox is not there, or a declaration is wrong.
"""
NO_BACKFILL = (
    *("scheduled", "manual", "asset_triggered"),
    *("operator_triggered", "asset_materialization"),
)
"""Every kind of run but a backfill: what lies in an inbox today did not land on an earlier day, and
nobody wants the bulletins of a year by mail."""
LOOKS_EVERY = dt.timedelta(minutes=5)
GIVES_UP = dt.timedelta(days=2)
"""Later than the end of any day, after which the intake goes on by itself."""


@alone
def intake_dag(council: str, doc: str) -> DAG:
    """The DAG that takes in a council's exports, daily and on arrival: extract, then validate.

    Where the council says when exports arrive, a scheduled run of such a day first waits for one,
    and the complaints team is told when it is late.
    """
    when = expected(settings(), council)

    @dag(
        dag_id=f"{council}__intake",
        dag_display_name=_named(council, "intake"),
        schedule=daily_or_on_arrival(council),
        allowed_run_types=NO_BACKFILL,
        start_date=runs.START,
        catchup=False,
        max_active_runs=1,
        default_args=runs.DEFAULTS | standing("intake"),
        on_failure_callback=run_failed,
        deadline=None if when is None else _late(council, when.by),
        doc_md=doc if when is None else doc + ARRIVAL,
        tags=["candour", council, "intake"],
        auto_register=False,
    )
    def flow() -> None:
        extracted = task(task_id="extract", pool=HEAVY)(runs.extract)(council)
        judged = task(task_id="validate", pool=HEAVY, outlets=[runs.cases(council)])
        judged(runs.validate)(council, extracted)
        if when is not None:
            waits = task.sensor(
                task_id="arrive",
                pool=SOURCES,
                mode="reschedule",
                poke_interval=LOOKS_EVERY,
                timeout=GIVES_UP,
            )
            waits(runs.arrive)(council) >> extracted

    return flow()


def _late(council: str, by: dt.time) -> DeadlineAlert:
    """Tells the complaints team when no export came by its time."""
    hours, minutes = by.hour - INTAKE_AT.hour, by.minute - INTAKE_AT.minute
    return DeadlineAlert(
        name="no export by its time",
        reference=DeadlineReference.DAGRUN_LOGICAL_DATE,
        interval=dt.timedelta(hours=hours, minutes=minutes),
        callback=SyncCallback(late, kwargs={"council": council}),
    )


@alone
def report_dag(council: str, report: str, kind: PeriodKind, schedule: Schedules, doc: str) -> DAG:
    """The DAG that makes a report: compute_kpis, build, approve, publish, deliver.

    ``schedule`` says when a council's report of a kind of period is made. A report that nobody has
    to approve has no such task.
    """
    declared_of = outline(settings(), council)
    choice = declared_of.get("reports", {}).get(report) or {}
    asks = choice.get("approval", "none") != "none"
    when = schedule(council, report, kind)
    takes_many = isinstance(when, PeriodTimetable) and kind is not PeriodKind.WEEK

    @dag(
        dag_id=f"{council}__{report}",
        dag_display_name=_named(council, report),
        schedule=when,
        allowed_run_types=NO_BACKFILL if kind is PeriodKind.WEEK else None,
        start_date=runs.START,
        catchup=False,
        max_active_runs=1,
        default_args=runs.DEFAULTS | standing(report),
        on_failure_callback=run_failed,
        deadline=_reminder(_hours(declared_of, "remind_after_hours", 24)) if asks else None,
        doc_md=doc + (BACKFILL if takes_many else "") + AFTERWARDS,
        tags=["candour", council, report],
        auto_register=False,
    )
    def flow() -> None:
        computed = task(task_id="compute_kpis", pool=HEAVY)(runs.compute_kpis)(
            council, report, kind.value
        )
        draft = task(task_id="build", pool=HEAVY)(runs.build)(computed)
        if asks:
            draft = Approve(
                task_id="approve",
                council=council,
                report=report,
                draft_folder=draft,
                expires_after=_hours(declared_of, "expires_after_hours", 120),
                params=ANSWERS,
            ).output
        publishes = task(task_id="publish", outlets=[runs.released(council, report)])
        released = publishes(runs.publish)(draft)
        task(task_id="deliver", **runs.MAILED)(runs.deliver)(released)

    made = flow()
    # Afterwards: each task would take a copy of its own, which a run never looks at.
    made.params = report_params(kind)
    return made


def _named(council: str, flow: str) -> str:
    """What the DAG is called on Airflow's pages: the council, and what it makes."""
    name = outline(settings(), council).get("name") or council
    return f"{name}: {flow.replace('_', ' ')}"


def _reminder(hours: int) -> DeadlineAlert:
    """Reminds whoever may approve the draft of a run that still waits for them."""
    return DeadlineAlert(
        name="a draft that still waits",
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=dt.timedelta(hours=hours),
        callback=SyncCallback(remind),
    )


def _hours(declared_of: Mapping[str, Any], entry: str, otherwise: int) -> int:
    """Hours under ``approval:`` as declared; a mistake in them shows in the run."""
    hours = (declared_of.get("approval") or {}).get(entry, otherwise)
    return hours if isinstance(hours, int) else otherwise
