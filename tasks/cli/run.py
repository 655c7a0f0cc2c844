"""Run: a report from its exports to its release, one line a step."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from candour.errors import ConfigurationError
from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from types import TracebackType

    from candour.period import Period, PeriodKind
    from tasks.build import Draft
    from tasks.compute_kpis import Computed
    from tasks.settings import Settings
    from tasks.state import Release

Report = Annotated[str, typer.Argument(metavar="REPORT", help="monthly_pack, annual_report…")]
Reason = Annotated[
    str,
    typer.Option(metavar="TEXT", help="Why an earlier release is corrected; needed only for that."),
]
WithIntake = Annotated[
    bool,
    typer.Option(
        "--intake/--no-intake", help="Take in the exports first, or use what was taken in before."
    ),
]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run made, and where it is."""

    release: Release | None
    """The release, unless its draft waits for approval."""
    stood_before: bool
    """Nothing had changed, so that the last release still stands."""
    waits: str
    """What to do about a draft that waits for approval."""
    folder: str
    files: tuple[tuple[str, int], ...]
    """Names and sizes in bytes."""
    findings: str
    remarks: tuple[str, ...]


class _Step:
    """Does one step of a run; when it went well, a line says how long it took."""

    def __init__(self, name: str, *, silent: bool) -> None:
        self._name, self._silent = name, silent
        self._working = screen.Working(name)
        self.told = ""
        """What the line says it came to."""

    def __enter__(self) -> _Step:
        self._began = time.perf_counter()
        self.progress = self._working.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._working.__exit__(kind, problem, trace)
        if problem is None and not self._silent:
            seconds = time.perf_counter() - self._began
            screen.say(f"{self._name:12} {seconds:6.1f} s   {self.told}")


def run(
    council: arguments.Council,
    report: Report,
    period: arguments.Period = None,
    *,
    as_of: arguments.AsOf = None,
    known_on: arguments.KnownOn = None,
    reason: Reason = "",
    intake: WithIntake = True,
    as_json: arguments.Json = False,
) -> None:
    """Make a report: extract, validate, compute_kpis, build, and publish what may go out."""
    from tasks.compute_kpis import compute_kpis  # noqa: PLC0415  - a verb pays for its own imports

    here = settings()
    kind = _kind(here, council, report)
    asked = None if period is None else _asked(here, council, report, kind, period)
    if intake:
        _take_in(here, council, silent=as_json)
    about = asked or _last(here, council, kind)
    with _Step("compute_kpis", silent=as_json) as step:
        computed = compute_kpis(
            here,
            council,
            report,
            about,
            as_of=arguments.day(as_of),
            known_on=arguments.day(known_on),
        )
        step.told = f"{about.label}, as of {computed.as_of}, known on {computed.known_on}"
    ran = _release(here, computed, reason, silent=as_json)
    if as_json:
        screen.say_json(ran)
    else:
        _tell(ran)


def _kind(here: Settings, council: str, report: str) -> PeriodKind:
    """The kind of period the report is about.

    Raises:
        ConfigurationError: the council does not want it, or nobody declared it.
    """
    from candour.composing import read_library  # noqa: PLC0415
    from candour.period import PeriodKind  # noqa: PLC0415
    from tasks import declared  # noqa: PLC0415
    from tasks.cli.known import choice_of  # noqa: PLC0415
    from tasks.editions import BULLETIN  # noqa: PLC0415

    choice = choice_of(here, council, report)
    if report == BULLETIN:
        return PeriodKind.WEEK
    form = choice.form or report
    return read_library(declared.template_texts(here, council)).report(form).period


def _take_in(here: Settings, council: str, *, silent: bool) -> None:
    from candour.words import plural  # noqa: PLC0415
    from tasks.extract import extract  # noqa: PLC0415
    from tasks.validate import validate  # noqa: PLC0415

    with _Step("extract", silent=silent) as step:
        taken = extract(here, council, screen.today(), step.progress)
        files, held = len(taken.snapshots), sum(s.quarantined for s in taken.snapshots)
        step.told = f"{files} {plural('file', files)}, {held} {plural('row', held)} set aside"
    with _Step("validate", silent=silent) as step:
        warned = len(validate(here, council, taken.id).warnings)
        step.told = f"nothing critical, {warned} {plural('warning', warned)}"


def _asked(here: Settings, council: str, report: str, kind: PeriodKind, key: str) -> Period:
    """The period asked for.

    Raises:
        ConfigurationError: it is none, or of a kind the report is not about.
    """
    from candour.period import Period  # noqa: PLC0415
    from tasks import declared  # noqa: PLC0415

    period = Period.parse(key, declared.council(here, council).year_starts)
    if period.kind is not kind:
        found, expected = (k.value.replace("_", " ") for k in (period.kind, kind))
        raise ConfigurationError(
            f"'{key}' is a period of another kind ({found}); {report} is about a {expected}."
        )
    return period


def _last(here: Settings, council: str, kind: PeriodKind) -> Period:
    """The last period of a kind that the exports tell of to its end."""
    from tasks import declared  # noqa: PLC0415
    from tasks.cli.known import last_complete, last_intake  # noqa: PLC0415

    known_on = dt.date.fromisoformat(last_intake(here, council).known_on)
    return last_complete(kind, known_on, declared.council(here, council).year_starts)


def _release(here: Settings, computed: Computed, reason: str, *, silent: bool) -> Ran:
    from tasks.approve import Standing, approve_when_clean, waits  # noqa: PLC0415
    from tasks.build import build  # noqa: PLC0415
    from tasks.publish import publish  # noqa: PLC0415
    from tasks.store import Store  # noqa: PLC0415

    with _Step("build", silent=silent) as step:
        draft = build(here, computed, reason)
        step.told = f"{len(draft.files)} files"
    stands = approve_when_clean(here, draft, screen.now())
    release = None
    if stands.may_go:
        with _Step("publish", silent=silent) as step:
            release = publish(here, draft, released_at=screen.now())
            step.told = f"version {release.version}, for {release.audience}"
    return Ran(
        release=release,
        stood_before=stands is Standing.UNCHANGED,
        waits="" if release else waits(draft),
        folder=Store(here.home).path(release.folder if release else draft.folder),
        files=_sizes(draft),
        findings=draft.findings,
        remarks=draft.remarks,
    )


def _sizes(draft: Draft) -> tuple[tuple[str, int], ...]:
    return tuple((file.name, file.size) for file in draft.files)


def _tell(ran: Ran) -> None:
    screen.say("")
    if ran.stood_before and ran.release is not None:
        screen.say(
            f"Nothing has changed since version {ran.release.version}, so that one still stands."
        )
    screen.show_table(
        (f"In {ran.folder}", "Size"),
        ((name, f"{size / 1024:,.0f} KB") for name, size in ran.files),
        right=1,
    )
    screen.say("", ran.findings, *ran.remarks)
    if ran.waits:
        screen.say("", ran.waits)
    elif any(name.endswith(".eml") for name, _ in ran.files):
        screen.say(
            "No mail was sent: candour deliver, or the DAG's task, sends those of a release."
        )
