"""Sentences: a step's clock and everything that happened to it, for whoever doubts a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from candour.clock import StepDates, explain
from candour.period import weekday_in_words

if TYPE_CHECKING:
    from candour.clock import Calendar
    from candour.procedure import Stage
    from tasks.cli.telling.step import Step

_PENCE = 100


def sentences(step: Step, stage: Stage | None, calendar: Calendar, as_of: dt.date) -> Iterator[str]:
    """What happened to a step up to a day; a stage nobody declared has no clock."""
    if stage is None:
        yield f"Received {weekday_in_words(step.received_on)}."
        yield "procedures.yaml has no such stage for this procedure, so no clock runs."
    else:
        yield from _clock(step, stage, calendar, as_of)
        yield from _acknowledgement(step, as_of)
        yield from _extension(step, stage, as_of)
    yield from _answer(step)
    yield from _departure(step)
    yield from _system(step)


def _clock(step: Step, stage: Stage, calendar: Calendar, as_of: dt.date) -> list[str]:
    limits = [limit for limit in stage.limits if (limit.from_ or dt.date.min) <= step.received_on]
    return explain(
        calendar,
        stage.clock,
        limits[-1].days,
        StepDates(
            received=step.received_on,
            acknowledged=step.acknowledged_on,
            logged=step.logged_on or step.received_on,
            statement_agreed=step.statement_agreed_on,
            responded=step.responded_on,
        ),
        as_of=min(as_of, step.left_on or as_of),
        acknowledge_within=stage.acknowledge_within,
    )


def _acknowledgement(step: Step, as_of: dt.date) -> Iterator[str]:
    by, sent = step.acknowledge_by_on, step.acknowledged_on
    if by is None:
        if sent is not None:
            yield f"Acknowledged {weekday_in_words(sent)}; this stage sets no limit for that."
    elif sent is not None:
        state = "in time" if sent <= by else "late"
        yield (
            f"The acknowledgement was due by {weekday_in_words(by)}: sent "
            f"{weekday_in_words(sent)}, {state}."
        )
    elif as_of <= by:
        yield f"The acknowledgement is due by {weekday_in_words(by)}: not sent yet."
    else:
        yield f"The acknowledgement was due by {weekday_in_words(by)}: not sent."


def _extension(step: Step, stage: Stage, as_of: dt.date) -> Iterator[str]:
    agreed, due, final = step.extended_to_on, step.due_on, step.final_due_on
    if agreed is None:
        return
    told = step.extension_agreed_on
    when = "" if told is None else f", told on {weekday_in_words(told)}"
    yield f"Extended to {weekday_in_words(agreed)}{when}."
    if not stage.extendable:
        yield "This stage cannot be extended, so that day does not count."
        return
    if due is None or final is None:
        return
    if agreed <= due:
        yield "That is no later than the last day, so it changes nothing."
        return
    if final < agreed:
        yield f"The procedure allows no longer than {weekday_in_words(final)}, which counts."
    if step.responded_on is None:
        yield "That day has passed too." if final < as_of else "That day has not passed."
    elif due < step.responded_on:
        within = step.responded_on <= final
        yield "Answered within the extension." if within else "Answered after that day too."


def _answer(step: Step) -> Iterator[str]:
    if step.responded_on is not None:
        outcome = step.outcome and step.outcome.replace("_", " ")
        yield f"Outcome: {outcome}." if outcome else "No outcome is recorded."
    if step.redress_pence:
        yield f"Redress: £{step.redress_pence / _PENCE:,.2f}."


def _departure(step: Step) -> Iterator[str]:
    if step.withdrawn_on is not None:
        how = "Refused" if step.disposition == "refused" else "Withdrawn"
        yield f"{how} {weekday_in_words(step.withdrawn_on)}."
    if step.reopened_on is not None:
        yield f"Opened again {weekday_in_words(step.reopened_on)}."
    if step.closed_on is not None:
        answered = step.responded_on or step.withdrawn_on
        without = "" if answered else ", without an answer"
        yield f"The record was closed {weekday_in_words(step.closed_on)}{without}."


def _system(step: Step) -> Iterator[str]:
    if step.vendor_disagrees:
        says = "in time" if step.vendor_in_time else "late"
        against = step.vendor_due_on
        by = "" if against is None else f", against {weekday_in_words(against)}"
        yield f"The complaints system itself says {says}{by}; by these days it is not."
