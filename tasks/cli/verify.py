"""Verify: whether every released byte is still the one that was released."""

from __future__ import annotations

from typing import Annotated

import typer

from tasks.cli import arguments, screen
from tasks.settings import settings

Report = Annotated[
    str | None, typer.Argument(metavar="REPORT", help="Only this report: monthly_pack.")
]
Period = Annotated[str | None, typer.Argument(metavar="PERIOD", help="Only this period: 2024-03.")]


def verify(
    council: arguments.Council,
    report: Report = None,
    period: Period = None,
    *,
    as_json: arguments.Json = False,
) -> None:
    """Read every release again: checksums, manifests, their chain, and what does not belong."""
    from tasks import declared  # noqa: PLC0415  - a verb pays for its own imports only
    from tasks.verifying import verify as read_again  # noqa: PLC0415

    here = settings()
    declared.council_folder(here, council)
    with screen.Working("Reading"):
        verified = read_again(here, council, report, period)
    if as_json:
        screen.say_json(verified)
    else:
        screen.say(*(str(found) for found in verified.altered))
        many = f"{verified.releases:,} {'release' if verified.releases == 1 else 'releases'}"
        size = f"{verified.files:,} files, {verified.size / 1_048_576:,.1f} MB"
        state = (
            f"{len(verified.altered):,} not as released."
            if verified.altered
            else "every byte is as it was released."
        )
        screen.say(f"{many} read again ({size}): {state}")
    if verified.altered:
        raise typer.Exit(screen.STOPPED)
