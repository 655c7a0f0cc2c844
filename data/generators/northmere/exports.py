"""Northmere's exports, file by file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.generators import canaries, extracts, flaws, oddities
from data.generators.northmere import older, ombudsman, others, rows
from data.generators.northmere.complaints import complaints
from data.generators.numbering import number
from data.generators.writing import Row, delimited, spreadsheet

if TYPE_CHECKING:
    from data.generators.steps import Step

_ODD = oddities.Odd(
    answered_before_received=date(2024, 2, 12),
    without_stage_one=date(2024, 2, 5),
    of_unknown_service=date(2024, 3, 11),
    neighbour="street_cleaning",
)
_COLUMNS = flaws.Columns(
    ref="Ref",
    procedure="Procedure",
    category="Nature of Complaint",
    received="Received",
    logged="Registered",
    acknowledged="Acknowledgement Sent",
    responded="Response Sent",
    closed="Record Closed",
)
_SPOILT = flaws.Spoilt("NM/2024/900{count}", "Freedom of information", "Access and equality")


def files() -> dict[str, bytes]:
    """File name → bytes of every export of the council."""
    steps = _steps()
    went_on = [step for step in steps if not older.alone(step)]
    shown = extracts.complaint_files(went_on, oddities.vanishing(steps), rows.as_row)
    flaws.spoil(shown, rows.HEADER, _COLUMNS, _SPOILT)
    written = {
        name: delimited(rows.HEADER, lines, name, untidy=rows.UNTIDY)
        for name, lines in shown.items()
    }
    written |= older.files(steps)
    contacts = extracts.contact_files(lambda on, since: others.contact_rows(steps, on, since))
    first = contacts["contacts_full_20240408.csv"]
    first.insert(250, first[240] | {"Enquiry No": "990001", "Enquiry Date": "30/02/2022"})
    written |= {name: _old_system(lines) for name, lines in contacts.items()}
    for on in extracts.SIDE_EXTRACTS:
        day = extracts.stamped(on)
        written[f"compliments_{day}.csv"] = _old_system(others.compliment_rows(on))
        written[f"ombudsman_{day}.csv"] = _old_system(others.decision_rows(steps, on))
        written[f"learning_{day}.xlsx"] = spreadsheet(
            "Log",
            others.LEARNING_HEADER,
            others.learning_rows(steps, on),
            above=others.LEARNING_ABOVE,
        )
    for year, on in ombudsman.PUBLISHED.items():
        table = ombudsman.statistics(steps, year)
        written[f"ombudsman_statistics_{extracts.stamped(on)}.csv"] = table
    latest = extracts.stamped(extracts.LATEST)
    written[f"ombudsman_improvements_{latest}.csv"] = ombudsman.improvements(steps)
    return written


def _steps() -> list[Step]:
    made = complaints()
    oddities.forget_acknowledgements(
        made, frozenset({"adults", "childrens"}), "northmere/forgotten"
    )
    steps = number(oddities.add_odd(made, "NM/2024/9000{count}", _ODD), "NM/{on:%Y}/{count:05d}")
    canaries.plant(steps)
    rows.spell(steps)
    unlisted = next(step for step in steps if step.ref == "NM/2024/90003")
    unlisted.labels |= {"Service": "Allotments Office", "Team": "Allotments"}
    return steps


def _old_system(shown: list[Row]) -> bytes:
    """Semicolons and the old Windows code page."""
    return delimited(tuple(shown[0]), shown, "", delimiter=";", encoding="cp1252")
