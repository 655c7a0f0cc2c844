"""Knowsley's other exports: contacts, compliments, Ombudsman decisions and learning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from data.generators import canaries, records
from data.generators.draws import days, typed, weighted
from data.generators.knowsley import lists, totals, words
from data.generators.knowsley.complaints import span
from data.generators.people import invented
from data.generators.records import Compliment, Decision, Learning
from data.generators.working_days import add_working
from data.generators.writing import Row, uk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.steps import Step


def contact_rows(steps: Sequence[Step], on: date, since: date) -> list[Row]:
    """The contacts export as it stood, or what was touched in it since another day."""
    rng = Random("knowsley/contacts")
    made = records.contacts(steps, words.TURNED, 0.24, rng, "Merebridge")
    return [_contact(one) for one in records.contacts_on(made, on, since)]


def _contact(one: records.Contact) -> Row:
    rng = Random(f"knowsley/contact/{one.ref}")
    service = lists.SERVICES.get(one.service)
    return {
        "Contact Ref": one.ref,
        "Date of Contact": uk(one.received),
        "Complaint Type": typed(rng, lists.PROCEDURES[one.procedure]),
        "Directorate": typed(rng, lists.DEPARTMENTS[service.department]) if service else "",
        "Service Area": typed(rng, service.typed) if service else "",
        "Channel": typed(rng, lists.CHANNELS[one.channel]),
        "Contact Name": one.person.name,
        "Contact Telephone": one.person.telephone,
        "Result": typed(rng, words.RESULTS[one.result]) if one.result else "",
        "Reason": typed(rng, words.REASONS[one.reason]) if one.reason else "",
        "Date Decided": uk(one.decided),
        "Case Reference": one.case_ref,
    }


def compliment_rows(on: date) -> list[Row]:
    """The compliments export as it stood."""
    rng = Random("knowsley/compliments")
    made = []
    for department, periods in totals.COMPLIMENTS.items():
        services = [key for key, one in lists.SERVICES.items() if one.department == department]
        for period, number_of in periods.items():
            for day in days(rng, span(period), number_of, lambda _: 1):
                made.append(
                    Compliment(
                        received=day,
                        department=department,
                        service=rng.choice([*services, "", ""]),
                        channel=weighted(rng, lists.CHANNEL_WEIGHTS),
                        person=invented(rng, "Merebridge"),
                        words=rng.choice(words.COMPLIMENTS),
                    )
                )
    made.sort(key=lambda one: (one.received, one.person.email))
    records.quote(made, words.QUOTATIONS, "2023-24")
    made[-60] = replace(made[-60], person=canaries.PEOPLE[0], words=canaries.SUMMARY)
    return [
        _compliment(replace(one, ref=f"CP{n:05d}"))
        for n, one in enumerate(made, 1)
        if one.received < on
    ]


def _compliment(one: Compliment) -> Row:
    rng = Random(f"knowsley/compliment/{one.ref}")
    service = lists.SERVICES.get(one.service)
    return {
        "Compliment Ref": one.ref,
        "Date Received": uk(one.received),
        "Department": typed(rng, lists.DEPARTMENTS[one.department]),
        "Service Area": typed(rng, service.typed) if service else "",
        "Channel": typed(rng, lists.CHANNELS[one.channel]),
        "Name": one.person.name,
        "Compliment": one.words,
        "Quotation": one.quotation,
        "Cleared to Publish": "" if one.cleared is None else ("Yes" if one.cleared else "No"),
    }


_ADULT, _EDUCATION = "Adult Care Services", "Education & Children Services"
_ENVIRONMENT = "Environmental Services & Public Protection & Regulation"
_HOUSING, _TAX = "Housing", "Benefits & Tax"
_PROCEDURE = {_ADULT: "adults", _EDUCATION: "childrens"}
_UPHELD = (_ADULT, _ADULT, _ENVIRONMENT, _ADULT, _EDUCATION, _ADULT)
_NOT_UPHELD = (_EDUCATION, _ADULT, _HOUSING)
_NOT_INVESTIGATED = (
    ("Closed after initial enquiries", (_TAX, _ADULT, _EDUCATION, _HOUSING, _ENVIRONMENT)),
    ("Referred back for local resolution", (_ADULT, _EDUCATION, _ENVIRONMENT, _TAX)),
    ("Incomplete/Invalid", (_HOUSING, _TAX)),
    ("Advice given", (_EDUCATION,)),
)


def decisions(steps: Sequence[Step]) -> list[Decision]:
    """The Ombudsman's cases of 2023-24: the nine investigated as published, and some others."""
    rng = Random("knowsley/decisions")
    plan = [("Upheld", category) for category in _UPHELD]
    plan += [("Not Upheld", category) for category in _NOT_UPHELD]
    plan += [(label, category) for label, group in _NOT_INVESTIGATED for category in group]
    made: list[Decision] = []
    for n, (label, category) in enumerate(plan):
        taken = frozenset(one.case_ref for one in made)
        made.append(_decision(n, label, category, [s for s in steps if s.ref not in taken], rng))
    return sorted(made, key=lambda one: one.ref)


def _decision(n: int, label: str, category: str, steps: Sequence[Step], rng: Random) -> Decision:
    decided = add_working(date(2023, 4, 11), n * 11 % 235)
    upheld = label == "Upheld"
    investigated = upheld or label == "Not Upheld"
    received = add_working(decided, -rng.randrange(60, 90) if investigated else -12)
    remedy = ("Recommended" if n else "Satisfactory before our involvement") if upheld else "None"
    recommended = remedy == "Recommended"
    procedure = _PROCEDURE.get(category, "corporate")
    finished = [
        step
        for step in steps
        if (step.stage, step.procedure) == (2, procedure)
        and step.responded
        and step.responded < received
    ]
    return Decision(
        ref=f"{received:%y} {n // 3 + 1:03d} {417 + n * 23:03d}",
        received=received,
        decided=decided,
        category=category,
        decision=label,
        investigated=investigated,
        remedy=remedy,
        complied=add_working(decided, 30 + n * 3) if recommended else None,
        compliance="Satisfied" if recommended else "",
        case_ref=finished[-1].ref if investigated else "",
        person=invented(rng, "Merebridge"),
    )


def decision_rows(steps: Sequence[Step], on: date) -> list[Row]:
    """The Ombudsman export as it stood."""
    return [
        {
            "LGSCO Reference": one.ref,
            "Date Received": uk(one.received),
            "Date Decided": uk(one.decided),
            "LGSCO Category": one.category,
            "Decision": one.decision,
            "Investigated": ("Y" if one.investigated else "N") if one.decided else "",
            "Remedy": one.remedy,
            "Date Complied": uk(one.complied),
            "Compliance": one.compliance,
            "Case Reference": one.case_ref,
            "Complainant Name": one.person.name,
        }
        for one in records.decisions_on(decisions(steps), on)
    ]


LEARNING_HEADER = (
    "Action Ref",
    "Date Recorded",
    "Department",
    "Service Area",
    "Case Reference",
    "You Said",
    "We Did",
    "Due Date",
    "Date Completed",
    "Cleared to Publish",
    "Raised By",
)


def learning_rows(steps: Sequence[Step], on: date) -> list[list[str | date]]:
    """The learning log as it stood, as spreadsheet cells."""
    rng = Random("knowsley/learning")
    made = []
    for n, lesson in enumerate(words.LESSONS, 1):
        cases = [
            step
            for step in steps
            if step.service == lesson.service and step.closed and step.closed < lesson.recorded
        ]
        made.append(
            Learning(
                ref=f"L{n:03d}",
                recorded=lesson.recorded,
                service=lesson.service,
                case_ref=rng.choice(cases[-8:]).ref,
                you_said=lesson.you_said,
                we_did=lesson.we_did,
                owner="",
                due=lesson.due,
                done=lesson.done,
                publishable=lesson.publishable,
                person=canaries.PEOPLE[1] if n == 9 else invented(rng, "Merebridge"),
            )
        )
    return [_learning(one) for one in records.learning_on(made, on)]


def _learning(one: Learning) -> list[str | date]:
    service = lists.SERVICES[one.service]
    return [
        one.ref,
        one.recorded,
        service.department,
        service.typed[0],
        one.case_ref,
        one.you_said,
        one.we_did,
        one.due,
        one.done or "",
        "Yes" if one.publishable else "No",
        one.person.name,
    ]
