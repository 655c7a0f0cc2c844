"""Airflow on one machine: the api-server first, then the rest, until Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from candour.errors import CandourError, ConfigurationError
from tasks.airflow_components import SECONDS_BETWEEN_LOOKS, Machine
from tasks.airflow_settings import (
    LOOPBACK,
    home_folder,
    log_ins,
    server_environment,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TABLES = ("db", "migrate")
DAGS = ("dags", "reserialize")
API_SERVER = ("api-server",)
DAG_PROCESSOR = ("dag-processor",)
# Task logs are read from the folder: nothing needs the server that would offer them to a network.
SCHEDULER = ("scheduler", "--skip-serve-logs")


class Stopped(Exception):  # noqa: N818
    """Somebody asked for the end: Ctrl-C, a closed terminal, a service that stops."""


def main(
    port: Annotated[int, typer.Option(help="Where the pages are, on this machine only.")] = 8080,
    on_schedule: Annotated[
        bool, typer.Option("--on-schedule", help="Let DAGs run at their hours, once switched on.")
    ] = False,
) -> None:
    """Start Airflow on this machine and keep it running until Ctrl-C."""
    try:
        home = home_folder()
        refuse_taken(port)
        environment = server_environment(home, port, on_schedule=on_schedule)
        with running(environment, home / "airflow" / "logs" / "components", port) as machine:
            _welcome(home, port, on_schedule=on_schedule)
            while True:
                machine.check()
                time.sleep(SECONDS_BETWEEN_LOOKS)
    except Stopped:
        typer.echo("\nStopped. What was made is still there.")
    except CandourError as error:
        typer.echo(f"\n{error}", err=True)
        raise typer.Exit(1) from None


@contextmanager
def running(environment: Mapping[str, str], logs: Path, port: int) -> Iterator[Machine]:
    """Airflow, healthy, for as long as the block lasts.

    Args:
        environment: the variables its components share.
        logs: the folder of what each component says.
        port: where its web pages answer.

    Raises:
        StartError: it could not be started; nothing of it is left running.
        Stopped: somebody asked for the end, in the block or before it began.
    """
    machine = Machine(os.environ | environment, logs)
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


def _welcome(home: Path, port: int, *, on_schedule: bool) -> None:
    how = (
        "Every DAG starts paused: switch it on, and it runs at its hours."
        if on_schedule
        else "Nothing runs by itself: open a DAG, press Trigger and choose a period."
    )
    typer.echo(
        f"\nAirflow runs at http://{LOOPBACK}:{port}\n"
        + "".join(
            f"  user {name:16} password  {password}\n" for name, password in log_ins(home).items()
        )
        + f"\n"
        f"{how}\nLogs are in {home / 'airflow' / 'logs'}. Ctrl-C stops everything."
    )


if __name__ == "__main__":
    typer.run(main)
