"""Cells: a printed table, each cell with the figure that stands there and the row it is part of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError
from candour.published.declared import Show
from candour.published.forms import Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.published.forms import Row, Table
    from candour.published.scheme import Scheme

TOTAL = "total"
_PERIOD = re.compile(r"\d{4}.*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what is printed in it, of which figure, and the figures of the rows above."""

    printed: str
    named: Named
    whole: Named | None
    above: Named | None


def filled(table: Table, period: str, scheme: Scheme) -> Iterator[Cell]:
    """The cells of a table, row by row.

    Raises:
        ConfigurationError: a row has more or fewer cells than there are columns, or a label is
            unknown.
    """
    columns = [_column(column) for column in table.columns]
    outer = Named.model_validate(
        table.model_dump(exclude={"rows", "columns", "cells"}, exclude_unset=True)
    )
    for line in table.cells.strip().splitlines():
        label, *cells = (part.strip() for part in line.split("|"))
        if len(cells) != len(columns):
            raise ConfigurationError(
                f"row '{label}' has {len(cells)} cells for {len(columns)} columns."
            )
        row, above = _row(table, label, scheme)
        for cell, column in zip(cells, columns, strict=True):
            yield Cell(
                printed=cell,
                named=column.under(row.under(outer)),
                whole=column.under(outer) if above is not None and outer.kpi else None,
                above=None if above is None else column.under(above.under(outer)),
            )


def _column(column: str | Named) -> Named:
    if not isinstance(column, str):
        return column
    if _PERIOD.fullmatch(column):
        return Named(period=column)
    return Named() if column == Show.VALUE else Named(show=Show(column))


def _row(table: Table, label: str, scheme: Scheme) -> tuple[Named, Named | None]:
    """What a row stands for, and the row it is a part of; the whole is part of none."""
    if isinstance(table.rows, dict):
        row = _among(table.rows, label)
        return _plain(row), _plain(_among(table.rows, row.part_of)) if row.part_of else None
    if label == TOTAL:
        return Named(), None
    names = (table.rows, table.rows) if isinstance(table.rows, str) else table.rows
    outer, _, inner = (part.strip() for part in label.partition(">"))
    first = scheme.member(names[0], outer)
    if not inner:
        return Named(where={names[0]: first}), Named()
    row_above = Named(where={names[0]: first}) if outer in labels(table) else Named()
    return Named(where={names[1]: scheme.member(names[1], inner, first)}), row_above


def labels(table: Table) -> list[str]:
    """What the rows are called."""
    return [line.split("|")[0].strip() for line in table.cells.strip().splitlines()]


def _among(rows: Mapping[str, Row], label: str) -> Row:
    if label not in rows:
        raise ConfigurationError(f"row '{label}' is not among {', '.join(rows)}.")
    return rows[label]


def _plain(row: Row) -> Named:
    return Named.model_validate(row.model_dump(exclude={"part_of"}, exclude_unset=True))
