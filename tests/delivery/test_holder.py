"""A claim outlives neither its process nor its time, and is nobody else's as long as both last."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tasks.outbox import NotAllSentError, post, standing
from tasks.settings import Settings
from tasks.state import Entry, LetterState, Outbox
from tasks.state.holder import Holder, is_gone, this_process
from tests.delivery.servers import Fussy, fussy, letter, settings_for

NOW = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@contextmanager
def child() -> Iterator[Holder]:
    """Another process of this machine."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        yield Holder(this_process().machine, process.pid, fields[19])
        process.kill()


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc here")


@needs_proc
def test_a_process_is_gone_once_it_has_ended() -> None:
    with child() as other:
        assert not is_gone(other.written)
    assert is_gone(other.written)
    assert not is_gone(this_process().written)


@needs_proc
def test_a_process_that_ended_and_was_not_asked_how_is_gone() -> None:
    child_id = os.fork()
    if child_id == 0:
        os._exit(0)
    os.waitid(os.P_PID, child_id, os.WEXITED | os.WNOWAIT)
    started = Path(f"/proc/{child_id}/stat").read_text().rpartition(")")[2].split()[19]
    assert is_gone(Holder(this_process().machine, child_id, started).written)
    os.waitpid(child_id, 0)


@needs_proc
def test_another_process_with_the_same_number_is_another() -> None:
    me = this_process()
    assert is_gone(Holder(me.machine, me.pid, "1").written)


@pytest.mark.parametrize("written", ["", "nonsense", "a b c", "one two"])
def test_of_what_cannot_be_read_and_of_other_machines_nothing_is_known(written: str) -> None:
    assert not is_gone(written)
    assert not is_gone(Holder("elsewhere", 1, "1").written)


Claimed = tuple[Settings, Fussy, Outbox]


@pytest.fixture
def claimed(tmp_path: Path) -> Iterator[Claimed]:
    """A letter that waits, and where it is."""
    here = settings_for(tmp_path, "smtp://127.0.0.1:1")
    with pytest.raises(NotAllSentError):
        post(here, [letter("ann")], now=NOW)
    with fussy() as (url, server):
        yield settings_for(tmp_path, url), server, Outbox(here.database)


def entry(here: Settings) -> Entry:
    ((_, found),) = standing(here, [letter("ann")])
    assert found is not None
    return found


def test_a_claim_of_another_machine_holds_until_its_lease_is_over(claimed: Claimed) -> None:
    here, server, box = claimed
    elsewhere = Holder("elsewhere", 1, "1")
    assert box.claim(entry(here), elsewhere, "theirs", NOW + 10 * MINUTE)
    with pytest.raises(NotAllSentError, match="another run is sending them"):
        post(here, [letter("ann")], now=NOW + 9 * MINUTE)
    assert server.names == []
    post(here, [letter("ann")], now=NOW + 10 * MINUTE)
    assert server.names == ["ann"]


@needs_proc
def test_a_claim_of_this_machine_holds_as_long_as_its_process_lives(claimed: Claimed) -> None:
    here, server, box = claimed
    with child() as other:
        assert box.claim(entry(here), other, "theirs", NOW + 10 * MINUTE)
        with pytest.raises(NotAllSentError):
            post(here, [letter("ann")], now=NOW)
        assert server.names == []
    post(here, [letter("ann")], now=NOW)
    assert server.names == ["ann"]


def test_only_one_of_two_claims_at_once_is_had(claimed: Claimed) -> None:
    here, _, box = claimed
    seen = entry(here)
    assert box.claim(seen, this_process(), "first", NOW + MINUTE)
    assert not box.claim(seen, this_process(), "second", NOW + MINUTE)


def test_a_claim_that_is_gone_or_over_begins_nothing_and_refuses_nothing(
    claimed: Claimed,
) -> None:
    here, _, box = claimed
    seen = entry(here)
    box.claim(seen, this_process(), "first", NOW + MINUTE)
    assert not box.begin(seen.key, "first", NOW + MINUTE)
    assert box.claim(entry(here), this_process(), "second", NOW + 2 * MINUTE)
    assert not box.begin(seen.key, "first", NOW)
    box.refuse(seen.key, "first", "550 no")
    box.release(seen.key, "first", "451 later", unknown=True)
    assert entry(here).state is LetterState.SENDING
    assert box.content(seen.key, "first") is None
    assert box.begin(seen.key, "second", NOW)


def test_a_letter_taken_by_a_server_is_sent_whoever_has_claimed_it_since(
    claimed: Claimed,
) -> None:
    here, server, box = claimed
    seen = entry(here)
    box.claim(seen, this_process(), "first", NOW + MINUTE)
    box.claim(entry(here), this_process(), "second", NOW + MINUTE)
    assert not box.sent(seen.key, "first", at=NOW, reply="250 OK")
    assert not box.begin(seen.key, "second", NOW)
    assert entry(here).state is LetterState.SENT
    assert entry(here).possibly_twice
    post(here, [letter("ann")], now=NOW)
    assert server.names == []
