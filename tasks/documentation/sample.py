"""Sample: the real outputs of the demonstration's reports, made by the same verbs and chosen."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from candour.ledger import DIMENSIONS
from candour.period import Period
from tasks.build import BULLETIN
from tasks.compute_kpis import compute_kpis
from tasks.documentation.released import released
from tasks.extract import extract
from tasks.portal import publish_portal
from tasks.store import Store
from tasks.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tasks.settings import Settings
    from tasks.state import Release


@dataclass(frozen=True, slots=True)
class Shown:
    """A report of the sample, and which of its release's files are shown."""

    council: str
    report: str
    period: str
    files: tuple[str, ...] = ("*",)


_READ_PACK = (
    "*-monthly-pack-*", "*-narrative-*", "*-list-complaints-team-*", "*-list-p-singh-*",
    "ledger.csv",
)  # fmt: skip
_READ = ("*.html", "*.pdf", "*.docx", "*.xlsx", "ledger.csv")
SHOWN = (
    Shown("northmere", "monthly_pack", "2024-03", (*_READ_PACK, "manifest.json")),
    Shown("northmere", "weekly_bulletin", "2024-W14"),
    Shown("northmere", "annual_report", "2023-24"),
    Shown("knowsley", "annual_report", "2023-24", _READ),
    Shown("knowsley", "ombudsman_review", "2024-25", _READ),
    Shown("stockport", "annual_report", "2023-24", _READ),
    Shown("cheshire_west", "annual_report", "2022-23", _READ),
)

MADE_ON = dt.date(2024, 6, 3)
"""The day the samples say they landed and were released; no figure depends on it."""


def make(settings: Settings, progress: Callable[[str], None]) -> Iterator[Release]:
    """Every report of the sample, taken in, built and released in the home of these settings."""
    for council in sorted({shown.council for shown in SHOWN}):
        progress(f"{council}: extract, validate")
        validate(settings, council, extract(settings, council, MADE_ON).id)
    released_at = dt.datetime.combine(MADE_ON, dt.time(9), tzinfo=dt.UTC)
    for shown in SHOWN:
        progress(f"{shown.council}: {shown.report} {shown.period}")
        period = Period.parse(shown.period)
        computed = compute_kpis(settings, shown.council, shown.report, period)
        yield released(settings, computed, at=released_at)


def chosen(settings: Settings, release: Release) -> dict[str, bytes]:
    """The files of a release that stand in the sample, by path inside it.

    Of a bulletin, three readers': the manager and the director with most outstanding, and the first
    with nothing.
    """
    store = Store(settings.home)
    files = {
        name.removeprefix(f"{release.folder}/"): store.read(name)
        for name in store.names(release.folder)
    }
    wanted = _bulletins(files) if release.report == BULLETIN else _patterns(release)
    return {
        f"{release.council}/{release.report}/{name}": content
        for name, content in sorted(files.items())
        if any(fnmatch(name, pattern) for pattern in wanted)
    }


PORTAL = ("public", "managers/p_singh")
"""The folders of Northmere's portal that stand in the sample."""


def portal(settings: Settings) -> dict[str, bytes]:
    """The portal of Northmere when everything is released, by path inside the sample."""
    store = Store(settings.home)
    publish_portal(settings, "northmere")
    return {
        f"northmere/{name.replace('/northmere/', '/')}": store.read(name)
        for folder in PORTAL
        for name in store.names(f"portal/northmere/{folder}")
    }


def _patterns(release: Release) -> tuple[str, ...]:
    about = (release.council, release.report)
    return next(shown.files for shown in SHOWN if (shown.council, shown.report) == about)


def _bulletins(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Patterns of the three bulletins; one with nothing outstanding has no workbook."""
    rows = csv.DictReader(io.StringIO(files["ledger.csv"].decode()))
    told = [row for row in rows if row["kpi"] == "open_steps"]
    idle = next(n for n in sorted(files) if n.endswith(".eml") and f"{n[:-4]}.xlsx" not in files)
    manager, directorate = _busiest(told, "manager"), _busiest(told, "directorate")
    return f"bulletin-{manager}.*", f"bulletin-*-{directorate}.*", f"{idle[:-4]}.*"


def _busiest(told: list[dict[str, str]], dimension: str) -> str:
    """The value of a dimension with most outstanding, told by nothing else."""
    alone = {
        row[dimension]: int(row["count"])
        for row in told
        if [name for name in DIMENSIONS if row[name]] == [dimension]
    }
    return max(alone, key=lambda value: alone[value])
