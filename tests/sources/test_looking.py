"""Looking: each file is announced once, and one inbox's trouble is no other's."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.inbox import looking
from tasks.inbox.looking import Looked, look_at_every
from tasks.landing import land
from tests.conftest import LANDED_ON
from tests.sources.conftest import CANARY, FULL, Town

Towns = Callable[..., Town]


def _old(path: Path, content: bytes = b"x") -> None:
    path.write_bytes(content)
    os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def there(tmp_path: Path, town: Towns) -> Town:
    """A town that is the only council there is, with an empty inbox."""
    (tmp_path / "inbox").mkdir()
    made = town(str(tmp_path / "inbox"))
    alone = (made.settings.council_folders[1],)
    return replace(made, settings=replace(made.settings, council_folders=(Path("/none"), *alone)))


def _neighbour(there: Town, name: str, inbox: str) -> None:
    folder = there.folder.parent / name
    shutil.copytree(there.folder, folder)
    lines = (folder / "council.yaml").read_text().splitlines()[:-1]
    (folder / "council.yaml").write_text("\n".join([*lines, f"inbox: {inbox}"]))


def test_a_file_is_announced_once_and_again_when_it_changes(there: Town, tmp_path: Path) -> None:
    file = tmp_path / "inbox" / FULL
    assert look_at_every(there.settings, "run1") == [Looked("eastmere")]
    _old(file)
    _old(tmp_path / "inbox/notes.txt")
    assert look_at_every(there.settings, "run2") == [Looked("eastmere", new=1)]
    assert look_at_every(there.settings, "run3") == [Looked("eastmere")]
    _old(file, b"changed")
    assert look_at_every(there.settings, "run4") == [Looked("eastmere", new=1)]


def test_another_try_of_a_run_announces_what_nobody_heard_of(there: Town, tmp_path: Path) -> None:
    _old(tmp_path / "inbox" / FULL)
    assert look_at_every(there.settings, "run1")[0].new == 1
    assert look_at_every(there.settings, "run1")[0].new == 1
    assert look_at_every(there.settings, "run2")[0].new == 0


def test_what_landed_is_not_announced(there: Town, tmp_path: Path) -> None:
    _old(tmp_path / "inbox" / FULL)
    land(there.settings, there.council, LANDED_ON)
    assert look_at_every(there.settings, "run1") == [Looked("eastmere")]


def test_what_was_announced_lands(there: Town, tmp_path: Path) -> None:
    _old(tmp_path / "inbox" / FULL, b"it")
    look_at_every(there.settings, "run1")
    assert land(there.settings, there.council, LANDED_ON).present == {FULL}
    assert there.landed() == {b"it"}


def test_a_file_still_being_written_is_not_announced(there: Town, tmp_path: Path) -> None:
    _neighbour(there, "westmere", f'{{url: "{tmp_path}/inbox", marker: .ok}}')
    _old(tmp_path / "inbox" / FULL)
    assert look_at_every(there.settings, "run1") == [
        Looked("eastmere", new=1), Looked("westmere", waiting=1)
    ]  # fmt: skip


def test_no_inbox_waits_for_another(
    there: Town, tmp_path: Path, connection: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _old(tmp_path / "inbox" / FULL)
    monkeypatch.setattr(looking, "SECONDS_TO_ANSWER", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        connection("sftp", host="127.0.0.1", port=port, login="exports", password=CANARY)
        for number in range(5):
            _neighbour(there, f"silent{number}", "{url: sftp:///out, connection: vendor}")
        _neighbour(there, "absent", str(tmp_path / "nowhere"))
        _neighbour(there, "broken", "[what, is, this]")
        _neighbour(there, "asked_daily", "{connection: vendor, queries: {complaints: a.sql}}")
        (there.folder.parent / "unreadable").mkdir()
        (there.folder.parent / "unreadable/council.yaml").write_bytes(b"\xff\xfe: [")
        began = time.monotonic()
        looked = {one.council: one for one in look_at_every(there.settings, "run1")}
    assert time.monotonic() - began < 80  # one after the other, each waits 20 s for a word
    assert looked.pop("eastmere") == Looked("eastmere", new=1)
    assert "asked_daily" not in looked
    assert len(looked) == 8
    assert all(one.trouble and not one.new for one in looked.values())
    assert "does not exist" in looked["absent"].trouble
    assert "in time" in looked["silent0"].trouble
    assert CANARY not in repr(looked)
