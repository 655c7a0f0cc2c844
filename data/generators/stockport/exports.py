"""Stockport's exports, file by file."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from data.generators import canaries
from data.generators.steps import as_it_stood
from data.generators.stockport import flaws, lists, others, rows, statistics
from data.generators.stockport.complaints import complaints
from data.generators.writing import Row, delimited, spreadsheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.steps import Step

HISTORY = date(2024, 9, 2)
CHANGES = (date(2024, 9, 9), date(2024, 9, 23), date(2024, 10, 7))
"""The school year 2023-24 ends in July, so the history was exported in September 2024."""
WINDOW = timedelta(days=30)


def files() -> dict[str, bytes]:
    """File name → bytes of every export of the council."""
    steps = _steps()
    shown = {f"complaints_full_{HISTORY:%Y%m%d}.csv": _cases(steps, HISTORY, date.min)}
    for on in CHANGES:
        shown[f"complaints_changes_{on:%Y%m%d}.csv"] = _cases(steps, on, on - WINDOW)
    flaws.spoil(shown, rows.HEADER)
    written = {
        name: delimited(rows.HEADER, lines, name, untidy=rows.UNTIDY)
        for name, lines in shown.items()
    }
    day = f"{CHANGES[-1]:%Y%m%d}"
    written[f"contacts_{day}.csv"] = _plain(others.contact_rows(steps, CHANGES[-1]))
    written[f"ombudsman_{day}.csv"] = _plain(others.decision_rows(steps))
    written[f"learning_{day}.xlsx"] = spreadsheet(
        "Learning", others.LEARNING_HEADER, others.learning_rows(), above=()
    )
    written[f"ombudsman_statistics_{day}.csv"] = statistics.table()
    return written


def _steps() -> list[Step]:
    made = complaints()
    flaws.leave_without_a_response(made)
    _number(made)
    steps = flaws.add_odd(made)
    canaries.plant(steps)
    planted = {step.ref: step for step in steps if step.summary == canaries.SUMMARY}
    for step in steps:
        if step.ref in planted:
            step.person, step.summary = planted[step.ref].person, canaries.SUMMARY
    return sorted(steps, key=lambda step: (step.ref, step.stage))


def _number(steps: Sequence[Step]) -> None:
    """Give every case its reference: the prefix of its case type and one running number."""
    first = [step for step in steps if step.stage == 1]
    ordered = sorted(first, key=lambda step: (step.logged, step.received, step.case))
    refs = {
        step.case: f"{lists.PREFIXES[step.procedure]}{n:06d}" for n, step in enumerate(ordered, 101)
    }
    for step in steps:
        step.ref = refs[step.case]


def _cases(steps: Sequence[Step], on: date, since: date) -> list[Row]:
    """A row a case as an extract made early that day shows it, touched since another day."""
    seen = [stood for step in steps if (stood := as_it_stood(step, on)) is not None]
    cases = [list(group) for _, group in groupby(seen, key=lambda step: step.ref)]
    touched = [case for case in cases if rows.touched_since(case, since)]
    made = [(case[0].logged, rows.as_row(case)) for case in touched]
    return [row for _, row in sorted(made, key=lambda one: (one[0], one[1]["reference"]))]


def _plain(shown: list[Row]) -> bytes:
    return delimited(tuple(shown[0]), shown, "")
