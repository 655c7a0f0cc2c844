"""Drafts: approvers are asked and reminded; the complaints team hears of a no, or of no answer."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tasks import declared
from tasks.store import Store

if TYPE_CHECKING:
    from candour.alert import Kind
    from tasks.alerts.telling import Occasion
    from tasks.asking import Question
    from tasks.build import Draft
    from tasks.settings import Settings
    from tasks.state import Decision

LONDON = ZoneInfo("Europe/London")
APPROVES = "approve"
"""The task of a run that waits for approval."""


def asked(
    settings: Settings, draft: Draft, *, at: dt.datetime, run: str = "", link: str = ""
) -> None:
    """Ask everybody who may approve a draft; once a run, whatever is tried again.

    Args:
        settings: where things are.
        draft: what waits for them.
        at: now.
        run: Airflow's run that waits, which ``remind`` asks about.
        link: where they may decide.

    Raises:
        ConfigurationError: nobody may approve it.
    """
    from candour.alert import Kind  # noqa: PLC0415

    if run:
        written = json.dumps({"draft": draft.folder, "asked_at": at.isoformat(), "link": link})
        Store(settings.home).write(_asked_path(draft.place.council, run), written.encode())
    since = at.isoformat()
    _ask(settings, draft, Kind.ASKED, run=run, at=at, link=link, since=since)


def reminded(settings: Settings, draft: Draft, *, at: dt.datetime, run: str = "") -> None:
    """Remind everybody who may approve a draft that it waits; errors as for ``asked``."""
    from candour.alert import Kind  # noqa: PLC0415

    note = _note(settings, draft.place.council, run)
    since, link = note.get("asked_at", at.isoformat()), note.get("link", "")
    _ask(settings, draft, Kind.REMINDED, run=run, at=at, link=link, since=since)


def expired(settings: Settings, draft: Draft, *, at: dt.datetime, run: str = "") -> None:
    """Tell the complaints team that nobody decided in time; errors as for ``asked``."""
    from candour.alert import Kind, key_of_failure  # noqa: PLC0415
    from tasks.alerts.telling import tell_of  # noqa: PLC0415

    occasion = _occasion(settings, draft, Kind.EXPIRED, run)
    if run:  # It ends with this, and is told of no further.
        dag = f"{draft.place.council}__{draft.place.report}"
        occasion = replace(occasion, key=key_of_failure(dag, run, APPROVES))
    tell_of(settings, occasion, now=at)


def rejected(settings: Settings, draft: Draft, decision: Decision, *, at: dt.datetime) -> None:
    """Tell the complaints team who rejected a draft and why; errors as for ``asked``."""
    from candour.alert import Kind  # noqa: PLC0415
    from tasks.alerts.telling import tell_of  # noqa: PLC0415

    occasion = _occasion(settings, draft, Kind.REJECTED, decision.decided_at)
    names = {"name": decision.name, "role": decision.role}
    tell_of(
        settings,
        replace(occasion, names=occasion.names | names, reason=decision.reason),
        now=at,
    )


def waiting_for(settings: Settings, council: str, report: str, run: str) -> Draft | None:
    """The draft a run asked about, if it is still its report's newest and nobody has decided."""
    from tasks.approve import Standing, standing  # noqa: PLC0415
    from tasks.build import last_draft, read_draft  # noqa: PLC0415

    note = _note(settings, council, run)
    if not note:
        return None
    draft = read_draft(settings, note["draft"])
    if draft.place.report != report or last_draft(settings, draft.place).folder != draft.folder:
        return None
    return draft if standing(settings, draft) is Standing.WAITING else None


def _ask(
    settings: Settings,
    draft: Draft,
    kind: Kind,
    *,
    run: str,
    at: dt.datetime,
    link: str,
    since: str,
) -> None:
    from candour.alert import Addressee  # noqa: PLC0415
    from tasks.alerts.telling import tell_of  # noqa: PLC0415
    from tasks.asking import question  # noqa: PLC0415

    asking = question(settings, draft)
    occasion = replace(
        _occasion(settings, draft, kind, run),
        to=tuple(
            Addressee(f"approver-{login}", approver.name, approver.email)
            for login, approver in asking.approvers.items()
        ),
        reason="\n".join(_to_read(asking)),
        headlines=asking.headlines,
        link=link,
    )
    names = {"day": _day_in_words(since), "command": asking.command}
    tell_of(settings, replace(occasion, names=occasion.names | names), now=at)


def _to_read(asking: Question) -> list[str]:
    """What an approver reads before deciding: why it is a correction, then the findings."""
    corrects = [f"It corrects version {asking.corrects}: {asking.reason}"]
    return [*(corrects if asking.corrects else []), *asking.findings.splitlines()]


def _occasion(settings: Settings, draft: Draft, kind: Kind, run: str) -> Occasion:
    """What every alert of a draft names: which draft, where it is, and how to approve it."""
    from candour.alert import key_of  # noqa: PLC0415
    from candour.period import Period  # noqa: PLC0415
    from tasks.alerts.telling import Occasion  # noqa: PLC0415

    place = draft.place
    year_starts = declared.council(settings, place.council).year_starts
    return Occasion(
        kind,
        place.council,
        key_of(kind, *place, draft.digest, run),
        names={
            "report": f"the {place.report.replace('_', ' ')}",
            "period": Period.parse(place.period, year_starts).label,
            "folder": Store(settings.home).path(draft.folder),
            "command": (
                f"candour approve {place.council} {place.report} {place.period} --by LOGIN"
            ),
        },
        where=f"{place.council}__{place.report}{f', run {run}' if run else ''}",
    )


def _day_in_words(written: str) -> str:
    from candour.period import weekday_in_words  # noqa: PLC0415

    return weekday_in_words(dt.datetime.fromisoformat(written).astimezone(LONDON).date())


def _note(settings: Settings, council: str, run: str) -> dict[str, str]:
    """What was noted when a run asked; nothing where it has not."""
    store, path = Store(settings.home), _asked_path(council, run)
    if not store.exists(path):
        return {}
    note: dict[str, str] = json.loads(store.read(path))
    return note


def _asked_path(council: str, run: str) -> str:
    return f"drafts/{council}/asked/{hashlib.sha256(run.encode()).hexdigest()[:32]}.json"
