"""What the tests of schedules share: the bank holidays, read and counted without the product."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from candour.cadence import OpenDays

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

TABLE = Path(__file__).parents[2] / "data/reference/bank_holidays.csv"
KNOWN_TO = dt.date(2027, 12, 31)


@pytest.fixture(scope="session")
def bank_holidays() -> frozenset[dt.date]:
    """The listed days, read without the product."""
    rows = csv.DictReader(TABLE.read_text("utf-8").splitlines())
    return frozenset(dt.date.fromisoformat(row["date"]) for row in rows)


@pytest.fixture(scope="session")
def days(bank_holidays: frozenset[dt.date]) -> OpenDays:
    """Northmere's working days, but for its own closures."""
    return OpenDays(bank_holidays, KNOWN_TO)


@pytest.fixture(scope="session")
def nth_by_numpy() -> Callable[[dt.date, int, Collection[dt.date]], dt.date]:
    """The n-th working day from a day on, as numpy counts them."""

    def nth(day: dt.date, number: int, closed: Collection[dt.date]) -> dt.date:
        found = np.busday_offset(
            np.datetime64(day), number - 1, roll="forward", holidays=sorted(closed)
        )
        answer: dt.date = found.astype(dt.date)
        return answer

    return nth
