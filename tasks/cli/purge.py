"""Purge: what is older than a council keeps is told, and goes when somebody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from candour.errors import ConfigurationError
from candour.period import day_in_words
from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from tasks.retaining.planning import Plan, Sum

Yes = Annotated[bool, typer.Option("--yes", help="Do it; without this nothing is touched.")]
By = Annotated[str, typer.Option(metavar="NAME", help="Who says so; it stands on every tombstone.")]
Tombstones = Annotated[
    bool, typer.Option("--tombstones", help="List what was purged before, and touch nothing.")
]


def purge(
    council: arguments.Council,
    *,
    yes: Yes = False,
    by: By = "",
    tombstones: Tombstones = False,
    as_json: arguments.Json = False,
) -> None:
    """Tell what is older than the council keeps; with --yes, take it away for good."""
    from tasks import declared  # noqa: PLC0415  - a verb pays for its own imports only
    from tasks.retaining.planning import plan  # noqa: PLC0415
    from tasks.retaining.purging import purge as take_away  # noqa: PLC0415

    here = settings()
    declared.council_folder(here, council)
    if tombstones:
        _show_tombstones(council, as_json=as_json)
        return
    if yes and not by:
        raise ConfigurationError("Say who purges: --by NAME. It stands on every tombstone.")
    with screen.Working("Purging" if yes else "Looking") as progress:
        today = screen.today()
        done = (
            take_away(here, council, today, now=screen.now(), by=by, progress=progress)
            if yes
            else plan(here, council, today)
        )
    if as_json:
        screen.say_json(done)
    else:
        _tell(done, done_with=yes)


def _tell(plan: Plan, *, done_with: bool) -> None:
    from candour.words.grammar import numeral, plural  # noqa: PLC0415  - --help loads nothing
    from tasks.retaining.monthly import in_bytes  # noqa: PLC0415
    from tasks.retaining.planning import sums  # noqa: PLC0415

    many = len(plan.going)
    if not many:
        screen.say("Nothing is older than the council keeps and may go.")
    else:
        verb = ("was purged" if many == 1 else "were purged") if done_with else "would go"
        number = f"{numeral(many, starts=True)} {plural('thing', many)}"
        screen.say(f"{number} ({in_bytes(plan.size)}) {verb}:", "")
        _show_sums(sums(plan.going, plan.retention))
        screen.say("")
        screen.show_table(
            ("What", "Name", "Dated", "Why"),
            ((j.thing.kind.value, j.thing.name, str(j.thing.dated_on), j.why) for j in plan.going),
        )
    if plan.staying:
        screen.say("", "Older than its months, and stays:", "")
        screen.show_table(
            ("What", "Name", "Dated", "Why"),
            (
                (j.thing.kind.value, j.thing.name, str(j.thing.dated_on), j.why)
                for j in plan.staying
            ),
        )
    if many and not done_with:
        screen.say(
            "",
            "Nothing was touched. What goes cannot be brought back, and releases that were made "
            "of it are no longer made again byte for byte.",
            f"To do it: candour purge {plan.council} --yes --by NAME",
        )


def _show_sums(found: list[Sum]) -> None:
    from tasks.retaining.monthly import in_bytes  # noqa: PLC0415

    screen.show_table(
        ("What", "Months kept", "Oldest", "Newest", "Number", "Size"),
        (
            (
                one.kind,
                one.rule,
                day_in_words(one.oldest_on),
                day_in_words(one.newest_on),
                f"{one.number:,}",
                in_bytes(one.size),
            )
            for one in found
        ),
        right=2,
    )


def _show_tombstones(council: str, *, as_json: bool) -> None:
    from tasks.state import Tombstones as Stones  # noqa: PLC0415

    found = Stones(settings().database).of(council)
    if as_json:
        screen.say_json(found)
        return
    if not found:
        screen.say("Nothing was ever purged.")
        return
    screen.show_table(
        ("Purged on", "What", "Name", "Dated", "Months kept", "By", "SHA-256"),
        (
            (
                stone.purged_at[:10] or "going",
                stone.kind,
                stone.name,
                stone.dated_on,
                stone.rule,
                stone.purged_by,
                stone.sha256[:12],
            )
            for stone in found
        ),
    )
