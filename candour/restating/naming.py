"""Naming: a figure of a ledger in a reader's words - measure, part of the council, period."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from candour.period import Period

    Title = Callable[[str], str]
    """What a KPI or a given number is called."""
    Label = Callable[[str, str], str]
    """What a value of a dimension is called."""

_SAID = {
    "per_cent_change": "change per cent",
    "size": "",
    "trend": "direction",
    "leading": "most",
    "ranked": "one response",
    "remainder": "the rest",
    "others": "all others",
}
"""What is made of a measure, in words; any other name is said as it is."""
_GIVEN = frozenset({"context", "limit", "report", "stated"})


def named(kpi: str, about: Mapping[str, str], title: Title, label: Label) -> str:
    """Measure, what is made of it, and of which part of the council."""
    head, *made = kpi.split(".")
    if head in _GIVEN:
        head, made = kpi, []
    said = [_SAID.get(name, name.replace("_", " ")) for name in made if not name.isdigit()]
    measure = ", ".join([title(head), *(name for name in said if name)])
    part = ", ".join(label(dimension, value) for dimension, value in about.items())
    return f"{measure}: {part}" if part else measure


def when(period: Period, since: Period | None) -> str:
    """The period of a figure, and of a change the one it is measured from."""
    return f"{period.label}, from {since.label}" if since else period.label
