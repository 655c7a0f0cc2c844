"""A disk that fills up stops a run with a sentence; with room again it ends in the same release."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from candour.errors import UnreachableError
from tasks.portal import publish_portal
from tasks.settings import Settings, settings
from tasks.state import State
from tests.cluster.beside import COUNCIL, Beside, sums

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(1200)]

REPORT, PERIOD, BEFORE = "weekly_bulletin", "2024-W05", "2024-W04"
NO_DISK = (
    "NOT RUN: A DISK THAT IS FULL. THIS SYSTEM MOUNTS NONE FOR A TEST (THAT TAKES ROOT): FILES "
    "THAT MAY NOT GROW STAND FOR IT."
)
ROOMS = (0, 60, 200, 400, 800, 1600)
"""Kilobytes left: enough for ever more of a run."""


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[None]:
    """A disk of so many kilobytes at a folder, for as long as the block lasts."""
    options = f"size={size}k,mode=0700"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def enlarge(folder: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}k", folder], check=True)


def can_mount(folder: Path) -> bool:
    folder.mkdir()
    with suppress(OSError, subprocess.CalledProcessError), mounted(folder, 64):
        return True
    return False


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """No file may grow beyond so many kilobytes, which fails as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size * 1024, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def used(folder: Path) -> int:
    """Kilobytes that are used below a folder."""
    found = subprocess.run(["du", "-sk", folder], check=True, capture_output=True, text=True)
    return int(found.stdout.split()[0])


@pytest.fixture(scope="module")
def filled(beside: Beside, tmp_path_factory: pytest.TempPathFactory) -> Beside:
    """A copy of the machine beside the cluster, one bulletin released before."""
    home = tmp_path_factory.mktemp("filled")
    copied(beside, home)
    here = Beside(settings({"CANDOUR_HOME": str(home)}))
    here.made(REPORT, BEFORE)
    return here


def copied(beside: Beside, home: Path) -> None:
    shutil.copytree(beside.settings.home, home, dirs_exist_ok=True)


def test_a_full_disk_stops_a_run_and_harms_nothing(
    filled: Beside, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if not can_mount(tmp_path / "trial"):
        record_property("not_run", NO_DISK)
        pytest.skip(NO_DISK)
    needed, stopped = used(Path(filled.settings.home)), []
    with mounted(home, needed + 4096):
        copied(filled, home)
        here = Beside(settings({"CANDOUR_HOME": str(home)}))
        for room in ROOMS:
            enlarge(home, used_by(home) + room)
            stopped += told(here)
            assert_unharmed(filled, here)
        enlarge(home, needed + 65536)
        assert_ends_the_same(filled, here)
    assert len(stopped) >= 3, stopped
    assert all("There is no room left" in sentence for sentence in stopped)


def test_files_that_may_not_grow_stop_a_run_and_harm_nothing(
    filled: Beside, tmp_path: Path
) -> None:
    home, stopped = tmp_path / "home", []
    copied(filled, home)
    database = tmp_path / "candour.db"
    shutil.copy(home / "candour.db", database)
    given = {"CANDOUR_HOME": str(home), "CANDOUR_DATABASE": f"sqlite:///{database}"}
    here = Beside(settings(given))
    most = max(path.stat().st_size for path in [database]) // 1024 + 64
    for size in (most, most + 40, most + 120):
        with no_file_beyond(size):
            stopped += told(here)
        assert_unharmed(filled, here)
    assert_ends_the_same(filled, here)
    assert stopped
    assert all("There is no room left" in sentence for sentence in stopped)


def used_by(disk: Path) -> int:
    """Kilobytes that are used of a disk, counted as it counts."""
    there = os.statvfs(disk)
    return (there.f_blocks - there.f_bfree) * there.f_frsize // 1024


def told(here: Beside) -> list[str]:
    """Run the bulletin as far as it goes; gives the sentence that stopped it."""
    try:
        here.made(REPORT, PERIOD)
        publish_portal(here.settings, COUNCIL)
    except UnreachableError as stopped:
        return [str(stopped)]
    return []


def assert_unharmed(beside: Beside, here: Beside) -> None:
    """What was released before is whole, and of the new one all there is or no release."""
    last = one(beside.settings, BEFORE)
    assert sums(here.settings, last.folder) == sums(beside.settings, last.folder)
    for release in State(here.settings.database).releases(COUNCIL, REPORT, PERIOD):
        assert f"{release.folder}/manifest.json" in sums(here.settings, release.folder)
    assert not list(Path(here.settings.home).rglob(".writing-*"))


def assert_ends_the_same(beside: Beside, here: Beside) -> None:
    assert told(here) == []
    release = beside.made(REPORT, PERIOD)
    assert one(here.settings, PERIOD).digest == release.digest
    assert sums(here.settings, release.folder) == sums(beside.settings, release.folder)


def one(here: Settings, period: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    (release,) = State(here.database).releases(COUNCIL, REPORT, period)
    return release
