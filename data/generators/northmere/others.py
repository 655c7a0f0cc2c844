"""Northmere's other exports: contacts, compliments, Ombudsman decisions and learning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from data.generators import canaries, records
from data.generators.draws import days, shared_out, typed, weighted, year_span
from data.generators.northmere import lists, organisation, story, words
from data.generators.people import invented
from data.generators.records import Compliment, Decision, Learning
from data.generators.working_days import add_working
from data.generators.writing import Row, uk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.steps import Step

_TOWN = "Northmere"


def contact_rows(steps: Sequence[Step], on: date, since: date) -> list[Row]:
    """The contacts export as it stood, or what was touched in it since another day."""
    made = records.contacts(steps, words.TURNED, 0.28, Random("northmere/contacts"), _TOWN)
    return [_contact(one) for one in records.contacts_on(made, on, since)]


def _contact(one: records.Contact) -> Row:
    rng = Random(f"northmere/contact/{one.ref}")
    service = organisation.SERVICES[one.service]
    return {
        "Enquiry No": one.ref,
        "Enquiry Date": uk(one.received),
        "Procedure": typed(rng, lists.PROCEDURES[one.procedure]),
        "Department": typed(rng, organisation.DEPARTMENTS[service.department]),
        "Service": typed(rng, service.typed),
        "How Received": typed(rng, lists.CHANNELS[one.channel]),
        "Customer Name": one.person.name,
        "Customer Email": one.person.email,
        "Outcome of Enquiry": typed(rng, words.RESULTS[one.result]) if one.result else "TBC",
        "Reason": typed(rng, words.REASONS[one.reason]) if one.reason else "",
        "Decided On": uk(one.decided),
        "Complaint Ref": one.case_ref,
    }


def compliment_rows(on: date) -> list[Row]:
    """The compliments export as it stood."""
    rng = Random("northmere/compliments")
    span = (story.FIRST, story.LAST)
    number_of = round(words.COMPLIMENTS_A_YEAR * (span[1] - span[0]).days / 365)
    services = shared_out(number_of, dict(words.COMPLIMENT_WEIGHTS))
    made = [
        Compliment(
            received=day,
            department=organisation.SERVICES[service].department,
            service=service,
            channel=weighted(rng, lists.CHANNEL_WEIGHTS),
            person=invented(rng, _TOWN),
            words=rng.choice(words.COMPLIMENTS),
        )
        for service, count in services.items()
        for day in days(rng, span, count, lambda _: 1)
    ]
    made.sort(key=lambda one: (one.received, one.person.email))
    records.quote(made, words.QUOTATIONS, "2023-24")
    made[-60] = replace(made[-60], person=canaries.PEOPLE[0], words=canaries.SUMMARY)
    return [
        _compliment(replace(one, ref=f"{n:05d}"))
        for n, one in enumerate(made, 1)
        if one.received < on
    ]


def _compliment(one: Compliment) -> Row:
    rng = Random(f"northmere/compliment/{one.ref}")
    return {
        "No": one.ref,
        "Date": uk(one.received),
        "Department": typed(rng, organisation.DEPARTMENTS[one.department]),
        "Service": typed(rng, organisation.SERVICES[one.service].typed),
        "How Received": typed(rng, lists.CHANNELS[one.channel]),
        "From": one.person.name,
        "What They Said": one.words,
        "Quote": one.quotation,
        "OK to Publish": "" if one.cleared is None else ("Y" if one.cleared else "N"),
    }


def decisions(steps: Sequence[Step]) -> list[Decision]:
    """The Ombudsmen's cases, year by year."""
    rng = Random("northmere/decisions")
    made = []
    for year in ("2021-22", "2022-23", "2023-24", "2024-25"):
        first, last = year_span(year)
        share = 1.0 if last < story.LAST else 0.2
        span = (first, min(last, story.LAST + timedelta(days=40)))
        plan = shared_out(round(words.DECISIONS_A_YEAR * share), dict(words.DECISION_WEIGHTS))
        for label, count in plan.items():
            for day in days(rng, span, count, lambda _: 1):
                made.append(_decision(label, day, steps, rng))
    made.sort(key=lambda one: (one.received, one.category))
    return [
        replace(one, ref=f"{one.received:%y} {n:03d} {(n * 137) % 1000:03d}")
        for n, one in enumerate(made, 1)
    ]


def _decision(label: str, day: date, steps: Sequence[Step], rng: Random) -> Decision:
    investigated = label in {"Upheld", "Not upheld"}
    received = add_working(day, -rng.randrange(40, 60) if investigated else -8)
    late = rng.random() < 0.15
    remedy = "None"
    if label == "Upheld":
        remedy = "Recommended" if rng.random() < 0.85 else "Satisfactory remedy by council"
    recommended = remedy == "Recommended"
    category = weighted(rng, words.OMBUDSMAN_CATEGORIES)
    procedure = words.OMBUDSMAN_PROCEDURES.get(category, "corporate")
    answered = [
        step
        for step in steps
        if step.procedure == procedure and step.responded and step.responded < received
    ]
    return Decision(
        ref="",
        received=received,
        decided=day,
        category=category,
        decision=label,
        investigated=investigated,
        remedy=remedy,
        complied=add_working(day, 62 if late else rng.randrange(18, 42)) if recommended else None,
        compliance=("Late" if late else "Satisfied") if recommended else "",
        case_ref=rng.choice(answered[-30:]).ref if answered and rng.random() < 0.6 else "",
        person=invented(rng, _TOWN),
    )


def decision_rows(steps: Sequence[Step], on: date) -> list[Row]:
    """The Ombudsman export as it stood."""
    return [
        {
            "Ombudsman Ref": one.ref,
            "Received by Ombudsman": uk(one.received),
            "Decision Date": uk(one.decided),
            "Subject": one.category,
            "Decision": one.decision,
            "Detailed Investigation": ("Yes" if one.investigated else "No") if one.decided else "",
            "Remedy": one.remedy,
            "Remedy Completed": uk(one.complied),
            "Compliance": one.compliance,
            "Complaint Ref": one.case_ref,
            "Customer Name": one.person.name,
        }
        for one in records.decisions_on(decisions(steps), on)
    ]


LEARNING_ABOVE = ("Northmere Council: learning log", "For internal use. Contains names.")
LEARNING_HEADER = (
    "Action No",
    "Recorded",
    "Department",
    "Service",
    "Complaint Ref",
    "You Said",
    "We Did",
    "Action Owner",
    "Due",
    "Completed",
    "OK to Publish",
    "Customer Name",
)


def learning_rows(steps: Sequence[Step], on: date) -> list[list[str | date]]:
    """The learning log as it stood, as spreadsheet cells."""
    rng = Random("northmere/learning")
    made = []
    for n, lesson in enumerate(words.LESSONS, 1):
        cases = [
            step
            for step in steps
            if step.service == lesson.service and step.closed and step.closed < lesson.recorded
        ]
        done = None if lesson.done_in is None else lesson.recorded + timedelta(lesson.done_in)
        made.append(
            Learning(
                ref=f"LA-{n:03d}",
                recorded=lesson.recorded,
                service=lesson.service,
                case_ref=rng.choice(cases[-8:]).ref,
                you_said=lesson.you_said,
                we_did=lesson.we_did,
                owner=organisation.MANAGER_OF[lesson.service],
                due=lesson.recorded + timedelta(lesson.due_in),
                done=done,
                publishable=lesson.publishable,
                person=canaries.PEOPLE[1] if n == 12 else invented(rng, _TOWN),
            )
        )
    return [_learning(one) for one in records.learning_on(made, on)]


def _learning(one: Learning) -> list[str | date]:
    service = organisation.SERVICES[one.service]
    return [
        one.ref,
        one.recorded,
        service.department,
        service.typed[0],
        one.case_ref,
        one.you_said,
        one.we_did,
        one.owner,
        one.due,
        one.done or "",
        "Y" if one.publishable else "N",
        one.person.name,
    ]
