"""Reporting: what was held back or not understood, in words and without personal values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.conform.cells import shown
from candour.conform.conformed import Unknown
from candour.conform.faults import WORDING, Fault, Problem
from candour.labels import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from candour.conform.columns import Unread
    from candour.reading.raw import Torn

QUARANTINE_COLUMNS = ("row_number", "reference", "code", "column", "reason", "advice")
MOST_LABELS = 100
"""More unknown labels than this in one column are free text, not a list somebody forgot."""


def quarantine(
    problems: Sequence[Problem],
    torn: Sequence[Torn],
    row_numbers: np.ndarray,
    references: pd.Series,
) -> pd.DataFrame:
    """One line a row held back, in the file's order, all its reasons together.

    Args:
        problems: by positions in the raw table's cells.
        torn: rows that were no records.
        row_numbers: of the positions.
        references: each row's own reference, where it could be read.
    """
    lines = [_lines(problem, row_numbers, references) for problem in problems]
    if torn:
        rows = pd.DataFrame({"row_number": [row.row_number for row in torn], "reference": ""})
        reasons = np.array([row.reason for row in torn], dtype=object)
        lines.append(_worded(rows, Problem(Fault.TORN, rows.index.to_numpy(), found=reasons)))
    if not lines:
        return pd.DataFrame(columns=list(QUARANTINE_COLUMNS)).astype(_dtypes())
    table = pd.concat(lines).sort_values("row_number", kind="stable")
    reasons = table.groupby("row_number", sort=True)["reason"].agg(" ".join)
    first = table.drop_duplicates("row_number").reset_index(drop=True)
    return first.assign(reason=reasons.to_numpy())[list(QUARANTINE_COLUMNS)].astype(_dtypes())


def _dtypes() -> dict[str, str]:
    return {name: "int64" if name == "row_number" else "string" for name in QUARANTINE_COLUMNS}


def _lines(problem: Problem, row_numbers: np.ndarray, references: pd.Series) -> pd.DataFrame:
    held = references.iloc[problem.rows].fillna("").to_numpy()
    rows = pd.DataFrame({"row_number": row_numbers[problem.rows], "reference": held})
    return _worded(rows, problem)


def _worded(rows: pd.DataFrame, problem: Problem) -> pd.DataFrame:
    wording = WORDING[problem.fault]
    found = [""] * len(rows) if problem.found is None else problem.found
    return rows.assign(
        code=problem.fault.value,
        column=problem.column,
        reason=[
            wording.reason.format(column=problem.column, found=text, expected=problem.expected)
            for text in found
        ],
        advice=wording.advice,
    )


def unknown_labels(unread: Iterable[Unread]) -> tuple[Unknown, ...]:
    """Labels that mean nothing, the most frequent of a column first.

    A column of the file that fills two of the frame is understood where either understands it.
    """
    by_header: dict[str, list[Unread]] = {}
    for one in unread:
        by_header.setdefault(one.cells.header, []).append(one)
    return tuple(label for same in by_header.values() for label in _labels(same))


def _labels(same: Sequence[Unread]) -> Iterator[Unknown]:
    understood = np.logical_or.reduce([one.understood for one in same])
    lost = np.logical_or.reduce([one.lost for one in same]) & ~understood
    if not lost.any():
        return
    named = next(one for one in same if one.lost.any())
    counts = np.bincount(named.cells.codes[lost], minlength=len(named.cells.texts))
    labels = pd.DataFrame({"label": [shown(text) for text in named.cells.texts], "rows": counts})
    labels = labels[labels["rows"] > 0].sort_values(["rows", "label"], ascending=[False, True])
    spelt = labels.groupby(labels["label"].map(normalised).rename("same"), sort=False)
    counted = spelt.agg(label=("label", "first"), rows=("rows", "sum"))
    ranked = counted.sort_values(["rows", "label"], ascending=[False, True])
    for label, rows in ranked.head(MOST_LABELS).itertuples(index=False):
        yield Unknown(named.column, named.cells.header, label, int(rows))
    others = ranked["rows"].iloc[MOST_LABELS:]
    if len(others):
        label = f"{len(others)} more labels"
        yield Unknown(named.column, named.cells.header, label, int(others.sum()))
