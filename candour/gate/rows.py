"""Rows: no total is of rows of different years, and each part has a name of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from candour.gate.columns import PARTS
from candour.gate.finding import Finding, Kind
from candour.gate.texts import place_of
from candour.labels import normalised
from candour.period import PeriodKind
from candour.table import RowKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.gate.columns import Column
    from candour.table import Table

_UNKNOWN = "not recorded"


def mixed_years(column: Column) -> Iterator[Finding]:
    """No total is of rows of different years, and a year of its own is announced (E14)."""
    totals = {cell.period for _, cell in column.of(RowKind.TOTAL) if cell is not None}
    for row, cell in column.of(*PARTS):
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


def named_twice(table: Table) -> Iterator[Finding]:
    """Each part has a name of its own (E17)."""
    parent, named = "", Counter[tuple[str, str]]()
    details: dict[str, set[str]] = {}
    for row in table.rows:
        beside = next((cell for cell in row.cells if isinstance(cell, str)), "")
        label = normalised(row.label)
        if row.kind is RowKind.DETAIL:
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
