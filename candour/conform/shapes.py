"""Shapes: rows of a frame made from the rows of a file, whatever one row of the file is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.conform.columns import problem_of, read_columns
from candour.conform.faults import Fault, Problem
from candour.conform.repeats import find_repeats
from candour.frames import LINEAGE, Need

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.conform.cells import Cells
    from candour.conform.columns import Columns, Unread
    from candour.conform.context import Context

REPEATED = "a repeated row"
_LINEAGE = tuple(column.name for column in LINEAGE)


@dataclass(frozen=True, slots=True)
class Shaped:
    """Rows of a frame, and what became of the rows of the file that gave none."""

    rows: pd.DataFrame
    """Every column of the frame; the index is the position of the row of the file."""
    problems: tuple[Problem, ...]
    unread: tuple[Unread, ...]
    noise: Mapping[str, np.ndarray]
    """By reason: positions of rows that are no record of their own."""
    used: np.ndarray
    """For each row of the file, whether a row of the frame was made of it."""
    references: pd.Series
    """For each row of the file, the reference it tells of."""


def shape_rows(cells: Cells, context: Context) -> Shaped:
    """One row of the file is one row of the frame."""
    needed = needed_columns(context)
    columns = read_columns(cells, context.mapping.columns, context, needed=needed)
    rows = context.complete(columns.read, pd.RangeIndex(len(cells)))
    repeats = find_repeats(cells, rows[list(context.schema.key)], columns.problems)
    return Shaped(
        rows=rows,
        problems=(*columns.problems, *repeats.problems),
        unread=columns.unread,
        noise={REPEATED: repeats.noise},
        used=np.ones(len(cells), dtype=bool),
        references=rows[context.schema.key[0]],
    )


def shape_cases(cells: Cells, context: Context) -> Shaped:
    """One row of the file is a case with a block of columns a stage."""
    needed = needed_columns(context, but={"stage", "received_on"})
    case = read_columns(cells, context.mapping.columns, context, needed=needed)
    problems, unread, steps = [*case.problems], [*case.unread], []
    exists: np.ndarray = np.zeros(len(cells), dtype=bool)
    for stage, sources in sorted(context.mapping.stages.items()):
        block = read_columns(cells, sources, context, beside=case.read)
        started = ~cells[str(sources["received_on"].column)].blank_rows()
        problems += [*block.problems, *_without_start(cells, context, stage, block, started)]
        unread += block.unread
        numbers = pd.Series(stage, index=pd.RangeIndex(len(cells)), dtype="Int64")
        read = {**case.read, **block.read, "stage": numbers}
        steps.append(context.complete(read, pd.RangeIndex(len(cells)))[started])
        exists |= started
    problems += _without_stage(context, exists, problems)
    keys = case.read["case_ref"].to_frame("case_ref")
    repeats = find_repeats(cells, keys, problems)
    return Shaped(
        rows=pd.concat(steps),
        problems=(*problems, *repeats.problems),
        unread=tuple(unread),
        noise={REPEATED: repeats.noise},
        used=exists,
        references=case.read["case_ref"],
    )


def needed_columns(context: Context, but: set[str] | None = None) -> set[str]:
    """Columns that every row of the file must fill."""
    essential = {c.name for c in context.schema.columns if c.need is Need.ESSENTIAL}
    if context.mapping.completes is not None:
        essential = {*context.schema.key}
    return essential - {*_LINEAGE, *(but or ())}


def _without_start(
    cells: Cells, context: Context, stage: int, block: Columns, started: np.ndarray
) -> Iterator[Problem]:
    """Rows in which something happened at a stage that was never asked for."""
    for name, told in block.read.items():
        header = context.mapping.stages[stage][name].column
        if context.schema.column(name).need is Need.CLOCK and header is not None:
            orphaned = told.notna().to_numpy() & ~started
            if orphaned.any():
                yield problem_of(Fault.STAGE_WITHOUT_START, cells[header], orphaned)


def _without_stage(
    context: Context, exists: np.ndarray, problems: list[Problem]
) -> Iterator[Problem]:
    lost = ~exists
    for problem in problems:
        lost[problem.rows] = False
    starts = [block["received_on"].column for block in context.mapping.stages.values()]
    named = " and ".join(f"“{header}”" for header in starts)
    if lost.any():
        yield Problem(Fault.NO_STAGE, np.flatnonzero(lost), expected=named)
