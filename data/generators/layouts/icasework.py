"""Icknield: complaints under iCasework's own names, a row a case with a group of fields a stage."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from data.generators.layouts.headings import listed
from data.generators.layouts.towns import EXTRACTED, Town, complaints
from data.generators.steps import as_it_stood
from data.generators.writing import Row, delimited

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.generators.steps import Step

TOWN = Town(
    id="icknield",
    name="Icknield",
    cases=300,
    pattern="4{on:%y}{count:04d}",
    services={"waste": 34, "planning": 18, "housing": 20, "council_tax": 18, "parking": 10},
    categories={"delay": 30, "quality": 24, "conduct": 10, "decision": 20, "communication": 16},
    channels={"Online Form": 46, "Email": 30, "Telephone": 18, "Letter": 6},
    complainants={"Resident": 84, "Business": 8, "Councillor": 3, "Advocate": 5},
)
_SERVICES = {
    "waste": ("Environment", "Waste and Recycling", "WASTE", "Nia Pellow"),
    "planning": ("Environment", "Planning", "PLAN", "Owen Tarrant"),
    "housing": ("Communities", "Housing Options", "HOUS", "Ruth Maddock"),
    "council_tax": ("Customer Services", "Council Tax", "CTAX", "Ivor Skene"),
    "parking": ("Environment", "Parking Services", "PARK", "Owen Tarrant"),
}
_CATEGORIES = {
    "delay": "Delay in doing something",
    "quality": "Quality of service",
    "conduct": "Staff conduct",
    "decision": "Disagrees with decision",
    "communication": "Poor communication",
}
OUTCOMES = {"upheld": "Upheld", "partially_upheld": "Partly Upheld", "not_upheld": "Not Upheld"}


def files() -> dict[str, bytes]:
    """File name → bytes."""
    header = [f"{line['group']}.{line['field']}" for line in listed("icasework")]
    steps = [seen for step in complaints(TOWN) if (seen := as_it_stood(step, EXTRACTED))]
    name = f"icasework_complaints_{EXTRACTED:%Y%m%d}.csv"
    untidy = ("CaseDetails.Team", "CaseStageStage1.Outcome", "CaseStatusReceipt.Method")
    rows = [dict.fromkeys(header, "") | row for row in _rows(steps)]
    return {name: delimited(header, rows, name, untidy=untidy)}


def _rows(steps: Sequence[Step]) -> list[Row]:
    rng = Random("icasework")
    cases: dict[str, list[Step]] = {}
    for step in steps:
        cases.setdefault(step.ref, []).append(step)
    return [_row(sorted(case, key=lambda step: step.stage), rng) for case in cases.values()]


def _row(case: Sequence[Step], rng: Random) -> Row:
    first, last = case[0], case[-1]
    row = _details(first, rng) | _person(first, rng)
    row |= _status(first, last, rng)
    for step in case:
        row |= _stage(step)
    return row


def _details(step: Step, rng: Random) -> Row:
    directorate, team, code, manager = _SERVICES[step.service]
    return {
        "CaseDetails.CaseId": step.ref,
        "CaseDetails.CaseType": "Complaint",
        "CaseDetails.FormType": _CATEGORIES[step.category],
        "CaseDetails.CaseLabel": f"CO - {step.person.name}",
        "CaseDetails.Rating": rng.choice(("Low", "Medium", "Medium", "High")),
        "CaseDetails.Confidential": "No",
        "CaseDetails.AssignedTo": manager,
        "CaseDetails.AssignedToId": manager.split()[-1].upper(),
        "CaseDetails.Team": team,
        "CaseDetails.TeamCode": code,
        "CaseDetails.Directorate": directorate,
    }


def _status(first: Step, last: Step, rng: Random) -> Row:
    ended = last.responded or last.withdrawn
    row = {
        "CaseStatus.Status": "Closed" if last.closed else "Open",
        "CaseStatus.CurrentTargetDate": "" if last.closed else _iso(last.target),
        "CaseStatus.CurrentStage": f"Stage {last.stage}",
        "CaseStatus.CurrentOutcome": _outcome(last),
        "CaseStatus.CurrentOutcomeDate": _iso(ended),
        "CaseStatus.CurrentStageOutcome": _outcome(last),
        "CaseStatus.CurrentStageOutcomeDate": _iso(ended),
        "CaseStatusReceipt.Method": first.channel,
        "CaseStatusReceipt.CreatedBy": "Customer Services",
        "CaseStatusReceipt.DateReceived": _iso(first.received),
        "CaseStatusReceipt.TimeCreated": _at(first.logged, rng),
        "CaseStatusTouchTimes.FirstTouchTime": _at(first.logged, rng),
        "CaseStatusClosure.DateClosed": _iso(last.closed),
    }
    if first.acknowledged:
        row["CaseStatusAcceptance.DateAccepted"] = _iso(first.acknowledged)
    if last.withdrawn:
        row["CaseStatusWithdrawal.DateWithdrawn"] = _iso(last.withdrawn)
        row["CaseStatusWithdrawal.WithdrawnReason"] = "Resolved by telephone"
    return row


def _stage(step: Step) -> Row:
    group = f"CaseStageStage{step.stage}"
    row = {
        f"{group}.TargetDays": {1: "10", 2: "20"}[step.stage],
        f"{group}.DateDue": _iso(step.target),
        f"{group}.Outcome": _outcome(step),
        f"{group}.DateCompleted": _iso(step.responded or step.withdrawn),
    }
    if step.responded and step.target:
        row[f"{group}.ResponseInTarget"] = "Yes" if step.responded <= step.target else "No"
    if step.stage > 1:
        row[f"{group}.DateReceived"] = _iso(step.received)
    return row


def _person(step: Step, rng: Random) -> Row:
    first, last = step.person.name.split()
    street, town, postcode = step.person.address.split(", ")
    return {
        "MainParty.Reference": f"{rng.randrange(200000, 299999)}",
        "MainParty.FullName": f"{last}, {first}",
        "MainParty.FirstName": first,
        "MainParty.LastName": last,
        # An address is one cell of several lines: a row of the file is not always a line.
        "MainParty.Address": f"{street}\n{town}" if rng.random() < 0.3 else street,
        "MainParty.Town": town,
        "MainParty.Postcode": postcode,
        "MainParty.EmailAddress": step.person.email,
        "MainParty.DateOfBirth": _iso(step.person.born),
        "MainParty.Mobile": step.person.telephone,
        "MainParty.Category": step.complainant,
    }


def _outcome(step: Step) -> str:
    return "Withdrawn" if step.withdrawn else OUTCOMES.get(step.outcome, "")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _at(day: date, rng: Random) -> str:
    return f"{day.isoformat()}T{rng.randrange(8, 18):02d}:{rng.randrange(60):02d}:00"
