"""Deliver: the mails of a release that have not gone, or a look at what would go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from candour.errors import CandourError, ConfigurationError
from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from tasks.outbox import Letter
    from tasks.settings import Settings
    from tasks.state import Release
    from tasks.state.letters import Entry

Report = Annotated[str, typer.Argument(metavar="REPORT", help="weekly_bulletin, monthly_pack…")]
Key = Annotated[str, typer.Argument(metavar="PERIOD", help="2024-W14, 2024-03…")]
Version = Annotated[
    int | None, typer.Option(metavar="N", help="Which version; left out: the last one.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Send nothing; say what would go.")]
ApproveMails = Annotated[
    bool,
    typer.Option("--approve-mails", help="Let more mails go than 'delivery: most_mails' allows."),
]
By = Annotated[str, typer.Option(metavar="NAME", help="Who lets them go.")]


@dataclass(frozen=True, slots=True)
class _Row:
    """A letter on the screen: whose it is and what became of it."""

    reader: str
    state: str
    said: str
    message_id: str


def deliver(
    council: arguments.Council,
    report: Report,
    period: Key,
    *,
    version: Version = None,
    dry_run: DryRun = False,
    approve_mails: ApproveMails = False,
    by: By = "",
    as_json: arguments.Json = False,
) -> None:
    """Send the mails of a release that have not gone yet; none goes twice."""
    from tasks import deliver as verb  # noqa: PLC0415  - a verb pays for its own imports
    from tasks.outbox import NotAllSentError  # noqa: PLC0415

    if approve_mails and not by:
        raise ConfigurationError("--approve-mails needs --by NAME: who lets so many mails go?")
    here = settings()
    here = replace(here, mail_dry_run=here.mail_dry_run or dry_run)
    for release in _releases(here, council, report, period, version):
        letters = verb.letters_of(here, release)
        try:
            verb.deliver(here, release.folder, now=screen.now(), approved=approve_mails, by=by)
        except NotAllSentError as wrong:
            raise CandourError(str(wrong)) from wrong
        finally:
            _tell(here, release, letters, as_json=as_json)


def _releases(
    here: Settings, council: str, report: str, period: str, version: int | None
) -> list[Release]:
    """The version asked for of each audience it was released to, or the last.

    Raises:
        ConfigurationError: there is none.
    """
    from tasks import declared  # noqa: PLC0415
    from tasks.state import State  # noqa: PLC0415

    declared.council_folder(here, council)
    found: dict[str, Release] = {}
    for release in State(here.database).releases(council, report, period):
        if version in {None, release.version}:
            found[release.audience] = release
    if not found:
        which = "" if version is None else f"version {version} of "
        raise ConfigurationError(
            f"There is no release of {which}{report} {period} of '{council}'. See what there is: "
            f"candour releases {council}."
        )
    return list(found.values())


def _tell(here: Settings, release: Release, letters: list[Letter], *, as_json: bool) -> None:
    from tasks.outbox import standing  # noqa: PLC0415

    known = standing(here, letters)
    rows = tuple(_row(letter, entry, dry=here.mail_dry_run) for letter, entry in known)
    if as_json:
        screen.say_json(rows)
        return
    if not rows:
        screen.say(
            f"Nobody gets {release.report} by mail: 'mail_to' of the report in council.yaml says "
            "who does."
        )
        return
    screen.show_table(
        ("Reader", "State", "What the mail server said"),
        ((row.reader, row.state, row.said) for row in rows),
    )


def _row(letter: Letter, entry: Entry | None, *, dry: bool) -> _Row:
    message_id = str(letter.message["Message-ID"])
    if entry is None:
        return _Row(letter.recipient, "would go" if dry else "not queued", "", message_id)
    at = f" {entry.sent_at[:16].replace('T', ' ')}" if entry.sent_at else ""
    twice = ", possibly twice" if entry.possibly_twice else ""
    state = f"{entry.state}{at}{twice}"
    if dry and not entry.sent_at:
        state = f"would go ({entry.state})"
    return _Row(letter.recipient, state, entry.reply, entry.message_id)
