"""The screen: what day it is out there, and how an answer is shown to a person or a machine."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from rich.status import Status

STOPPED = 1
"""The exit code of a gate or a check that stopped the work."""

PIPED_WIDTH = 1000
"""Columns of a table that goes to a file or another program, which has no width of its own."""


LONDON = ZoneInfo("Europe/London")


def now() -> dt.datetime:
    """This instant; only a verb at the outermost edge asks."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day it is in England."""
    return now().astimezone(LONDON).date()


def say(*lines: str) -> None:
    """Print sentences, one a line."""
    for line in lines:
        typer.echo(line)


def say_json(answer: object) -> None:
    """Print an answer's fields as JSON, days as 2024-03-31."""
    from pydantic_core import to_json  # noqa: PLC0415  - who asks for help need not wait for it

    typer.echo(to_json(answer, indent=2).decode())


def say_heading(words: str) -> None:
    """Print what follows is about, in bold on a terminal."""
    typer.secho(words, bold=True)


def say_trouble(of: str, sentence: str) -> None:
    """Print what needs somebody, marked so that it is seen; ``of`` says whose it is."""
    mark = typer.style("!", fg=typer.colors.YELLOW, bold=True)
    typer.echo(f"{mark} {of + ': ' if of else ''}{sentence}")


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: int = 0) -> None:
    """Print rows under headings; the last ``right`` columns are numbers."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    table = Table(box=None, pad_edge=False, header_style="bold")
    for position, heading in enumerate(headings):
        numeric = position >= len(headings) - right
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


class Working:
    """Says on a terminal what is being worked on, and nothing anywhere else."""

    def __init__(self, on: str) -> None:
        self._on = on
        self._status: Status | None = None

    def __enter__(self) -> Callable[[str], None]:
        """Begin; gives what is told the part being worked on."""
        from rich.console import Console  # noqa: PLC0415

        console = Console(stderr=True, markup=False, emoji=False)
        if console.is_terminal:
            self._status = console.status(f"{self._on}…")
            self._status.start()
        return self._tell

    def _tell(self, part: str) -> None:
        if self._status is not None:
            self._status.update(f"{self._on}: {part}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End; what was said disappears."""
        if self._status is not None:
            self._status.stop()
