"""Releases: immutable, the same bytes from the same inputs, and never half of one."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from candour.errors import CandourError
from candour.period import Period
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.documentation.released import approved_by_name, released
from tasks.extract import extract
from tasks.publish import publish
from tasks.state import Place, Release, Reservations, State
from tasks.state.reservations import LEASE
from tasks.store import Store
from tasks.validate import validate
from tests.product.conftest import LANDED_ON, RELEASED_AT, settings_at

if TYPE_CHECKING:
    from tests.product.conftest import House, Made


def _bytes(home: str, folder: str) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((Path(home) / folder).iterdir())}


def test_the_manifest_names_every_file_with_its_checksum(house: House, pack: Made) -> None:
    files = _bytes(house.settings.home, pack.release.folder)
    manifest = json.loads(files.pop("manifest.json"))
    listed = {file["name"]: file["sha256"] for file in manifest["files"]}
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert manifest["inputs"]
    assert manifest["version"] == 1


def test_released_files_are_read_only(house: House, pack: Made) -> None:
    for path in (Path(house.settings.home) / pack.release.folder).iterdir():
        assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_releasing_the_same_again_makes_no_new_version(house: House, pack: Made) -> None:
    again = publish(house.settings, pack.draft, released_at=RELEASED_AT)
    assert again.version == 1
    assert len(State(house.settings.database).releases("northmere", "monthly_pack")) == 1


@pytest.mark.gate
def test_another_home_another_zone_and_another_day_give_the_same_bytes(
    house: House, pack: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "TZ", "Pacific/Auckland")
    at = settings_at(tmp_path)
    intake = extract(at, "northmere", LANDED_ON)
    validate(at, "northmere", intake.id)
    computed = compute_kpis(at, "northmere", "monthly_pack", Period.parse("2024-03"))
    release = released(at, computed, at=RELEASED_AT.replace(year=2031))
    assert _bytes(str(tmp_path), release.folder) == _bytes(house.settings.home, pack.release.folder)


@pytest.mark.gate
def test_a_correction_needs_a_reason_and_leaves_the_first_version_alone(
    house: House, pack: Made
) -> None:
    before = _bytes(house.settings.home, pack.release.folder)
    settings = house.settings
    april = LANDED_ON.replace(month=4, day=8)
    period = Period.parse("2024-03")
    computed = compute_kpis(settings, "northmere", "monthly_pack", period, known_on=april)
    with pytest.raises(CandourError, match="Give a reason"):
        build(settings, computed)
    second = released(settings, computed, at=RELEASED_AT, reason="Late answers logged")
    assert second.version == 2
    assert second.reason == "Late answers logged"
    assert _bytes(settings.home, pack.release.folder) == before


@pytest.mark.parametrize("killed_at", ["first file", "manifest", "commit"])
def test_a_release_killed_half_way_is_the_same_when_run_again(
    house: House, annual: Made, tmp_path: Path, killed_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """What a kill looks like from inside."""

    draft = annual.draft
    state = State(f"sqlite:///{tmp_path}/own.db")
    monkeypatch.setattr("tasks.publish.State", lambda _: state)
    settings = house.settings
    write, written = Store.write, []

    def dying_write(self: Store, name: str, content: bytes) -> None:
        if killed_at == "first file" and written:
            raise Killed
        if killed_at == "manifest" and name.endswith("manifest.json"):
            raise Killed
        written.append(name)
        write(self, name, content)

    def dying_commit(*_: object) -> bool:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(Store, "write", dying_write)
        if killed_at == "commit":
            dying.setattr(State, "commit_release", dying_commit)
        with pytest.raises(Killed):
            publish(settings, draft, released_at=RELEASED_AT)
    assert state.releases("knowsley") == []
    release = publish(settings, draft, released_at=RELEASED_AT)
    files = _bytes(settings.home, release.folder)
    assert {f.name: f.sha256 for f in draft.files} == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "manifest.json"
    }


def test_two_runs_that_release_at_once_make_one_version(
    house: House, annual: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = annual.draft
    state = State(f"sqlite:///{tmp_path}/race.db")
    monkeypatch.setattr("tasks.publish.State", lambda _: state)
    commit = State.commit_release

    def beaten(self: State, release: Release, manifest: str) -> bool:
        commit(self, release, manifest)  # the other run gets there first
        return commit(self, release, manifest)

    with monkeypatch.context() as race:
        race.setattr(State, "commit_release", beaten)
        first = publish(house.settings, draft, released_at=RELEASED_AT)
    assert publish(house.settings, draft, released_at=RELEASED_AT) == first
    assert [one.version for one in state.releases(*draft.place)] == [1]


def test_another_release_of_the_same_version_is_told(
    house: House, annual: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = State(f"sqlite:///{tmp_path}/race.db")
    monkeypatch.setattr("tasks.publish.State", lambda _: state)
    commit = State.commit_release

    def beaten(self: State, release: Release, manifest: str) -> bool:
        commit(self, replace(release, digest="another"), manifest)
        return commit(self, release, manifest)

    monkeypatch.setattr(State, "commit_release", beaten)
    with pytest.raises(CandourError, match="Another run released version 1"):
        publish(house.settings, annual.draft, released_at=RELEASED_AT)


def test_two_drafts_are_never_written_as_one_version(tmp_path: Path) -> None:
    url, place = f"sqlite:///{tmp_path}/own.db", Place("northmere", "monthly_pack", "2024-03", "x")
    first = Reservations(url)
    assert first.take(place, 1, "a", RELEASED_AT)
    assert first.take(place, 1, "a", RELEASED_AT), "the very same may be written beside it"
    assert not first.take(place, 1, "b", RELEASED_AT)
    assert first.take(place, 2, "b", RELEASED_AT)
    assert first.take(place, 1, "b", RELEASED_AT + LEASE + dt.timedelta(minutes=1))
    assert not first.take(place, 1, "a", RELEASED_AT + LEASE + dt.timedelta(minutes=2))


def test_the_version_of_a_run_that_was_killed_is_free_at_once(tmp_path: Path) -> None:
    url, place = f"sqlite:///{tmp_path}/own.db", Place("northmere", "monthly_pack", "2024-03", "x")
    killed = (
        "import datetime as dt, os\n"
        "from tasks.state import Place, Reservations\n"
        f"at = dt.datetime.fromisoformat('{RELEASED_AT.isoformat()}')\n"
        f"assert Reservations('{url}').take(Place(*{tuple(place)}), 1, 'a', at)\n"
        "os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == 9
    assert Reservations(url).take(place, 1, "b", RELEASED_AT)


def test_what_a_killed_run_left_in_the_folder_is_no_part_of_the_release(
    house: House, pack: Made, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    skipped = shutil.ignore_patterns("candour.db*", "releases", "raw")
    shutil.copytree(house.settings.home, home, copy_function=os.link, ignore=skipped)
    at = settings_at(home)
    left = home / pack.release.folder / "left-over.xlsx"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"of another draft")
    approved_by_name(at, pack.draft, at=RELEASED_AT)
    publish(at, pack.draft, released_at=RELEASED_AT)
    assert not left.exists()
    assert _bytes(str(home), pack.release.folder) == _bytes(
        house.settings.home, pack.release.folder
    )
