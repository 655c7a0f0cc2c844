"""Method: how figures are counted, which days count, and how sound the records are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from candour.composing.composer import Composer
    from candour.composing.listings import Background

_WORDS, _NUMBER = ListingKind.WORDS, ListingKind.NUMBER
_DAY, _REFERENCE = ListingKind.DAY, ListingKind.REFERENCE


def definitions(composer: Composer, _: Background) -> Listing:
    """Every measure there is, with its question and what to mind."""
    kpis = composer.measures.kpis
    return Listing(
        id="definitions",
        title="Definitions",
        headings=(
            ("Measure", _WORDS), ("Question it answers", _WORDS), ("Counted by", _WORDS),
            ("Read with care", _WORDS), ("Id", _REFERENCE),
        ),
        rows=tuple(
            (kpi.title, kpi.question, f"{kpi.clock.replace('_', ' ').capitalize()}",
             kpi.caveat or None, kpi_id)
            for kpi_id, kpi in sorted(kpis.by_id.items(), key=lambda item: item[1].title)
        ),
        notes=("Counted by: the day that puts a case in the period. Opening and as of are states.",
               "Read with care is empty where there is nothing to add."),
    )  # fmt: skip


def bank_holidays(composer: Composer, background: Background) -> Listing:
    """The weekdays that are no working days, as far as the report looks."""
    measures = composer.measures
    period = measures.period
    start = period.rolling_year().start if period.month_range() else period.start
    holidays = background.calendar.holidays_between(start, dt.date(period.end.year + 1, 1, 1))
    return Listing(
        id="bank_holidays",
        title="Bank holidays and closures",
        headings=(("Day", _DAY), ("What it is", _WORDS), ("Remark", _WORDS)),
        rows=tuple((h.on, h.title, h.note or None) for h in holidays),
        reading="These weekdays are no working days.",
        notes=(f"Calendar version {background.calendar.version}.",
               "Remark is empty where there is nothing to say."),
    )  # fmt: skip


def methodology(composer: Composer, _: Background) -> Listing:
    """The definitions of the measures printed so far, each with its worked example."""
    used = {figure.kpi.split(".")[0] for figure in composer.speaker.printed()}
    kpis = composer.measures.kpis.by_id
    chosen = sorted((k for k in kpis if k in used), key=lambda kpi_id: kpis[kpi_id].title)
    return Listing(
        id="methodology",
        title="How each measure is counted",
        headings=(
            ("Measure", _WORDS), ("Question it answers", _WORDS), ("Read with care", _WORDS),
            ("Worked example", _WORDS),
        ),
        rows=tuple(
            (kpis[k].title, kpis[k].question, kpis[k].caveat or None,
             f"{kpis[k].answer.display}: {kpis[k].answer.because}")
            for k in chosen
        ),
        notes=("Each worked example is of a handful of invented cases.",
               "Read with care is empty where there is nothing to add."),
    )  # fmt: skip


def quality_statement(_: Composer, background: Background) -> Listing:
    """How sound the records are, in numbers that name no case: for readers outside."""
    files = background.files
    counted = (
        ("Files read", len(files)),
        ("Rows in them", sum(file.rows_in_file for file in files)),
        ("Rows counted", sum(file.loaded for file in files)),
        ("Rows set aside, because a day or a reference could not be read",
         sum(file.quarantined for file in files)),
        ("Rows that are no records: titles, totals and repeats", sum(file.noise for file in files)),
        ("Labels that are in no list and count as not recorded", len(background.unknown)),
        ("Rules of the records that do not hold", len(background.verdict.warnings)),
    )  # fmt: skip
    return Listing(
        id="quality_statement",
        title="How sound the records are",
        headings=(("What was looked at", _WORDS), ("How many", _NUMBER)),
        rows=counted,
        reading="A case may stand in several files; each is counted once, as the latest tells it.",
    )
