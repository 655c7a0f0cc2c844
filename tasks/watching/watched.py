"""What is watched: numbers, names of files and periods, and never a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from candour.period import day_in_words
from candour.words import plural


@dataclass(frozen=True, slots=True)
class FileRows:
    """The newest file of an export, and what became of its rows."""

    export: str
    file: str
    loaded: int
    quarantined: int
    noise: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What is in of a council's exports."""

    known_on: dt.date | None
    """The last day the last good intake tells of; nothing where there is none yet."""
    age_days: int | None
    """Days from that day to today."""
    is_late: bool
    """Whether a newer export was to have come, by ``exports_arrive:``."""
    was_stopped: bool
    """Whether the newest intake was stopped, so that an older one stands."""
    refused: tuple[str, ...]
    """Files that landed after all that could be read, and could not."""
    files: tuple[FileRows, ...] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """A report of a council: its last release, the one that is due, and drafts that wait."""

    report: str
    releases: int
    """Versions that were ever released, of every period and audience."""
    period: str = ""
    """The latest period that was released."""
    version: int = 0
    released_at: str = ""
    due: str = ""
    """The last period whose release was due by now; empty where it is made by hand."""
    due_at: dt.datetime | None = None
    is_missing: bool = False
    """Whether that release is not there."""
    is_late: bool = False
    """Whether it should be there by now."""
    waiting: tuple[str, ...] = ()
    """Periods whose draft waits for an approver."""


@dataclass(frozen=True, slots=True)
class Mails:
    """Letters of a council, by what became of them."""

    sent: int = 0
    waiting: int = 0
    held: int = 0
    """More than may go without a person having said so."""
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """How a council's reports stand."""

    council: str
    name: str
    taken: Taken
    reports: tuple[Reported, ...] = ()
    mails: Mails = Mails()
    wrong: str = ""
    """Why its folder cannot be read; nothing else is known then."""

    @property
    def troubles(self) -> tuple[str, ...]:
        """What is late, waits or was refused, a sentence each with what to do."""
        if self.wrong:
            return (self.wrong,)
        return (*self._of_exports(), *self._of_reports(), *self._of_mails())

    def _of_exports(self) -> list[str]:
        told = []
        if self.taken.known_on is None:
            told.append(f"Nothing good has been taken in yet. Run {self.council}__intake.")
        elif self.taken.is_late:
            told.append(
                f"A newer export is late: the last tells of {day_in_words(self.taken.known_on)}. "
                "Ask whoever exports."
            )
        if self.taken.was_stopped:
            told.append(
                "The newest exports were stopped and older ones stand. The last run of "
                f"{self.council}__intake says why."
            )
        if self.taken.refused:
            told.append(
                f"{', '.join(self.taken.refused)} could not be read. Put a corrected file in the "
                f"inbox; the last run of {self.council}__intake says what is wrong."
            )
        return told

    def _of_reports(self) -> list[str]:
        told = []
        for one in self.reports:
            named = one.report.replace("_", " ")
            told += [
                f"The {named} {period} waits for approval: candour approve {self.council} "
                f"{one.report} {period}."
                for period in one.waiting
            ]
            if one.is_late and one.due not in one.waiting:
                told.append(
                    f"The {named} {one.due} is late. Look at the runs of "
                    f"{self.council}__{one.report}."
                )
        return told

    def _of_mails(self) -> list[str]:
        mails, told = self.mails, []
        for number, words in (
            (mails.waiting, "could not be sent yet. Clear the task deliver to try again"),
            (mails.held, "held for a person. candour deliver lets them go"),
            (mails.refused, "refused by the mail server. Correct people.yaml, and deliver again"),
        ):
            if number:
                told.append(f"{number} {plural('mail', number)} {words}.")
        return told
