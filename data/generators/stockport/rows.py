"""Stockport's complaints in the vendor's words: a row a case, a block of columns a stage."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import typed
from data.generators.steps import last_touched
from data.generators.stockport import lists
from data.generators.writing import Row, uk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.generators.steps import Step

_CASE = (
    *("case_type", "reference", "status", "directorate", "service", "team", "complaint_reason"),
    *("complaint_sub_reason", "channel", "complainant_type", "complainant_name"),
    *("complainant_address", "complainant_email", "complainant_telephone", "date_of_birth"),
    *("description", "staff_name", "created_date"),
)
_BLOCK = (
    *("stage_{n}_sla_start_date", "stage_{n}_acknowledged_date", "stage_{n}_sla_date"),
    *("stage_{n}_extension_letter_date", "stage_{n}_extended_sla_date", "sla_stage_{n}"),
    *("stage_{n}_decision", "stage_{n}_decision_date", "stage_{n}_outcome_action"),
    *("stage_{n}_financial_redress_amount", "stage_{n}_challenge_reason"),
)
_EXTRA = {2: ("stage_2_statement_agreed_date",), 3: ("stage_3_external_referral_date",)}
HEADER = (
    *_CASE,
    *(name.format(n=n) for n in (1, 2) for name in _BLOCK),
    *_EXTRA[2],
    *(name.format(n=3) for name in _BLOCK[:-1]),
    *_EXTRA[3],
    "last_updated",
)
UNTIDY = ("service", "directorate", "complaint_reason", "case_type")


def as_row(steps: Sequence[Step]) -> Row:
    """A case as its stages stood, written down."""
    last = max(steps, key=lambda step: step.stage)
    head = next((step for step in steps if step.stage == 1), last)
    row = dict.fromkeys(HEADER, "") | _case(head, _status(last))
    for step in steps:
        followed = any(other.stage == step.stage + 1 for other in steps)
        row |= _stage(step, followed=followed)
    row["last_updated"] = f"{uk(max(last_touched(step) for step in steps))} 17:30"
    return row


def _case(step: Step, status: str) -> Row:
    rng = Random(f"stockport/words/{step.ref}")
    service = lists.SERVICES[step.service]
    return {
        "case_type": typed(rng, lists.PROCEDURES[step.procedure]),
        "reference": step.ref,
        "status": status,
        "directorate": typed(rng, service.directorate),
        "service": step.labels.get("service") or typed(rng, service.typed),
        "team": typed(rng, lists.LOCALITY) if step.team else "",
        "complaint_reason": typed(rng, lists.CATEGORIES[step.category], 0.95),
        "complaint_sub_reason": _sub_reason(step, rng),
        "channel": typed(rng, lists.CHANNELS[step.channel]),
        "complainant_type": typed(rng, lists.COMPLAINANTS[step.complainant]),
        "complainant_name": step.person.name,
        "complainant_address": step.person.address,
        "complainant_email": step.person.email,
        "complainant_telephone": step.person.telephone,
        "date_of_birth": uk(step.person.born),
        "description": step.summary,
        "created_date": ""
        if step.stage > 1
        else f"{step.logged.isoformat()} 09:{rng.randrange(60):02d}",
    }


def _sub_reason(step: Step, rng: Random) -> str:
    return typed(rng, lists.SUBCATEGORIES[step.subcategory]) if step.subcategory else ""


def _status(step: Step) -> str:
    if step.withdrawn:
        return "Withdrawn"
    if step.responded:
        return "Closed"
    words = "In Progress" if step.acknowledged else "Submitted"
    return f"{words} Stage {step.stage}"


def _stage(step: Step, *, followed: bool) -> Row:
    rng = Random(f"stockport/stage/{step.ref}/{step.stage}")
    challenge = rng.choice(lists.CHALLENGES)
    block = {
        "stage_{n}_sla_start_date": uk(step.received),
        "stage_{n}_acknowledged_date": uk(step.acknowledged),
        "stage_{n}_sla_date": uk(step.target),
        "stage_{n}_extension_letter_date": uk(step.extension_agreed),
        "stage_{n}_extended_sla_date": uk(step.extended_to),
        "sla_stage_{n}": _met(step),
        "stage_{n}_decision": _decision(step, rng),
        "stage_{n}_decision_date": uk(step.responded or step.withdrawn),
        "stage_{n}_outcome_action": _action(step, rng),
        "stage_{n}_financial_redress_amount": _redress(step, rng),
        "stage_{n}_challenge_reason": challenge if followed else "",
    }
    row = {name.format(n=step.stage): cell for name, cell in block.items()}
    if step.stage == 2:
        return row | {_EXTRA[2][0]: uk(step.statement)}
    if step.stage == 3:
        del row["stage_3_challenge_reason"]
        return row | {_EXTRA[3][0]: uk(step.taken_outside)}
    return row


def _met(step: Step) -> str:
    if step.target is None or step.responded is None:
        return ""
    return "Met" if step.responded <= step.target else "Missed"


def _decision(step: Step, rng: Random) -> str:
    """One list for the finding and for how a complaint left without one."""
    if step.withdrawn:
        return step.disposition or rng.choice(lists.WITHDRAWN)
    return f"{lists.CLOSED[step.stage]} {lists.OUTCOMES[step.outcome]}" if step.outcome else ""


def _action(step: Step, rng: Random) -> str:
    return rng.choice(lists.ACTIONS) if step.outcome in {"upheld", "partially_upheld"} else ""


def _redress(step: Step, rng: Random) -> str:
    """A text field, typed three ways."""
    if step.redress:
        return rng.choice((f"£{step.redress}", f"{step.redress}.00"))
    return "n/a" if step.responded and rng.random() < 0.5 else ""


def touched_since(steps: Sequence[Step], since: date) -> bool:
    """Whether anything happened to a case since a day."""
    return max(last_touched(step) for step in steps) >= since
