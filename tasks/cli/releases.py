"""Releases: which versions of a council's reports stand, and why there is more than one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from tasks.cli import arguments, screen
from tasks.settings import settings

ReportFilter = Annotated[
    str | None, typer.Argument(metavar="REPORT", help="Only this report: monthly_pack.")
]


def releases(
    council: arguments.Council,
    report: ReportFilter = None,
    *,
    as_json: arguments.Json = False,
) -> None:
    """List what was released: report, period, audience, version, reason, when and where."""
    from tasks import declared  # noqa: PLC0415  - a verb pays for its own imports only
    from tasks.state import State  # noqa: PLC0415
    from tasks.store import Store  # noqa: PLC0415

    here = settings()
    declared.council_folder(here, council)
    found = State(here.database).releases(council, report)
    if as_json:
        screen.say_json(tuple(found))
        return
    if not found:
        what = "Nothing" if report is None else f"No {report}"
        screen.say(f"{what} of '{council}' has been released yet: candour run {council} REPORT.")
        return
    store = Store(here.home)
    screen.show_table(
        ("Report", "Period", "Audience", "Version", "Reason", "Released at", "Folder"),
        (
            (
                release.report,
                release.period,
                release.audience,
                str(release.version),
                release.reason,
                _local(release.released_at),
                store.path(release.folder),
            )
            for release in found
        ),
    )


def _local(instant: str) -> str:
    """An instant as a clock on the wall in England told it."""
    local = dt.datetime.fromisoformat(instant).astimezone(screen.LONDON)
    return f"{local:%Y-%m-%d %H:%M}"
