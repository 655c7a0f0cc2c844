"""Watch: a council is looked at as it stands at a moment; nothing is changed, no inbox is asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from candour.errors import CandourError
from tasks import declared
from tasks.arriving import expected
from tasks.state import State
from tasks.state.letters import LetterState
from tasks.state.watch import Watch
from tasks.store import Store
from tasks.watching.reports import reported
from tasks.watching.watched import FileRows, Mails, Taken, Watched

if TYPE_CHECKING:
    from candour.council import Council
    from tasks.extract import Intake
    from tasks.settings import Settings

LONDON = ZoneInfo("Europe/London")
_OLDEST_DAYS = 3
"""An export made on Friday evening is Monday's."""


def watch(settings: Settings, council_id: str, at: dt.datetime) -> Watched:
    """How a council's reports stand at a moment; a folder that cannot be read says so itself."""
    try:
        council = declared.council(settings, council_id)
        return Watched(
            council_id,
            council.name,
            _taken(settings, council, at.astimezone(LONDON)),
            reported(settings, council, at.astimezone(LONDON)),
            _mails(settings, council_id),
        )
    except CandourError as problem:
        return Watched(council_id, council_id, _NOTHING, wrong=str(problem))


_NOTHING = Taken(None, None, is_late=False, was_stopped=False, refused=())


def _taken(settings: Settings, council: Council, at: dt.datetime) -> Taken:
    newest, good = Watch(settings.database).intakes(council.id)
    if good is None:
        landed = tuple(one.name for one in State(settings.database).landings(council.id))
        return Taken(None, None, is_late=False, was_stopped=newest is not None, refused=landed)
    from tasks.extract import read_intake  # noqa: PLC0415  - pydantic, and what it reads

    intake = read_intake(Store(settings.home), council.id, good.id)
    known_on = dt.date.fromisoformat(good.known_on)
    return Taken(
        known_on=known_on,
        age_days=(at.date() - known_on).days,
        is_late=_is_late(settings, council.id, known_on, at),
        was_stopped=newest is not None and not newest.good,
        refused=_refused(settings, council, intake),
        files=_newest(intake),
    )


def _newest(intake: Intake) -> tuple[FileRows, ...]:
    """The newest file of each export."""
    newest = {one.export: one for one in sorted(intake.snapshots, key=lambda s: s.extracted_on)}
    return tuple(
        FileRows(export, one.name, one.loaded, one.quarantined, one.noise)
        for export, one in sorted(newest.items())
    )


def _refused(settings: Settings, council: Council, intake: Intake) -> tuple[str, ...]:
    """Files that landed on the day of the last that was read, or later, and were not read."""
    from candour.exports import match  # noqa: PLC0415

    read = {one.sha256 for one in intake.snapshots}
    landings = State(settings.database).landings(council.id)
    last = max((one.landed_on for one in landings if one.sha256 in read), default="")
    return tuple(
        one.name
        for one in landings
        if one.sha256 not in read
        and one.landed_on >= last
        and match(council.exports, one.name) is not None
    )


def _is_late(settings: Settings, council: str, known_on: dt.date, at: dt.datetime) -> bool:
    """Whether the last expected export is not in, by the days and the hour the council names."""
    when = expected(settings, council)
    if when is None:
        return False
    today = at.date() if at.time() >= when.by else at.date() - dt.timedelta(days=1)
    last = next(
        day
        for back in range(7)
        if (day := today - dt.timedelta(days=back)).weekday() in when.weekdays
    )
    return known_on < last - dt.timedelta(days=_OLDEST_DAYS)


def _mails(settings: Settings, council: str) -> Mails:
    number = Watch(settings.database).letters(council)
    return Mails(
        sent=number[LetterState.SENT],
        waiting=number[LetterState.WAITING] + number[LetterState.SENDING],
        held=number[LetterState.HELD],
        refused=number[LetterState.REFUSED],
    )
