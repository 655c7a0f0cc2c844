"""Northmere's older system, closed down in spring 2022: one row for everything that happened."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from data.generators.extracts import stamped
from data.generators.steps import as_it_stood, last_touched
from data.generators.writing import Row, delimited, uk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.generators.steps import Step

CLOSED_DOWN = date(2022, 4, 1)
"""From this day on everything was written down in the present system."""
EXTRACTED = date(2022, 4, 4)
HEADER = (
    *("timestamp", "event", "userId", "caseUuid", "reference", "stage", "caseType", "Department"),
    *("BusArea", "OwningTeam", "Handler", "CatMain", "Channel", "ComplainantType"),
    *("PrimaryCorrespondent", "ComplainantDOB", "CaseSummary", "DateReceived", "deadline"),
    *("CaseOutcome", "PaymentAmount", "WithinDeadline"),
)
_BROUGHT = ("Handler", "DateReceived", "deadline", "CaseOutcome", "PaymentAmount", "WithinDeadline")
"""What only the event that brings it tells; everything else is repeated on every row of a case."""
_NOTED = ("CASE_VIEWED", "CORRESPONDENCE_ADDED")
"""What the system wrote down as well, and no figure needs."""
_HOURS = {
    **dict.fromkeys(("CASE_CREATED", "STAGE_STARTED"), 8),
    "DEADLINE_SET": 9,
    **dict.fromkeys(_NOTED, 10),
    "ACKNOWLEDGEMENT_SENT": 11,
    "DEFINITION_AGREED": 12,
    "EXTENSION_APPLIED": 13,
    "RESPONSE_SENT": 14,
    "CASE_WITHDRAWN": 15,
    "CASE_COMPLETED": 16,
    "CASE_REOPENED": 17,
}
"""At what hour each is written down, so that a day's events stand in their order."""


def alone(step: Step) -> bool:
    """Whether all of a step happened before the older system was closed down."""
    return step.logged < CLOSED_DOWN and last_touched(step) < CLOSED_DOWN


def files(steps: Sequence[Step]) -> dict[str, bytes]:
    """The system's only extract, in the order in which things happened."""
    stood = [seen for step in steps if (seen := as_it_stood(step, CLOSED_DOWN)) is not None]
    log = sorted(
        (row for step in stood for row in _events(step)),
        key=lambda row: (row["timestamp"], row["reference"], row["stage"]),
    )
    _spoil(log)
    name = f"older_system_{stamped(EXTRACTED)}.csv"
    return {name: delimited(HEADER, log, name, encoding="cp1252", untidy=("BusArea", "OwningTeam"))}


def _events(step: Step) -> Iterator[Row]:
    """Everything that happened to a step, each with what it brought."""
    rng = Random(f"northmere/older/{step.ref}/{step.stage}")
    case, told = _case(step), _told(step)
    for happened, event in _happened(step, rng):
        brought = told.get(event, {})
        written = f"{_HOURS[event]:02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}"
        yield (
            case
            | brought
            | {
                "timestamp": f"{happened.isoformat()}T{written}",
                "event": event,
                "userId": f"{rng.getrandbits(32):08x}",
            }
        )


def _happened(step: Step, rng: Random) -> list[tuple[date, str]]:
    first = step.first_responded
    if first is not None and (first >= CLOSED_DOWN or first == step.responded):
        first = None
    days = (
        (step.logged, "CASE_CREATED" if step.stage == 1 else "STAGE_STARTED"),
        (max(step.logged, step.clock_started) if step.target else None, "DEADLINE_SET"),
        (step.acknowledged, "ACKNOWLEDGEMENT_SENT"),
        (step.statement, "DEFINITION_AGREED"),
        (step.extension_agreed, "EXTENSION_APPLIED"),
        (first, "RESPONSE_SENT"),
        (step.responded, "RESPONSE_SENT"),
        (step.withdrawn, "CASE_WITHDRAWN"),
        (step.closed, "CASE_COMPLETED"),
        (step.reopened, "CASE_REOPENED"),
    )
    happened = [(day, event) for day, event in days if day is not None]
    return happened + ([(step.logged, rng.choice(_NOTED))] if rng.random() < 0.4 else [])


def _case(step: Step) -> Row:
    """What every row repeats of its case."""
    said = step.labels
    return dict.fromkeys(_BROUGHT, "") | {
        "caseUuid": said["Record GUID"],
        "reference": step.ref,
        "stage": said["Complaint Stage"],
        "caseType": said["Procedure"],
        "Department": said["Department"],
        "BusArea": said["Service"],
        "OwningTeam": said["Team"],
        "CatMain": said["Nature of Complaint"],
        "Channel": said["How Received"],
        "ComplainantType": said["Customer Type"],
        "PrimaryCorrespondent": step.person.name,
        "ComplainantDOB": uk(step.person.born),
        "CaseSummary": step.summary,
    }


def _told(step: Step) -> dict[str, Row]:
    """What each kind of event brings."""
    met = step.target is not None and step.responded is not None and step.responded <= step.target
    begun = {
        "Handler": step.labels["Investigating Officer"],
        "DateReceived": step.received.isoformat(),
    }
    return {
        "CASE_CREATED": begun,
        "STAGE_STARTED": begun,
        "DEADLINE_SET": {"deadline": step.target.isoformat() if step.target else ""},
        "EXTENSION_APPLIED": {"deadline": step.extended_to.isoformat() if step.extended_to else ""},
        "RESPONSE_SENT": {
            "CaseOutcome": step.labels["Decision"],
            "PaymentAmount": f"{step.redress:.2f}" if step.redress else "",
            "WithinDeadline": "true" if met else "false",
        },
        "CASE_WITHDRAWN": {"CaseOutcome": step.labels["left"]},
    }


def _spoil(log: list[Row]) -> None:
    """Rows that are wrong on purpose, beside the true ones; each is in ``data/README.md``."""
    created = [row for row in log if row["event"] == "CASE_CREATED"]
    log.insert(300, dict(log[290]))
    log.insert(700, created[100] | {"reference": "NM/2022/90015", "event": "CASE_UNARCHIVED"})
    log.insert(1100, created[200] | {"reference": "NM/2022/90016", "DateReceived": "2021-09-31"})
    log.insert(1500, created[300] | {"reference": "NM/2022/90017", "event": "RESPONSE_SENT"})
