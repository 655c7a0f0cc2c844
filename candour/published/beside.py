"""Beside: a published value and ours, equal as printed or not, and what says why."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from candour.labels import normalised
from candour.period import day_in_words, month_in_words
from candour.published.changes import spoken
from candour.published.declared import Show
from candour.published.printed import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from candour.published.declared import Entry, Published, Value
    from candour.published.slip import Slip

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_NAMES = re.compile(r"\s*(?:;|,|\band\b)\s*")


class Verdict(StrEnum):
    """How a published value stands to ours."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNTOLD = "not told"
    """We have no figure for it."""
    STATED = "stated"
    """A person's statement, which nothing counts."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Our figure for a published value: exact, as displayed, and where it stands."""

    key: str
    display: str
    exact: Fraction | None = None
    words: str = ""
    places: tuple[str, ...] = ()
    source: str = ""
    count: int | None = None
    base: int | None = None

    @property
    def absent(self) -> bool:
        """Whether there was nothing to count then."""
        return self.display == "[z]"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published value beside ours."""

    value: Value
    ours: Ours | None
    verdict: Verdict
    slips: tuple[Slip, ...] = ()
    """What the gate found that concerns the value."""
    notes: tuple[str, ...] = ()
    """What a reviewer wrote down of the entry that tells our number."""

    @property
    def explained(self) -> bool:
        """Whether it is equal, or the publication's own slip."""
        return self.verdict is not Verdict.DIFFERENT or bool(self.slips or self.notes)


def compared(
    published: Published, told: Mapping[Value, Ours], slips: Iterable[Slip]
) -> tuple[Comparison, ...]:
    """Every published value beside ours, in the order they were printed."""
    concerned: dict[Value, list[Slip]] = {}
    for slip in slips:
        for value in dict.fromkeys(slip.values):
            concerned.setdefault(value, []).append(slip)
    found = []
    for _, entry in published.entries():
        for value in entry.values:
            ours = told.get(value)
            verdict = _verdict(value, ours, published.synonyms)
            wrong = verdict is Verdict.DIFFERENT
            found.append(
                Comparison(
                    value,
                    ours,
                    verdict,
                    tuple(concerned.get(value, ())) if wrong else (),
                    _noted(entry, ours) if wrong and ours is not None else (),
                )
            )
    return tuple(found)


def _verdict(value: Value, ours: Ours | None, synonyms: Mapping[str, tuple[str, ...]]) -> Verdict:
    if value.measure is None:
        return Verdict.STATED
    if ours is None:
        return Verdict.UNTOLD
    return Verdict.EQUAL if same(value, ours, synonyms) else Verdict.DIFFERENT


def same(value: Value, ours: Ours, synonyms: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether ours is the published value.

    It is when the exact number, rounded half away from zero, is the printed one, or when the words
    are the same by the declared synonyms.
    """
    if value.printed in ABSENT:
        return ours.absent
    if value.amount is not None and ours.exact is not None:
        return value.amount.says(ours.exact)
    if value.show is Show.MOST:
        return _names(value.printed) == _names(ours.words)
    said = {normalised(spoken(text, synonyms)) for text in (value.printed, in_days(value.printed))}
    return normalised(ours.words) in said


def in_days(printed: str) -> str:
    """Days and months written in figures, as words: ``2022-04-01/2023-03-31``, ``2023-10``."""
    told = _DAY.sub(lambda found: day_in_words(dt.date.fromisoformat(found[0])), printed)
    if _MONTH.fullmatch(printed):
        return month_in_words(dt.date.fromisoformat(f"{printed}-01"))
    return told.replace("/", " to ") if told != printed else printed


def _names(listed: str) -> set[str]:
    return {normalised(name) for name in _NAMES.split(listed) if name}


def _noted(entry: Entry, ours: Ours) -> tuple[str, ...]:
    """The codes of notes that tell our number; of words, every note of the entry."""
    number = re.escape(ours.display.strip("%+-\u2212"))
    tells = re.compile(rf"(?<![\d.]){number}(?![\d.]*\d)")
    return tuple(note.code for note in entry.notes if ours.exact is None or tells.search(note.says))
