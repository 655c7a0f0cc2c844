"""Status: how reports stand, and whether anything is late, waits or was refused."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.watching import Reported, Watched

Council = Annotated[
    str | None, typer.Argument(metavar="COUNCIL", help="Left out: every council, a line each.")
]


def status(council: Council = None, *, as_json: arguments.Json = False) -> None:
    """Say what is in, what went out, and what needs somebody; exit code 1 where anything does."""
    from tasks import declared  # noqa: PLC0415  - a verb pays for its own imports only
    from tasks.watching import watch  # noqa: PLC0415

    here, at = settings(), screen.now()
    if council is not None:
        declared.council_folder(here, council)
    wanted = [council] if council else declared.council_ids(here)
    with screen.Working("Looking") as tell:
        found = []
        for one in wanted:
            tell(one)
            found.append(watch(here, one, at))
    if as_json:
        screen.say_json([_whole(one) for one in found])
    elif council:
        _show_one(found[0])
    else:
        _show_all(found)
    if any(one.troubles for one in found):
        raise typer.Exit(screen.STOPPED)


def _whole(watched: Watched) -> dict[str, object]:
    """Everything that is known of a council, and what needs somebody."""
    from dataclasses import asdict  # noqa: PLC0415

    return {**asdict(watched), "troubles": watched.troubles}


def _show_one(watched: Watched) -> None:
    screen.say_heading(watched.name)
    if not watched.wrong:
        screen.say(f"Exports  {_exports(watched)}", f"Mails    {_mails(watched)}", "")
        screen.show_table(
            ("Report", "Last released", "Was due", "Waits for approval"),
            (_row(report) for report in watched.reports),
        )
        screen.say("")
    _show_troubles([watched])


def _show_all(found: list[Watched]) -> None:
    screen.show_table(
        ("Council", "Exports tell of", "Last release", "Needs somebody"),
        (
            (
                one.council,
                "its folder cannot be read" if one.wrong else _exports(one),
                _last(one),
                str(len(one.troubles) or "–"),
            )
            for one in found
        ),
        right=1,
    )
    screen.say("")
    _show_troubles([one for one in found if one.troubles])


def _show_troubles(found: list[Watched]) -> None:
    for one in found:
        for trouble in one.troubles:
            screen.say_trouble(one.council if len(found) > 1 else "", trouble)
    if not any(one.troubles for one in found):
        screen.say("All is in order.")


def _exports(watched: Watched) -> str:
    """The last day that is known, and what became of the rows of the newest files."""
    from candour.period import day_in_words  # noqa: PLC0415
    from candour.words import plural  # noqa: PLC0415

    taken = watched.taken
    if taken.known_on is None or taken.age_days is None:
        return "nothing yet"
    aside = sum(file.quarantined for file in taken.files)
    days = "today" if not taken.age_days else f"{taken.age_days} {_days(taken.age_days)} ago"
    rows = f"; {aside:,} {plural('row', aside)} set aside" if aside else ""
    return f"{day_in_words(taken.known_on)}, {days}{rows}"


def _days(number: int) -> str:
    from candour.words import plural  # noqa: PLC0415

    return plural("day", number)


def _mails(watched: Watched) -> str:
    mails = watched.mails
    parts: Iterator[str] = (
        f"{number:,} {word}"
        for number, word in (
            (mails.sent, "sent"),
            (mails.waiting, "waiting"),
            (mails.held, "held"),
            (mails.refused, "refused"),
        )
        if number
    )
    return ", ".join(parts) or "none yet"


def _row(report: Reported) -> tuple[str, str, str, str]:
    due = ""
    if report.due and report.due_at is not None:
        there = "late" if report.is_late else "not yet" if report.is_missing else "there"
        due = f"{report.due}, {_local(report.due_at.isoformat())}: {there}"
    return (
        report.report.replace("_", " "),
        _released(report),
        due or "made by hand",
        ", ".join(report.waiting) or "–",
    )


def _released(report: Reported) -> str:
    if not report.releases:
        return "never"
    return f"{report.period}, version {report.version}, {_local(report.released_at)}"


def _last(watched: Watched) -> str:
    released = [one for one in watched.reports if one.releases]
    if not released:
        return "–"
    last = max(released, key=lambda one: one.released_at)
    return f"{last.report.replace('_', ' ')} {last.period}, {_local(last.released_at)}"


def _local(instant: str) -> str:
    """An instant as a clock on the wall in England told it."""
    local = dt.datetime.fromisoformat(instant).astimezone(screen.LONDON)
    return f"{local:%Y-%m-%d %H:%M}"
