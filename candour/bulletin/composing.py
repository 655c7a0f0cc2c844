"""Composing: one reader's bulletin from a morning, and nothing of what they may not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.bulletin.bulletin import Bulletin, Flow, Part, Parts, Tally
from candour.bulletin.checks import check
from candour.readership import Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd

    from candour.bulletin.morning import Morning
    from candour.readership import Reader
    from candour.words.speaker import Ask

_TITLES = {
    "directorate": ("By directorate", "Directorate"),
    "service": ("By service", "Service"),
    "manager": ("By manager", "Manager"),
    "officer": ("Who holds what", "Officer"),
}
_PARTS_OF = {
    ScopeKind.MANAGER: ("service", "officer"),
    ScopeKind.SERVICE: ("officer",),
    ScopeKind.DIRECTORATE: ("service", "manager", "officer"),
    ScopeKind.COUNCIL: ("directorate", "service", "manager", "officer"),
}


def compose(
    morning: Morning, reader: Reader, ask: Ask, name: Callable[[str, str], str]
) -> Bulletin:
    """A reader's bulletin.

    Args:
        morning: what is outstanding, and what moved.
        reader: whose cases are told.
        ask: a figure by its KPI and slice.
        name: what a reader sees for a value of a dimension.

    Raises:
        ReconciliationError: a count disagrees with the cases listed, or the counts with each other.
    """
    scope = reader.scope
    mine, moved = scope.mask(morning.rows), scope.mask(morning.moved)
    bulletin = Bulletin(
        recipient=reader,
        edition=morning.edition,
        whose=_whose(reader, name),
        tally=_tally(ask, scope.slice),
        flow=_flow(ask, scope.slice),
        steps=tuple(step for step, own in zip(morning.steps, mine, strict=True) if own),
        moves=tuple(move for move, own in zip(morning.moves, moved, strict=True) if own),
        parts=tuple(_parts(morning.rows[mine], scope, ask, name)),
    )
    check(bulletin)
    return bulletin


def _whose(reader: Reader, name: Callable[[str, str], str]) -> str:
    """The services told of, as a sentence says it."""
    scope = reader.scope
    match scope.kind:
        case ScopeKind.COUNCIL:
            return "all services of the council"
        case ScopeKind.MANAGER if scope.value == reader.id:
            return "your services"
        case ScopeKind.MANAGER:
            return f"the services of {name('manager', scope.value)}"
        case _:
            return name(scope.kind.value, scope.value)


def _tally(ask: Ask, about: Mapping[str, str]) -> Tally:
    return Tally(
        opened=ask("open_steps", **about),
        overdue=ask("overdue_steps", **about),
        due_soon=ask("due_next_five_days", **about),
        due_before_next=ask("due_before_next", **about),
        unacknowledged=ask("unacknowledged", **about),
        acknowledgement_overdue=ask("acknowledgement_overdue", **about),
        extension_lapses=ask("extension_lapses_soon", **about),
        later_stages=ask("open_at_later_stages", **about),
        milestones_soon=ask("milestones_soon", **about),
        oldest=ask("oldest_open_days", **about),
    )


def _flow(ask: Ask, about: Mapping[str, str]) -> Flow:
    return Flow(
        before=ask("brought_forward", **about),
        arrived=ask("arrived_since_last", **about),
        reopened=ask("reopened_since_last", **about),
        closed=ask("closed_since_last", **about),
        withdrawn=ask("withdrawn_since_last", **about),
        still_open=ask("still_open", **about),
    )


def _parts(
    rows: pd.DataFrame, scope: Scope, ask: Ask, name: Callable[[str, str], str]
) -> Iterator[Parts]:
    """What is outstanding by each dimension that divides the scope, parts with nothing left out."""
    for dimension in _PARTS_OF[scope.kind]:
        held = rows[dimension].value_counts(sort=False)
        values = [str(value) for value, number in held.items() if number]
        title, heading = _TITLES[dimension]
        yield Parts(
            id=dimension,
            title=title,
            heading=heading,
            rows=tuple(
                _part(name(dimension, value), ask, {**scope.slice, dimension: value})
                for value in values
            ),
        )


def _part(label: str, ask: Ask, about: Mapping[str, str]) -> Part:
    return Part(
        label=label,
        opened=ask("open_steps", **about),
        overdue=ask("overdue_steps", **about),
        due_soon=ask("due_next_five_days", **about),
        due_before_next=ask("due_before_next", **about),
        oldest=ask("oldest_open_days", **about),
    )
