"""Headings: what stands above each column of a declared table, and in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.figures import Unit
from candour.period import Period, PeriodKind
from candour.table import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.composing.composer import Composer
    from candour.composing.declared import TableColumn, TableSpec


@dataclass(frozen=True, slots=True)
class Column:
    """A column to fill: a declared one, or one of the years it is spread over."""

    key: str
    spec: TableColumn
    year: Period | None = None


def headings_of(composer: Composer, spec: TableSpec, columns: list[Column]) -> Iterator[Heading]:
    """The heading of each column, the one beside the rows first."""
    if spec.beside:
        yield Heading(spec.beside, spec.beside.capitalize())
    first = spec.rows.kpis[0].kpi if spec.rows.kpis else spec.rows.each
    for column in columns:
        names = _period_names(composer)
        if column.year is not None:
            names["year"] = column.year.label
        label = composer.say(column.spec.label, spec.title, "templates", **names)
        unit = composer.unit(column.spec.kpi or first)
        yield Heading(column.key, label, _unit(column.spec, unit))


def _period_names(composer: Composer) -> dict[str, str]:
    measures = composer.measures
    names = (
        "this", "previous", "same_last_year", "quarter", "year_to_date", "last_year_to_date",
        "rolling_year", "previous_rolling_year", "two_years_before", "three_years_before",
        "four_years_before",
    )  # fmt: skip
    if measures.period.kind is PeriodKind.WEEK:
        return {"this": measures.period.label}
    return {
        name: period.span if period.kind is PeriodKind.QUARTER else period.label
        for name in names
        for period in (measures.named_period(name),)
    }


def _unit(column: TableColumn, unit: Unit) -> Unit | None:
    match column.show:
        case "rating" | "source":
            return None
        case "trend":
            return Unit.WORDS
        case "count" | "base":
            return Unit.COUNT
        case "share":
            return Unit.PERCENT
    return unit
