"""Settling: what somebody is still writing waits, wherever it lies, and never lands in part."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.inbox import files_of
from tasks.landing import Landed, land
from tests.conftest import LANDED_ON
from tests.sources.conftest import FULL, Town
from tests.sources.servers import USER, sftp

Towns = Callable[..., Town]
LONG_AGO = 1_700_000_000
WRITERS = 24


def _landed(town: Town) -> Landed:
    return land(town.settings, town.council, LANDED_ON)


def _old(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def _write_slowly(path: Path, content: bytes, chance: random.Random) -> None:
    """Write as a copy over a slow line does: in pieces, with pauses shorter than a second."""
    with path.open("wb") as file:
        for begin in range(0, len(content), 1_000):
            file.write(content[begin : begin + 1_000])
            file.flush()
            time.sleep(chance.uniform(0.05, 0.5))


def test_of_many_files_being_written_none_lands_in_part(inbox: Path, town: Towns) -> None:
    there = town({"url": str(inbox), "quiet_seconds": 2})
    chance = random.Random(7)
    written = {
        f"complaints_changes_202401{day:02}.csv": chance.randbytes(chance.randint(2_000, 9_000))
        for day in range(1, WRITERS + 1)
    }
    writers = [
        threading.Thread(target=_write_slowly, args=(inbox / name, content, random.Random(name)))
        for name, content in written.items()
    ]
    for writer in writers:
        writer.start()
    waited, give_up_at = 0, time.monotonic() + 60
    while there.landed() != set(written.values()):
        assert time.monotonic() < give_up_at
        waited += len(_landed(there).waiting)
        assert there.landed() <= set(written.values())
    for writer in writers:
        writer.join()
    assert waited


def test_a_file_that_grows_on_a_server_waits(
    inbox: Path, town: Towns, connection: Callable[..., str]
) -> None:
    with sftp(inbox) as server, (inbox / FULL).open("wb") as growing:
        extra = {"host_key": server.host_key}
        password = {"login": USER, "password": "canary-5c1d0a-password", "port": server.port}
        name = connection("sftp", host="127.0.0.1", extra=extra, **password)
        there = town({"url": "sftp:///", "connection": name, "quiet_seconds": 1})
        ended = threading.Event()

        def grow() -> None:
            while not ended.wait(0.2):
                growing.write(b"more")
                growing.flush()

        thread = threading.Thread(target=grow)
        thread.start()
        landed = _landed(there)
        ended.set()
        thread.join()
        assert (landed.present, landed.waiting, there.landed()) == (set(), (FULL,), set())
        growing.close()
        assert _landed(there).present == {FULL}
        assert there.landed() == {(inbox / FULL).read_bytes()}


@pytest.mark.parametrize("ending", [".part", ".PARTIAL", ".filepart", ".crdownload", ".tmp"])
def test_a_name_that_says_unfinished_is_left_alone(inbox: Path, town: Towns, ending: str) -> None:
    _old(inbox / f"{FULL}{ending}", b"x")
    _old(inbox / f".{FULL}", b"x")
    there = town(str(inbox))
    assert _landed(there) == Landed(frozenset(), (), (), ())


def test_a_marker_is_waited_for_where_the_system_writes_one(inbox: Path, town: Towns) -> None:
    _old(inbox / FULL, b"whole")
    there = town({"url": str(inbox), "marker": ".ok"})
    assert _landed(there) == Landed(frozenset(), (), (FULL,), ())
    _old(inbox / f"{FULL}.ok", b"")
    assert _landed(there) == Landed(frozenset({FULL}), (), (), ())


def test_a_file_that_changes_or_goes_while_it_is_read_waits(inbox: Path, town: Towns) -> None:
    there = town(str(inbox))
    _old(inbox / FULL, b"first")
    with files_of(there.council.profile.inbox, str(inbox), {}) as source:
        (file,) = source.arrived(lambda _: True, {}).whole
        assert source.read(file) == b"first"
        _old(inbox / FULL, b"other")  # as long, and as old
        assert source.read(file) is None
        (inbox / FULL).unlink()
        assert source.read(file) is None
        os.mkfifo(inbox / FULL)
        assert source.read(file) is None
        (inbox / FULL).unlink()
        (inbox / FULL).symlink_to("/etc/hostname")
        assert source.read(file) is None


def test_a_link_is_refused_and_holds_up_nothing_else(inbox: Path, town: Towns) -> None:
    secret = _old(inbox.parent / "secret", b"elsewhere")
    (inbox / FULL).symlink_to(secret)
    (inbox / "notes.csv").symlink_to(secret)
    _old(inbox / "complaints_changes_20240603.csv", b"here")
    there = town(str(inbox))
    landed = _landed(there)
    assert landed.present == {"complaints_changes_20240603.csv"}
    assert [FULL in sentence for sentence in landed.refused] == [True]
    assert there.landed() == {b"here"}


def test_what_is_no_file_is_never_opened(inbox: Path, town: Towns) -> None:
    os.mkfifo(inbox / FULL)
    (inbox / "complaints_full_20240603.csv").mkdir()
    assert _landed(town(str(inbox))).present == set()


def test_the_same_size_and_time_do_not_hide_other_bytes(inbox: Path, town: Towns) -> None:
    there = town(str(inbox))
    _old(inbox / FULL, b"first")
    _landed(there)
    _old(inbox / FULL, b"other")
    _landed(there)
    assert there.landed() == {b"first", b"other"}


def test_thousands_that_landed_are_not_opened_again(
    inbox: Path, town: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = town(str(inbox))
    _old(inbox / FULL, b"new")
    _landed(there)
    opened: list[str] = []
    read_here = __import__("tasks.inbox.folder", fromlist=["x"])._read_here
    monkeypatch.setattr(
        "tasks.inbox.folder._read_here", lambda path: opened.append(path) or read_here(path)
    )
    _landed(there)
    assert opened == []
    _old(inbox / "complaints_changes_20240603.csv", b"another")
    _landed(there)
    assert [Path(path).name for path in opened] == ["complaints_changes_20240603.csv"]
