"""Checks: a bulletin's counts are those of its lists, its parts its whole, and its weeks add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.bulletin.bulletin import Standing
from candour.errors import ReconciliationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.bulletin.bulletin import Bulletin
    from candour.figures import Figure


def check(bulletin: Bulletin) -> None:
    """Stop a bulletin that contradicts itself.

    Raises:
        ReconciliationError: a count disagrees with the cases listed, parts do not make the whole,
            or last week and what moved since do not make this week.
    """
    _lists_agree(bulletin)
    _parts_add_up(bulletin)
    _weeks_add_up(bulletin)


def _listed(bulletin: Bulletin) -> Iterator[tuple[Figure, int]]:
    """Each count with how many of the cases listed it counts."""
    tally, flow, steps = bulletin.tally, bulletin.flow, bulletin.steps
    yield tally.opened, len(steps)
    yield tally.overdue, sum(step.standing is Standing.OVERDUE for step in steps)
    yield tally.due_soon, sum(step.standing is Standing.DUE_SOON for step in steps)
    yield tally.due_before_next, sum(step.before_next for step in steps)
    yield tally.unacknowledged, sum(step.unacknowledged for step in steps)
    yield tally.acknowledgement_overdue, sum(step.acknowledgement_overdue for step in steps)
    yield tally.extension_lapses, sum(step.extension_lapses for step in steps)
    yield tally.later_stages, sum(step.later_stage for step in steps)
    yield tally.milestones_soon, sum(step.milestone_soon for step in steps)
    yield flow.still_open, sum(not step.new for step in steps)
    for figure, what in (
        (flow.arrived, "New"),
        (flow.reopened, "Reopened"),
        (flow.closed, "Closed"),
        (flow.withdrawn, "Withdrawn or refused"),
    ):
        yield figure, sum(move.what == what for move in bulletin.moves)


def _lists_agree(bulletin: Bulletin) -> None:
    for figure, listed in _listed(bulletin):
        if figure.printable and figure.count != listed:
            raise ReconciliationError(
                f"The bulletin for {bulletin.recipient.key} lists {listed} where '{figure.key}' "
                f"counts {figure.display}; both must come from the same cases on the same morning."
            )


def _parts_add_up(bulletin: Bulletin) -> None:
    tally = bulletin.tally
    for parts in bulletin.parts:
        for whole, added in (
            (tally.opened, [part.opened for part in parts.rows]),
            (tally.overdue, [part.overdue for part in parts.rows]),
            (tally.due_soon, [part.due_soon for part in parts.rows]),
            (tally.due_before_next, [part.due_before_next for part in parts.rows]),
        ):
            total = sum(figure.count or 0 for figure in added)
            if whole.printable and total != whole.count:
                raise ReconciliationError(
                    f"In the bulletin for {bulletin.recipient.key} the parts under '{parts.title}' "
                    f"add up to {total} where '{whole.key}' counts {whole.display}."
                )


def _weeks_add_up(bulletin: Bulletin) -> None:
    flow, opened = bulletin.flow, bulletin.tally.opened
    moved = (flow.before, flow.arrived, flow.reopened, flow.closed, flow.withdrawn)
    if not flow.before.printable:
        return
    before, arrived, reopened, closed, withdrawn = (figure.count or 0 for figure in moved)
    now = before + arrived + reopened - closed - withdrawn
    if now != opened.count:
        raise ReconciliationError(
            f"In the bulletin for {bulletin.recipient.key}, {before} open at the bulletin before, "
            f"{arrived} new and {reopened} reopened, less {closed} closed and {withdrawn} "
            f"withdrawn or refused, make {now} where '{opened.key}' counts {opened.display}."
        )
