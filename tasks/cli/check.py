"""Check: the onboarding report of a council, and whether anything in it needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.cli.onboarding import Onboarding


def check(council: arguments.Council, *, as_json: arguments.Json = False) -> None:
    """Say what a council's folder and exports give, and what stands in their way."""
    from tasks.cli.onboarding import onboarding  # noqa: PLC0415  - a verb pays for its own imports

    with screen.Working("Checking") as progress:
        found = onboarding(settings(), council, screen.today(), progress)
    if as_json:
        screen.say_json(found)
    else:
        _tell(found)
    if found.attention:
        raise typer.Exit(screen.STOPPED)


def _tell(found: Onboarding) -> None:
    screen.say(f"{found.name} ({found.council})", f"Declared: {found.declared}")
    _tell_files(found)
    _part(
        "Rows set aside",
        (f"{held.export}, {held.rows:,}: {held.example} {held.advice}" for held in found.set_aside),
    )
    _part(
        "Columns never mapped; add each to 'columns', 'personal' or 'ignored' in exports.yaml",
        (
            f"{export}: {', '.join(f'“{header}”' for header in headers)}"
            for export, headers in found.never_mapped.items()
        ),
    )
    _part(
        "Labels nobody declared, with their rows; they count as not recorded",
        (f"{one.export}, “{one.header}”: “{one.label}”, {one.rows:,}" for one in found.labels),
    )
    _tell_figures(found)
    _part("Names that point nowhere", found.nowhere)
    _part("Corrections made", found.corrections)
    _part("Rules that would stop a run", found.critical)
    _part("Rules that do not hold and would be printed in the report", found.warnings)
    screen.say("", _verdict(found))


def _tell_files(found: Onboarding) -> None:
    screen.say("")
    if found.files:
        screen.show_table(
            ("File", "Export", "Extracted on", "Rows", "Loaded", "Set aside", "No record"),
            (
                (
                    file.name,
                    file.export,
                    file.extracted_on,
                    *(
                        f"{n:,}"
                        for n in (file.rows_in_file, file.loaded, file.quarantined, file.noise)
                    ),
                )
                for file in found.files
            ),
            right=4,
        )
    _part("Files refused", found.refused)
    _part("Files that fit no export; see 'files' in exports.yaml", found.ignored)


def _tell_figures(found: Onboarding) -> None:
    _part(
        "KPIs that cannot be computed",
        (f"{one.reason} {', '.join(one.kpis)}" for one in found.uncomputed),
    )
    covered = (
        ()
        if found.first_month is None
        else (f"The exports cover {found.first_month} to {found.last_month} whole.",)
    )
    _part("Months", (*covered, *found.months))


def _part(heading: str, lines: Iterable[str]) -> None:
    told = [f"  {line}" for line in lines]
    if told:
        screen.say("", f"{heading}:", *told)


def _verdict(found: Onboarding) -> str:
    if not found.attention:
        return "Nothing needs attention."
    things = "thing needs" if found.attention == 1 else "things need"
    return f"{found.attention} {things} attention."
