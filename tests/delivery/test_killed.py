"""Killed at any step or moment and run again: nothing is lost, and nothing goes twice unseen."""

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tasks.outbox import standing
from tests.delivery.servers import Fussy, fussy, letter, settings_for

ROOT = Path(__file__).parents[2]
Order = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def dying() -> Iterator[tuple[Fussy, Order]]:
    """A mail server, and a process that posts to it in children of its own."""
    with fussy() as (url, server):
        command = [sys.executable, "-m", "tests.delivery.dying", url]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None

            def order(**given: object) -> dict[str, Any]:
                process.stdin.write(json.dumps(given, default=str) + "\n")  # type: ignore[union-attr]
                process.stdin.flush()  # type: ignore[union-attr]
                answer: dict[str, Any] = json.loads(process.stdout.readline())  # type: ignore[union-attr]
                return answer

            yield server, order
            process.stdin.close()


@pytest.fixture
def homes() -> Iterator[Path]:
    """A folder in memory where there is such a thing: no write here has to outlive the machine."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.exists() else None) as folder:
        yield Path(folder)


def received(server: Fussy, names: list[str]) -> dict[str, list[str]]:
    """The Message-IDs that came for each name."""
    taken = list(server.taken)
    return {name: [id_ for to, id_ in taken if to == name] for name in names}


def logged(home: Path) -> str:
    return (home / "log").read_text() if (home / "log").exists() else ""


def all_sent(home: Path, names: list[str]) -> bool:
    known = standing(settings_for(home), [letter(name) for name in names])
    return [str(entry.state) for _, entry in known if entry] == ["sent"] * len(names)


@pytest.mark.gate
def test_ended_at_every_step_and_run_again(dying: tuple[Fussy, Order], homes: Path) -> None:
    server, order = dying
    points: Counter[str] = Counter()
    twice: Counter[str] = Counter()
    for point in range(500):
        home = homes / str(point)
        names = [f"at-{point}-{who}" for who in "ab"]
        if order(home=home, letters=names, point=point)["code"] == 0:
            break
        where = (home / "where").read_text()
        points[where] += 1
        assert order(home=home, letters=names) == {"code": 0}, where
        assert all_sent(home, names), where
        for name, ids in received(server, names).items():
            assert 1 <= len(ids) <= 2, (where, name)
            if len(ids) == 2:
                twice[where] += 1
                assert ids[0] == ids[1], where
                assert f"The mail {ids[0]} may arrive twice" in logged(home), where
    else:
        pytest.fail("the post never came to its end")
    for step in ("add", "claim", "content", "mail", "rcpt", "begin", "data", "sent"):
        assert points[f"before {step}"] == points[f"after {step}"] == 2, step
    # The one window SMTP leaves open: the server has said yes, and we have not written it down.
    assert twice == {"after data": 2, "before sent": 2}


def test_killed_at_any_moment_and_run_again(dying: tuple[Fussy, Order], homes: Path) -> None:
    server, order = dying
    chance = random.Random(20240603)
    codes: Counter[int] = Counter()
    for round_ in range(20):
        home = homes / str(round_)
        names = [f"in-{round_}-{who}" for who in "abcdef"]
        for _ in range(2):
            codes[order(home=home, letters=names, after=chance.uniform(0, 0.1))["code"]] += 1
        assert order(home=home, letters=names) == {"code": 0}
        assert all_sent(home, names)
        for ids in received(server, names).values():
            assert len(ids) >= 1
            assert len(set(ids)) == 1
            if len(ids) > 1:
                assert logged(home).count(f"The mail {ids[0]} may arrive twice") == len(ids) - 1
    assert codes[-9] > 15


def test_a_sender_that_slept_past_its_lease_finds_its_claim_gone(
    dying: tuple[Fussy, Order], homes: Path
) -> None:
    server, order = dying
    sleeper = order(home=homes, letters=["sleepy"], stop="before begin")["pid"]
    assert (homes / "where").read_text() == "before begin"
    order(home=homes, letters=["sleepy"])
    assert received(server, ["sleepy"]) == {"sleepy": []}
    assert "another run is sending them" in (homes / "told").read_text()
    order(home=homes, letters=["sleepy"], later=11)
    assert order(**{"continue": sleeper}) == {"code": 0}
    assert len(received(server, ["sleepy"])["sleepy"]) == 1
    assert "was left to another sender" in logged(homes)
