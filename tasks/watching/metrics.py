"""Metrics: the numbers that monitors are given, each said once with its unit and its tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.watching.watched import Watched


@dataclass(frozen=True, slots=True)
class Metric:
    """A number of a council, always its present value: read twice, nothing is counted twice."""

    name: str
    tags: tuple[str, ...]
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """The present value of a metric."""

    name: str
    tags: dict[str, str]
    value: int

    @property
    def dotted(self) -> str:
        """Its name with its tags' values in it, for receivers that know no tags."""
        return ".".join([self.name, *self.tags.values()])


_COUNCIL, _EXPORT, _REPORT = ("council",), ("council", "export"), ("council", "report")
METRICS = (
    Metric("candour.rows_landed", _EXPORT, "rows", "Rows of the export's newest file"),
    Metric("candour.rows_loaded", _EXPORT, "rows", "Of these, taken in"),
    Metric("candour.rows_quarantined", _EXPORT, "rows", "Of these, set aside with a reason"),
    Metric("candour.rows_noise", _EXPORT, "rows", "Of these, no records: blanks and totals"),
    Metric("candour.intake_age", _COUNCIL, "days",
           "From the last day the last good intake tells of to today"),
    Metric("candour.intake_late", _COUNCIL, "0 or 1", "An export of `exports_arrive:` is late"),
    Metric("candour.intake_stopped", _COUNCIL, "0 or 1",
           "The newest exports were stopped, and older ones stand"),
    Metric("candour.files_refused", _COUNCIL, "files", "Landed last, and could not be read"),
    Metric("candour.releases", _REPORT, "versions", "Released, of every period"),
    Metric("candour.report_late", _REPORT, "0 or 1", "The release that was due is not there"),
    Metric("candour.drafts_waiting", _REPORT, "drafts", "Wait for an approver"),
    Metric("candour.mails_sent", _COUNCIL, "mails", "Taken by the mail server, ever"),
    Metric("candour.mails_waiting", _COUNCIL, "mails", "Could not be sent yet"),
    Metric("candour.mails_held", _COUNCIL, "mails", "Held for a person: too many at once"),
    Metric("candour.mails_refused", _COUNCIL, "mails", "Refused by the mail server"),
)  # fmt: skip
"""Every metric there is; the operator's table is made of it."""


def measured(watched: Watched) -> Iterator[Measurement]:
    """The present values of a council's metrics; none where its folder cannot be read."""
    if watched.wrong:
        return
    council, taken, mails = {"council": watched.council}, watched.taken, watched.mails
    for file in taken.files:
        of = council | {"export": file.export}
        landed = file.loaded + file.quarantined + file.noise
        yield Measurement("candour.rows_landed", of, landed)
        yield Measurement("candour.rows_loaded", of, file.loaded)
        yield Measurement("candour.rows_quarantined", of, file.quarantined)
        yield Measurement("candour.rows_noise", of, file.noise)
    if taken.age_days is not None:
        yield Measurement("candour.intake_age", council, taken.age_days)
    yield Measurement("candour.intake_late", council, int(taken.is_late))
    yield Measurement("candour.intake_stopped", council, int(taken.was_stopped))
    yield Measurement("candour.files_refused", council, len(taken.refused))
    for one in watched.reports:
        of = council | {"report": one.report}
        yield Measurement("candour.releases", of, one.releases)
        yield Measurement("candour.report_late", of, int(one.is_late))
        yield Measurement("candour.drafts_waiting", of, len(one.waiting))
    yield Measurement("candour.mails_sent", council, mails.sent)
    yield Measurement("candour.mails_waiting", council, mails.waiting)
    yield Measurement("candour.mails_held", council, mails.held)
    yield Measurement("candour.mails_refused", council, mails.refused)
