"""Reports: what of each was released last, what was due by now, and which drafts wait."""

from __future__ import annotations

import datetime as dt
import posixpath
from typing import TYPE_CHECKING

from tasks.approve import Standing, standing
from tasks.build import read_draft
from tasks.state import Release, State
from tasks.store import Store
from tasks.watching.watched import Reported

if TYPE_CHECKING:
    from candour.council import Council
    from tasks.settings import Settings

GRACE = dt.timedelta(hours=2)
"""How long after its hour a report may still be being made."""


def reported(settings: Settings, council: Council, at: dt.datetime) -> tuple[Reported, ...]:
    """Every report of a council, as it stands at a moment."""
    releases = State(settings.database).releases(council.id)
    waiting = _waiting(settings, council.id)
    return tuple(
        _one(report, [one for one in releases if one.report == report], waiting.get(report, ()))
        for report in council.profile.reports
    )


def _one(report: str, releases: list[Release], waiting: tuple[str, ...]) -> Reported:
    last = max(releases, key=lambda one: one.released_at, default=None)
    if last is None:
        return Reported(report, 0, waiting=waiting)
    return Reported(
        report,
        len(releases),
        period=last.period,
        version=last.version,
        released_at=last.released_at,
        waiting=waiting,
    )


def _waiting(settings: Settings, council: str) -> dict[str, tuple[str, ...]]:
    """Periods whose newest draft waits for an approver, by report."""
    store, found = Store(settings.home), dict[str, tuple[str, ...]]()
    for name in store.names(posixpath.join("drafts", council, "newest")):
        draft = read_draft(settings, store.read(name).decode())
        if standing(settings, draft) is Standing.WAITING:
            report, period = draft.place.report, draft.place.period
            found[report] = (*found.get(report, ()), period)
    return found
