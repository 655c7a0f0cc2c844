"""Printed: what the reports of the reproductions print, from their releases' ledgers and pages."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import TYPE_CHECKING

from candour.period import Period
from candour.published import read_ledger
from tasks.compute_kpis import compute_kpis
from tasks.documentation.released import released
from tasks.documentation.sample import MADE_ON
from tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.published.ledgers import Row
    from tasks.settings import Settings
    from tasks.state import Release

ALSO = (("knowsley", "ombudsman_review", "2019-20"),)
"""Reports whose figures were published and that the sample does not show."""

_YEARLY = ("annual_report", "ombudsman_review")
_UNSEEN = re.compile(r"<(style|script)\b.*?</\1>|<[^>]+>", re.DOTALL)


def others(settings: Settings) -> list[Release]:
    """The reports that are made for coverage alone, released in the home of these settings."""
    released_at = dt.datetime.combine(MADE_ON, dt.time(9), tzinfo=dt.UTC)
    found = []
    for council, report, period in ALSO:
        computed = compute_kpis(settings, council, report, Period.parse(period))
        found.append(released(settings, computed, at=released_at))
    return found


def rows_of(settings: Settings, releases: Iterable[Release]) -> dict[str, dict[str, Row]]:
    """For each council the rows of its yearly reports' ledgers by figure key."""
    store = Store(settings.home)
    found: dict[str, dict[str, Row]] = {}
    for release in releases:
        if release.report in _YEARLY:
            ledger = store.read(f"{release.folder}/ledger.csv").decode()
            mine = found.setdefault(release.council, {})
            for row in read_ledger(ledger):
                mine.setdefault(row.key, row)
    return found


def texts_of(settings: Settings, releases: Iterable[Release]) -> dict[str, dict[str, str]]:
    """For each council the words of its yearly reports' pages by file name."""
    store = Store(settings.home)
    found: dict[str, dict[str, str]] = {}
    for release in releases:
        for name in store.names(release.folder) if release.report in _YEARLY else ():
            if name.endswith(".html"):
                page = unescape(_UNSEEN.sub(" ", store.read(name).decode()))
                found.setdefault(release.council, {})[name.rsplit("/", 1)[-1]] = page
    return found
