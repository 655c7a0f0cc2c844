"""Reconcile: what must add up does, or the release is stopped with both values and the gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.counts import numerator_outside_base
from candour.figures import Figure, State
from candour.table import RowKind, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from candour.kpi import Fact, Kpis
    from candour.measures import Measures
    from candour.period import Period
    from candour.report import Report


@dataclass(frozen=True, slots=True)
class Breach:
    """An identity that does not hold: its code, and a sentence with both sides and the gap."""

    code: str
    sentence: str


SUMS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "R01": (
        ("brought_forward", "arrived", "reopened"),
        ("closed", "withdrawn_or_refused", "open_steps"),
    ),
    "R02": (("upheld", "partially_upheld", "not_upheld"), ("responses_decided",)),
    "R03": (("responses_decided", "outcomes_missing"), ("responses_sent",)),
}
"""Identities between counts: the left ones add up to the right ones, in every slice."""

MAY_BE_NONE = {"reopened", "withdrawn_or_refused"}
"""Movements there are none of where the exports do not tell them."""

AT_MOST = {
    "R04": ("overdue_steps", "open_steps"),
    "R05": ("responded_in_time", "responded_within_extension"),
    "R06": ("escalated_of_cohort", "complaints_received"),
}
"""A part that can never be more than the whole."""


def reconcile(measures: Measures, slices: Iterable[Mapping[str, str]]) -> list[Breach]:
    """Every identity between figures that does not hold, for the report's period and slices."""
    period = measures.period
    return [
        breach
        for about in slices
        for breach in (*_sums(measures, period, about), *_parts(measures, period, about))
    ]


def numerators(facts: Mapping[Fact, pd.DataFrame], kpis: Kpis) -> list[Breach]:
    """Every share that counts rows outside its own base."""
    found = []
    for kpi_id, kpi in kpis.by_id.items():
        stray = len(numerator_outside_base(facts, kpi)) if kpi.of in facts else 0
        if stray:
            found.append(
                Breach(
                    "R07",
                    f"'{kpi_id}' counts {stray} rows that are not in its base; correct 'count' or "
                    "'out_of' in its declaration.",
                )
            )
    return found


def tables(report: Report) -> list[Breach]:
    """Every table of a report whose parts do not add up to its total, column by column."""
    return [
        breach
        for _, item in report.items()
        if isinstance(item, Table) and item.parts_add_up
        for breach in _column_sums(item)
    ]


def _sums(measures: Measures, period: Period, about: Mapping[str, str]) -> Iterator[Breach]:
    for code, (left, right) in SUMS.items():
        if not _declared(measures, (*left, *right), about):
            continue
        if any(_untold(measures.figure(k, period, **about)) for k in {*left, *right} - MAY_BE_NONE):
            continue
        one = [_number(measures.figure(kpi, period, **about)) for kpi in left]
        other = [_number(measures.figure(kpi, period, **about)) for kpi in right]
        gap = sum(one) - sum(other)
        if gap:
            yield Breach(
                code,
                f"{_spelt(left, one)} = {sum(one)}, but {_spelt(right, other)} = {sum(other)} "
                f"{_about(period, about)}: a gap of {gap}.",
            )


def _parts(measures: Measures, period: Period, about: Mapping[str, str]) -> Iterator[Breach]:
    for code, (part, whole) in AT_MOST.items():
        if not _declared(measures, (part, whole), about):
            continue
        told = [measures.figure(kpi, period, **about) for kpi in (part, whole)]
        small, large = (_number(figure) for figure in told)
        if small > large and not any(_untold(figure) for figure in told):
            yield Breach(
                code,
                f"{part} is {small} and {whole} is {large} {_about(period, about)}; a part cannot "
                "be more than the whole.",
            )


def _declared(measures: Measures, kpis: Iterable[str], about: Mapping[str, str]) -> bool:
    return all(
        kpi in measures.kpis.by_id and about.keys() <= set(measures.kpis[kpi].breakdowns)
        for kpi in kpis
    )


def _untold(figure: Figure) -> bool:
    """Whether the exports do not tell the figure, so that it can contradict nothing."""
    return figure.state is State.NOT_RECORDED


def _number(figure: Figure) -> int:
    return figure.count or 0


def _spelt(kpis: Iterable[str], numbers: Iterable[int]) -> str:
    return " + ".join(f"{kpi} {number}" for kpi, number in zip(kpis, numbers, strict=True))


def _about(period: Period, about: Mapping[str, str]) -> str:
    where = ", ".join(f"{name} {value}" for name, value in about.items()) or "the whole council"
    return f"({period.label}; {where})"


def _column_sums(table: Table) -> Iterator[Breach]:
    totals = [row for row in table.rows if row.kind is RowKind.TOTAL]
    beside = {RowKind.TOTAL, RowKind.DETAIL, RowKind.APART}
    parts = [row for row in table.rows if row.kind not in beside]
    for total in totals:
        for position, heading in enumerate(table.headings):
            whole = total.cells[position]
            if not isinstance(whole, Figure) or not _adds_up(whole):
                continue
            numbers = [row.cells[position] for row in parts]
            summed = sum(n.value or 0 for n in numbers if isinstance(n, Figure) and n.printable)
            if (
                all(isinstance(n, Figure) and _adds_up(n) for n in numbers)
                and summed != whole.value
            ):
                yield Breach(
                    "R08",
                    f"The rows of '{table.title}' under '{heading.label}' add up to {summed}, and "
                    f"its total says {whole.display}.",
                )


def _adds_up(figure: Figure) -> bool:
    """Whether a figure is a plain count, known and printed, of which parts make a whole."""
    return figure.base is None and figure.unit.value == "count" and figure.state is State.RECORDED
