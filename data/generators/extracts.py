"""Extracts: one full history, then every Monday what changed in the last sixty days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generators.steps import Step, as_it_stood, last_touched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from data.generators.writing import Row

HISTORY = date(2024, 3, 4)
"""The Monday of the full history; an extract shows everything up to the evening before it."""
WEEKLY = tuple(HISTORY + timedelta(weeks=n) for n in range(1, 13))
LATEST = WEEKLY[-1]
SIDE_EXTRACTS = (date(2024, 4, 8), LATEST)
"""Days on which compliments, decisions and learning were exported, in full."""
WINDOW = timedelta(days=60)


def full(steps: Iterable[Step], on: date) -> list[Step]:
    """Every step as it stood on the extract's day."""
    return [seen for step in steps if (seen := as_it_stood(step, on)) is not None]


def changed(steps: Iterable[Step], on: date) -> list[Step]:
    """The steps to which anything happened in the sixty days before the extract."""
    return [seen for seen in full(steps, on) if last_touched(seen) >= on - WINDOW]


def stamped(on: date) -> str:
    """An extract's day as its file name writes it."""
    return on.strftime("%Y%m%d")


def complaint_files(
    steps: Sequence[Step],
    vanished: frozenset[str],
    as_row: Callable[[Step], Row],
) -> dict[str, list[Row]]:
    """File name → rows: the history, the weekly changes, and a second full extract at the end.

    Args:
        steps: all there will ever be.
        vanished: references deleted in the vendor's system just before the last extracts.
        as_row: a step in the vendor's words.
    """
    staying = [step for step in steps if step.ref not in vanished]
    seen = {f"complaints_full_{stamped(HISTORY)}.csv": full(steps, HISTORY)}
    for on in WEEKLY:
        known = staying if on == LATEST else steps
        seen[f"complaints_changes_{stamped(on)}.csv"] = changed(known, on)
    seen[f"complaints_full_{stamped(LATEST)}.csv"] = full(staying, LATEST)
    return {name: [as_row(step) for step in shown] for name, shown in seen.items()}


def contact_files(rows: Callable[[date, date], list[Row]]) -> dict[str, list[Row]]:
    """File name → rows: all contacts on the first day, later those of the last sixty days.

    Args:
        rows: the contacts as they stood on a day, touched since another.
    """
    first, last = SIDE_EXTRACTS
    return {
        f"contacts_full_{stamped(first)}.csv": rows(first, date.min),
        f"contacts_changes_{stamped(last)}.csv": rows(last, last - WINDOW),
    }
