"""Monthly: operations hear of what outlived its months, and it goes where a council declares so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.errors import CandourError
from tasks.retaining.planning import Sum, plan, sums
from tasks.retaining.purging import AUTOMATIC, purge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from candour.retention import Judged, Retention
    from tasks.settings import Settings


def look_through(settings: Settings, council: str, *, now: dt.datetime, today: dt.date) -> int:
    """Tell operations what waits to be purged, or purge it and tell what went; gives how many.

    Told once a month, however often it is run.

    Raises:
        ConfigurationError: the council's folder is wrong, or nobody is named to be told.
    """
    found = plan(settings, council, today)
    automatic = found.retention.purge == "automatic"
    if automatic:
        found = purge(settings, council, today, now=now, by=AUTOMATIC)
    if found.going:
        _tell(settings, council, found.going, found.retention, gone=automatic, now=now)
    return len(found.going)


def look_through_every(
    settings: Settings, councils: Sequence[str], *, now: dt.datetime, today: dt.date
) -> dict[str, int]:
    """The same for many councils; what is wrong with one stops no other.

    Raises:
        CandourError: something is wrong with some; every other was looked through.
    """
    found, wrong = {}, []
    for council in councils:
        try:
            found[council] = look_through(settings, council, now=now, today=today)
        except CandourError as problem:
            wrong.append(f"{council}: {problem}")
        except Exception as problem:  # its words may quote what is in a file
            wrong.append(f"{council}: {type(problem).__name__}. Run: candour purge {council}.")
    if wrong:
        raise CandourError("\n".join(wrong))
    return found


def _tell(
    settings: Settings,
    council: str,
    going: Sequence[Judged],
    retention: Retention,
    *,
    gone: bool,
    now: dt.datetime,
) -> None:
    from candour.alert import Kind, key_of  # noqa: PLC0415  - a dry run that finds nothing
    from candour.words import agree, numeral, plural  # noqa: PLC0415
    from tasks.alerts.telling import Occasion, tell_of  # noqa: PLC0415

    kind = Kind.PURGED if gone else Kind.KEPT_TOO_LONG
    many, size = len(going), sum(one.thing.size for one in going)
    occasion = Occasion(
        kind,
        council,
        key_of(kind, council, f"{now:%Y-%m}"),
        names={
            "things": f"{numeral(many, starts=True)} {plural('thing', many)}",
            "were": agree("was", many),
            "size": in_bytes(size),
            "council_id": council,
        },
        reason="\n".join(_said(one) for one in sums(going, retention)),
        where="every_council__retention",
    )
    tell_of(settings, occasion, now=now)


def _said(one: Sum) -> str:
    """A kind in a line: how many, how large, of which days, under which rule."""
    days = f"{one.oldest_on} to {one.newest_on}" if one.oldest_on < one.newest_on else one.oldest_on
    return (
        f"{one.number:,} {one.kind}, {in_bytes(one.size)}, dated {days}; kept under '{one.rule}' "
        "months."
    )


_KB, _MB = 1024, 1_048_576


def in_bytes(size: int) -> str:
    """A size as a person reads it: 33 KB, 1.2 MB."""
    return f"{size / _MB:,.1f} MB" if size >= _MB else f"{size / _KB:,.0f} KB"
