"""Freshness: how far the cases of a report are told, and what is said where that is not far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.arrangements import DAYS
from candour.cadence import OpenDays
from candour.period import day_in_words, weekday_in_words
from candour.words.grammar import listed, numeral, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from candour.arrangements import Arrivals
    from candour.clock import Calendar
    from candour.period import Period

MOST_DAYS = 3
"""Working days after which cases are too old for a bulletin, where no export is expected on a day;
and calendar days an expected export may have been made before."""
CASES = "steps"
_WHAT = {
    CASES: "complaints",
    "contacts": "contacts",
    "compliments": "compliments",
    "decisions": "Ombudsman decisions",
    "learning": "learning actions",
    "improvements": "improvements",
}
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """How far one export tells, of a system that is still in use: the day of its newest extract."""

    export: str
    fills: str
    on: dt.date


def open_days(calendar: Calendar) -> OpenDays:
    """The working days of a council's calendar."""
    return OpenDays(frozenset(day.on for day in calendar.holidays), calendar.last_day)


def days_before(days: OpenDays, told_on: dt.date, morning: dt.date) -> int:
    """Working days after one day up to another, that one counted: from a Friday to Monday, one."""
    span = (morning - told_on).days
    return sum(days.is_open(told_on + n * _ONE) for n in range(1, span + 1))


def stale(
    told: Iterable[Told], morning: dt.date, days: OpenDays, arrivals: Arrivals | None
) -> tuple[Told, ...]:
    """The exports of complaints that tell too little for a bulletin of a morning.

    Where exports are expected on days of the week, one that was made before the last of them: up
    to three days earlier, or on the working day before, is in time for it. Otherwise one that was
    made more than three working days before the morning.
    """
    cases = [one for one in told if one.fills == CASES]
    if arrivals is None:
        return tuple(o for o in cases if days_before(days, o.on, morning) > MOST_DAYS)
    expected = _last_expected(arrivals, morning)
    earliest = min(expected - MOST_DAYS * _ONE, _open_before(days, expected))
    return tuple(one for one in cases if one.on < earliest)


def said_of_morning(
    late: Sequence[Told], told: Iterable[Told], morning: dt.date, days: OpenDays
) -> str:
    """What a bulletin says of cases that are not told up to its morning; nothing where they are."""
    cases = {one for one in told if one.fills == CASES}
    if not late:
        return ""
    if len({one.on for one in late}) == 1 and set(late) == cases:
        return (
            f"These are the complaints as the system told them on {_day(late[0].on, morning, days)}"
            " before this bulletin. What happened since is not in it."
        )
    parts = (
        f"those of {_called(one.export)} are as it told them on {_day(one.on, morning, days)} "
        "before this bulletin"
        for one in sorted(late, key=lambda one: (one.on, one.export))
    )
    return (
        f"Not all of these complaints are up to date: {listed(parts)}. What happened to them since "
        "is not in it."
    )


def told_on(late: Sequence[Told], told: Iterable[Told]) -> dt.date | None:
    """The one day all the complaints of a bulletin are told on, where it is too long ago."""
    cases = {one for one in told if one.fills == CASES}
    same = set(late) == cases and len({one.on for one in late}) == 1
    return late[0].on if same else None


def said_of_period(told: Iterable[Told], period: Period, morning: dt.date) -> str:
    """What a period's report says where an export ends before it does; nothing where none does."""
    every = list(told)
    ends = {fills: [o for o in every if o.fills == fills and o.on < morning] for fills in _WHAT}
    last = {fills: min(one.on for one in late) for fills, late in ends.items() if late}
    if not last:
        return ""
    whole = all(len(ends[f]) == sum(o.fills == f for o in every) for f in last)
    if CASES in last and whole and len(set(last.values())) == 1:
        day = day_in_words(last[CASES])
        return f"Not complete: {period.label} is told up to the extract of {day}."
    named = [f"{_kind(fills, ends[fills], every)} of {period.label}" for fills in last]
    parts = [
        f"{name} up to the extract of {day_in_words(last[f])}"
        for name, f in zip(named, last, strict=True)
    ]
    return f"Not complete. What is told ends early: {listed(parts)}."


def _kind(fills: str, late: Sequence[Told], every: Sequence[Told]) -> str:
    """What ends early, by its kind, and by its export where others of the kind do not."""
    if len(late) == sum(one.fills == fills for one in every):
        return _WHAT[fills]
    return f"{_WHAT[fills]} in {listed(_called(one.export) for one in late)}"


def _last_expected(arrivals: Arrivals, morning: dt.date) -> dt.date:
    """The last day up to a morning on which an export was expected."""
    back = (morning - n * _ONE for n in range(7))
    weekdays = {DAYS.index(day) for day in arrivals.on}
    return next(day for day in back if day.weekday() in weekdays)


def _open_before(days: OpenDays, day: dt.date) -> dt.date:
    day -= _ONE
    while not days.is_open(day):
        day -= _ONE
    return day


def _day(on: dt.date, morning: dt.date, days: OpenDays) -> str:
    number = days_before(days, on, morning)
    return f"{weekday_in_words(on)}, {numeral(number)} {plural('working day', number)}"


def _called(export: str) -> str:
    return f"the export ‘{export.replace('_', ' ')}’"
