"""Knowsley's complaint export: a step in the vendor's words, under the vendor's headers."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import typed
from data.generators.knowsley import lists
from data.generators.steps import last_touched
from data.generators.writing import Row, uk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.generators.steps import Step

HEADER = (
    "Case Reference",
    "Stage",
    "Complaint Type",
    "Directorate",
    "Service Area",
    "Category",
    "Channel",
    "Complainant Type",
    "Complainant Name",
    "Address",
    "Email",
    "Telephone",
    "Date of Birth",
    "Summary of Complaint",
    "Date Received",
    "Date Logged",
    "Date Acknowledged",
    "Date Statement Agreed",
    "Target Date",
    "Extension Agreed",
    "Extended To",
    "Date Response Sent",
    "Date Closed",
    "Date Withdrawn",
    "Outcome",
    "Financial Redress",
    "Within Target",
    "Reopened",
    "Last Updated",
)
UNTIDY = (
    "Case Reference",
    "Complaint Type",
    "Directorate",
    "Service Area",
    "Category",
    "Channel",
    "Outcome",
)


def spell(steps: Iterable[Step]) -> None:
    """Fix how each step's words were typed, so that every extract types them alike."""
    for step in steps:
        rng = Random(f"knowsley/{step.ref}/{step.stage}")
        service = lists.SERVICES.get(step.service)
        department = lists.DEPARTMENTS[service.department] if service else ("",)
        step.labels = {
            "Stage": typed(rng, lists.STAGES[step.stage], 0.8),
            "Complaint Type": typed(rng, lists.PROCEDURES[step.procedure]),
            "Directorate": typed(rng, department),
            "Service Area": typed(rng, service.typed) if service else "",
            "Category": typed(rng, lists.CATEGORIES[step.category], 0.94),
            "Channel": typed(rng, lists.CHANNELS[step.channel]),
            "Complainant Type": typed(rng, lists.COMPLAINANTS[step.complainant]),
            "Outcome": typed(rng, lists.OUTCOMES[step.outcome]) if step.outcome else "",
        }


def as_row(step: Step) -> Row:
    """A step as it stood, written down."""
    outcome = step.labels["Outcome"] if step.outcome else ""
    met = step.target is not None and step.responded is not None and step.responded <= step.target
    return step.labels | {
        "Case Reference": step.ref,
        "Complainant Name": step.person.name,
        "Address": step.person.address,
        "Email": step.person.email,
        "Telephone": step.person.telephone,
        "Date of Birth": uk(step.person.born),
        "Summary of Complaint": step.summary,
        "Date Received": uk(step.received),
        "Date Logged": uk(step.logged),
        "Date Acknowledged": uk(step.acknowledged),
        "Date Statement Agreed": uk(step.statement),
        "Target Date": uk(step.target),
        "Extension Agreed": uk(step.extension_agreed),
        "Extended To": uk(step.extended_to, "-" if step.responded else ""),
        "Date Response Sent": uk(step.responded),
        "Date Closed": uk(step.closed),
        "Date Withdrawn": uk(step.withdrawn),
        "Outcome": lists.WITHDRAWN if step.withdrawn else outcome,
        "Financial Redress": f"£{step.redress:,.2f}" if step.redress else "",
        "Within Target": ("Met" if met else "Missed") if step.responded else "",
        "Reopened": uk(step.reopened),
        "Last Updated": _updated(last_touched(step)),
    }


def _updated(day: date) -> str:
    return f"{uk(day)} 17:30"
