"""Tables: a declared table filled with figures, its rows partitioning its total."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from candour.composing.composer import NOT_RECORDED_WORDS, TARGET
from candour.errors import ConfigurationError
from candour.figures import NOT_RECORDED, Figure, Unit
from candour.period import Period, PeriodKind, month_at
from candour.table import Cell, Heading, Row, RowKind, Table
from candour.words import shorthand_note
from candour.words.beside import base_of, count_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from candour.composing.composer import Composer
    from candour.composing.declared import TableColumn, TableSpec

ALL = "All"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row before it is filled: what it is about, and when."""

    label: str
    where: Mapping[str, str]
    kind: RowKind = RowKind.BODY
    period: Period | None = None
    kpi: str = ""
    beside: str = ""


def table(composer: Composer, table_id: str) -> Table:
    """The declared table with every cell worked out.

    Raises:
        ConfigurationError: a column names no KPI, period or breakdown there is.
    """
    spec = composer.library.tables[table_id]
    lines = list(_lines(composer, spec))
    rows = [Row(line.label, _cells(composer, spec, line), line.kind) for line in lines]
    rows = [row for row in rows if _kept(row, spec)]
    if spec.sort_by:
        rows = _sorted(rows, _position(spec))
    figures = [cell for row in rows for cell in row.cells if isinstance(cell, Figure)]
    marks = shorthand_note(figures)
    declared_in = composer.library.files[table_id]
    return Table(
        id=table_id,
        title=composer.say(spec.title, spec.title, declared_in),
        row_heading=spec.row_heading,
        headings=tuple(_headings(composer, spec)),
        rows=tuple(rows),
        reading=composer.say(spec.reading, spec.title, declared_in, **_for_reading(rows)),
        notes=(*spec.notes, *([f"{marks[0].upper()}{marks[1:]}."] if marks else [])),
        sheet=spec.sheet,
        parts_add_up=bool(spec.total and spec.rows.by),
    )


def _for_reading(rows: list[Row]) -> dict[str, object]:
    """What a reading may speak of besides figures: the rows in order, and the whole."""
    return {
        "rows": tuple(row for row in rows if row.kind is RowKind.BODY),
        "total": next((row for row in rows if row.kind is RowKind.TOTAL), None),
    }


def _lines(composer: Composer, spec: TableSpec) -> Iterator[_Line]:
    rows = spec.rows
    if rows.by:
        yield from _lines_by(composer, spec)
    elif rows.months:
        _, end = composer.measures.period.month_range()
        for ordinal in range(end - rows.months, end):
            month = month_at(ordinal)
            yield _Line(month.label, spec.where, period=month)
    elif rows.years:
        yield from _years(composer, spec, rows.years)
    else:
        for measured in rows.kpis:
            label = measured.label or composer.measures.kpis[measured.kpi].title
            yield _Line(label, {**spec.where, **measured.where}, kpi=measured.kpi)


def _lines_by(composer: Composer, spec: TableSpec) -> Iterator[_Line]:
    dimensions = spec.rows.by
    members = [(*composer.members(dimension, spec.where), NOT_RECORDED) for dimension in dimensions]
    for values in product(*members):
        where = {**spec.where, **dict(zip(dimensions, values, strict=True))}
        label = ", ".join(
            composer.name(dimension, value)
            for dimension, value in zip(dimensions, values, strict=True)
        )
        kind = RowKind.NOT_RECORDED if NOT_RECORDED in values else RowKind.BODY
        yield _Line(label, where, kind, beside=_beside(composer, spec, where))
    if spec.total:
        yield _Line(spec.total, spec.where, RowKind.TOTAL, beside=_beside(composer, spec, {}))


def _years(composer: Composer, spec: TableSpec, years: int) -> Iterator[_Line]:
    period = composer.measures.period
    found = [period]
    while len(found) < years:
        found.append(found[-1].same_last_year())
    for year in reversed(found):
        yield _Line(year.label, spec.where, period=year)


def _beside(composer: Composer, spec: TableSpec, where: Mapping[str, str]) -> str:
    if spec.beside != "directorate":
        return ""
    service = where.get("service")
    if service is None:
        return ALL
    if service == NOT_RECORDED:
        return NOT_RECORDED_WORDS
    return composer.name("directorate", composer.council.taxonomy.directorate_of(service))


def _cells(composer: Composer, spec: TableSpec, line: _Line) -> tuple[Cell, ...]:
    beside: tuple[Cell, ...] = (line.beside,) if spec.beside else ()
    return (*beside, *(_cell(composer, column, line) for column in spec.columns.values()))


def _cell(composer: Composer, column: TableColumn, line: _Line) -> Cell:
    kpi = column.kpi or line.kpi
    if not kpi:
        raise ConfigurationError(
            f"The column '{column.label}' names no KPI, and its rows have none of their own."
        )
    where = {**line.where, **column.where}

    def ask(period: str) -> Figure:
        return composer.measures.figure(kpi, _when(composer, line, period), **where)

    figure = ask(column.period)
    made: dict[str, Callable[[], Cell]] = {
        "value": lambda: figure,
        "count": lambda: count_of(figure),
        "base": lambda: base_of(figure),
        "change": lambda: figure.change(ask(column.since)),
        "per_cent_change": lambda: figure.per_cent_change(ask(column.since), column.decimals),
        "target": lambda: composer.target(figure),
        "rating": lambda: composer.rating(figure),
    }
    return made[column.show]()


def _when(composer: Composer, line: _Line, name: str) -> Period | str:
    """A row that is a month or a year is about that one, and *previous* is before it."""
    if line.period is None:
        return name
    periods = {
        "this": line.period,
        "previous": line.period.previous(),
        "same_last_year": line.period.same_last_year(),
        "rolling_year": line.period.rolling_year(),
    }
    if line.period.kind is not PeriodKind.WEEK and name in periods:
        return periods[name]
    return composer.measures.named_period(name)


def _headings(composer: Composer, spec: TableSpec) -> Iterator[Heading]:
    if spec.beside:
        yield Heading(spec.beside, spec.beside.capitalize())
    first = spec.rows.kpis[0].kpi if spec.rows.kpis else ""
    for key, column in spec.columns.items():
        unit = composer.measures.kpis[column.kpi or first].unit
        label = composer.say(column.label, spec.title, "templates", **_period_names(composer))
        yield Heading(key, label, _unit(column, unit))


def _period_names(composer: Composer) -> dict[str, str]:
    measures = composer.measures
    names = (
        "this", "previous", "same_last_year", "quarter", "year_to_date", "last_year_to_date",
        "rolling_year", "previous_rolling_year",
    )  # fmt: skip
    if measures.period.kind is PeriodKind.WEEK:
        return {"this": measures.period.label}
    return {
        name: period.span if period.kind is PeriodKind.QUARTER else period.label
        for name in names
        for period in (measures.named_period(name),)
    }


def _unit(column: TableColumn, unit: Unit) -> Unit | None:
    if column.show == "rating":
        return None
    return Unit.COUNT if column.show in {"count", "base"} else unit


def _kept(row: Row, spec: TableSpec) -> bool:
    """Whether a row has anything to say; *not recorded* rows only show when they are not empty."""
    if row.kind is RowKind.TOTAL or not (spec.hide_empty or row.kind is RowKind.NOT_RECORDED):
        return True
    counted = (c for c in row.cells if isinstance(c, Figure) and not c.kpi.endswith(TARGET))
    return any(cell.printable and cell.value != 0 for cell in counted)


def _position(spec: TableSpec) -> int:
    return list(spec.columns).index(spec.sort_by) + bool(spec.beside)


def _sorted(rows: list[Row], position: int) -> list[Row]:
    """Body rows by the chosen column, largest first and names in ties; then the others."""

    def largest(row: Row) -> tuple[bool, float, str]:
        cell = row.cells[position]
        value = float(cell.value or 0) if isinstance(cell, Figure) else 0.0
        return row.kind is not RowKind.BODY, -value if row.kind is RowKind.BODY else 0, row.label

    body_first = sorted((r for r in rows if r.kind is not RowKind.TOTAL), key=largest)
    return [*body_first, *(r for r in rows if r.kind is RowKind.TOTAL)]
