"""Tables: a declared table filled with figures, its rows partitioning its total."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from string import ascii_uppercase
from typing import TYPE_CHECKING

from candour.composing.composer import NOT_RECORDED_WORDS, TARGET
from candour.composing.headings import Column, headings_of
from candour.composing.lines import Line, lines_of, years_back
from candour.composing.notes import notes_of
from candour.composing.ranked import leading, with_remainders
from candour.errors import ConfigurationError
from candour.figures import Figure, State
from candour.period import Period, PeriodKind
from candour.table import Cell, Row, RowKind, Table
from candour.words.beside import base_of, count_of, share_of
from candour.words.direction import trend

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from candour.composing.composer import Composer
    from candour.composing.declared import TableSpec


def table(composer: Composer, table_id: str, about: Mapping[str, str] | None = None) -> Table:
    """The declared table with every cell worked out, for the slice ``about`` alone if given.

    Raises:
        ConfigurationError: a column names no KPI, period or breakdown there is.
    """
    spec = _for_slice(composer, composer.library.tables[table_id], about or {})
    columns = _columns(composer, spec)
    lines = list(lines_of(composer, spec))
    rows = [_row(composer, spec, columns, line) for line in lines]
    rows = _kept(with_remainders(rows) if spec.rows.then else rows, spec)
    if spec.sort_by:
        position = [column.key for column in columns].index(spec.sort_by) + bool(spec.beside)
        rows = leading(rows, position, spec.top)
    rows = [_seen(composer, row) for row in rows]
    columns, rows = _without_empty(columns, rows, bool(spec.beside))
    declared_in = composer.library.files[table_id]
    return Table(
        id="_".join((table_id, *(about or {}).values())),
        title=composer.say(spec.title, spec.title, declared_in, about=about or {}),
        row_heading=spec.row_heading,
        headings=tuple(headings_of(composer, spec, columns)),
        rows=tuple(rows),
        reading=composer.say(
            spec.reading, spec.title, declared_in, about=about or {}, **_for_reading(rows)
        ),
        notes=tuple(notes_of(composer, spec, rows)),
        sheet=spec.sheet,
        parts_add_up=bool(spec.total and spec.rows.by),
    )


def _without_empty(
    columns: list[Column], rows: list[Row], beside: int
) -> tuple[list[Column], list[Row]]:
    """The columns and rows without the optional columns that hold nothing but nought."""
    kept = [
        n
        for n, column in enumerate(columns)
        if not column.spec.optional or any(_holds(row.cells[n + beside]) for row in rows)
    ]
    places = [*range(beside), *(n + beside for n in kept)]
    return [columns[n] for n in kept], [
        replace(row, cells=tuple(row.cells[place] for place in places)) for row in rows
    ]


def _holds(cell: Cell) -> bool:
    return isinstance(cell, Figure) and (not cell.printable or cell.value != 0)


def _for_slice(composer: Composer, spec: TableSpec, about: Mapping[str, str]) -> TableSpec:
    """The declaration narrowed to a slice, with a sheet's name of its own."""
    if not about:
        return spec
    return spec.model_copy(
        update={
            "where": {**spec.where, **about},
            "title": composer.of_slice(spec.title, about),
            "sheet": composer.sheet_of_slice(spec.sheet or spec.title, about),
        }
    )


def _for_reading(rows: list[Row]) -> dict[str, object]:
    """What a reading may speak of besides figures: the rows in order, and the whole."""
    return {
        "rows": tuple(row for row in rows if row.kind is RowKind.BODY),
        "total": next((row for row in rows if row.kind is RowKind.TOTAL), None),
    }


def _columns(composer: Composer, spec: TableSpec) -> list[Column]:
    found = []
    for key, column in spec.columns.items():
        if column.years is None:
            found.append(Column(key, column))
            continue
        period = composer.measures.period
        years = years_back(period, column.years, newest_first=column.newest_first)
        for year in years:
            name = key if year == period else f"{key}_{year.key}"
            found.append(Column(name, column, year))
    return found


def _row(composer: Composer, spec: TableSpec, columns: list[Column], line: Line) -> Row:
    if line.rank is not None:
        return _ranked(composer, columns, line)
    beside: tuple[Cell, ...] = (line.beside,) if spec.beside else ()
    cells = (*beside, *(_cell(composer, spec, column, line) for column in columns))
    return Row(line.label, cells, line.kind)


def _ranked(composer: Composer, columns: list[Column], line: Line) -> Row:
    """One measured value: how it stands beside the limits, and how many working days it is."""
    figure = composer.measures.figure(line.kpi, **line.where)
    value = composer.measures.values(line.kpi, **line.where)[line.rank or 0]
    told = replace(
        figure,
        kpi=f"{figure.kpi}.ranked.{line.rank}",
        title=f"{figure.title}: one response",
        base=None,
        decimals=0,
        value=Fraction(value),
        state=State.RECORDED,
    )
    label = f"Response {_lettered(line.rank or 0)}: {composer.band_of(value, line.where).lower()}"
    return Row(label, (told,) * len(columns), line.kind)


def _seen(composer: Composer, row: Row) -> Row:
    """The row as its audience may see it, what was made of its figures included."""
    cells = (composer.measures.shown(c) if isinstance(c, Figure) else c for c in row.cells)
    return replace(row, cells=tuple(cells))


def _lettered(number: int) -> str:
    """A, B … Z, AA, AB …: a name for each that is no number of the report."""
    more, letter = divmod(number, len(ascii_uppercase))
    return (_lettered(more - 1) if more else "") + ascii_uppercase[letter]


def _cell(composer: Composer, spec: TableSpec, column: Column, line: Line) -> Cell:
    kpi = column.spec.kpi or line.kpi
    if not kpi:
        raise ConfigurationError(
            f"The column '{column.spec.label}' names no KPI, and its rows have none of their own."
        )
    where = {**line.where, **column.spec.where}

    def ask(period: str) -> Figure:
        return composer.figure(kpi, _when(composer, column.year or line.period, period), **where)

    def share() -> Cell:
        if line.kind is RowKind.APART:
            return None
        when = _when(composer, column.year or line.period, column.spec.period)
        return share_of(figure, composer.figure(kpi, when, **{**spec.where, **column.spec.where}))

    figure = ask(column.spec.period)
    made: dict[str, Callable[[], Cell]] = {
        "value": lambda: figure,
        "count": lambda: count_of(figure),
        "base": lambda: base_of(figure),
        "share": share,
        "change": lambda: figure.change(ask(column.spec.since)),
        "per_cent_change": lambda: figure.per_cent_change(
            ask(column.spec.since), column.spec.decimals
        ),
        "trend": lambda: trend(figure, ask(column.spec.since)),
        "source": lambda: figure.source,
        "target": lambda: composer.target(figure),
        "rating": lambda: composer.rating(figure),
    }
    return made[column.spec.show]()


def _when(composer: Composer, period: Period | None, name: str) -> Period | str:
    """A row or column that is a month or a year is about that one; *previous* is before it."""
    if period is None:
        return name
    periods = {
        "this": period,
        "previous": period.previous(),
        "same_last_year": period.same_last_year(),
        "rolling_year": period.rolling_year(),
    }
    if period.kind is not PeriodKind.WEEK and name in periods:
        return periods[name]
    return composer.measures.named_period(name)


def _kept(rows: list[Row], spec: TableSpec) -> list[Row]:
    """The rows with anything to say; *not recorded* ones only show when they are not empty."""
    kept: list[Row] = []
    for row in rows:
        optional = spec.hide_empty or row.kind is RowKind.NOT_RECORDED or _is_remainder(row)
        if spec.rows.years and _is_before_records(row):
            continue
        if row.kind is RowKind.TOTAL or not optional or _says_anything(row):
            kept.append(row)
    return kept


def _is_before_records(row: Row) -> bool:
    """Whether nothing of a year was recorded, so that its row would say nothing."""
    figures = [cell for cell in row.cells if isinstance(cell, Figure)]
    return bool(figures) and all(figure.state is State.NOT_RECORDED for figure in figures)


def _is_remainder(row: Row) -> bool:
    return row.kind is RowKind.DETAIL and row.label == NOT_RECORDED_WORDS


def _says_anything(row: Row) -> bool:
    """Whether a row tells more than noughts; a withheld number is there, and its row with it."""
    counted = [c for c in row.cells if isinstance(c, Figure) and not c.kpi.endswith(TARGET)]
    if any(cell.state is State.WITHHELD for cell in counted):
        return True
    return any(cell.printable and cell.value != 0 for cell in counted)
