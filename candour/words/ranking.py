"""Ranking: which rows of a table come first, for a sentence to name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from candour.figures import Figure, State, Unit
from candour.words.grammar import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from candour.table import Row


@dataclass(frozen=True, slots=True)
class Most:
    """The largest figure among rows, and every row that has it."""

    labels: tuple[str, ...]
    figure: Figure


def most(rows: Sequence[Row]) -> Most | None:
    """The rows with the largest first figure; none where nothing is above nought.

    Where a row is withheld nobody is named: it might be the largest, and that it is not says
    something of it.
    """
    hidden = _withheld(rows)
    if hidden is not None:
        return Most((), hidden)
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


def leader(rows: Sequence[Row], first: int = 1) -> Figure | None:
    """The names of the rows with the largest first figures, as words of the ledger.

    Ties with the last of them are named too; none where nothing is above nought. Where a row is
    withheld the names are too, as ``most`` says.
    """
    hidden = _withheld(rows)
    if hidden is not None:
        return replace(_words_of(hidden, first), state=State.WITHHELD)
    told = [(row.label, f) for row in rows for f in (_first_figure(row),) if f and f.value]
    if not told:
        return None
    told.sort(key=lambda pair: (-(pair[1].value or 0), pair[0]))
    least = told[min(first, len(told)) - 1][1].value or 0
    names = [name for name, figure in told if (figure.value or 0) >= least]
    return replace(_words_of(told[0][1], first), words=str(listed(names)))


def _words_of(of: Figure, first: int) -> Figure:
    return replace(
        of,
        kpi=f"{of.kpi}.leading.{first}",
        title=f"{of.title}: most",
        slice=of.slice[:-1],
        unit=Unit.WORDS,
        count=None,
        base=None,
        value=None,
        words="",
        source=f"the largest of '{of.kpi}' by {of.slice[-1][0]}" if of.slice else of.source,
    )


def _withheld(rows: Sequence[Row]) -> Figure | None:
    """A row's first figure that is withheld, where there is one."""
    firsts = (next((c for c in row.cells if isinstance(c, Figure)), None) for row in rows)
    return next((f for f in firsts if f is not None and f.state is State.WITHHELD), None)


def _first_figure(row: Row) -> Figure | None:
    """The row's first figure with a number to print."""
    figures = (cell for cell in row.cells if isinstance(cell, Figure) and cell.printable)
    return next(figures, None)
