"""Two runs that publish one version at the same moment end in one release, and both say so."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from candour.errors import CandourError
from tasks import declared
from tasks import publish as publishing
from tasks.build import Draft, DraftFile
from tasks.compute_kpis import Computed
from tasks.extract import Intake
from tasks.publish import publish
from tasks.state import Reservations, State
from tasks.store import Store
from tests.conftest import settings_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tasks.settings import Settings

HOUR = dt.timedelta(hours=1)
FIRST_ON = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)
LATER_ON = dt.datetime(2024, 6, 10, 9, tzinfo=dt.UTC)
FILES = {"ledger.csv": b"figure", "page.html": b"words"}


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """A run state of its own that holds an intake of nothing."""
    at = settings_at(tmp_path / "home")
    intake = Intake("2024-05-27-0", "northmere", "2024-05-27", (), ())
    Store(at.home).write(intake.path, TypeAdapter(Intake).dump_json(intake))
    return at


@pytest.fixture
def draft(here: Settings) -> Draft:
    """A draft of two files that nobody has released."""
    folder = "drafts/northmere/made-up"
    for name, content in FILES.items():
        Store(here.home).write(f"{folder}/{name}", content)
    audience = declared.council(here, "northmere").audiences["managers"]
    return Draft(
        computed=Computed(
            id="made-up",
            council="northmere",
            report="monthly_pack",
            period="2024-03",
            as_of="2024-03-31",
            known_on="2024-05-27",
            intake="2024-05-27-0",
            config="c",
            calendar="c",
            code="c",
        ),
        audience="managers",
        folder=folder,
        digest="1" * 64,
        files=tuple(
            DraftFile(name, len(content), hashlib.sha256(content).hexdigest())
            for name, content in FILES.items()
        ),
        review=(),
        remarks=(),
        findings="",
        clean=True,
        broken=(),
        headlines=(),
        profile=audience.model_dump(mode="json"),
        withheld=0,
        reason="",
        corrects=0,
    )


def meanwhile(monkeypatch: pytest.MonkeyPatch, step: str, does: Callable[[], object]) -> None:
    """Do something else once, right before a step of publishing."""
    real, done = getattr(publishing, step), []

    def stepped(*given: object, **named: object) -> object:
        if not done:
            done.append(1)
            does()
        return real(*given, **named)

    monkeypatch.setattr(publishing, step, stepped)


def may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every draft go out: who approves is not what these tests are about."""
    monkeypatch.setattr(publishing, "_approval", lambda *_: None)


def test_whoever_is_second_gets_the_release_of_the_first(
    here: Settings, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go(monkeypatch)
    first = []
    meanwhile(
        monkeypatch,
        "_manifest",
        lambda: first.append(publish(here, draft, released_at=FIRST_ON)),
    )
    assert publish(here, draft, released_at=LATER_ON) == first[0]
    assert len(State(here.database).releases(*draft.place)) == 1


def test_the_manifest_of_a_release_that_stands_is_never_away(
    here: Settings, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go(monkeypatch)
    store, kept = Store(here.home), []
    meanwhile(monkeypatch, "_write", lambda: publish(here, draft, released_at=FIRST_ON))
    folder = f"releases/{'/'.join(draft.place)}/v1"
    real = Store.write

    def looked(self: Store, name: str, content: bytes) -> None:
        if State(here.database).releases(*draft.place):
            kept.append(store.exists(f"{folder}/manifest.json"))
        real(self, name, content)

    monkeypatch.setattr(Store, "write", looked)
    publish(here, draft, released_at=LATER_ON)
    assert kept
    assert all(kept)


def test_whoever_slept_past_its_time_writes_nothing_more(
    here: Settings, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go(monkeypatch)
    other = replace(draft, digest="0" * 64)
    meanwhile(
        monkeypatch,
        "_write",
        lambda: publish(here, other, released_at=FIRST_ON + 2 * HOUR),
    )
    with pytest.raises(CandourError, match=r"has taken version 1 .* over"):
        publish(here, draft, released_at=FIRST_ON)
    assert [one.digest for one in State(here.database).releases(*draft.place)] == [other.digest]


def test_a_reservation_holds_for_what_it_was_made_for(here: Settings, draft: Draft) -> None:
    kept = Reservations(here.database)
    assert not kept.holds(draft.place, 1, "a")
    assert kept.take(draft.place, 1, "a", FIRST_ON)
    assert kept.holds(draft.place, 1, "a")
    assert not kept.holds(draft.place, 1, "b")
