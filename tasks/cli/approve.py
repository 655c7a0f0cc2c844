"""Approve: a draft is shown to an approver, who lets it go out or sends it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from candour.errors import ConfigurationError
from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from tasks.build import Draft
    from tasks.settings import Settings

Report = Annotated[str, typer.Argument(metavar="REPORT", help="monthly_pack, annual_report…")]
Key = Annotated[str, typer.Argument(metavar="PERIOD", help="2024-03, 2023-24…")]
By = Annotated[
    str,
    typer.Option(metavar="LOGIN", help="Who approves, as council.yaml names them. Left out: show."),
]
Reject = Annotated[bool, typer.Option("--reject", help="Send the draft back, with a reason.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why it is rejected, or a word with it.")]
Accept = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CODE=WHY", help="A finding that stops an internal pack, and why it may stand."
    ),
]


def approve(
    council: arguments.Council,
    report: Report,
    period: Key,
    *,
    by: By = "",
    reject: Reject = False,
    reason: Reason = "",
    accept: Accept = None,
    as_json: arguments.Json = False,
) -> None:
    """Approve the last draft of a report and release it, or reject it; without --by, show it."""
    here = settings()
    draft = _draft(here, council, report, period)
    if not by:
        _show(here, draft, as_json=as_json)
    elif reject:
        _send_back(here, draft, by, reason)
    else:
        _let_out(here, draft, by, reason, _accepted(accept or ()), as_json=as_json)


def _draft(here: Settings, council: str, report: str, period: str) -> Draft:
    from candour.period import Period  # noqa: PLC0415
    from tasks import declared  # noqa: PLC0415
    from tasks.build import last_draft  # noqa: PLC0415
    from tasks.cli.known import choice_of  # noqa: PLC0415
    from tasks.state import Place  # noqa: PLC0415

    audience = choice_of(here, council, report).audience
    key = Period.parse(period, declared.council(here, council).year_starts).key
    return last_draft(here, Place(council, report, key, audience))


def _show(here: Settings, draft: Draft, *, as_json: bool) -> None:
    from tasks.approve import standing  # noqa: PLC0415
    from tasks.asking import question  # noqa: PLC0415

    asked = question(here, draft)
    if as_json:
        screen.say_json({"standing": standing(here, draft).value, **_fields(asked)})
        return
    screen.say(asked.subject, f"This draft is {standing(here, draft)}.", "")
    screen.say(*asked.headlines, "", asked.findings, "")
    screen.say(f"In {asked.folder}:", *(f"  {file}" for file in asked.files))
    screen.say(asked.for_single_readers, "")
    who = ", ".join(f"{login} ({one.name}, {one.role})" for login, one in asked.approvers.items())
    screen.say(f"Who may approve it: {who}.", asked.command)


def _fields(asked: object) -> dict[str, object]:
    from dataclasses import asdict  # noqa: PLC0415

    return asdict(asked)  # type: ignore[call-overload, no-any-return]


def _send_back(here: Settings, draft: Draft, by: str, reason: str) -> None:
    from tasks.alerts import rejected  # noqa: PLC0415
    from tasks.approve import reject  # noqa: PLC0415

    decision = reject(here, draft, by, how="command", at=screen.now(), reason=reason)
    rejected(here, draft, decision, at=screen.now())
    screen.say(f"Rejected by {decision.name}: {decision.reason}", "The last release stands.")


def _let_out(
    here: Settings, draft: Draft, by: str, reason: str, accepted: dict[str, str], *, as_json: bool
) -> None:
    from tasks.approve import approve as verb  # noqa: PLC0415
    from tasks.distribute import distribute  # noqa: PLC0415
    from tasks.publish import publish  # noqa: PLC0415
    from tasks.store import Store  # noqa: PLC0415

    decision = verb(
        here, draft, by, how="command", at=screen.now(), reason=reason, exceptions=accepted
    )
    release = publish(here, draft, released_at=screen.now())
    if not as_json:
        screen.say(
            f"Approved by {decision.name}, {decision.role}.",
            f"Version {release.version} is in {Store(here.home).path(release.folder)}.",
        )
    posted = distribute(here, release, now=screen.now())
    if as_json:
        screen.say_json({"decision": decision, "release": release, "sent": len(posted.sent)})
    else:
        screen.say(f"Mails sent: {len(posted.sent)}.")


def _accepted(written: list[str] | tuple[()]) -> dict[str, str]:
    accepted = {}
    for one in written:
        code, equals, why = one.partition("=")
        if not equals or not why.strip():
            raise ConfigurationError(
                f"--accept '{one}': write the finding's code and why it may stand, such as "
                '--accept "E1=the export lost a row, and the vendor is mending it".'
            )
        accepted[code.strip()] = why.strip()
    return accepted
