"""Worked examples: every KPI's method, shown on a handful of rows and proved on them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from candour.clock import Calendar
from candour.council import ContextNumber
from candour.counts import count
from candour.facts import (
    AGE_BANDS,
    BANDS,
    RESULTS,
    Dimensions,
    contact_facts,
    movements,
    outstanding,
    plain_facts,
)
from candour.facts import step_facts as with_flags
from candour.frames import SCHEMAS, Kind, Schema
from candour.kpi import Example, Fact, Kpis
from candour.measures import Measures
from candour.numbers import Numbers
from candour.period import APRIL, Period
from candour.procedure import Procedure, Stage
from candour.vantage import Vantage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.figures import Figure

PROCEDURES: Mapping[str, Procedure] = {
    "example": Procedure(
        name="Example procedure",
        short_name="Example",
        basis="For worked examples only",
        stages={
            1: Stage(name="Stage one", acknowledge_within=3, respond_within=10, extend_to=20),
            2: Stage(name="Stage two", acknowledge_within=3, respond_within=20, extend_to=40),
        },
    )
}
_MEMBERS = {
    "procedure": ("example",),
    "stage": ("1", "2"),
    "age": tuple(AGE_BANDS),
    "band": tuple(BANDS),
    "result": tuple(RESULTS),
    "disposition": ("became_complaint", "refused", "withdrawn", "resolved_early"),
    "reason": ("example_reason",),
}
_DIMENSIONS = Dimensions(members=_MEMBERS, manager_of={})
_REFERENCES = {
    "case": "case_ref",
    "contact": "contact_ref",
    "compliment": "compliment_ref",
    "decision": "decision_ref",
    "learning": "learning_ref",
    "improvement": "improvement_ref",
    "decision_made": "decision",
    "redress": "redress_pence",
}
_HISTORY_FROM = dt.date(2023, 4, 1)


def answer(kpis: Kpis, kpi_id: str, calendar: Calendar) -> Figure:
    """What a KPI comes to on its family's example, by the same code as any report."""
    kpi, family = kpis[kpi_id], kpis.family(kpi_id)
    period = Period.parse(kpi.answer.period, APRIL)
    vantage = Vantage(morning=period.end, known_on=family.example.known_on, as_of=period.last_day)
    mornings = [period.start, period.end]
    facts = _facts(kpi.of, family.example, calendar, mornings)
    measures = Measures(
        kpis,
        count(facts, [kpi], mornings),
        period,
        vantage,
        untold=frozenset(),
        history_from=dict.fromkeys(Fact, _HISTORY_FROM),
        year_starts=APRIL,
        numbers=_numbers(family.example, facts),
    )
    return measures.figure(kpi_id, period, **kpi.answer.slice)


def _numbers(example: Example, facts: Mapping[Fact, pd.DataFrame]) -> Numbers:
    """The context numbers of an example, and its rows where they are the Ombudsman's."""
    return Numbers(
        procedures=PROCEDURES,
        context={
            name: ContextNumber(title=name, value=value, source="example", on=example.known_on)
            for name, value in example.context.items()
        },
        own_years={},
        statistics=facts.get(Fact.STATISTICS, SCHEMAS["statistics"].empty()),
        authority="Ours",
        peers=("Theirs",),
    )


def _facts(
    fact: Fact, example: Example, calendar: Calendar, mornings: list[dt.date]
) -> dict[Fact, pd.DataFrame]:
    if fact in {Fact.STEPS, Fact.MOVEMENTS, Fact.OUTSTANDING}:
        steps = read_rows(example.rows, SCHEMAS["steps"]).assign(procedure="example")
        facts = with_flags(steps, PROCEDURES, calendar, _DIMENSIONS, example.known_on)
        return {
            Fact.STEPS: facts,
            Fact.MOVEMENTS: movements(facts, mornings),
            Fact.OUTSTANDING: outstanding(facts, calendar, mornings, PROCEDURES),
        }
    frame = read_rows(example.rows, SCHEMAS[fact.value])
    if fact is Fact.CONTACTS:
        return {fact: contact_facts(frame, _DIMENSIONS)}
    if fact is Fact.STATISTICS:
        return {fact: frame}
    return {fact: plain_facts(fact.value, frame, _DIMENSIONS, example.known_on)}


def read_rows(text: str, schema: Schema) -> pd.DataFrame:
    """An example's rows, written as a table with ``|`` between columns, as a conformed frame.

    A day's column is named without ``_on``; redress is in pounds.
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    names = [_column(name, schema) for name in lines[0]]
    written = pd.DataFrame(lines[1:], columns=names, dtype="string").replace("", pd.NA)
    for column in schema.columns:
        if column.name not in written:
            continue
        values = written[column.name]
        if column.kind is Kind.DATE:
            written[column.name] = pd.to_datetime(values, format="%Y-%m-%d")
        elif column.kind is Kind.YES_NO:
            written[column.name] = values.map({"yes": True, "no": False})
        elif column.name == "redress_pence":
            written[column.name] = (values.astype("Float64") * 100).astype("Int64")
        elif column.kind is Kind.NUMBER:
            written[column.name] = values.astype("Int64")
    return schema.enforce(written)


def _column(name: str, schema: Schema) -> str:
    if name in _REFERENCES:
        return _REFERENCES[name]
    return name if name in schema.names else f"{name}_on"
