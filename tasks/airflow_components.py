"""Airflow's components: each leads a process group, and ends with every process it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from candour.errors import CandourError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SECONDS_TO_START = 300
SECONDS_TO_STOP = 10
SECONDS_BETWEEN_LOOKS = 0.5


class StartError(CandourError):
    """A component of Airflow did not start, or stopped by itself: which, and where its log is."""


@dataclass(frozen=True, slots=True)
class Component:
    """One long-running process of Airflow, leader of a process group of its own."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def check(self) -> None:
        """Complain if it no longer runs.

        Raises:
            StartError: it ended; the sentence holds its exit code and its log.
        """
        if self.process.poll() is not None:
            msg = (
                f"Airflow's {self.name} stopped by itself (exit code {self.process.returncode}). "
                f"What it said last is at the end of {self.log}."
            )
            raise StartError(msg)

    def send(self, number: signal.Signals) -> None:
        """Send a signal to it and to every process it started."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


@dataclass(slots=True)
class Machine:
    """The components started so far, in their order."""

    environment: Mapping[str, str]
    logs: Path
    components: list[Component] = field(default_factory=list)

    def run(self, arguments: tuple[str, ...]) -> None:
        """Run one of Airflow's commands that ends by itself.

        Raises:
            StartError: it failed; the sentence holds its exit code and its log.
        """
        component = self.start(arguments)
        component.process.wait()
        if component.process.returncode:
            component.check()
        self.components.remove(component)

    def wait_until_healthy(self, component: Component, is_healthy: Callable[[], bool]) -> None:
        """Wait for a component that was started.

        Raises:
            StartError: a component ended, or this one was not healthy in time.
        """
        give_up_at = time.monotonic() + SECONDS_TO_START
        while not is_healthy():
            self.check()
            if time.monotonic() > give_up_at:
                msg = (
                    f"Airflow's {component.name} was not healthy after {SECONDS_TO_START} seconds. "
                    f"What it said is in {component.log}."
                )
                raise StartError(msg)
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def check(self) -> None:
        """Complain about the first component that no longer runs."""
        for component in self.components:
            component.check()

    def stop(self) -> None:
        """Stop everything, the last started first; what does not stop when asked is killed."""
        for component in reversed(self.components):
            component.send(signal.SIGTERM)
        give_up_at = time.monotonic() + SECONDS_TO_STOP
        for component in reversed(self.components):
            try:
                component.process.wait(max(give_up_at - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                continue
        for component in self.components:
            # Always: a fork server and its workers outlive the scheduler that started them.
            component.send(signal.SIGKILL)
            component.process.wait()

    def start(self, arguments: tuple[str, ...]) -> Component:
        """Start one of Airflow's commands, its words going to a log of its own."""
        name = arguments[0]
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "airflow", *arguments],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        component = Component(name, process, log)
        self.components.append(component)
        return component
