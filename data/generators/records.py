"""Contacts, compliments, Ombudsman decisions and learning actions, and their state on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from data.generators.draws import financial_year, weighted
from data.generators.people import invented
from data.generators.working_days import add_working, working_on_or_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from data.generators.people import Person
    from data.generators.steps import Step


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody got in touch; it may or may not have become a complaint."""

    received: date
    procedure: str
    service: str
    channel: str
    person: Person
    result: str
    reason: str
    decided: date | None
    case_ref: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Compliment:
    """Somebody said thank you."""

    received: date
    department: str
    service: str
    channel: str
    person: Person
    words: str
    ref: str = ""
    quotation: str = ""
    cleared: bool | None = None
    """Whether the quotation may be printed; nobody was asked about the others."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Invented words of a compliment, and for whom they are."""

    service: str
    words: str
    department: str = ""
    """Where the service of most compliments is not written down, whose compliment it becomes."""
    cleared: bool = True
    since: date = date.min
    """It thanks for something that happened only then."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of an Ombudsman."""

    ref: str
    received: date
    decided: date | None
    category: str
    decision: str
    investigated: bool
    remedy: str
    complied: date | None
    compliance: str
    case_ref: str
    person: Person


@dataclass(frozen=True, slots=True)
class Learning:
    """Something the council said it would change."""

    ref: str
    recorded: date
    service: str
    case_ref: str
    you_said: str
    we_did: str
    owner: str
    due: date
    done: date | None
    publishable: bool
    person: Person


@dataclass(frozen=True, slots=True)
class Turned:
    """How contacts that did not become complaints ended, by weight."""

    results: Mapping[str, float]
    reasons: Mapping[str, Mapping[str, float]]
    """By result: why."""


def contacts(
    steps: Sequence[Step], turned: Turned, share: float, rng: Random, town: str
) -> list[Contact]:
    """One contact for every complaint, and a share more that never became one."""
    first = [step for step in steps if step.stage == 1]
    made = [
        Contact(
            received=step.received,
            procedure=step.procedure,
            service=step.service,
            channel=step.channel,
            person=step.person,
            result="became_complaint",
            reason="",
            decided=step.logged,
            case_ref=step.ref,
        )
        for step in first
    ]
    made += [
        _turned(step, turned, rng, town) for step in rng.sample(first, int(len(first) * share))
    ]
    made.sort(key=lambda contact: (contact.received, contact.case_ref, contact.person.email))
    return [replace(contact, ref=f"{n:06d}") for n, contact in enumerate(made, 1)]


def _turned(step: Step, turned: Turned, rng: Random, town: str) -> Contact:
    """A contact like a complaint's, of somebody else, that went another way."""
    result = weighted(rng, turned.results)
    return Contact(
        received=step.received,
        procedure=step.procedure,
        service=step.service,
        channel=step.channel,
        person=invented(rng, town),
        result=result,
        reason=weighted(rng, turned.reasons[result]) if result in turned.reasons else "",
        decided=add_working(working_on_or_after(step.received), rng.randrange(1, 6)),
        case_ref="",
    )


def contacts_on(made: Sequence[Contact], on: date, since: date) -> list[Contact]:
    """The contacts an extract made early that day shows, touched since another day."""
    return [
        contact
        if contact.decided and contact.decided < on
        else replace(contact, result="", reason="", decided=None, case_ref="")
        for contact in made
        if contact.received < on and (contact.decided or contact.received) >= since
    ]


def quote(made: list[Compliment], quotations: Sequence[Quotation], year: str) -> None:
    """Give compliments of a year words that may be quoted, spread over its months."""
    for n, one in enumerate(quotations):
        fitting = [
            place
            for place, compliment in enumerate(made)
            if financial_year(compliment.received) == year
            and not compliment.quotation
            and compliment.received >= one.since
            and (compliment.department if one.department else compliment.service)
            == (one.department or one.service)
        ]
        place = fitting[7 * n % len(fitting)]
        made[place] = replace(
            made[place],
            service=one.service,
            words=f"{one.words} Yours, {made[place].person.name}",
            quotation=one.words,
            cleared=one.cleared,
        )


def decisions_on(made: Sequence[Decision], on: date) -> list[Decision]:
    """The Ombudsman's cases as an extract made early that day shows them."""
    return [_decision_on(one, on) for one in made if one.received < on]


def _decision_on(one: Decision, on: date) -> Decision:
    if one.decided is None or one.decided >= on:
        undecided = replace(one, decided=None, decision="", investigated=False, remedy="")
        return replace(undecided, complied=None, compliance="")
    if one.complied and one.complied >= on:
        return replace(one, complied=None, compliance="")
    return one


def learning_on(made: Sequence[Learning], on: date) -> list[Learning]:
    """The learning actions as an extract made early that day shows them."""
    return [
        replace(one, done=one.done if one.done and one.done < on else None)
        for one in made
        if one.recorded < on
    ]
