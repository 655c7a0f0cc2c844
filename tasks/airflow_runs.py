"""Airflow runs: the verbs that the tasks of a run call, with references only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from airflow.sdk import Asset, get_current_context
from airflow.sdk.exceptions import AirflowFailException

from candour.errors import CandourError, UnreachableError
from candour.period import PeriodKind
from tasks import declared, lineage
from tasks.airflow_periods import LONDON, landing_day, period_of, run_day
from tasks.alerts import failed
from tasks.settings import settings

if TYPE_CHECKING:
    from tasks.compute_kpis import Computed

TIMEZONE = LONDON.key
START = dt.datetime(2024, 4, 1, tzinfo=LONDON)
DEFAULTS = {
    "owner": "complaints-team",
    "retries": 2,
    "retry_delay": dt.timedelta(seconds=30),
    "execution_timeout": dt.timedelta(minutes=30),
    "on_failure_callback": failed,
}
"""Two retries for a machine's bad moments; a sentence for a person is never retried."""
MAILED = {
    "retries": 6,
    "retry_exponential_backoff": True,
    "max_retry_delay": dt.timedelta(minutes=15),
}
"""A mail server that is away comes back: half an hour of tries, each after twice as long."""

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def inbox(council: str) -> Asset:
    """Where a council's exports arrive; updated when one has."""
    return Asset(name=f"{council}_inbox", uri=f"x-candour://{council}/inbox")


def cases(council: str) -> Asset:
    """What an intake makes: a council's cases, checked."""
    return Asset(name=f"{council}_cases", uri=f"x-candour://{council}/cases")


def released(council: str, report: str) -> Asset:
    """The releases of a report; updated with the period of each."""
    return Asset(name=f"{council}_{report}", uri=f"x-candour://{council}/{report}")


def in_sentences(verb: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """A task whose sentence for a person ends the run at once, without retries or traceback.

    A place that could not be reached is worth the other tries that a task has.
    """

    @wraps(verb)
    def task(*given: _Given.args, **named: _Given.kwargs) -> _Answer:
        try:
            return verb(*given, **named)
        except UnreachableError:
            raise
        except CandourError as problem:
            raise AirflowFailException(str(problem)) from None

    return task


@in_sentences
def arrive(council: str) -> bool:
    """Whether a run need not wait for its day's export; only a scheduled one ever does."""
    from tasks.arriving import SCHEDULED, may_go_on  # noqa: PLC0415

    run = get_current_context()["dag_run"]
    if run.run_type != SCHEDULED:
        return True
    return may_go_on(settings(), council, run_day(run), now().astimezone(LONDON).date())


@in_sentences
def extract(council: str) -> str:
    """Land and conform the inbox; gives the intake's id."""
    from tasks.extract import extract as verb  # noqa: PLC0415  - DAG files parse without pandas

    intake = verb(settings(), council, landing_day(get_current_context()["dag_run"], now()))
    lineage.note(lineage.of_extract(intake))
    return intake.id


@in_sentences
def validate(council: str, intake_id: str) -> str:
    """Judge an intake; gives its id when reports may be made from it."""
    from tasks.validate import validate as verb  # noqa: PLC0415

    verb(settings(), council, intake_id)
    lineage.note(lineage.of_validate(council, intake_id))
    return intake_id


@in_sentences
def compute_kpis(council: str, report: str, kind: str) -> dict[str, str]:
    """Work out a report's facts; gives the reference to them."""
    from tasks.compute_kpis import compute_kpis as verb  # noqa: PLC0415

    context = get_current_context()
    params = context["params"]
    year_starts = declared.council(settings(), council).year_starts
    computed = verb(
        settings(),
        council,
        report,
        period_of(context["dag_run"], params, PeriodKind(kind), year_starts),
        as_of=_date(params.get("as_of")),
        known_on=_date(params.get("known_on")),
    )
    lineage.note(lineage.of_compute_kpis(computed))
    return asdict(computed)


@in_sentences
def build(computed: dict[str, str]) -> str:
    """Build the draft; gives its folder."""
    from tasks.build import build as verb  # noqa: PLC0415

    reason = get_current_context()["params"].get("reason") or ""
    draft = verb(settings(), _computed(computed), reason)
    lineage.note(lineage.of_build(draft))
    return draft.folder


@in_sentences
def publish(draft_folder: str) -> str:
    """Release the draft; gives the release's folder.

    The report's asset is told the period, and the reporting year that is complete with it.
    """
    from tasks.build import read_draft  # noqa: PLC0415
    from tasks.completing import years_completed  # noqa: PLC0415
    from tasks.publish import publish as verb  # noqa: PLC0415

    here, context = settings(), get_current_context()
    draft = read_draft(here, draft_folder)
    release = verb(here, draft, released_at=now())
    lineage.note(lineage.of_publish(draft, release))
    years = years_completed(here, draft.place, f"{context['dag'].dag_id} {context['run_id']}")
    asset = released(draft.place.council, draft.place.report)
    context["outlet_events"][asset].add_partitions([draft.place.period, *years])
    return release.folder


@in_sentences
def deliver(release_folder: str) -> dict[str, int]:
    """Take a release to its readers; gives how many mails went and how many wait."""
    from tasks.distribute import distribute  # noqa: PLC0415
    from tasks.publish import release_in  # noqa: PLC0415

    release = release_in(settings(), release_folder)
    posted = distribute(settings(), release, now=now())
    lineage.note(lineage.of_deliver(release, posted))
    return {"sent": len(posted.sent), "waiting": len(posted.waiting)}


def now() -> dt.datetime:
    """This instant; only a task of a run asks."""
    return dt.datetime.now(dt.UTC)


def _computed(written: dict[str, str]) -> Computed:
    from tasks.compute_kpis import Computed  # noqa: PLC0415

    return Computed(**written)


def _date(written: object) -> dt.date | None:
    return dt.date.fromisoformat(str(written)) if written else None
