"""Rebuild: an old release made again from what was landed, and what differs if anything does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from tasks.rebuilding import Rebuilt

Report = Annotated[str, typer.Argument(metavar="REPORT", help="monthly_pack, annual_report…")]
Period = Annotated[str, typer.Argument(metavar="PERIOD", help="2024-03, 2024-W14, 2023-24…")]
Audience = Annotated[
    str | None, typer.Option(metavar="AUDIENCE", help="Whose, where it was released to several.")
]
Version = Annotated[int | None, typer.Option(metavar="N", help="Which; left out, the last one.")]
Into = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Where to put the files that are made.")
]


def rebuild(
    council: arguments.Council,
    report: Report,
    period: Period,
    *,
    audience: Audience = None,
    version: Version = None,
    into: Into = None,
    as_json: arguments.Json = False,
) -> None:
    """Make an old release again, byte for byte, or say which figures differ and why."""
    from tasks import declared  # noqa: PLC0415  - a verb pays for its own imports only
    from tasks.rebuilding import rebuild as make_again  # noqa: PLC0415
    from tasks.rebuilding import the_release  # noqa: PLC0415

    here = settings()
    declared.council_folder(here, council)
    release = the_release(here, (council, report, period), audience, version)
    with screen.Working("Making it again"):
        rebuilt = make_again(here, release, into)
    if as_json:
        screen.say_json(rebuilt)
    else:
        _tell(rebuilt)
    if not rebuilt.holds:
        raise typer.Exit(screen.STOPPED)


def _tell(rebuilt: Rebuilt) -> None:
    one = rebuilt.release
    name = f"Version {one.version} of {one.report} {one.period} for {one.audience}"
    if rebuilt.same:
        screen.say(f"{name} was made again: {len(rebuilt.files)} files, every byte the same.")
        return
    if not rebuilt.made:
        screen.say(f"{name} could not be made again:", *rebuilt.why)
        return
    screen.say(f"{name} was made again, and not byte for byte:", *rebuilt.why, "")
    screen.show_table(
        ("File", ""),
        ((file.name, file.state) for file in rebuilt.files if file.state != "the same"),
    )
    screen.say("")
    if not rebuilt.figures:
        screen.say("No figure differs.")
        return
    many = len(rebuilt.figures)
    screen.say(f"{many:,} {'figure differs' if many == 1 else 'figures differ'}:")
    screen.show_table(
        ("Figure", "Period", "Was", "Is"),
        ((told.figure, told.period, told.was, told.now) for told in rebuilt.figures),
    )
