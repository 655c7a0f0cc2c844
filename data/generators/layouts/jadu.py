"""Jademoor: complaints under the labels of Jadu's two-stage case type, a row a case."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import weighted
from data.generators.layouts.headings import listed
from data.generators.layouts.towns import EXTRACTED, Town, complaints
from data.generators.steps import as_it_stood
from data.generators.writing import Row, delimited, uk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.steps import Step

_REGENERATION = "Regeneration, Economic Development and Environment"
_PEOPLE = "Children's, Housing and Adult Services"
_CUSTOMER = "Customer Services and Communications"
_SERVICES = {
    "Waste and recycling": (_REGENERATION, 30),
    "Highways and street scene": (_REGENERATION, 16),
    "Planning and building control": (_REGENERATION, 12),
    "Housing - including homelessness": (_PEOPLE, 18),
    "Revenues and benefits": (_CUSTOMER, 16),
    "Customer services": (_CUSTOMER, 8),
}
_REASONS = {
    "Failure to follow process": 14,
    "Failure to follow the Council's own policy": 8,
    "Significant or repeated failure to provide a service": 26,
    "Failure to do what we said we would do": 16,
    "Failure to respond": 14,
    "Delay or failed to follow timescales": 16,
    "Gave the wrong information": 6,
}
TOWN = Town(
    id="jademoor",
    name="Jademoor",
    cases=280,
    pattern="COR{on:%y}{count:04d}",
    services={service: weight for service, (_, weight) in _SERVICES.items()},
    categories=_REASONS,
    channels={"WEB": 68, "CSO": 32},
)
_FOUND = {
    "upheld": "response upheld",
    "partially_upheld": "response partially upheld",
    "not_upheld": "response not upheld",
}
_LEFT = {
    "Withdrawn": 50,
    "Closed - no response to clarification": 18,
    "Closed - service request not a complaint": 16,
    "Duplicate": 10,
    "Logged in Error": 6,
}
_MONEY = ("£{pounds:.0f}", "{pounds:.2f}", "£{pounds:,.2f}")


def files() -> dict[str, bytes]:
    """File name → bytes."""
    fields = [line["label"] for line in listed("jadu", kind="field")]
    header = ["Status", *fields]
    steps = [seen for step in complaints(TOWN) if (seen := as_it_stood(step, EXTRACTED))]
    name = f"corporate-complaints_{EXTRACTED:%Y-%m-%d}.csv"
    rows = [dict.fromkeys(header, "") | row for row in _rows(steps)]
    untidy = ("Service Area", "Complaint Reason", "Directorate")
    return {name: delimited(header, rows, name, untidy=untidy)}


def _rows(steps: Sequence[Step]) -> list[Row]:
    rng = Random("jadu")
    cases: dict[str, list[Step]] = {}
    for step in steps:
        cases.setdefault(step.ref, []).append(step)
    return [_row(sorted(case, key=lambda step: step.stage), rng) for case in cases.values()]


def _row(case: Sequence[Step], rng: Random) -> Row:
    first = case[0]
    directorate, _ = _SERVICES[first.service]
    row = {
        "Status": _status(case[-1], rng),
        "Reference": first.ref,
        "Service Area": first.service,
        "Complaint Reason": first.category,
        # The box keeps what people paste into it.
        "Description": f"<p>{first.summary}</p>",
        "Staff Name": rng.choice(("", "", "M Fenwick", "Reception")),
        "Channel": first.channel,
        "Directorate": directorate,
    }
    for step in case:
        row |= _stage(step, rng)
    if len(case) > 1:
        row["Stage 1 Challenge Reason"] = "Failed to take all information into account"
        row["Stage 1 Challenge Evidence"] = f"<p>{first.person.name} sent letters.</p>"
    return row


def _status(step: Step, rng: Random) -> str:
    if step.withdrawn:
        return "Withdrawn" if step.withdrawn.day % 2 else "Closed"
    if step.responded:
        return "Closed" if step.closed else f"Response Stage {step.stage}"
    open_as = {"In Progress Stage": 80, "Submitted Stage": 14, "Further Information Required": 6}
    status = weighted(rng, open_as)
    return status if status.startswith("Further") else f"{status} {step.stage}"


def _stage(step: Step, rng: Random) -> Row:
    stage = f"Stage {step.stage}"
    sla = {1: "Stage 1 SLA date", 2: "Stage 2 SLA Date"}[step.stage]
    row = {f"{stage} SLA Start Date": uk(step.received), sla: uk(step.target)}
    if step.withdrawn:
        row[f"{stage} Decision"] = weighted(rng, _LEFT)
        row[f"{stage} Decision Date"] = uk(step.withdrawn)
    elif step.responded and step.target:
        row[f"{stage} Decision"] = f"{stage} Closed - {_FOUND[step.outcome]}"
        row[f"{stage} Decision Date"] = uk(step.responded)
        row[f"SLA {stage}"] = "Met" if step.responded <= step.target else "Missed"
        row[f"{stage} Outcome Action"] = rng.choice(("Apology", "Training", "Remedial actions"))
        row[f"{stage} Financial Redress Amount"] = _redress(step, rng)
    return row


def _redress(step: Step, rng: Random) -> str:
    if step.redress:
        return rng.choice(_MONEY).format(pounds=step.redress / 100)
    return "n/a" if rng.random() < 0.3 else ""
