"""Reports: what of each was released last, what was due by now, and which drafts wait."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.approve import Standing, standing
from tasks.build import read_draft
from tasks.state import Release, State
from tasks.store import Store
from tasks.watching.due import last_due
from tasks.watching.watched import Reported

if TYPE_CHECKING:
    from candour.council import Council
    from candour.period import Period
    from tasks.settings import Settings

GRACE = dt.timedelta(hours=2)
"""How long after its hour a report may still be being made."""


def reported(settings: Settings, council: Council, at: dt.datetime) -> tuple[Reported, ...]:
    """Every report of a council, as it stands at a moment in local time."""
    releases = State(settings.database).releases(council.id)
    waiting = _waiting(settings, council.id)
    return tuple(
        _due(
            _released(report, [one for one in releases if one.report == report], waiting),
            {one.period for one in releases if one.report == report},
            last_due(settings, council, report, at),
            at,
        )
        for report in council.profile.reports
    )


def _released(
    report: str, releases: list[Release], waiting: Mapping[str, tuple[str, ...]]
) -> Reported:
    """What was released of a report, and which of its drafts wait."""
    made = Reported(report, len(releases), waiting=waiting.get(report, ()))
    if not releases:
        return made
    last = max(releases, key=lambda one: one.released_at)
    return replace(made, period=last.period, version=last.version, released_at=last.released_at)


def _due(
    made: Reported,
    periods: Collection[str],
    due: tuple[Period, dt.datetime] | None,
    at: dt.datetime,
) -> Reported:
    """The report with what was due of it, which is late when its hour is well past."""
    if due is None:
        return made
    period, due_at = due
    missing = period.key not in periods
    is_late = missing and at > due_at + GRACE
    return replace(made, due=period.key, due_at=due_at, is_missing=missing, is_late=is_late)


def _waiting(settings: Settings, council: str) -> dict[str, tuple[str, ...]]:
    """Periods whose newest draft waits for an approver, by report."""
    store, found = Store(settings.home), dict[str, tuple[str, ...]]()
    for name in store.names(posixpath.join("drafts", council, "newest")):
        draft = read_draft(settings, store.read(name).decode())
        if standing(settings, draft) is Standing.WAITING:
            report, period = draft.place.report, draft.place.period
            found[report] = (*found.get(report, ()), period)
    return found
