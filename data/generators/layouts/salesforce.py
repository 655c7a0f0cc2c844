"""Salterfold: two Salesforce reports, what each case is like and when its milestones were met."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from data.generators.layouts.headings import listed
from data.generators.layouts.towns import EXTRACTED, Town, complaints
from data.generators.steps import as_it_stood
from data.generators.writing import uk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.generators.steps import Step

CASES = (
    date(2023, 5, 1), date(2023, 7, 3), date(2023, 9, 4), date(2023, 11, 6), date(2024, 1, 8),
    date(2024, 3, 4), date(2024, 4, 2), date(2024, 5, 7), EXTRACTED,
)  # fmt: skip
"""The days on which somebody ran the report of cases."""
_QUEUES = {
    "Refuse & Recycling Queue": 30,
    "Street Scene Queue": 18,
    "Housing Repairs Queue": 30,
    "Revenues Queue": 22,
}
_CAUSES = {
    "Delay": 32,
    "Quality of work": 24,
    "Staff behaviour": 10,
    "Communication": 20,
    "Policy/decision": 14,
}
TOWN = Town(
    id="salterfold",
    name="Salterfold",
    cases=300,
    pattern="0004{on:%y}{count:04d}",
    services=_QUEUES,
    categories=_CAUSES,
    channels={"Web": 48, "Email": 28, "Phone": 20, "Social Media": 4},
)
_FOUND = {"upheld": "Upheld", "partially_upheld": "Partly-Upheld", "not_upheld": "Not Upheld"}
_LIMITS_NAMED = {1: "Stage 1 Response", 2: "Stage 2 Response"}


@dataclass(frozen=True, slots=True)
class _Milestone:
    """A line of the report of milestones."""

    name: str
    target: date | None
    done: date | None


def files() -> dict[str, bytes]:
    """File name → bytes."""
    steps = complaints(TOWN)
    made = {f"complaint_cases_{on:%Y%m%d}.csv": _cases(steps, on) for on in CASES}
    milestones = f"complaint_milestones_{EXTRACTED:%Y%m%d}.csv"
    return made | {milestones: _milestones(_seen(steps, EXTRACTED))}


def _seen(steps: Sequence[Step], on: date) -> list[Step]:
    return [seen for step in steps if (seen := as_it_stood(step, on))]


def _record_type(step: Step) -> str:
    return "Housing Complaint" if step.service.startswith("Housing") else "Corporate Complaint"


def _clock(ref: str) -> str:
    """The time of day a case was opened, the same in every report."""
    rng = Random(ref)
    return f"{rng.randrange(7, 22):02d}:{rng.randrange(60):02d}"


def _cases(steps: Sequence[Step], on: date) -> bytes:
    """A row a case, as it stands at its newest stage: what it was before is written over."""
    newest: dict[str, Step] = {}
    for step in sorted(_seen(steps, on), key=lambda step: step.stage):
        newest[step.ref] = step
    opened = {step.ref: step.received for step in steps if step.stage == 1}
    rows = [_case(step, opened[ref], on) for ref, step in sorted(newest.items())]
    return _report("salesforce_complaints_cases_report", rows, "Complaint cases", on)


def _case(step: Step, opened: date, on: date) -> dict[str, str]:
    return {
        "case_record_type": _record_type(step),
        "case_number": step.ref,
        "type": f"Stage {step.stage}",
        "status": "Closed" if step.closed else "In Progress",
        "complaint_status": "Withdrawn" if step.withdrawn else _FOUND.get(step.outcome, ""),
        "response_status": _sent(step),
        "redress_paid": "1" if step.redress else "0",
        "redress_amount": f"GBP {step.redress / 100:,.2f}" if step.redress else "",
        "complaint_root_cause": step.category,
        "case_origin": step.channel,
        "case_owner": step.service,
        "name": step.person.name,
        "subject": step.summary,
        "date_time_opened": f"{uk(opened)} {_clock(step.ref)}",
        "date": uk(on),
    }


def _sent(step: Step) -> str:
    if not step.responded or not step.target:
        return "Not sent"
    return "Sent - On Time" if step.responded <= step.target else "Sent - Overdue"


def _milestones(steps: Sequence[Step]) -> bytes:
    opened = {step.ref: step.received for step in steps if step.stage == 1}
    rows = [
        {
            "case_number": step.ref,
            "status": "Closed" if step.closed else "In Progress",
            "priority": "Medium",
            "case_origin": step.channel,
            "date_time_opened": f"{uk(opened[step.ref])} {_clock(step.ref)}",
            "milestone": milestone.name,
            "target_date": f"{uk(milestone.target)} 17:00" if milestone.target else "",
            "completion_date": f"{uk(milestone.done)} {_clock(step.ref)}" if milestone.done else "",
            "case_record_type": _record_type(step),
            "date": uk(EXTRACTED),
        }
        for step in sorted(steps, key=lambda step: (step.ref, step.stage))
        for milestone in _of(step)
    ]
    report = "salesforce_complaint_cases_with_SLA_milestones_report"
    return _report(report, rows, "Complaint cases with milestones", EXTRACTED)


def _of(step: Step) -> Iterator[_Milestone]:
    if step.stage > 1:
        yield _Milestone("Stage 2 Requested", None, step.received)
    else:
        yield _Milestone("Acknowledgement", step.target, step.acknowledged)
    if step.stage > 1:
        yield _Milestone("Stage 2 Acknowledgement", step.target, step.acknowledged)
    yield _Milestone(_LIMITS_NAMED[step.stage], step.target, step.responded)
    if step.withdrawn:
        yield _Milestone(f"Stage {step.stage} Withdrawn", None, step.withdrawn)


def _report(report: str, rows: Sequence[dict[str, str]], title: str, on: date) -> bytes:
    """A details-only report: every cell in quotation marks, and Salesforce's own lines below."""
    header = [line["column"] for line in listed("salesforce", report=report)]
    text = io.StringIO(newline="")
    out = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    out.writerow(header)
    out.writerows([row[name] for name in header] for row in rows)
    out.writerow([f"Grand Totals ({len(rows):,} records)", *[""] * (len(header) - 1)])
    text.write("\n")
    for line in (
        title,
        "Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved.",
        "Confidential Information - Do Not Distribute",
        f"Generated By: Complaints Team {uk(on)} 06:00",
        "Salterfold Borough Council",
    ):
        out.writerow([line])
    return text.getvalue().encode("cp1252")
