"""Tables: in every column the parts equal the whole, of one period, each part named once."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from candour.figures import Figure, State, Unit
from candour.gate.columns import PARTS, Column, columns_of
from candour.gate.finding import Finding, Kind
from candour.gate.rows import mixed_years, named_twice
from candour.table import Row, RowKind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.report import Report

_LEFT_OUT = {State.NOT_APPLICABLE, State.NO_BASE}


def broken_tables(report: Report) -> Iterator[Finding]:
    """Every table of a report that does not add up, mixes years or names a part twice."""
    seen: set[str] = set()
    for _, item in report.items():
        if not isinstance(item, Table) or item.id in seen:
            continue
        seen.add(item.id)
        columns = list(columns_of(item))
        if item.parts_add_up:
            for column in columns:
                yield from _whole(column, columns)
                yield from _details(column)
        for column in columns:
            yield from mixed_years(column)
        yield from named_twice(item)


def _whole(column: Column, columns: list[Column]) -> Iterator[Finding]:
    """Parts equal the whole, and no part of it is missing (E1, E2, E16)."""
    parts = column.of(*PARTS)
    for _, whole in column.of(RowKind.TOTAL):
        if whole is None or not _counts(whole):
            continue
        known = [cell for _, cell in parts if cell is not None and _counts(cell)]
        summed = sum((cell.value or Fraction(0) for cell in known), Fraction(0))
        gap = (whole.value or Fraction(0)) - summed
        hidden = [row for row, cell in parts if cell is None or not _plain(cell)]
        if hidden:
            yield from _unlike(column, whole, gap, hidden)
        elif gap:
            yield _not_whole(column, columns, whole, gap)
            if gap > 0 and not column.of(RowKind.NOT_RECORDED):
                yield _unaccounted(column, whole, gap)


def _unlike(column: Column, whole: Figure, gap: Fraction, hidden: list[Row]) -> Iterator[Finding]:
    """A whole beside parts that are not told: it cannot be less than those that are."""
    named = " and ".join(f"'{row.label}'" for row in hidden)
    untold = [cell for row, cell in column.cells if row in hidden]
    if gap < 0:
        yield Finding(
            "E1",
            Kind.BLOCKS,
            column.place,
            f"The rows that are told add up to {whole.value - gap if whole.value else -gap}, more "
            f"than the total of {whole.display}, and {named} would come on top.",
            printed=whole.display,
            cause="A part is counted twice, or the total is of other records.",
        )
    elif any(cell is None or cell.state is State.NOT_RECORDED for cell in untold):
        yield Finding(
            "E2",
            Kind.BLOCKS if None in untold else Kind.REMARK,
            column.place,
            f"The total is {whole.display}, and {named} is not recorded: other years' totals may "
            "hold more parts.",
            printed=whole.display,
            cause="What one year's exports do not tell makes its total smaller than it was.",
        )


def _not_whole(column: Column, columns: list[Column], whole: Figure, gap: Fraction) -> Finding:
    parts = column.of(*PARTS)
    summed = (whole.value or Fraction(0)) - gap
    alone = [row.label for row, cell in parts if cell is not None and cell.value == -gap]
    others = [c for c in columns if c is not column and _agrees(c)]
    left_out = len(alone) == 1 and bool(others)
    if left_out:
        cause = f"'{alone[0]}' ({-gap}) is left out of this total and not of the others."
    elif gap > 0:
        cause = f"{gap} of {whole.display} stand in no row."
    else:
        cause = "A row is counted twice, or is no part of this total."
    return Finding(
        "E2" if left_out else "E1",
        Kind.BLOCKS,
        column.place,
        f"The rows add up to {int(summed):,}, and the total says {whole.display}.",
        printed=whole.display,
        counted=f"{int(summed):,}",
        cause=cause,
    )


def _agrees(column: Column) -> bool:
    """Whether a column's parts equal its whole."""
    whole = [cell for _, cell in column.of(RowKind.TOTAL) if cell is not None and _counts(cell)]
    parts = [cell for _, cell in column.of(*PARTS)]
    if not whole or not all(cell is not None and _plain(cell) for cell in parts):
        return False
    return sum((c.value or Fraction(0) for c in parts if c), Fraction(0)) == whole[0].value


def _unaccounted(column: Column, whole: Figure, gap: Fraction) -> Finding:
    return Finding(
        "E16",
        Kind.BLOCKS,
        column.place,
        f"{gap} of {whole.display} are accounted for in no row, and there is no row for what is "
        "not recorded.",
        printed=whole.display,
        counted=f"{(whole.value or Fraction(0)) - gap}",
        cause="Records without a value for this breakdown were dropped.",
    )


def _details(column: Column) -> Iterator[Finding]:
    """Rows nested under a row are its parts (E1)."""
    above: tuple[Row, Figure | None] | None = None
    summed: Fraction | None = None
    for row, cell in (*column.cells, (Row("", (), RowKind.TOTAL), None)):
        if row.kind is RowKind.DETAIL:
            told = cell is not None and _plain(cell)
            part = (cell.value or Fraction(0)) if told and cell is not None else None
            summed = None if part is None or summed is None else summed + part
            nested = True
            continue
        if above is not None and nested:
            yield from _nested(column, above, summed)
        above, summed, nested = (row, cell), Fraction(0), False


def _nested(
    column: Column, above: tuple[Row, Figure | None], summed: Fraction | None
) -> Iterator[Finding]:
    row, whole = above
    if whole is None or summed is None or not _counts(whole) or whole.value == summed:
        return
    yield Finding(
        "E1",
        Kind.BLOCKS,
        f"{column.place}, row {row.label}",
        f"The rows under '{row.label}' add up to {summed}, and it says {whole.display}.",
        printed=whole.display,
        counted=f"{summed}",
        cause="A part is missing below it, or stands under another.",
    )


def _counts(figure: Figure) -> bool:
    """Whether a figure is a plain count, known and printed, of which parts make a whole."""
    return figure.base is None and figure.unit is Unit.COUNT and figure.state is State.RECORDED


def _plain(figure: Figure) -> bool:
    """Whether a part is told: as a count, or because there is none such there."""
    return _counts(figure) or figure.state in _LEFT_OUT
