"""Returned: a Word copy that came back is held against the release it came from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from candour.errors import CandourError
from tasks.cli import arguments, screen
from tasks.settings import settings

Copy = Annotated[
    Path, typer.Argument(metavar="FILE", help="The Word file as it came back.", exists=True)
]
Report = Annotated[str, typer.Argument(metavar="REPORT", help="Which report: annual_report.")]
PeriodKey = Annotated[str, typer.Argument(metavar="PERIOD", help="Which period: 2023-24.")]


def returned(
    council: arguments.Council,
    report: Report,
    period: PeriodKey,
    copy: Copy,
    *,
    as_json: arguments.Json = False,
) -> None:
    """Check a Word file that somebody edited: its words may differ, its numbers may not."""
    from candour.gate import check_returned, displays_in, told  # noqa: PLC0415  - a verb pays for its imports
    from tasks.state import State  # noqa: PLC0415
    from tasks.store import Store  # noqa: PLC0415

    here = settings()
    store = Store(here.home)
    found = State(here.database).releases(council, report, period)
    if not found:
        raise CandourError(
            f"No {report} {period} of '{council}' has been released, so there is nothing to hold "
            "the file against; candour releases lists what there is."
        )
    folder = found[-1].folder
    words = [name for name in store.names(folder) if name.endswith(".docx")]
    if not words:
        raise CandourError(f"The last release of {report} {period} has no Word file.")
    findings = check_returned(
        copy.read_bytes(),
        displays_in(store.read(f"{folder}/ledger.csv").decode()),
        original=store.read(words[0]),
        name=copy.name,
    )
    if as_json:
        screen.say_json(findings)
    elif findings:
        screen.say(told(findings))
    else:
        screen.say(f"{copy.name}: every number is the one it went out with.")
    if findings:
        raise typer.Exit(screen.STOPPED)
