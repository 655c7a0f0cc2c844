"""Knowsley's exports, file by file."""

from __future__ import annotations

from data.generators.extracts import SIDE_EXTRACTS, complaint_files, stamped
from data.generators.knowsley import others, rows
from data.generators.knowsley.complaints import complaints
from data.generators.knowsley.outcomes import decide, reopen
from data.generators.numbering import number
from data.generators.writing import Row, delimited, spreadsheet


def files() -> dict[str, bytes]:
    """File name → bytes of every export of the council."""
    steps = complaints()
    decide(steps)
    reopen(steps)
    steps = number(steps, "KC-{on:%y}-{count:05d}")
    rows.spell(steps)
    written = {}
    for name, shown in complaint_files(steps, frozenset(), rows.as_row).items():
        written[name] = delimited(rows.HEADER, shown, name, untidy=rows.UNTIDY)
    for on in SIDE_EXTRACTS:
        day = stamped(on)
        written[f"contacts_{day}.csv"] = _plain(others.contact_rows(steps, on))
        written[f"compliments_{day}.csv"] = _plain(others.compliment_rows(on))
        written[f"ombudsman_{day}.csv"] = _plain(others.decision_rows(steps, on))
        written[f"learning_{day}.xlsx"] = spreadsheet(
            "Learning", others.LEARNING_HEADER, others.learning_rows(steps, on), above=()
        )
    return written


def _plain(shown: list[Row]) -> bytes:
    return delimited(tuple(shown[0]), shown, "")
