"""Statistics: one exact number of a histogram, percentiles as Excel's PERCENTILE.INC has them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from candour.kpi import Statistic


def statistic(kind: Statistic, values: np.ndarray, rows: np.ndarray) -> Fraction | None:
    """A statistic of a histogram, exact; ``None`` of nothing, except that a sum of nothing is 0.

    Percentiles are by linear interpolation.

    Args:
        kind: which.
        values: the distinct values, ascending.
        rows: how many rows took each.
    """
    total = int(rows.sum())
    if kind is Statistic.SUM:
        return Fraction(int((values * rows).sum()))
    if total == 0:
        return None
    if kind is Statistic.MEAN:
        return Fraction(int((values * rows).sum()), total)
    if kind is Statistic.LONGEST:
        return Fraction(int(values.max()))
    share = Fraction(1, 2) if kind is Statistic.MEDIAN else Fraction(9, 10)
    return _percentile(values, np.cumsum(rows), (total - 1) * share)


def _percentile(values: np.ndarray, running: np.ndarray, rank: Fraction) -> Fraction:
    whole = int(rank)
    low = int(values[np.searchsorted(running, whole, side="right")])
    if rank == whole:
        return Fraction(low)
    high = int(values[np.searchsorted(running, whole + 1, side="right")])
    return low + (rank - whole) * (high - low)
