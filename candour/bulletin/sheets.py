"""Sheets: a bulletin as lists made for filtering: the open cases, the moves, the load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from candour.bulletin.bulletin import Bulletin, OpenStep, Part, Parts
    from candour.figures import Figure

_WORDS, _NUMBER = ListingKind.WORDS, ListingKind.NUMBER
_DAY, _REFERENCE = ListingKind.DAY, ListingKind.REFERENCE


def to_listings(
    bulletin: Bulletin, enter: Callable[[Figure, str], Figure], file: str
) -> list[Listing]:
    """The sheets of a bulletin's workbook, the open cases first.

    Args:
        bulletin: what to list.
        enter: writes a figure down in the ledger.
        file: the workbook's name, as the ledger calls it.
    """
    loads = [_load(parts, enter, file) for parts in bulletin.parts]
    made = [to_listing(bulletin).filled(), _movement(bulletin), *loads]
    return [listing.with_caveat(bulletin.edition.caveat) for listing in made]


def to_listing(bulletin: Bulletin) -> Listing:
    """The open cases as a list to filter, its flags as columns."""
    return Listing(
        id="outstanding",
        title="Outstanding complaints",
        sheet="Outstanding",
        headings=(
            *(("Reference", _REFERENCE), ("Stage", _WORDS), ("Procedure", _WORDS)),
            *(("Service", _WORDS), ("Manager", _WORDS), ("Officer", _WORDS)),
            *(("Received on", _DAY), ("Acknowledge by", _DAY), ("Due on", _DAY)),
            *(("Due before extension", _DAY), ("Group", _WORDS)),
            *(("Working days over or left", _NUMBER), ("Age in working days", _NUMBER)),
            *(("Overdue by the next bulletin", _WORDS), ("Not acknowledged", _WORDS)),
            *(("Extension about to end", _WORDS), ("Stage two or panel", _WORDS)),
            *(("Next milestone", _WORDS), ("Milestone on", _DAY)),
            ("New since the last bulletin", _WORDS),
        ),
        rows=tuple(_row(step) for step in bulletin.steps),
        notes=(
            "Acknowledge by is empty once it is acknowledged, and due before extension where no "
            "extension was agreed.",
            "Due on, and working days over or left, are empty for a reopened case and while a "
            "clock has not started.",
            "A milestone is next until its day has passed; exports do not say which were reached.",
        ),
        when_empty="No complaint is outstanding.",
    )


def _row(step: OpenStep) -> tuple[str | int | dt.date | None, ...]:
    return (
        *(step.reference, step.stage, step.procedure, step.service, step.manager, step.officer),
        step.received_on,
        step.acknowledge_by_on if step.unacknowledged else None,
        step.due_on,
        step.first_due_on if step.extended else None,
        *(step.standing.value, step.days, step.age),
        *(_yes(step.before_next), _acknowledgement(step), _yes(step.extension_lapses)),
        *(_yes(step.later_stage), step.milestone or None, step.milestone_on, _yes(step.new)),
    )


def _yes(holds: bool) -> str:
    return "Yes" if holds else "No"


def _acknowledgement(step: OpenStep) -> str:
    if step.acknowledgement_overdue:
        return "Yes, day passed"
    return _yes(step.unacknowledged)


def _movement(bulletin: Bulletin) -> Listing:
    return Listing(
        id="movement",
        title="Since the last bulletin",
        sheet="Movement",
        headings=(
            ("Reference", _REFERENCE), ("Stage", _WORDS), ("Service", _WORDS), ("Officer", _WORDS),
            ("What happened", _WORDS), ("On", _DAY),
        ),
        rows=tuple(
            (move.reference, move.stage, move.service, move.officer, move.what, move.on)
            for move in bulletin.moves
        ),
        notes=("A cell is empty where no officer is recorded.",),
        when_empty=(
            "Nothing that arrived, came back or left since the last bulletin is known."
            if bulletin.edition.caveat
            else "Nothing arrived, came back or left since the last bulletin."
        ),
    )  # fmt: skip


def _load(parts: Parts, enter: Callable[[Figure, str], Figure], file: str) -> Listing:
    sheet = "Load" if parts.id == "officer" else parts.title
    return Listing(
        id=f"load_{parts.id}",
        title=parts.title,
        sheet=sheet,
        headings=(
            (parts.heading, _WORDS), ("Open", _NUMBER), ("Overdue", _NUMBER),
            ("Due in the next five working days", _NUMBER),
            ("Overdue by the next bulletin", _NUMBER), ("Oldest, in working days", _NUMBER),
        ),
        rows=tuple(_numbers(part, lambda f: enter(f, f"{file} {sheet}")) for part in parts.rows),
        when_empty="No complaint is outstanding.",
    )  # fmt: skip


def _numbers(part: Part, enter: Callable[[Figure], Figure]) -> tuple[str | int | None, ...]:
    figures = (part.opened, part.overdue, part.due_soon, part.due_before_next, part.oldest)
    told = [enter(figure).shown if figure.printable else None for figure in figures]
    return (part.label, *(None if number is None else int(number) for number in told))
