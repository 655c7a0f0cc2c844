"""Stamps: every file says what it is of, from which day, and what its cases are (E18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.figures import State
from candour.gate.finding import Finding, Kind
from candour.gate.texts import spaced
from candour.period import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.ledger import Ledger
    from candour.report import Report


def missing_stamps(name: str, text: str, report: Report) -> Iterator[Finding]:
    """What a finished file does not say of where it comes from."""
    said = spaced(text)
    wanted = {
        "the day its records were known": day_in_words(report.known_on),
        "the day whose state it tells": day_in_words(report.as_of),
        "what its cases are": report.notice.rstrip("."),
        "how it must be handled": report.marking,
    }
    for what, words in wanted.items():
        if words and spaced(words) not in said:
            yield Finding(
                "E18",
                Kind.BLOCKS,
                name,
                f"It does not say {what}: “{words}”.",
                counted=words,
                cause="Its template leaves out the stamp, or it is of another draft.",
            )


def stale(report: Report, ledger: Ledger, commentary: Mapping[str, str]) -> Iterator[Finding]:
    """History that was never brought up to date, and words written for another period."""
    yield from _undecided(report, ledger)
    for path in commentary:
        folder = path.rpartition("/")[0].rpartition("/")[2]
        if folder and folder != report.period.key:
            yield Finding(
                "E18",
                Kind.BLOCKS,
                path,
                f"These words were written for {folder}, and the report is of "
                f"{report.period.label}.",
                printed=folder,
                counted=report.period.key,
                cause="The commentary of an earlier report was carried over.",
            )


def _undecided(report: Report, ledger: Ledger) -> Iterator[Finding]:
    """Figures of long ago that could still change: an open case that should have been closed."""
    before = report.period.same_last_year().start
    for figure in ledger:
        old = figure.period.end <= before and figure.state is State.PROVISIONAL
        if old and not figure.slice:
            yield Finding(
                "E18",
                Kind.REMARK,
                f"'{figure.key}'",
                f"{figure.title} in {figure.period.label} still waits for {figure.undecided} "
                "cases.",
                printed=figure.display,
                cause="Cases of that time are still open in the records; close them or say why.",
            )
