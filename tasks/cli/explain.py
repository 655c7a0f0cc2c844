"""Explain: how the days of one case were counted, in words."""

from __future__ import annotations

from typing import Annotated

import typer

from tasks.cli import arguments, screen
from tasks.settings import settings

Case = Annotated[
    str, typer.Argument(metavar="CASE", help="The case's own reference, as the system writes it.")
]


def explain(
    council: arguments.Council,
    case: Case,
    *,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Tell a case stage by stage: its clock, extension, acknowledgement, outcome and source."""
    from tasks.cli.telling import tell_case  # noqa: PLC0415  - a verb pays for its own imports

    story = tell_case(settings(), council, case, arguments.day(as_of))
    if as_json:
        screen.say_json(story)
        return
    screen.say(story.heading, *story.remarks)
    for stage in story.stages:
        screen.say("", stage.name, *(f"  {sentence}" for sentence in stage.sentences))
