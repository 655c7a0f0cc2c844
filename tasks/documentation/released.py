"""Released: a report from its facts to its release in one go, approved by name where it must be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tasks import declared
from tasks.approve import Standing, approve, approve_when_clean
from tasks.build import build
from tasks.publish import publish

if TYPE_CHECKING:
    from tasks.build import Draft
    from tasks.compute_kpis import Computed
    from tasks.settings import Settings
    from tasks.state import Decision, Release


def released(
    settings: Settings, computed: Computed, *, at: dt.datetime, reason: str = ""
) -> Release:
    """The report built, approved by the council's first approver, and released."""
    draft = build(settings, computed, reason)
    approved_by_name(settings, draft, at=at)
    return publish(settings, draft, released_at=at)


def approved_by_name(settings: Settings, draft: Draft, *, at: dt.datetime) -> Decision | None:
    """The approval the council's first approver gives a draft; nothing where nobody has to."""
    if approve_when_clean(settings, draft, at) is not Standing.WAITING:
        return None
    approval = declared.council(settings, draft.place.council).profile.approval
    login = next(iter(approval.approvers)) if approval else ""
    return approve(settings, draft, login, how="command", at=at)
