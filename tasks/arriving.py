"""Arriving: whether the export a council expects has come, and by when it should have."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks import declared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.council import Council
    from tasks.settings import Settings
    from tasks.state import Landing

SCHEDULED = "scheduled"
"""The kind of run, in Airflow's words, that may wait for an export."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OLDEST_DAYS = 3
"""An export made on Friday evening is Monday's; one made on Wednesday is not."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The days on which a new export is expected, Monday being 0, and when it is late."""

    weekdays: tuple[int, ...]
    by: dt.time


def expected(settings: Settings, council_id: str) -> Expected | None:
    """When a council expects exports; reads one file and checks nothing else of it.

    Nothing where it expects none, or where what it says is no day or no time: the intake's own
    tasks tell that.
    """
    try:
        written = declared.outline(settings, council_id)["exports_arrive"]
        days = tuple(DAYS.index(day) for day in written["on"])
        by = dt.time.fromisoformat(written["by"])
    except (TypeError, KeyError, ValueError):
        return None
    return Expected(days, by) if days else None


def is_due(when: Expected | None, day: dt.date) -> bool:
    """Whether an export is expected on a day."""
    return when is not None and day.weekday() in when.weekdays


def may_go_on(settings: Settings, council_id: str, day: dt.date, today: dt.date) -> bool:
    """Whether an intake need not wait any longer: the export is there, or its day is over.

    Args:
        settings: where things are.
        council_id: whose export.
        day: the day of the run that waits.
        today: the day it is.

    Raises:
        ConfigurationError: the council's folder is wrong, or a log-in was refused.
        InputError: the inbox does not exist.
        UnreachableError: it could not be reached; another try may do.
    """
    if today > day or not is_due(expected(settings, council_id), day):
        return True
    return has_arrived(settings, council_id, day)


def has_arrived(settings: Settings, council_id: str, day: dt.date) -> bool:
    """Whether a new export of complaints came for a day on which one is expected.

    New is a file made on that day or in the three days before, that had not landed before the day;
    and one that had, if it was made after the last day an export was expected. A file whose name
    tells no day is as old as its landing. Errors as for ``may_go_on``.
    """
    last = _day_before(expected(settings, council_id), day)
    oldest = day - dt.timedelta(days=_OLDEST_DAYS)
    return any(
        landed_on is None or landed_on >= day or made_on > last
        for made_on, landed_on in _exports(settings, council_id, oldest, day)
        if made_on >= oldest
    )


def lateness(settings: Settings, council_id: str, day: dt.date) -> dict[str, str] | None:
    """What to tell of an export that has not come; nothing where it has.

    Errors as for ``may_go_on``.
    """
    from candour.period import day_in_words, weekday_in_words  # noqa: PLC0415
    from tasks.inbox import place_of  # noqa: PLC0415

    when = expected(settings, council_id)
    if when is None or has_arrived(settings, council_id, day):
        return None
    made = [made_on for made_on, _ in _exports(settings, council_id, dt.date.min, day)]
    last = f"The newest that has is of {day_in_words(max(made))}." if made else "None ever has."
    inbox = declared.council(settings, council_id).profile.inbox
    return {
        "day": weekday_in_words(day),
        "hour": f"{when.by:%H:%M}",
        "inbox": place_of(inbox),
        "last": last,
    }


def _day_before(when: Expected | None, day: dt.date) -> dt.date:
    """The last day before this one on which an export was expected."""
    weekdays = when.weekdays if when else (day.weekday(),)
    return next(
        before
        for back in range(1, 8)
        if (before := day - dt.timedelta(days=back)).weekday() in weekdays
    )


def _exports(
    settings: Settings, council_id: str, oldest: dt.date, day: dt.date
) -> Iterator[tuple[dt.date, dt.date | None]]:
    """When each export of complaints was made, and when it landed, if it has.

    Those that landed come first; of the inbox, those whose name tells no day before the oldest.
    """
    from tasks import inbox  # noqa: PLC0415
    from tasks.landing import marks  # noqa: PLC0415
    from tasks.state import State  # noqa: PLC0415

    council = declared.council(settings, council_id)
    landings = {one.name: one for one in State(settings.database).landings(council_id)}
    for landing in landings.values():
        landed_on = dt.date.fromisoformat(landing.landed_on)
        fits, made_on = _fits(council, landing.name)
        if fits:
            yield made_on or landed_on, landed_on
    known = marks(settings, council, landings)

    def is_wanted(name: str) -> bool:
        fits, made_on = _fits(council, name)
        return fits and (made_on is None or made_on >= oldest)

    with inbox.opened(settings, council, day) as source:
        for file in source.arrived(is_wanted, known).whole:
            content = None if known.get(file.name) == file.mark else source.read(file)
            if content is not None and not _landed(landings, file.name, content):
                yield _fits(council, file.name)[1] or day, None


def _fits(council: Council, name: str) -> tuple[bool, dt.date | None]:
    """Whether a file name is that of an export of complaints, and the day it tells."""
    from candour.exports import match  # noqa: PLC0415
    from candour.frames import SCHEMAS  # noqa: PLC0415

    found = match(council.exports, name)
    if found is None or found.export.fills != SCHEMAS["steps"].name:
        return False, None
    return True, found.extracted_on


def _landed(landings: Mapping[str, Landing], name: str, content: bytes) -> bool:
    known = landings.get(name)
    return known is not None and known.sha256 == hashlib.sha256(content).hexdigest()
