"""Portal: what one group of readers may open, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from candour.mail import Headline

_KB = 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A file on the portal: where it is from the page that links it, what it is, how large."""

    href: str
    words: str
    kind: str
    size: int

    @property
    def about(self) -> str:
        """Its type and size: *Excel, 33 KB*."""
        kilobytes = max(1, (self.size + _KB // 2) // _KB)
        if kilobytes < _KB:
            return f"{self.kind}, {kilobytes} KB"
        tenths = (self.size * 10 + _KB * _KB // 2) // (_KB * _KB)
        return f"{self.kind}, {tenths // 10}.{tenths % 10} MB"


@dataclass(frozen=True, slots=True)
class Own:
    """The files of one reader alone, for the complaints team that keeps them all."""

    name: str
    files: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a report: when it went out, who let it, and its files."""

    number: int
    released_on: dt.date
    reason: str
    """Why it corrects the version before; empty for the first."""
    files: tuple[Kept, ...]
    records: tuple[Kept, ...] = ()
    """What an auditor asks for: the ledger, the manifest."""
    headlines: tuple[Headline, ...] = ()
    approver: str = ""
    exceptions: tuple[str, ...] = ()
    """What does not hold in it, and who accepted it why."""
    own: tuple[Own, ...] = ()
    caveat: str = ""
    """What its cases do not reach as far as; empty where they do."""
    own_page: str = ""
    """The page that lists the files of single readers."""

    @property
    def label(self) -> str:
        """How a page names it: *Version 2*."""
        return f"Version {self.number}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A report of a period with its versions, the newest first."""

    report: str
    title: str
    period: str
    year: str
    """The reporting year its period begins in."""
    readers: str
    """Whom it was made for, where a page holds reports for several."""
    versions: tuple[Version, ...]
    leading: bool = False
    """Whether it is the newest of its report, which tells more of its headlines."""

    @property
    def name(self) -> str:
        """What it is called: *Complaints performance pack, March 2024*."""
        inside = self.period.replace("Week beginning", "week beginning")
        return f"{self.title}, {inside}"

    @property
    def standing(self) -> Version:
        """The version that stands."""
        return self.versions[0]

    @property
    def superseded(self) -> tuple[Version, ...]:
        """The versions that it replaces."""
        return self.versions[1:]


@dataclass(frozen=True, slots=True)
class Now:
    """What needs a reader now, as their last bulletin told it."""

    as_of: dt.date
    counts: Mapping[str, str]
    """What its ledger displays of the reader's cases, by KPI."""
    files: tuple[Kept, ...]
    nothing: bool
    """Whether nothing of theirs was outstanding."""
    overdue: bool = False
    """Whether anything is overdue."""
    caveat: str = ""
    """What its cases do not reach as far as; empty where they do."""


@dataclass(frozen=True, slots=True)
class Group:
    """A folder that another group of readers may open."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything on one page."""

    council: str
    whose: str
    """The reader's name, or who they are: *The public*."""
    shelves: tuple[Shelf, ...]
    team: str
    team_email: str
    marking: str = ""
    notice: str = ""
    inside: bool = False
    """Whether its readers are the council's own, who are told who approved what."""
    now: Now | None = None
    groups: tuple[Group, ...] = ()

    @property
    def searched(self) -> bool:
        """Whether there is more than one report to look for."""
        return len(self.shelves) > 1

    def reports(self) -> tuple[tuple[str, str], ...]:
        """Id and title of every report there is, by title."""
        found = {shelf.report: shelf.title for shelf in self.shelves}
        return tuple(sorted(found.items(), key=lambda report: report[1]))

    def years(self) -> tuple[str, ...]:
        """Every reporting year there is, the latest first."""
        return tuple(sorted({shelf.year for shelf in self.shelves}, reverse=True))
