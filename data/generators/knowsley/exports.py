"""Knowsley's exports, file by file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.generators import canaries, extracts, flaws, oddities
from data.generators.knowsley import ombudsman, others, rows
from data.generators.knowsley.complaints import complaints
from data.generators.knowsley.outcomes import decide, reopen
from data.generators.numbering import number
from data.generators.writing import Row, delimited, spreadsheet

if TYPE_CHECKING:
    from data.generators.steps import Step

_ODD = oddities.Odd(
    answered_before_received=date(2021, 6, 14),
    without_stage_one=date(2024, 4, 1),
    of_unknown_service=date(2024, 4, 8),
    neighbour="street_scene",
)
"""Outside the years whose totals were published."""
_COLUMNS = flaws.Columns(
    ref="Case Reference",
    procedure="Complaint Type",
    category="Category",
    received="Date Received",
    logged="Date Logged",
    acknowledged="Date Acknowledged",
    responded="Date Response Sent",
    closed="Date Closed",
)
_SPOILT = flaws.Spoilt("KC-24-900{count}", "Licensing Act Review", "Information given")


def files() -> dict[str, bytes]:
    """File name → bytes of every export of the council."""
    steps = _steps()
    shown = extracts.complaint_files(steps, oddities.vanishing(steps), rows.as_row)
    flaws.spoil(shown, rows.HEADER, _COLUMNS, _SPOILT)
    written = {
        name: delimited(rows.HEADER, lines, name, untidy=rows.UNTIDY)
        for name, lines in shown.items()
    }
    contacts = extracts.contact_files(lambda on, since: others.contact_rows(steps, on, since))
    first = contacts["contacts_full_20240408.csv"]
    first.insert(250, first[240] | {"Contact Ref": ""})
    written |= {name: _plain(lines) for name, lines in contacts.items()}
    for on in extracts.SIDE_EXTRACTS:
        day = extracts.stamped(on)
        written[f"compliments_{day}.csv"] = _plain(others.compliment_rows(on))
        written[f"ombudsman_{day}.csv"] = _plain(others.decision_rows(steps, on))
        written[f"learning_{day}.xlsx"] = spreadsheet(
            "Learning", others.LEARNING_HEADER, others.learning_rows(steps, on), above=()
        )
    compiled = extracts.stamped(ombudsman.COMPILED)
    written[f"ombudsman_statistics_{compiled}.csv"] = ombudsman.statistics()
    written[f"ombudsman_improvements_{compiled}.csv"] = ombudsman.improvements()
    return written


def _steps() -> list[Step]:
    made = complaints()
    decide(made)
    reopen(made)
    oddities.forget_acknowledgements(
        made, frozenset({"corporate", "adults", "childrens"}), "knowsley/forgotten"
    )
    steps = number(oddities.add_odd(made, "KC-24-9000{count}", _ODD), "KC-{on:%y}-{count:05d}")
    canaries.plant(steps)
    rows.spell(steps)
    unlisted = next(step for step in steps if step.ref == "KC-24-90003")
    unlisted.labels["Service Area"] = "Bereavement Services"
    return steps


def _plain(shown: list[Row]) -> bytes:
    return delimited(tuple(shown[0]), shown, "")
