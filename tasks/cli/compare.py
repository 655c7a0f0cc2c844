"""Compare: what a council published beside what its exports give, and why where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from tasks.cli.comparing import Compared

All = Annotated[bool, typer.Option("--all", help="List the equal values too.")]


def compare(
    council: arguments.Council,
    period: arguments.Period = None,
    *,
    every: All = False,
    as_json: arguments.Json = False,
) -> None:
    """Set each published value beside our figure and explain every difference."""
    from tasks.cli.comparing import compare_with  # noqa: PLC0415  - a verb pays for its own imports

    with screen.Working("Counting"):
        found = compare_with(settings(), council, period)
    if as_json:
        screen.say_json(found)
    else:
        _tell(found, every=every)
    if found.unexplained:
        raise typer.Exit(screen.STOPPED)


def _tell(found: Compared, *, every: bool) -> None:
    from candour.published import Verdict  # noqa: PLC0415

    counts = {v: sum(1 for line in found.lines if line.verdict is v) for v in Verdict}
    screen.say(
        f"{len(found.lines)} published values: "
        + ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
        + ".",
        "",
    )
    if found.slips:
        screen.say("What the publication says against itself:")
        screen.say(*(f"  {sentence}" for sentence in found.slips), "")
    shown = [
        line for line in found.lines if every or line.verdict in {Verdict.DIFFERENT, Verdict.UNTOLD}
    ]
    if shown:
        screen.show_table(
            ("Entry", "Figure", "Published", "Ours", ""),
            ((line.entry, line.what, line.published, line.ours, line.verdict) for line in shown),
        )
    for line in shown:
        if line.verdict is Verdict.DIFFERENT:
            why = line.why or ("Nothing explains it yet: ask where the number came from.",)
            screen.say("", f"{line.entry}, {line.published} published, {line.ours} counted:")
            screen.say(*(f"  {reason}" for reason in why))
            if line.cases:
                screen.say(f"  Ours are {', '.join(line.cases)}.")
