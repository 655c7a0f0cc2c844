"""Approve: a named person lets a draft go out or does not, and it is written down once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from candour.declarations import unknown
from candour.errors import CandourError, ConfigurationError
from tasks import declared
from tasks.state import Decision, Decisions, Exempted, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.arrangements import Approver
    from tasks.build import Draft
    from tasks.settings import Settings

RULE = ("rule", "The council's rule", "A draft in which the gate found nothing")
"""The log-in, name and role of an approval that no person gave."""


class Standing(StrEnum):
    """Where a draft stands on its way out."""

    UNCHANGED = "unchanged"
    """It is the last release over again."""
    FREE = "free"
    """Nobody has to approve it."""
    APPROVED = "approved"
    REJECTED = "rejected"
    WAITING = "waiting"

    @property
    def may_go(self) -> bool:
        """Whether it may be published."""
        return self in {Standing.UNCHANGED, Standing.FREE, Standing.APPROVED}


def standing(settings: Settings, draft: Draft) -> Standing:
    """Where a draft stands."""
    releases = State(settings.database).releases(*draft.place)
    if releases and releases[-1].digest == draft.digest:
        return Standing.UNCHANGED
    if _rule(settings, draft) == "none":
        return Standing.FREE
    last = Decisions(settings.database).last(draft.place, draft.digest)
    if last is None:
        return Standing.WAITING
    return Standing.APPROVED if last.approved else Standing.REJECTED


def approve_when_clean(settings: Settings, draft: Draft, at: dt.datetime) -> Standing:
    """Approve by the council's rule a first draft in which the gate found nothing to read.

    A correction is always for a person.
    """
    stands = standing(settings, draft)
    if stands is not Standing.WAITING or not _needs_nobody(settings, draft):
        return stands
    login, name, role = RULE
    Decisions(settings.database).record(
        Decision(draft.place, draft.digest, True, login, name, role, "rule", at.isoformat())
    )
    return Standing.APPROVED


def approve(
    settings: Settings,
    draft: Draft,
    login: str,
    *,
    how: str,
    at: dt.datetime,
    reason: str = "",
    exceptions: Mapping[str, str] | None = None,
) -> Decision:
    """Let a draft go out; gives the decision that stands, should somebody have been quicker.

    Args:
        settings: where things are.
        draft: what is approved: these bytes and no others.
        login: the approver's log-in, as ``council.yaml`` names it.
        how: ``page`` or ``command``.
        at: now.
        reason: what the approver adds.
        exceptions: of each finding that blocks, by its code, why it may stand.

    Raises:
        ConfigurationError: the log-in may not approve.
        CandourError: a finding that blocks is not excepted, or one that does not block is.
    """
    decision = _decision(settings, draft, login, how=how, at=at, approved=True, reason=reason)
    given = _exempted(draft, exceptions or {})
    return Decisions(settings.database).record(replace(decision, exceptions=given))


def reject(
    settings: Settings, draft: Draft, login: str, *, how: str, at: dt.datetime, reason: str
) -> Decision:
    """Send a draft back; the last good release stands.

    Raises:
        ConfigurationError: the log-in may not decide.
        CandourError: no reason is given, or the draft has been approved already.
    """
    decision = _decision(settings, draft, login, how=how, at=at, approved=False, reason=reason)
    if not decision.reason:
        raise CandourError(
            "A draft is rejected with a reason, which whoever mends it needs; nothing was decided."
        )
    decisions = Decisions(settings.database)
    if (standing_one := decisions.approval(draft.place, draft.digest)) is not None:
        raise CandourError(
            f"{_named(draft)} was approved by {standing_one.name} already. To correct what is "
            "out, mend its cause and release a correction."
        )
    return decisions.record(decision)


def _decision(
    settings: Settings,
    draft: Draft,
    login: str,
    *,
    how: str,
    at: dt.datetime,
    approved: bool,
    reason: str,
) -> Decision:
    """What an approver says of a draft, before it is written down."""
    approver = approver_of(settings, draft, login)
    return Decision(
        place=draft.place,
        digest=draft.digest,
        approved=approved,
        login=login,
        name=approver.name,
        role=approver.role,
        how=how,
        decided_at=at.isoformat(),
        reason=reason.strip(),
    )


def approver_of(settings: Settings, draft: Draft, login: str) -> Approver:
    """The approver who logs in by that name.

    Raises:
        ConfigurationError: nobody who may approve does.
    """
    approval = declared.council(settings, draft.place.council).profile.approval
    approvers = approval.approvers if approval else {}
    if login not in approvers:
        raise ConfigurationError(
            f"The approver {unknown(login, approvers)} Who may approve is under 'approval: "
            f"approvers:' in the council.yaml of '{draft.place.council}'."
        )
    return approvers[login]


def waits(draft: Draft) -> str:
    """What to tell whoever would publish a draft that nobody has approved."""
    place = draft.place
    return (
        f"{_named(draft)} waits for approval; the last release stands. Read it in {draft.folder} "
        f"and approve it on Airflow's page of required actions, or by: candour approve "
        f"{place.council} {place.report} {place.period} --by LOGIN."
    )


def _named(draft: Draft) -> str:
    return f"{draft.place.report} {draft.place.period} of '{draft.place.council}'"


def _rule(settings: Settings, draft: Draft) -> str:
    reports = declared.council(settings, draft.place.council).profile.reports
    return reports[draft.place.report].approval


def _needs_nobody(settings: Settings, draft: Draft) -> bool:
    return _rule(settings, draft) == "when_clean" and draft.clean and not draft.corrects


def _exempted(draft: Draft, given: Mapping[str, str]) -> tuple[Exempted, ...]:
    blocking = {broken.code for broken in draft.broken}
    missing = sorted(code for code in blocking if not given.get(code, "").strip())
    if missing:
        raise CandourError(
            f"{_named(draft)} does not hold: "
            + " ".join(broken.what for broken in draft.broken)
            + f" It may go out only if {', '.join(missing)} is accepted by name with a reason: "
            f'--accept "{missing[0]}=why it may stand".'
        )
    if idle := sorted(set(given) - blocking):
        raise ConfigurationError(
            f"{', '.join(idle)} stops nothing here, so there is nothing to accept. What stops "
            f"it: {', '.join(sorted(blocking)) or 'nothing'}."
        )
    return tuple(
        Exempted(broken.code, broken.what, given[broken.code].strip()) for broken in draft.broken
    )
