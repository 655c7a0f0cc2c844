"""Airflow on one machine starts in order, says where it is, and leaves nothing behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from candour.errors import ConfigurationError
from tasks import airflow_components
from tasks.airflow_components import Component, Machine, StartError
from tasks.launcher import refuse_taken

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) == 1:
    print(subprocess.Popen([sys.executable, __file__, "child"]).pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def _component(script: Path, *arguments: str) -> Component:
    log = script.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, str(script), *arguments], stdout=output, start_new_session=True
        )
    return Component("scheduler", process, log)


def _until(look: Callable[[], str], seconds: float) -> str:
    give_up_at = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < give_up_at
        time.sleep(0.1)
    return found


def test_a_free_port_is_not_refused(free_port: int) -> None:
    refuse_taken(free_port)


def test_a_taken_port_is_refused_with_one_that_is_free(free_port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        with pytest.raises(ConfigurationError, match=f"Port {free_port} .* another") as refusal:
            refuse_taken(free_port)
    offered = int(re.search(r"--port (\d+)", str(refusal.value))[1])
    assert offered != free_port
    refuse_taken(offered)


def test_what_does_not_stop_when_asked_is_killed_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(airflow_components, "SECONDS_TO_STOP", 1)
    script = tmp_path / "stubborn.py"
    script.write_text(STUBBORN)
    component = _component(script)
    child = psutil.Process(int(_until(component.log.read_text, 20)))
    Machine({}, tmp_path, [component]).stop()
    assert component.process.returncode == -signal.SIGKILL
    assert child.wait(10) is None


def test_a_component_that_ended_is_named_with_its_log(tmp_path: Path) -> None:
    script = tmp_path / "ends.py"
    script.write_text("raise SystemExit(3)")
    component = _component(script)
    component.process.wait(20)
    with pytest.raises(
        StartError, match=r"scheduler stopped by itself \(exit code 3\)"
    ) as sentence:
        Machine({}, tmp_path, [component]).check()
    assert str(component.log) in str(sentence.value)


@pytest.fixture
def launched(tmp_path: Path, free_port: int, project: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tasks.launcher", "--port", str(free_port)],
        cwd=project,
        env=os.environ | {"CANDOUR_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process
        process.terminate()


def _told(process: subprocess.Popen[str]) -> str:
    """What the launcher said until it was ready."""
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            return said
    raise AssertionError(said)


def _left_running(started: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still do anything a moment later; what has ended may wait to be noticed."""
    _, there = psutil.wait_procs(started, timeout=5)
    return [process for process in there if process.status() != psutil.STATUS_ZOMBIE]


def _asked(address: str, token: str | None = None, **body: str) -> dict:
    request = urllib.request.Request(address, headers={"Content-Type": "application/json"})
    if body:
        request.data = json.dumps(body).encode()
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


@pytest.mark.gate
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_airflow_starts_takes_the_login_it_printed_and_stops_completely(
    launched: subprocess.Popen[str], number: signal.Signals
) -> None:
    said = _told(launched)
    address = re.search(r"http://127\.0\.0\.1:\d+", said)[0]
    password = re.search(r"password\s+(\S+)", said)[1]
    token = _asked(f"{address}/auth/token", username="admin", password=password)["access_token"]
    assert _asked(f"{address}/api/v2/importErrors", token)["total_entries"] == 0
    assert _asked(f"{address}/api/v2/dags", token)["total_entries"] > 0

    started = psutil.Process(launched.pid).children(recursive=True)
    assert len(started) >= 3
    launched.send_signal(number)
    assert launched.wait(60) == 0
    assert not _left_running(started)
    refuse_taken(int(address.rpartition(":")[2]))


@pytest.mark.gate
def test_when_one_component_dies_the_others_are_stopped_and_it_is_named(
    launched: subprocess.Popen[str],
) -> None:
    _told(launched)
    started = psutil.Process(launched.pid).children(recursive=True)
    scheduler = next(process for process in started if "scheduler" in " ".join(process.cmdline()))
    scheduler.kill()
    assert launched.wait(60) == 1
    assert "Airflow's scheduler stopped by itself" in launched.stdout.read()
    assert not _left_running(started)
