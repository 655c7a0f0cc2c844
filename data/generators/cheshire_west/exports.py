"""The council's exports: five workbooks of October 2023, as a complaints team keeps them."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING

from data.generators.cheshire_west import others, totals
from data.generators.cheshire_west.cases import complaints
from data.generators.cheshire_west.contacts import representations
from data.generators.cheshire_west.later import escalate
from data.generators.headed import Cell, Heading, Surroundings, headed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.cheshire_west.cases import Case, Stage
    from data.generators.cheshire_west.contacts import Representation

_FOOTER = "Confidential: children's social care. Do not forward."
_FIRST_STAGE = ("Target", "Extension agreed", "Extended to", "Responded", "Outcome")
_LATER = ("Requested", "Definition agreed", "Target", *_FIRST_STAGE[1:], "Ended")
COMPLAINT_HEADINGS = (
    Heading("Complaint", ("Ref", "Received", "Logged", "Acknowledged")),
    Heading("Service", ("Area", "Locality")),
    Heading("Subject", ("Primary", "Detail")),
    Heading(
        "Person complaining",
        ("Relationship", "Name", "Address", "Email", "Telephone", "Born", "Own words"),
    ),
    Heading("Receipt", ("Point", "Method")),
    Heading("Stage 1", _FIRST_STAGE),
    Heading("Stage 2", _LATER),
    Heading("Stage 3", ("Requested", "Target", "Responded", "Outcome")),
)
REPRESENTATION_HEADINGS = (
    Heading("Representation", ("No", "Received", "Method")),
    Heading("Service", ("Area", "Locality")),
    Heading("Person", ("Name", "Telephone")),
    Heading("Decision", ("Result", "Reason", "Decided", "Complaint ref")),
)
_EXCEL_BEGAN = date(1899, 12, 30)


def files() -> dict[str, bytes]:
    """File name → bytes of every export of the council."""
    cases = complaints()
    escalate(cases)
    sheets: dict[str, tuple[Sequence[Heading], list[list[Cell]]]] = {
        "complaints": (COMPLAINT_HEADINGS, _untidy([_complaint(case) for case in cases])),
        "representations": (
            REPRESENTATION_HEADINGS,
            _twice([_representation(n, one) for n, one in enumerate(representations(cases), 1)]),
        ),
        "compliments": (others.COMPLIMENT_HEADINGS, others.compliment_rows()),
        "ombudsman": (others.DECISION_HEADINGS, others.decision_rows()),
        "learning": (others.LEARNING_HEADINGS, others.learning_rows()),
    }
    return {
        f"{name}_{totals.EXTRACT:%Y%m%d}.xlsx": headed(
            name.title(), headings, rows, _surroundings(name.title())
        )
        for name, (headings, rows) in sheets.items()
    }


def _surroundings(title: str) -> Surroundings:
    return Surroundings(
        above=(
            f"Children's Social Care: {title}",
            "Synthetic cases of a reproduction test, not a publication of this council.",
            f"Everything up to the evening before {totals.EXTRACT:%d/%m/%Y}",
        ),
        footer=_FOOTER,
        made=datetime.combine(totals.EXTRACT, datetime.min.time()),
    )


def _complaint(case: Case) -> list[Cell]:
    first, person = case.stages[1], case.person
    return [
        *(case.ref, case.received, case.logged, case.acknowledged),
        *(case.service, case.team, case.subject, case.detail, case.complainant),
        *(person.name, person.address, person.email, person.telephone, person.born, case.words),
        *(case.point, case.method),
        *(first.target, first.extension_agreed, first.extended_to, first.responded, first.outcome),
        *_second(case.stages.get(2)),
        *_third(case.stages.get(3)),
    ]


def _second(stage: Stage | None) -> list[Cell]:
    if stage is None:
        return [None] * len(_LATER)
    return [
        *(stage.asked, stage.statement, stage.target, stage.extension_agreed, stage.extended_to),
        *(stage.responded, stage.outcome, stage.withdrawn),
    ]


def _third(stage: Stage | None) -> list[Cell]:
    if stage is None:
        return [None] * 4
    return [stage.asked, stage.target, stage.responded, stage.outcome]


def _representation(number: int, one: Representation) -> list[Cell]:
    return [
        *(f"R{number:04d}", one.received, one.method, one.service, one.team),
        *(one.person.name, one.person.telephone),
        *(one.result, one.reason, one.decided, one.case),
    ]


def _twice(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows with one of them pasted a second time, word for word."""
    return [*rows[:201], rows[200], *rows[201:]]


def _untidy(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Stray blanks after a locality, a day left as Excel's number and days typed as text."""
    rng = Random("cheshire_west/untidy")
    for row in rows:
        if row[5] == "Ellesmere Port" and rng.random() < 0.4:
            row[5] = "Ellesmere Port "
    for n, column in ((12, 1), (70, 20), (118, 1)):
        cell = rows[n][column]
        if isinstance(cell, date):
            rows[n][column] = (cell - _EXCEL_BEGAN).days
    for n in (33, 96):
        cell = rows[n][20]
        if isinstance(cell, date):
            rows[n][20] = cell.strftime("%d/%m/%Y")
    return rows
