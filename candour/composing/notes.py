"""Notes: what stands below a table - its own, years that are not its own, and restatements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.figures import Figure
from candour.period import Period, PeriodKind, day_in_words
from candour.table import Row, RowKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from candour.composing.composer import Composer
    from candour.composing.declared import TableSpec


def notes_of(composer: Composer, spec: TableSpec, rows: list[Row]) -> Iterator[str]:
    """The declared notes, and what the cells themselves need explained."""
    figures = [cell for row in rows for cell in row.cells if isinstance(cell, Figure)]
    yield from spec.notes
    yield from _own_years(rows, composer.measures.vantage.known_on)
    yield from composer.restatements(figures, spec.title)


def _own_years(rows: list[Row], known_on: dt.date) -> Iterator[str]:
    """That a row is of other years than its table, and no part of the total."""
    told = {row.label: _own_year(row) for row in rows if _own_year(row) is not None}
    periods = {period for period in told.values() if period is not None}
    if len(told) == len(rows) and len(periods) == 1:
        yield f"Every row is counted over a year of its own: {_told_of(periods.pop(), known_on)}."
        return
    for row in rows:
        latest = told.get(row.label)
        if latest is not None:
            apart = " and is in no total here" if row.kind is RowKind.APART else ""
            yield (
                f"{row.label} is counted over a year of its own{apart}: the latest here is "
                f"{_told_of(latest, known_on)}."
            )


def _own_year(row: Row) -> Period | None:
    """The latest year of its own that a row is counted over, where it is."""
    own = [
        cell.period
        for cell in row.cells
        if isinstance(cell, Figure) and cell.period.kind is PeriodKind.OWN_YEAR
    ]
    return max(own, key=lambda period: period.start, default=None)


def _told_of(period: Period, known_on: dt.date) -> str:
    """Its first and last day, and how far it is told where it had not ended."""
    days = f"{day_in_words(period.start)} to {day_in_words(period.last_day)}"
    told = f", told up to the extract of {day_in_words(known_on)}"
    return days if period.end <= known_on else f"{days}{told}"
