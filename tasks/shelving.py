"""Shelving: what a group of readers may see of each release, and no file beyond it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from candour.ledger import DIMENSIONS
from candour.mail import Headline
from candour.period import Period
from candour.portal import Kept, Now, Own, Shelf, Version
from candour.readership import TEAM, Scope, ScopeKind
from tasks.admitting import MANIFEST, Group, Released, called
from tasks.cover import RESTATED
from tasks.editions import BULLETIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from candour.council import Council
    from tasks.state import Release
    from tasks.store import Store

LEDGER, INDEX = "ledger.csv", "index.html"
RECORDS = {LEDGER: "Every figure", MANIFEST: "What decided it"}
_KINDS = {
    ".html": ("To read", "web page"),
    ".pdf": ("To print", "PDF"),
    ".docx": ("To edit", "Word"),
    ".xlsx": ("Tables and charts", "Excel"),
    ".eml": ("As it was mailed", "mail"),
    ".txt": ("As plain text", "text"),
    ".csv": ("", "CSV"),
    ".json": ("", "JSON"),
}
_OWN = {".xlsx": "Your cases", ".html": "Your bulletin"}
_OTHERS = {".xlsx": "Their cases", ".html": "Their bulletin"}
_COUNTED = (
    "overdue_steps",
    "due_next_five_days",
    "due_before_next",
    "unacknowledged",
    "open_steps",
)
_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Copy:
    """A released file that a group is given: where it goes, and the bytes it must hold."""

    target: str
    source: str
    sha256: str


@dataclass
class Shelving:
    """The shelves of one group, and the copies they lead to."""

    store: Store
    council: Council
    titles: Mapping[str, str]
    group: Group
    names: Mapping[str, str]
    """Readers' names by key."""
    copies: list[Copy] = field(default_factory=list)
    own_pages: dict[str, tuple[Shelf, Version]] = field(default_factory=dict)
    """Where each page of single readers' files goes."""
    versions: dict[str, Version] = field(default_factory=dict)
    """What is shown of each release, by its folder."""

    def shelves(self, released: Iterable[Released]) -> tuple[Shelf, ...]:
        """A shelf a report and period: the newest of each report, then the others, latest first.

        A bulletin, of which what needs a reader now is told above, is the last of the newest.
        """
        found: dict[tuple[str, str, str], list[Version]] = {}
        for one in released:
            if (version := self._version(one)) is not None:
                r = one.release
                self.versions[r.folder] = version
                found.setdefault((r.report, r.period, r.audience), []).insert(0, version)
        shelves = sorted(
            (self._shelf(*place, tuple(versions)) for place, versions in found.items()),
            key=lambda known: known[:2],
            reverse=True,
        )
        made: list[Shelf] = []
        for *_, shelf in shelves:
            leading = shelf.report not in {earlier.report for earlier in made}
            made.append(replace(shelf, leading=leading))
        return tuple(sorted(made, key=_prominence))

    def _shelf(
        self, report: str, key: str, audience: str, versions: tuple[Version, ...]
    ) -> tuple[dt.date, str, Shelf]:
        period = Period.parse(key, self.council.year_starts)
        shelf = Shelf(
            report=report,
            title=self.titles.get(report) or report.replace("_", " ").capitalize(),
            period=period.label,
            year=period.reporting_year(self.council.year_starts).label,
            readers=called(self.council, audience) if self.group.team else "",
            versions=versions,
        )
        for version in versions:
            if version.own_page:
                self.own_pages[f"{self.group.folder}/{version.own_page}"] = (shelf, version)
        return versions[0].released_on, f"{period.last_day} {report}", shelf

    def _version(self, one: Released) -> Version | None:
        """A release as the group sees it; none where nothing of it is for them."""
        release, manifest, folder = one.release, one.manifest, self._folder(one.release)
        seen = [
            file
            for file in manifest["files"]
            if file["name"] not in RECORDS
            and self.group.may_see(file.get("reader", ""), file["name"])
        ]
        if not seen:
            return None
        for file in seen:
            self._copy(one, folder, file["name"], file["sha256"])
        single = [f for f in seen if self.group.team and f.get("reader", "") not in {"", TEAM}]
        files = [_kept(folder, f, self.group) for f in seen if f not in single]
        return Version(
            number=release.version,
            released_on=dt.datetime.fromisoformat(release.released_at).astimezone(_LONDON).date(),
            reason=release.reason if release.version > 1 else "",
            files=tuple(sorted(files, key=_order)),
            records=tuple(self._records(one, folder)),
            headlines=tuple(map(Headline.read, manifest.get("headlines", ()))),
            approver=_approver(manifest),
            exceptions=tuple(_excepted(manifest)),
            caveat=manifest.get("caveat", ""),
            own=tuple(self._own(single)),
            own_page=f"{quote(folder)}/{INDEX}" if single else "",
        )

    def _folder(self, release: Release) -> str:
        inside = f"{release.report}/{release.period}/v{release.version}"
        return f"{release.audience}/{inside}" if self.group.team else inside

    def _copy(self, one: Released, folder: str, name: str, sha256: str) -> None:
        self.copies.append(
            Copy(f"{self.group.folder}/{folder}/{name}", f"{one.release.folder}/{name}", sha256)
        )

    def _records(self, one: Released, folder: str) -> Iterator[Kept]:
        """The ledger, and inside the council the manifest, unless they tell a reader of others.

        A manifest names who approved the release.
        """
        if one.of_readers and not self.group.team:
            return
        outside = not self.group.team and self.council.audiences[self.group.audience].outside
        for name, words in RECORDS.items():
            source = f"{one.release.folder}/{name}"
            if not (outside and name == MANIFEST) and self.store.exists(source):
                content = self.store.read(source)
                self._copy(one, folder, name, hashlib.sha256(content).hexdigest())
                kind = _KINDS[PurePosixPath(name).suffix][1]
                yield Kept(quote(f"{folder}/{name}"), words, kind, len(content))

    def _own(self, files: list[Mapping[str, Any]]) -> Iterator[Own]:
        """Each reader's files, for the page that stands beside them."""
        by_reader: dict[str, list[Kept]] = {}
        for file in files:
            by_reader.setdefault(file["reader"], []).append(_kept("", file, self.group))
        for key, kept in by_reader.items():
            yield Own(self.names.get(key, key), tuple(sorted(kept, key=_order)))

    def now(self, released: Iterable[Released]) -> Now | None:
        """What the last bulletin counts of the reader's cases; of the council's, for the team."""
        bulletins = [
            one
            for one in released
            if one.release.report == BULLETIN and one.release.folder in self.versions
        ]
        if not bulletins or not (self.group.team or self.group.reader):
            return None
        last = max(bulletins, key=lambda one: (one.release.period, one.release.version))
        rows = _counted(self.store, last, self.group)
        files = self.versions[last.release.folder].files
        if not rows and any(file.kind == "Excel" for file in files):
            return None
        return Now(
            as_of=dt.date.fromisoformat(last.manifest["as_of"]),
            counts={row["kpi"]: row["display"] for row in rows},
            files=files,
            nothing=not rows,
            overdue=any(row["kpi"] == _COUNTED[0] and row["count"] != "0" for row in rows),
            caveat=last.manifest.get("caveat", ""),
        )


def _counted(store: Store, bulletin: Released, group: Group) -> list[dict[str, str]]:
    """The figures of the reader's whole scope in a bulletin's ledger."""
    scope = group.reader.scope if group.reader is not None else Scope(ScopeKind.COUNCIL)
    ledger = store.read(f"{bulletin.release.folder}/{LEDGER}").decode()
    return [
        row
        for row in csv.DictReader(io.StringIO(ledger))
        if row["kpi"] in _COUNTED
        and row["period"] == bulletin.release.period
        and {name: row[name] for name in DIMENSIONS if row[name]} == scope.slice
    ]


def _prominence(shelf: Shelf) -> int:
    if not shelf.leading:
        return 2
    return 1 if shelf.report == BULLETIN else 0


def _kept(folder: str, file: Mapping[str, Any], group: Group) -> Kept:
    name, suffix = file["name"], PurePosixPath(file["name"]).suffix
    words, kind = _KINDS.get(suffix, (name, suffix.removeprefix(".").upper()))
    words = "What was corrected" if name == RESTATED else words
    if reader := file.get("reader"):
        own = _OTHERS if group.team else _OWN
        words = "All cases" if reader == TEAM else own.get(suffix, words)
    href = quote(f"{folder}/{name}" if folder else name)
    return Kept(href, words, kind, int(file["size"]))


def _order(file: Kept) -> tuple[int, str]:
    """What is read first, whatever else its name says."""
    kinds = [kind for _, kind in _KINDS.values()]
    return (kinds.index(file.kind) if file.kind in kinds else len(kinds), file.words)


def _approver(manifest: Mapping[str, Any]) -> str:
    approver = manifest.get("approver")
    return f"{approver['name']}, {approver['role']}" if approver else ""


def _excepted(manifest: Mapping[str, Any]) -> Iterator[str]:
    """What does not hold and was accepted, as the cover says it."""
    for one in manifest.get("exceptions", ()):
        yield f"{one['what']} Accepted by {_approver(manifest)}: {one['why']}"
