"""Phrases: the names of periods and days a report may print, because its own periods give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError
from candour.gate.numerals import blanked
from candour.period import Period, PeriodKind, day_in_words, month_in_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from candour.figures import Figure
    from candour.report import Report

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATED = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:(?:{_MONTHS}) to )?(?:{_MONTHS}) \d{{4}}(?: to (?:{_MONTHS}) \d{{4}})?\b"
    r"|\b\d{4}[-–/]\d{2}(?![\d-])|\b\d{4}-\d{2}-\d{2}\b"
)
_EARLIEST = re.compile(r"from (\S+)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A day or period named in a text."""

    text: str
    start: int
    end: int


def dated(text: str) -> Iterator[Dated]:
    """Every day and period a text names."""
    for found in _DATED.finditer(text):
        yield Dated(found[0], found.start(), found.end())


def periods_of(figure: Figure, year_starts: int) -> tuple[Period, ...]:
    """The period a figure is of, and the one it is a change from."""
    earlier = _EARLIEST.fullmatch(figure.against)
    if earlier is None:
        return (figure.period,)
    known = _parsed(earlier[1], year_starts)
    return (figure.period,) if known is None else (figure.period, known)


@lru_cache(maxsize=1024)
def _parsed(key: str, year_starts: int) -> Period | None:
    try:
        return Period.parse(key, year_starts)
    except ConfigurationError:
        return None


def names_of(period: Period) -> frozenset[str]:
    """Everything a period may be called: its label and key, its months, its first and last day."""
    first, last = period.start, period.last_day
    names = {
        period.label, period.span, period.key, day_in_words(first), day_in_words(last),
        f"{day_in_words(first)} to {day_in_words(last)}", month_in_words(first),
        month_in_words(last),
    }  # fmt: skip
    if period.kind in {PeriodKind.REPORTING_YEAR, PeriodKind.OWN_YEAR}:
        year = f"{first.year}-{(first.year + 1) % 100:02d}"
        names |= {year.replace("-", mark) for mark in "-–/"}
    return frozenset(names | {name[:1].lower() + name[1:] for name in names})


def days_of(report: Report) -> frozenset[str]:
    """The days a report is told from, in words and as machines write them."""
    days: tuple[dt.date, ...] = (report.as_of, report.known_on)
    return frozenset(name for day in days for name in (day_in_words(day), day.isoformat()))


def generated(report: Report | None, figures: Iterable[Figure]) -> tuple[str, ...]:
    """Every name of a day or period that the report's figures and days give, longest first."""
    starts = 4 if report is None else report.period.year_starts
    periods = {period for figure in figures for period in periods_of(figure, starts)}
    names: set[str] = set()
    if report is not None:
        periods |= {report.period, report.period.previous(), report.period.same_last_year()}
        names |= days_of(report)
    for period in periods:
        names |= names_of(period)
    return tuple(sorted(names, key=len, reverse=True))


def without(text: str, phrases: Iterable[str]) -> str:
    """The text with every occurrence of the phrases blanked out; longest must come first."""
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            if not (text[at - 1 : at].isdigit() or text[end : end + 1].isdigit()):
                text = blanked(text, at, end)
            at = text.find(phrase, end)
    return text
