"""Ranking: which rows of a table come first, for a sentence to name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from candour.table import Row


@dataclass(frozen=True, slots=True)
class Most:
    """The largest figure among rows, and every row that has it."""

    labels: tuple[str, ...]
    figure: Figure


def most(rows: Sequence[Row]) -> Most | None:
    """The rows with the largest first figure; none where nothing is above nought."""
    leading = [
        (row.label, figure)
        for row in rows
        for figure in (_first_figure(row),)
        if figure is not None and figure.value
    ]
    if not leading:
        return None
    largest = max((figure for _, figure in leading), key=lambda figure: figure.value or 0)
    return Most(tuple(name for name, figure in leading if figure.value == largest.value), largest)


def _first_figure(row: Row) -> Figure | None:
    """The row's first figure with a number to print."""
    figures = (cell for cell in row.cells if isinstance(cell, Figure) and cell.printable)
    return next(figures, None)
