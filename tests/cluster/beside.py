"""One machine beside the cluster: SQLite, a folder, nothing fails; what it makes is expected."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from candour.period import Period
from tasks.approve import approve
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.deliver import letters_of
from tasks.extract import extract
from tasks.portal import publish_portal
from tasks.publish import publish
from tasks.settings import Settings, settings
from tasks.state import Release, State
from tasks.store import Store
from tasks.validate import validate
from tests.cluster.cluster import APPROVER, Cluster
from tests.conftest import LANDED_ON

COUNCIL = "northmere"
AT = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Beside:
    """An undisturbed run of what the cluster runs, in the same order."""

    settings: Settings

    @staticmethod
    def at(home: Path) -> Beside:
        here = Beside(settings({"CANDOUR_HOME": str(home)}))
        validate(here.settings, COUNCIL, extract(here.settings, COUNCIL, LANDED_ON).id)
        return here

    def made(self, report: str, period: str, *, asked: bool = False) -> Release:
        """The report released, approved on a page where somebody is asked."""
        computed = compute_kpis(self.settings, COUNCIL, report, Period.parse(period))
        draft = build(self.settings, computed)
        if asked:
            approve(self.settings, draft, APPROVER, how="page", at=AT)
        return publish(self.settings, draft, released_at=AT)

    def assert_same(self, cluster: Cluster, release: Release, mails_before: int) -> None:
        """The cluster holds that release once, byte for byte, and mailed each reader once."""
        place = (release.council, release.report, release.period, release.audience)
        theirs = State(cluster.settings.database).releases(*place)
        assert [(one.version, one.digest) for one in theirs] == [(1, release.digest)]
        assert sums(cluster.settings, release.folder) == sums(self.settings, release.folder)
        wanted = {str(one.message["Message-ID"]): 1 for one in identified(self.settings, release)}
        assert cluster.post.since(mails_before) == wanted

    def assert_same_portal(self, cluster: Cluster) -> None:
        """What readers open is the same: every page is there, and leads to the same files.

        The pages themselves say on which day a report was released.
        """
        publish_portal(self.settings, COUNCIL)
        folder = f"portal/{COUNCIL}"
        theirs, ours = sums(cluster.settings, folder), sums(self.settings, folder)
        assert theirs.keys() == ours.keys()
        pages = {name for name in ours if name.endswith("/index.html")}
        assert {name: theirs[name] for name in ours.keys() - pages} == {
            name: ours[name] for name in ours.keys() - pages
        }


def identified(here: Settings, release: Release) -> list:  # type: ignore[type-arg]
    """The letters of a release as the outbox addresses them."""
    from tasks.outbox import standing  # noqa: PLC0415

    return [letter for letter, _ in standing(here, letters_of(here, release))]


def sums(here: Settings, folder: str) -> dict[str, str]:
    """The checksum of every file below a folder of a store."""
    store = Store(here.home)
    return {name: hashlib.sha256(store.read(name)).hexdigest() for name in store.names(folder)}
