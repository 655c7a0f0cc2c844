"""Arguments: what the verbs are given, each described once."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

Council = Annotated[
    str, typer.Argument(metavar="COUNCIL", help="The name of its folder, such as northmere.")
]
Period = Annotated[
    str | None,
    typer.Argument(
        metavar="PERIOD",
        help=(
            "2024-03 (month), 2024-W14 (week), 2023-24 (reporting year), 2023-24-Q4 (quarter), "
            "2023-24-to-2024-03 (year to date) or 12m-to-2024-03 (rolling year). Left out: the "
            "last one the exports tell of to its end."
        ),
    ),
]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="DAY", help="The day whose state is told: 2024-03-31."
    ),
]
KnownOn = Annotated[
    dt.datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="DAY", help="Extracts up to this day are used: 2024-05-27."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for machines.")]


def day(given: dt.datetime | None) -> dt.date | None:
    """The day an option was given, which arrives as its midnight."""
    return None if given is None else given.date()
