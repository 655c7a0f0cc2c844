"""One council alone: what is wrong with its DAG shows in that DAG and touches no other."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from airflow.sdk import DAG, dag, get_parsing_context, task
from airflow.sdk.exceptions import AirflowFailException
from airflow.timetables.trigger import CronTriggerTimetable

from candour.errors import CandourError, ConfigurationError
from tasks import declared
from tasks.airflow_runs import DEFAULTS, START, TIMEZONE
from tasks.alerts import run_failed
from tasks.councils import look, objection_to
from tasks.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

_Given = ParamSpec("_Given")

UNMADE = """
This DAG could not be made from the council's folder. Its only task says why, every morning and
whenever you press Trigger, until the folder is right; then the DAG is what it should be the next
time Airflow looks.
"""
EVERY_MORNING = "0 7 * * *"


def councils(report: str | None = None) -> Iterator[str]:
    """The councils a DAG file makes DAGs for: all, or those that want a report; sorted.

    A task of a run needs its own DAG and no other: then it is that one's council alone, so that a
    hundred councils cost a task no more than one.
    """
    here, running = settings(), get_parsing_context().dag_id
    if running is not None:
        council, _, flow = running.rpartition("__")
        if flow == (report or "intake"):
            yield council
    elif report is None:
        yield from declared.council_ids(here)
    else:
        yield from declared.councils_that_want(here, report)


def object_to_folders() -> None:
    """Say which folders of councils cannot be read, in the words of an import error.

    Raises:
        ConfigurationError: there are such folders; a sentence each.
    """
    found = look(settings().council_folders)
    unread = (objection_to(folder) for folder in found.folders.values())
    objections = [*found.objections, *filter(None, unread)]
    if objections:
        raise ConfigurationError("\n".join(objections))


def alone(
    make: Callable[Concatenate[str, _Given], DAG],
) -> Callable[Concatenate[str, _Given], None]:
    """Has a council's DAG made, and a stand-in where it cannot be, which fails with the reason.

    ``make`` gives a DAG that does not register itself (``auto_register=False``): one that is half
    made must never be seen. Its second argument may be the ``report``.
    """

    def safely(council: str, /, *given: _Given.args, **named: _Given.kwargs) -> None:
        asked = signature(make).bind(council, *given, **named).arguments
        try:
            made = make(council, *given, **named)
        except Exception as wrong:
            made = _stand_in(council, str(asked.get("report", "intake")), wrong)
        made.auto_register = True
        with made:  # what registers a DAG with the file that is parsed
            pass

    return safely


def _stand_in(council: str, flow: str, wrong: Exception) -> DAG:
    """The DAG of a council whose own cannot be made."""

    @dag(
        dag_id=f"{council}__{flow}",
        schedule=CronTriggerTimetable(EVERY_MORNING, timezone=TIMEZONE),
        start_date=START,
        catchup=False,
        max_active_runs=1,
        default_args=DEFAULTS,
        on_failure_callback=run_failed,
        doc_md=UNMADE,
        tags=["candour", council, flow],
        auto_register=False,
    )
    def stand_in() -> None:
        task(task_id="configuration")(_refuse)(council, type(wrong).__name__)

    return stand_in()


def _refuse(council: str, kind: str) -> None:
    """Say what is wrong with a council's folder.

    Raises:
        AirflowFailException: always.
    """
    try:
        declared.council(settings(), council)
    except CandourError as wrong:
        raise AirflowFailException(str(wrong)) from None
    raise AirflowFailException(
        f"The folder of '{council}' reads well, and yet no DAG can be made from it ({kind}). Look "
        "at what was changed last in its council.yaml, above all at hours and days."
    )
