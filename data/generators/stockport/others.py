"""Stockport's other exports: adults' contacts, Ombudsman decisions and learning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from data.generators import records
from data.generators.draws import days, typed, weighted
from data.generators.people import invented
from data.generators.records import Contact
from data.generators.stockport import lists, totals, words
from data.generators.stockport.complaints import TOWN, span
from data.generators.working_days import add_working, working_on_or_after
from data.generators.writing import Row, uk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.steps import Step

_RESULTS = {
    "became_complaint": ("Became a complaint",),
    "resolved_early": ("Resolved early", "Resolved informally"),
}


def contact_rows(steps: Sequence[Step], on: date) -> list[Row]:
    """The adults' contact log as it stood: complaints, and what was put right before one."""
    rng = Random("stockport/contacts")
    first = [step for step in steps if (step.procedure, step.stage) == ("adults", 1)]
    made = [_contact(step.received, "became_complaint", step.logged, rng, step) for step in first]
    for period, number_of in totals.RESOLVED_EARLY.items():
        start, finish = span("adults", period)
        for day in days(rng, (start, add_working(finish, -10)), number_of, lambda _: 1):
            decided = add_working(working_on_or_after(day), rng.randrange(1, 6))
            made.append(_contact(day, "resolved_early", decided, rng))
    made.sort(key=lambda one: (one.received, one.case_ref, one.person.email))
    numbered = [replace(one, ref=f"{n:06d}") for n, one in enumerate(made, 1)]
    return [_contact_row(one) for one in records.contacts_on(numbered, on, date.min)]


def _contact(
    received: date, result: str, decided: date, rng: Random, step: Step | None = None
) -> Contact:
    return Contact(
        received=received,
        procedure="adults",
        service="adult_social_care",
        channel=step.channel if step else weighted(rng, lists.CHANNEL_WEIGHTS),
        person=step.person if step else invented(rng, TOWN),
        result=result,
        reason="",
        decided=decided,
        case_ref=step.ref if step else "",
    )


def _contact_row(one: Contact) -> Row:
    rng = Random(f"stockport/contact/{one.ref}")
    return {
        "contact_id": one.ref,
        "contact_date": uk(one.received),
        "service": typed(rng, lists.SERVICES[one.service].typed),
        "channel": typed(rng, lists.CHANNELS[one.channel]),
        "contact_name": one.person.name,
        "contact_telephone": one.person.telephone,
        "result": typed(rng, _RESULTS[one.result]) if one.result else "",
        "result_date": uk(one.decided),
        "reference": one.case_ref,
    }


@dataclass(frozen=True, slots=True)
class _Plan:
    """A case of the Ombudsman's: how it ends and when it came."""

    decision: str
    category: str
    subcategory: str = ""
    remedy: str = ""


_ADULT, _EDUCATION = "Adult Care Services", "Education & Children's Services"
_PLANNING, _ENVIRONMENT = "Planning & Development", "Environmental Services"
_OTHER = (_ADULT, _EDUCATION, _PLANNING, _ENVIRONMENT, "Highways & Transport", "Benefits & Tax")
_SUBJECTS = (
    (_ADULT, "Adult social care assessments and funding", "Recommended"),
    (_ADULT, "Adult social care assessments and funding", "Recommended"),
    (_ADULT, "Adult social care support", "Recommended"),
    (_ADULT, "Adult social care blue badge", "Recommended"),
    (_EDUCATION, "SEND", "Recommended"),
    (_EDUCATION, "SEND", "Recommended"),
    (_EDUCATION, "Section 47 enquiry (safeguarding)", "Recommended"),
    (_PLANNING, "", "Recommended"),
    (_PLANNING, "", "None"),
    (_ENVIRONMENT, "Neighbourhoods: trees", "Recommended"),
    (_ENVIRONMENT, "Neighbourhoods: environmental", "None"),
)
"""Upheld in 2023-24 by subject (STO-43), nine of them with recommendations (STO-42)."""
_CLOSED, _PREMATURE = "Closed after initial enquiries", "Referred back for local resolution"
_OTHERWISE = {
    "2022-23": {_CLOSED: 24, _PREMATURE: 12, "Incomplete/Invalid": 3, "Advice given": 2},
    "2023-24": {_CLOSED: 36, _PREMATURE: 11, "Incomplete/Invalid": 2, "Advice given": 2},
}
"""Decided without an investigation: 51 in 2023-24, most of them closed after enquiries (STO-41);
the division and all of 2022-23 are ours."""
_NOT_UPHELD = {"2022-23": 3, "2023-24": 5}
_RECEIVED = {"2021-22": 10, "2022-23": 65, "2023-24": 75, "rest": 12}
"""STO-41; those received before April 2022 and after March 2024 are ours."""


def decision_rows(steps: Sequence[Step]) -> list[Row]:
    """The Ombudsman's cases: received, decided, investigated and upheld as published."""
    rng = Random("stockport/decisions")
    received = [day for year in _RECEIVED for day in _received_in(year, rng)]
    plans = [*_plans("2022-23", rng), *_plans("2023-24", rng)]
    decided = [*_decided_in("2022-23", rng), *_decided_in("2023-24", rng)]
    rest = len(received) - len(plans)
    panel = next(step for step in steps if step.taken_outside)
    rows = []
    for n, (day, plan, on) in enumerate(
        zip(received, [*plans, *[None] * rest], [*decided, *[None] * rest], strict=True)
    ):
        after = on and max(on, add_working(day, 8))
        rows.append(_decision_row(n, day, plan, after, rng))
    _tell_of_panel(rows, panel)
    return rows


def _tell_of_panel(rows: Sequence[Row], panel: Step) -> None:
    """Make one case of the year 2022-23 that of the panel taken to the Ombudsman (STO-10)."""
    summer = {f"{month:02d}/2022" for month in (6, 7, 8)}
    taken = next(
        row
        for row in rows
        if row["Date Received"][3:] in summer and row["Decision"] == "Not Upheld"
    )
    taken |= {"Date Received": uk(panel.taken_outside), "Our Reference": panel.ref}
    taken |= {"LGSCO Category": _EDUCATION, "Subject": ""}


def _received_in(year: str, rng: Random) -> list[date]:
    start, finish = span("corporate", year)
    start = {"2021-22": date(2022, 1, 10)}.get(year, start)
    return sorted(days(rng, (start, add_working(finish, -2)), _RECEIVED[year], lambda _: 1))


def _decided_in(year: str, rng: Random) -> list[date]:
    start, finish = span("corporate", year)
    number_of = len(_SUBJECTS if year == "2023-24" else _UPHELD_BEFORE)
    number_of += _NOT_UPHELD[year] + sum(_OTHERWISE[year].values())
    workdays = [add_working(start, 3 + n * 228 // number_of) for n in range(number_of)]
    return [min(day, add_working(finish, -8)) for day in workdays]


_UPHELD_BEFORE = tuple(
    [(_ADULT, "Adult social care assessments and funding", "Recommended")] * 5
    + [(_EDUCATION, "SEND", "Recommended")] * 6
    + [(_PLANNING, "", "Recommended")] * 4
    + [(_ENVIRONMENT, "Neighbourhoods: environmental", "None")] * 3
)
"""Upheld in 2022-23: eighteen as published (STO-41), their subjects ours."""


def _plans(year: str, rng: Random) -> list[_Plan]:
    subjects = _SUBJECTS if year == "2023-24" else _UPHELD_BEFORE
    plans = [_Plan("Upheld", *subject) for subject in subjects]
    plans += [_Plan("Not Upheld", _OTHER[n % 4]) for n in range(_NOT_UPHELD[year])]
    plans += [
        _Plan(decision, rng.choice(_OTHER))
        for decision, number_of in _OTHERWISE[year].items()
        for _ in range(number_of)
    ]
    rng.shuffle(plans)
    return plans


def _decision_row(n: int, day: date, plan: _Plan | None, on: date | None, rng: Random) -> Row:
    ref = f"{day.year % 100:02d} {n // 1000:03d} {n % 1000:03d}"
    row = {
        "LGSCO Reference": ref,
        "Date Received": uk(day),
        "Date Decided": uk(on),
        "LGSCO Category": plan.category if plan else rng.choice(_OTHER),
        "Subject": plan.subcategory if plan else "",
        "Decision": plan.decision if plan else "",
        "Investigated": "",
        "Remedy": plan.remedy if plan else "",
        "Date Complied": "",
        "Compliance": "",
        "Our Reference": "",
        "Complainant Name": invented(rng, TOWN).name,
    }
    if plan and on:
        row["Investigated"] = "Y" if plan.decision in {"Upheld", "Not Upheld"} else "N"
    if plan and on and plan.remedy == "Recommended":
        row |= {"Date Complied": uk(_complied(on, rng)), "Compliance": "Satisfied"}
    return row


def _complied(on: date, rng: Random) -> date:
    """Within the year of the decision, so that each year's compliance is of its own decisions."""
    close = date(on.year + (on.month > 3), 3, 28)
    return min(add_working(on, rng.randrange(20, 60)), close)


LEARNING_HEADER = (
    *("Action Ref", "Date Recorded", "Directorate", "Service", "You said", "We did"),
    *("Due", "Done", "Cleared to publish"),
)


def learning_rows() -> list[list[str | date]]:
    """The learning log: the report's learning paragraphs in words of ours."""
    made: list[list[str | date]] = []
    for n, lesson in enumerate(words.LESSONS, 1):
        service = lists.SERVICES[lesson.service]
        said: list[str | date] = [f"L{n:03d}", lesson.recorded, service.directorate[0]]
        said += [service.typed[0], lesson.you_said, lesson.we_did, lesson.due]
        made.append([*said, lesson.done or "", "Yes"])
    return made
