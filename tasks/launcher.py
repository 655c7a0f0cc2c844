"""One machine's Airflow: the api-server first, then the rest; each ends with all its children."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from candour.errors import CandourError, ConfigurationError
from tasks.airflow_settings import (
    ADMINISTRATOR,
    LOOPBACK,
    administrator_password,
    server_environment,
)
from tasks.settings import settings

TABLES = ("db", "migrate")
DAGS = ("dags", "reserialize")
API_SERVER = ("api-server",)
DAG_PROCESSOR = ("dag-processor",)
# Task logs are read from the folder: nothing needs the server that would offer them to a network.
SCHEDULER = ("scheduler", "--skip-serve-logs")

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

    def signal(self, number: signal.Signals) -> None:
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
            component.signal(signal.SIGTERM)
        give_up_at = time.monotonic() + SECONDS_TO_STOP
        for component in reversed(self.components):
            try:
                component.process.wait(max(give_up_at - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                continue
        for component in self.components:
            # Always: a fork server and its workers outlive the scheduler that started them.
            component.signal(signal.SIGKILL)
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


class Stopped(Exception):  # noqa: N818
    """Somebody asked for the end: Ctrl-C, a closed terminal, a service that stops."""


def main(
    port: Annotated[int, typer.Option(help="Where the pages are, on this machine only.")] = 8080,
) -> None:
    """Start Airflow on this machine and keep it running until Ctrl-C."""
    try:
        home = folder_of(settings().home)
        refuse_taken(port)
        with running(home, port) as machine:
            _welcome(home, port)
            while True:
                machine.check()
                time.sleep(SECONDS_BETWEEN_LOOKS)
    except Stopped:
        typer.echo(f"Stopped. Everything that was made is still in {settings().home}.")
    except CandourError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


@contextmanager
def running(home: Path, port: int) -> Iterator[Machine]:
    """Airflow, healthy, for as long as the block lasts.

    Raises:
        StartError: it could not be started; nothing of it is left running.
        Stopped: somebody asked for the end, in the block or before it began.
    """
    machine = Machine(
        os.environ | server_environment(home, port), home / "airflow" / "logs" / "components"
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    try:
        with _told("Preparing the database"):
            machine.run(TABLES)
        with _told("Reading the DAGs and starting the web pages"):
            api_server = machine.start(API_SERVER)
            machine.run(DAGS)
            machine.wait_until_healthy(api_server, lambda: _is_healthy(port, "metadatabase"))
        with _told("Starting the scheduler"):
            dag_processor, scheduler = machine.start(DAG_PROCESSOR), machine.start(SCHEDULER)
            machine.wait_until_healthy(dag_processor, lambda: _is_healthy(port, "dag_processor"))
            machine.wait_until_healthy(scheduler, lambda: _is_healthy(port, "scheduler"))
        yield machine
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        machine.stop()


def folder_of(home: str) -> Path:
    """The folder of the run state, which one machine's Airflow has to have.

    Raises:
        ConfigurationError: the run state is kept at a URL.
    """
    if "://" in home:
        msg = (
            f"CANDOUR_HOME is {home}, but Airflow on one machine keeps its state in a folder of "
            "this machine. Leave CANDOUR_HOME unset for var/, or set it to a folder."
        )
        raise ConfigurationError(msg)
    return Path(home).resolve()


def refuse_taken(port: int) -> None:
    """Complain if another program already listens on the port.

    Raises:
        ConfigurationError: the port is taken, with another that is free.
    """
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOOPBACK, port))
        except OSError:
            trial.bind((LOOPBACK, 0))
            free = trial.getsockname()[1]
            msg = (
                f"Port {port} of this machine is used by another program, perhaps by an Airflow "
                "that still runs. Stop that one, or choose a port that is free: "
                f'make up ARGS="--port {free}"'
            )
            raise ConfigurationError(msg) from None


def _ask_to_stop(_number: int, _frame: object) -> None:
    raise Stopped


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Say what is going on, and how long it took."""
    typer.echo(f"{what} … ", nl=False)
    began = time.monotonic()
    yield
    typer.echo(f"{time.monotonic() - began:.0f} s")


def _is_healthy(port: int, component: str) -> bool:
    """Whether Airflow's own health page calls a component healthy."""
    try:
        with urllib.request.urlopen(
            f"http://{LOOPBACK}:{port}/api/v2/monitor/health", timeout=10
        ) as answer:
            return bool(json.load(answer)[component]["status"] == "healthy")
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def _welcome(home: Path, port: int) -> None:
    typer.echo(
        f"\nAirflow runs at http://{LOOPBACK}:{port}\n"
        f"  user      {ADMINISTRATOR}\n"
        f"  password  {administrator_password(home)}\n\n"
        "Every DAG starts paused: open one, switch it on, press Trigger and choose a period.\n"
        f"Logs are in {home / 'airflow' / 'logs'}. Ctrl-C stops everything."
    )


if __name__ == "__main__":
    typer.run(main)
