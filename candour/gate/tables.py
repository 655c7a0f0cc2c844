"""Tables: in every column the parts equal the whole, of one period, each part named once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.figures import Figure, State, Unit
from candour.gate.finding import Finding, Kind
from candour.gate.texts import place_of
from candour.labels import normalised
from candour.period import PeriodKind
from candour.table import Heading, Row, RowKind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.report import Report

_PARTS = ("body", "others", "not_recorded")
"""The rows that make the whole."""
_UNKNOWN = "not recorded"
_DETAIL, _APART = "detail", "apart"
"""Rows that are part of the body row above, and rows that stand beside the whole."""
_LEFT_OUT = {State.NOT_APPLICABLE, State.NO_BASE}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, with each row's figure."""

    table: Table
    heading: Heading
    cells: tuple[tuple[Row, Figure | None], ...]

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{place_of(self.table)}, column {self.heading.label}"

    def of(self, *kinds: str) -> list[tuple[Row, Figure | None]]:
        """The cells of rows of these kinds."""
        return [(row, cell) for row, cell in self.cells if row.kind.value in kinds]


def columns_of(table: Table) -> Iterator[Column]:
    """The columns of a table that hold figures."""
    for position, heading in enumerate(table.headings):
        cells = tuple(
            (row, cell if isinstance(cell, Figure) else None)
            for row in table.rows
            for cell in (row.cells[position],)
        )
        if any(cell is not None for _, cell in cells):
            yield Column(table, heading, cells)


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
            yield from _years(column)
        yield from _twice(item)


def _whole(column: Column, columns: list[Column]) -> Iterator[Finding]:
    """Parts equal the whole, and no part of it is missing (E1, E2, E16)."""
    parts = column.of(*_PARTS)
    for _, whole in column.of("total"):
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
            if gap > 0 and not column.of("not_recorded"):
                yield _unaccounted(column, whole, gap)


def _unlike(column: Column, whole: Figure, gap: Fraction, hidden: list[Row]) -> Iterator[Finding]:
    """A whole beside parts that are not told: it cannot be less than those that are."""
    named = " and ".join(f"'{row.label}'" for row in hidden)
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
    elif any(_is(cell, State.NOT_RECORDED) for row, cell in column.cells if row in hidden):
        yield Finding(
            "E2",
            Kind.REMARK,
            column.place,
            f"The total is {whole.display}, and {named} is not recorded: other years' totals may "
            "hold more parts.",
            printed=whole.display,
            cause="What one year's exports do not tell makes its total smaller than it was.",
        )


def _is(cell: Figure | None, state: State) -> bool:
    return cell is not None and cell.state is state


def _not_whole(column: Column, columns: list[Column], whole: Figure, gap: Fraction) -> Finding:
    parts = column.of(*_PARTS)
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
    whole = [cell for _, cell in column.of("total") if cell is not None and _counts(cell)]
    parts = [cell for _, cell in column.of(*_PARTS)]
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
        if row.kind.value == _DETAIL:
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


def _years(column: Column) -> Iterator[Finding]:
    """No total is of rows of different years, and a year of its own is announced (E14)."""
    totals = {cell.period for _, cell in column.of("total") if cell is not None}
    for row, cell in column.of(*_PARTS):
        if cell is not None and totals and cell.period not in totals:
            whole = min(totals, key=lambda period: period.key)
            yield Finding(
                "E14",
                Kind.BLOCKS,
                f"{column.place}, row {row.label}",
                f"The row is of {cell.period.label}, and the total it is part of is of "
                f"{whole.label}.",
                printed=cell.period.label,
                counted=whole.label,
                cause="A procedure with a year of its own was added to the council's year; set it "
                "apart.",
            )
    yield from _unannounced(column)


def _unannounced(column: Column) -> Iterator[Finding]:
    own = [
        (row, cell)
        for row, cell in column.cells
        if cell is not None and cell.period.kind is PeriodKind.OWN_YEAR
    ]
    table = column.table
    said = " ".join((table.title, table.reading, *table.notes, column.heading.label))
    for row, cell in own:
        first_month = cell.period.span.split()[0]
        told = f"{said} {row.label}"
        if not any(words in told for words in ("year of its own", "own year", first_month)):
            yield Finding(
                "E14",
                Kind.BLOCKS,
                f"{column.place}, row {row.label}",
                f"The row is of {cell.period.label}, which is not the council's year, and no note "
                "says so.",
                printed=cell.period.label,
                cause="Say the year in the row's label or in a note of the table.",
            )


def _twice(table: Table) -> Iterator[Finding]:
    """Each part has a name of its own (E17)."""
    parent, named = "", Counter[tuple[str, str]]()
    details: dict[str, set[str]] = {}
    for row in table.rows:
        beside = next((cell for cell in row.cells if isinstance(cell, str)), "")
        label = normalised(row.label)
        if row.kind.value == _DETAIL:
            named[parent, label] += 1
            if label != _UNKNOWN:
                details.setdefault(label, set()).add(parent)
        else:
            parent = label
            named["", f"{label} {normalised(beside)}".strip()] += 1
    heads = Counter(normalised(heading.label) for heading in table.headings)
    twice = [label for (_, label), times in named.items() if times > 1]
    for label in (*twice, *(label for label, times in heads.items() if times > 1)):
        yield Finding(
            "E17",
            Kind.BLOCKS,
            place_of(table),
            f"'{label}' stands there more than once, so that a reader cannot tell which is meant.",
            printed=label,
            cause="Two entries have one name; give each its own in services.yaml.",
        )
    shared = [f"'{label}'" for label, parents in details.items() if len(parents) > 1]
    if shared:
        yield Finding(
            "E17",
            Kind.REMARK,
            place_of(table),
            f"{', '.join(shared)}: each stands under more than one row.",
            printed=", ".join(shared),
            cause="The same name under two subjects may be two things; name it by its path.",
        )


def _counts(figure: Figure) -> bool:
    """Whether a figure is a plain count, known and printed, of which parts make a whole."""
    return figure.base is None and figure.unit is Unit.COUNT and figure.state is State.RECORDED


def _plain(figure: Figure) -> bool:
    """Whether a part is told: as a count, or because there is none such there."""
    return _counts(figure) or figure.state in _LEFT_OUT
