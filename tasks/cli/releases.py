"""Releases: which versions of a council's reports stand, who approved them, and what changed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from candour.errors import ConfigurationError
from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.settings import Settings
    from tasks.state import Release
    from tasks.store import Store

ReportFilter = Annotated[
    str | None, typer.Argument(metavar="REPORT", help="Only this report: monthly_pack.")
]
PeriodFilter = Annotated[
    str | None, typer.Argument(metavar="PERIOD", help="Only this period: 2024-03.")
]
Why = Annotated[
    bool, typer.Option("--why", help="Say what the last version of a report and period changed.")
]


def releases(
    council: arguments.Council,
    report: ReportFilter = None,
    period: PeriodFilter = None,
    *,
    why: Why = False,
    as_json: arguments.Json = False,
) -> None:
    """List what was released: version, approver, reason, whether it still stands, and where."""
    from tasks import declared  # noqa: PLC0415  - a verb pays for its own imports only
    from tasks.state import State  # noqa: PLC0415
    from tasks.store import Store  # noqa: PLC0415

    here = settings()
    declared.council_folder(here, council)
    found = State(here.database).releases(council, report, period)
    if why:
        _tell_why(Store(here.home), found, as_json=as_json)
    elif as_json:
        screen.say_json(_whole(here, found))
    elif not found:
        what = "Nothing" if report is None else f"No {report}"
        screen.say(f"{what} of '{council}' has been released yet: candour run {council} REPORT.")
    else:
        _list(Store(here.home), found)


def _list(store: Store, found: list[Release]) -> None:
    screen.show_table(
        ("Report", "Period", "Audience", "Version", "Reason", "Approved by", "", "Released at",
         "Folder"),
        (
            (
                release.report,
                release.period,
                release.audience,
                str(release.version),
                release.reason,
                _approver(_manifest(store, release)),
                "superseded" if _superseded(release, found) else "stands",
                _local(release.released_at),
                store.path(release.folder),
            )
            for release in found
        ),
    )  # fmt: skip


def _whole(here: Settings, found: list[Release]) -> list[dict[str, Any]]:
    """Everything that is known of each release."""
    from tasks.state import State  # noqa: PLC0415
    from tasks.store import Store  # noqa: PLC0415

    store, state = Store(here.home), State(here.database)
    return [
        {
            **asdict(release),
            "superseded": _superseded(release, found),
            "manifest_sha256": state.manifest_sha(release),
            "manifest": _manifest(store, release),
        }
        for release in found
    ]


def _tell_why(store: Store, found: list[Release], *, as_json: bool) -> None:
    """What the last version of one report and period changed, for each of its audiences."""
    places = {(release.report, release.period) for release in found}
    if len(places) != 1:
        raise ConfigurationError(
            "--why is of one report and period that was released: candour releases COUNCIL --why "
            "monthly_pack 2024-03."
        )
    last = [release for release in found if not _superseded(release, found)]
    told = {release: _restated(store, release) for release in last}
    if as_json:
        screen.say_json([{**asdict(one), "restated": rows} for one, rows in told.items()])
        return
    for release, rows in told.items():
        screen.say(
            f"Version {release.version} for {release.audience}, approved by "
            f"{_approver(_manifest(store, release)) or 'nobody'}: {release.reason.rstrip('.')}."
        )
        if rows:
            screen.show_table([*rows[0]], ([*row.values()] for row in rows))
        else:
            screen.say("No figure was restated.")


def _restated(store: Store, release: Release) -> list[dict[str, str]]:
    from tasks.cover import RESTATED  # noqa: PLC0415

    path = f"{release.folder}/{RESTATED}"
    if not store.exists(path):
        return []
    return list(csv.DictReader(io.StringIO(store.read(path).decode())))


def _superseded(release: Release, found: list[Release]) -> bool:
    place = (release.report, release.period, release.audience)
    return any(
        (one.report, one.period, one.audience) == place and one.version > release.version
        for one in found
    )


def _manifest(store: Store, release: Release) -> Mapping[str, Any]:
    """What the manifest says; nothing where it is missing, which is for ``verify`` to tell."""
    path = f"{release.folder}/manifest.json"
    try:
        manifest = json.loads(store.read(path)) if store.exists(path) else {}
    except ValueError:
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _approver(manifest: Mapping[str, Any]) -> str:
    approver = manifest.get("approver") or {}
    return str(approver.get("name", ""))


def _local(instant: str) -> str:
    """An instant as a clock on the wall in England told it."""
    local = dt.datetime.fromisoformat(instant).astimezone(screen.LONDON)
    return f"{local:%Y-%m-%d %H:%M}"
