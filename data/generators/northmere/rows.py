"""Northmere's complaint export: other headers, officers and teams, times and sentinels."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import typed
from data.generators.northmere import lists, organisation
from data.generators.steps import last_touched
from data.generators.writing import Row, uk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from data.generators.steps import Step

HEADER = (
    "Record GUID",
    "Ref",
    "Complaint Stage",
    "Procedure",
    "Department",
    "Service",
    "Team",
    "Investigating Officer",
    "Nature of Complaint",
    "How Received",
    "Customer Type",
    "Customer Name",
    "Customer Address",
    "Customer Email",
    "Customer Phone",
    "DOB",
    "Details of Complaint",
    "Received",
    "Registered",
    "Acknowledgement Sent",
    "Complaint Definition Agreed",
    "Due Date",
    "Extension Letter Sent",
    "Revised Due Date",
    "Response Sent",
    "Record Closed",
    "Withdrawn/Refused On",
    "Re-opened On",
    "Decision",
    "Remedy Payment",
    "In Time (Y/N)",
    "Record Modified",
)
UNTIDY = ("Ref", "Procedure", "Department", "Service", "Team", "Investigating Officer", "Decision")
NEVER = "01/01/1900"
"""What the system writes for some days that never came."""


def _clock_time(seed: str) -> str:
    rng = Random(seed)
    return f"{rng.randrange(8, 18):02d}:{rng.randrange(60):02d}"


def spell(steps: Iterable[Step]) -> None:
    """Fix how each step's words were typed, so that every extract types them alike."""
    for step in steps:
        rng = Random(f"northmere/{step.ref}/{step.stage}")
        service = organisation.SERVICES[step.service]
        team = next(team for team in service.teams if team.typed[0] == step.team)
        step.labels = {
            "Record GUID": f"{rng.getrandbits(64):016x}",
            "Complaint Stage": typed(rng, lists.STAGES[step.stage], 0.75),
            "Procedure": typed(rng, lists.PROCEDURES[step.procedure]),
            "Department": typed(rng, organisation.DEPARTMENTS[service.department]),
            "Service": typed(rng, service.typed),
            "Team": typed(rng, team.typed),
            "Investigating Officer": typed(rng, officer_spellings(step.officer), 0.85),
            "Nature of Complaint": typed(rng, lists.CATEGORIES[step.category], 0.93),
            "How Received": typed(rng, lists.CHANNELS[step.channel]),
            "Customer Type": typed(rng, lists.COMPLAINANTS[step.complainant]),
            "Decision": typed(rng, lists.OUTCOMES[step.outcome]) if step.outcome else "",
            "left": typed(rng, lists.WITHDRAWN, 0.8),
            "blank": rng.choice(("", "", "N/A")),
        }


def officer_spellings(name: str) -> tuple[str, str]:
    """An officer's name as typed: in full, or surname and initial."""
    first, last = name.split(" ")
    return name, f"{last}, {first[0]}"


def as_row(step: Step) -> Row:
    """A step as it stood, written down."""
    blank = step.labels["blank"]
    decision = step.labels["Decision"] if step.outcome else ("" if step.responded else "TBC")
    met = step.target is not None and step.responded is not None and step.responded <= step.target
    row = {name: step.labels[name] for name in HEADER if name in step.labels}
    return row | {
        "Ref": step.ref,
        "Customer Name": step.person.name,
        "Customer Address": step.person.address,
        "Customer Email": step.person.email,
        "Customer Phone": step.person.telephone,
        "DOB": uk(step.person.born),
        "Details of Complaint": step.summary,
        "Received": uk(step.received),
        "Registered": f"{uk(step.logged)} {_clock_time(step.ref)}",
        "Acknowledgement Sent": uk(step.acknowledged),
        "Complaint Definition Agreed": uk(step.statement),
        "Due Date": uk(step.target),
        "Extension Letter Sent": uk(step.extension_agreed, blank),
        "Revised Due Date": uk(step.extended_to, blank),
        "Response Sent": uk(step.responded),
        "Record Closed": uk(step.closed, NEVER if blank else ""),
        "Withdrawn/Refused On": uk(step.withdrawn, blank),
        "Re-opened On": uk(step.reopened),
        "Decision": step.labels["left"] if step.withdrawn else decision,
        "Remedy Payment": _money(step),
        "In Time (Y/N)": ("Y" if met else "N") if step.responded else "",
        "Record Modified": _modified(last_touched(step), step.ref),
    }


def _money(step: Step) -> str:
    if not step.redress:
        return "n/a" if step.outcome and step.labels["blank"] else ""
    return f"£{step.redress:,.2f}" if step.redress >= 100 else str(step.redress)


def _modified(day: date, ref: str) -> str:
    return f"{day.isoformat()}T{_clock_time(ref)}:00"
