"""Repeats: rows of one file that tell of the same thing twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.conform.faults import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.conform.cells import Cells


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows that say nothing new, and rows that a later one contradicts."""

    noise: np.ndarray
    problems: tuple[Problem, ...]


def find_repeats(cells: Cells, keys: pd.DataFrame, problems: Iterable[Problem]) -> Repeats:
    """The readable rows whose key stands in the file more than once.

    The last row in the file says what holds. Of rows that say the same as it, the first is kept;
    rows that say something else are held back, so that no complaint is lost without a word.

    Args:
        cells: the file's cells; rows are the same when every mapped column is.
        keys: what identifies a row, for every row of the file.
        problems: rows that cannot be read anyway take no part.
    """
    readable: np.ndarray = np.ones(len(keys), dtype=bool)
    for problem in problems:
        readable[problem.rows] = False
    repeated = readable.copy()
    repeated[readable] = keys[readable].duplicated(keep=False).to_numpy()
    rows = np.flatnonzero(repeated)
    if not len(rows):
        return Repeats(rows, ())
    group = keys.iloc[rows].groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    last = pd.Series(rows).groupby(group).transform("max").to_numpy()
    differs = {
        encoded.header: encoded.codes[rows] != encoded.codes[last]
        for encoded in cells.columns.values()
    }
    superseded = np.logical_or.reduce(list(differs.values()))
    same = pd.Series(rows[~superseded])
    noise = same[same.groupby(group[~superseded]).cumcount() > 0].to_numpy()
    return Repeats(noise, tuple(_superseded(rows, differs, superseded)))


def _superseded(
    rows: np.ndarray, differs: dict[str, np.ndarray], superseded: np.ndarray
) -> Iterable[Problem]:
    if superseded.any():
        headers = np.array(list(differs), dtype=object)
        marks = np.column_stack(list(differs.values()))[superseded]
        found = np.array([", ".join(headers[mark]) for mark in marks], dtype=object)
        yield Problem(Fault.SUPERSEDED, rows[superseded], found=found)
