"""Stockport's wrong rows: beside the true ones, so that no published total moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generators.stockport import lists
from data.generators.writing import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.steps import Step

UNLISTED = "Bereavement Services"
_SINCE = date(2024, 5, 6)
_UNTIL = date(2024, 8, 30)


def leave_without_a_response(steps: Sequence[Step]) -> None:
    """Three complaints of summer 2024 that turned out to be none."""
    further = {step.case for step in steps if step.stage > 1}
    summer = [
        step
        for step in steps
        if step.procedure == "corporate"
        and step.case not in further
        and date(2024, 6, 3) <= step.received <= date(2024, 8, 2)
        and step.responded
    ]
    for step, label in zip(summer[2:], lists.NOT_COMPLAINTS, strict=False):
        step.withdrawn = step.closed = step.logged + timedelta(days=4)
        step.responded = step.extension_agreed = step.extended_to = None
        step.outcome, step.disposition, step.redress = "", label, 0


def add_odd(steps: Sequence[Step]) -> list[Step]:
    """The steps and three odd ones of summer 2024, like true ones but numbered far above."""

    def like(stage: int, service: str = "") -> Step:
        return next(
            step
            for step in steps
            if step.procedure == "corporate"
            and step.stage == stage
            and step.received >= _SINCE
            and step.responded
            and step.responded <= _UNTIL
            and service in {"", step.service}
        )

    early, alone, unlisted = like(1), like(2), like(1, "environmental")
    made = [
        replace(step, case=f"odd/{n}", ref=f"COR90000{n}", redress=0, labels={})
        for n, step in enumerate((early, alone, unlisted), 1)
    ]
    made[0].responded = made[0].closed = made[0].received - timedelta(days=10)
    made[0].extension_agreed = made[0].extended_to = None
    made[2].labels["service"] = UNLISTED
    return [*steps, *made]


def spoil(files: dict[str, list[Row]], header: Sequence[str]) -> None:
    """Put the wrong rows into the complaint files, and noise into the full history."""

    def wrong(file: str, count: int, at: int, **changes: str) -> None:
        rows = files[f"complaints_{file}.csv"]
        ref = {"reference": f"COR90001{count}"}
        rows.insert(at, _alone(rows) | ref | changes)

    wrong("changes_20240909", 0, 20, reference="")
    wrong("changes_20240909", 1, 31, stage_1_sla_start_date="31/02/2024")
    wrong("changes_20240923", 2, 40, stage_1_decision_date="09/16/2024")
    wrong("changes_20241007", 3, 12, stage_1_decision_date="awaiting panel")
    wrong("full_20240902", 4, 700, case_type="Licensing Act review")
    rows = files["complaints_changes_20240923.csv"]
    answered = [row for row in rows if row["status"] == "Closed"]
    rows.insert(60, dict(answered[0]))
    rows.insert(3, answered[5] | {"channel": "Letter", "stage_1_acknowledged_date": ""})
    history = files["complaints_full_20240902.csv"]
    history.insert(500, dict(zip(header, header, strict=True)))
    blank = dict.fromkeys(header, "")
    history.append(blank | {header[0]: "Total", header[-1]: str(len(history) - 1)})
    history.append(blank | {header[0]: "Confidential: contains personal information"})


def _alone(rows: Sequence[Row]) -> Row:
    """A corporate complaint of summer 2024 that was answered at stage one and ended there."""
    return next(
        row
        for row in rows
        if row["reference"].startswith("COR")
        and row["status"] == "Closed"
        and row["stage_1_sla_start_date"][3:] in {"07/2024", "08/2024"}
        and not row["stage_2_sla_start_date"]
    )
