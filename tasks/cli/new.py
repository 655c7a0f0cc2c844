"""New: a council's folder drafted from its exports, for a complaints manager to put right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from candour.errors import ConfigurationError
from tasks.cli import screen
from tasks.settings import settings

if TYPE_CHECKING:
    from tasks.cli.drafting import Drafted, DraftedExport
    from tasks.settings import Settings

NewCouncil = Annotated[
    str,
    typer.Argument(
        metavar="COUNCIL", help="What its folder is to be called: small letters, digits and _."
    ),
]
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILES",
        exists=True,
        dir_okay=False,
        readable=True,
        help="Its exports: complaints, and whatever else there is; the fuller the better.",
    ),
]
Into = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Where to put the folder. Left out: councils/."),
]
Sheet = Annotated[
    str | None, typer.Option(metavar="NAME", help="The one to read of workbooks with several.")
]
Like = Annotated[
    str | None,
    typer.Option(
        metavar="LAYOUT",
        help="Begin with a worked example: hocs, icasework, jadu or salesforce.",
    ),
]

FEW = 3
"""So many files are named one by one."""


def new(
    council: NewCouncil,
    files: Files,
    *,
    like: Like = None,
    into: Into = None,
    sheet: Sheet = None,
) -> None:
    """Draft a council's folder from its exports; nothing that is there is overwritten."""
    from tasks.cli.drafting import draft, draft_like  # noqa: PLC0415  - a verb pays for its own
    from tasks.store import Store  # noqa: PLC0415

    here = settings()
    above = into or here.project / "councils"
    _check(here, council, above)
    with screen.Working("Reading the exports"):
        inbox, today = _inbox(here, files), screen.today()
        drafted = (
            draft(here, council, files, inbox, today=today, sheet=sheet)
            if like is None
            else draft_like(here, council, like, files, inbox, today=today)
        )
    store = Store(str(above.resolve()))
    for name, text in drafted.texts.items():
        store.write(f"{council}/{name}", text.encode())
    _tell(drafted, above / council, council)
    if above.resolve() not in {folder.resolve() for folder in here.council_folders}:
        screen.say(f"Candour finds it once CANDOUR_COUNCILS names {above.resolve()}.")


def _check(here: Settings, council: str, above: Path) -> None:
    from tasks.councils import is_id  # noqa: PLC0415  - --help loads nothing

    if not is_id(council):
        raise ConfigurationError(
            f"'{council}' cannot be the name of a council's folder: begin with a letter and use "
            "small letters, digits and single _ only, such as north_shire."
        )
    for folder in (above, *here.council_folders):
        if (folder / council).exists():
            raise ConfigurationError(
                f"{folder / council} is there already and is left as it is. Choose another name, "
                "or move that folder away first."
            )


def _inbox(here: Settings, files: list[Path]) -> str:
    """The folder of the first file, as council.yaml names it."""
    folder = files[0].resolve().parent
    project = here.project.resolve()
    return str(folder.relative_to(project) if folder.is_relative_to(project) else folder)


def _tell(drafted: Drafted, folder: Path, council: str) -> None:
    screen.say(f"Drafted {folder}:", *(f"  {name}" for name in sorted(drafted.texts)))
    for export in drafted.exports:
        screen.say("", *_of_export(export))
    if drafted.mistakes:
        screen.say("", "It cannot be read yet:", *(f"  {line}" for line in drafted.mistakes))
    screen.say(
        "",
        "What to do next:",
        "  1. exports.yaml: answer the questions at its top.",
        "  2. procedures.yaml: put the council's own limits, and what starts each clock.",
        "  3. services.yaml: put every service under its directorate.",
        "  4. council.yaml: put the council's name, its complaints team and closures.",
        f"  5. candour check {council}, until nothing needs attention.",
    )


def _of_export(export: DraftedExport) -> list[str]:
    files = ", ".join(export.files) if len(export.files) <= FEW else f"{len(export.files)} files"
    lines = [f"{export.name}, from {files}: taken to fill {export.fills}."]
    if export.dropped:
        lines.append(f"  Personal, never read: {', '.join(export.dropped)}.")
    return [*lines, *(f"  {question}" for question in export.questions)]
