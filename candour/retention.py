"""Retention: how long each kind of thing is kept, and what keeps one longer than that."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from candour.declarations import Declaration
from candour.period import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Months = Annotated[int, Field(ge=1, le=1200)]


class Hold(Declaration):
    """A reason in law to keep what would go: until a day, or until the entry is taken out.

    ``dated_from`` and ``dated_to`` narrow it to what is dated in between, both days counted.
    """

    reason: Annotated[str, Field(min_length=1)]
    until: dt.date | None = None
    dated_from: dt.date = dt.date.min
    dated_to: dt.date = dt.date.max

    @model_validator(mode="after")
    def _in_order(self) -> Hold:
        if self.dated_from > self.dated_to:
            message = "'dated_from' must not be later than 'dated_to'."
            raise ValueError(message)
        return self

    def holds(self, dated_on: dt.date, today: dt.date) -> bool:
        """Whether it keeps what is dated on a day; its own last day still counts."""
        in_force = self.until is None or today <= self.until
        return in_force and self.dated_from <= dated_on <= self.dated_to


class Retention(Declaration):
    """``retention:`` in ``council.yaml``: months each kind of thing is kept, and legal holds."""

    purge: Literal["by_hand", "automatic"] = "by_hand"
    """Whether what is too old goes every month by itself, or when somebody says so."""
    exports: Months = 24
    """Landed files, and the cases read from them, from the day they landed."""
    set_aside: Months = 6
    """What rows that were set aside say, and files that were refused whole."""
    working: Months = 24
    """Facts, drafts, intakes and declarations, from the day they were written last."""
    letters: Months = 6
    """Mails that never went, from the day they were written."""
    rebuildable: Annotated[int, Field(ge=0, le=1200)] = 12
    """Releases of so many months can be made again: the exports they stand on stay."""
    holds: tuple[Hold, ...] = ()


class Kind(StrEnum):
    """What may go."""

    EXPORT = "exports"
    REFUSED = "exports that were refused"
    CASES = "cases read from exports"
    SET_ASIDE = "words of rows that were set aside"
    FACTS = "facts of reports"
    DRAFT = "drafts"
    INTAKE = "accounts of intakes"
    DECLARATIONS = "declarations of then"
    LETTER = "mails that never went"


RULES: Mapping[Kind, str] = {
    Kind.EXPORT: "exports",
    Kind.REFUSED: "set_aside",
    Kind.CASES: "exports",
    Kind.SET_ASIDE: "set_aside",
    Kind.FACTS: "working",
    Kind.DRAFT: "working",
    Kind.INTAKE: "working",
    Kind.DECLARATIONS: "working",
    Kind.LETTER: "letters",
}
"""The entry of ``retention:`` that says how long each kind is kept."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is kept; ``dated_on`` is the day its months are counted from."""

    kind: Kind
    key: str
    """What it is found by: a path in the store, or a letter's key."""
    name: str
    """What a person calls it; never anything of a case."""
    size: int
    dated_on: dt.date
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a thing goes, and why or why not."""

    thing: Thing
    goes: bool
    overdue: bool
    """Whether its months are over; what is kept beyond them says why."""
    why: str


@dataclass(frozen=True, slots=True)
class Extract:
    """A landed file as far as it matters here; ``whole`` where it holds everything there is."""

    export: str
    whole: bool
    extracted_on: dt.date
    sha256: str


def kept_until(dated_on: dt.date, months: int) -> dt.date:
    """The day a thing may go: so many months later, or the last day of a shorter month."""
    ordinal = dated_on.year * 12 + dated_on.month - 1 + months
    year, month = divmod(ordinal, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(dated_on.day, calendar.monthrange(year, month + 1)[1]))


def is_old(thing: Thing, retention: Retention, today: dt.date) -> bool:
    """Whether the months of a thing are over."""
    return today >= _ends_on(thing, retention)


def rule(retention: Retention, kind: Kind) -> str:
    """The rule a kind goes by, as ``council.yaml`` has it: *exports: 24*, in months."""
    return f"{RULES[kind]}: {_months(retention, kind)}"


def judge(
    things: Iterable[Thing], retention: Retention, today: dt.date, needed: Mapping[str, str]
) -> Iterator[Judged]:
    """Whether each thing goes.

    Args:
        things: what there is.
        retention: what the council declares.
        today: the day it is.
        needed: why a thing of that key stays whatever its age, in a sentence.
    """
    for thing in things:
        ends_on = _ends_on(thing, retention)
        if not is_old(thing, retention, today):
            yield Judged(thing, False, False, f"Kept until {day_in_words(ends_on)}.")
        elif why := _held(thing, retention, today) or needed.get(thing.key, ""):
            yield Judged(thing, False, True, why)
        else:
            yield Judged(thing, True, True, f"Its months ended on {day_in_words(ends_on)}.")


def stood_on(extracts: Iterable[Extract], known_on: dt.date) -> frozenset[str]:
    """The SHA-256 of what a day's reports stand on: of each export the newest whole and all since.

    Where an export never came whole, all its changes are.
    """
    known = [one for one in extracts if one.extracted_on <= known_on]
    newest: dict[str, dt.date] = {}
    for one in known:
        if one.whole:
            newest[one.export] = max(one.extracted_on, newest.get(one.export, dt.date.min))
    return frozenset(
        one.sha256 for one in known if one.extracted_on >= newest.get(one.export, dt.date.min)
    )


def _ends_on(thing: Thing, retention: Retention) -> dt.date:
    return kept_until(thing.dated_on, _months(retention, thing.kind))


def _held(thing: Thing, retention: Retention, today: dt.date) -> str:
    for hold in retention.holds:
        if hold.holds(thing.dated_on, today):
            until = f"until {day_in_words(hold.until)}" if hold.until else "until it is lifted"
            return f"A hold keeps it {until}: {hold.reason}."
    return ""


def _months(retention: Retention, kind: Kind) -> int:
    months: int = getattr(retention, RULES[kind])
    return months
