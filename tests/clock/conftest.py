import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from candour.clock import Calendar

TABLE = Path(__file__).parents[2] / "data" / "reference" / "bank_holidays.csv"


@pytest.fixture(scope="session")
def bank_holidays_csv() -> str:
    return TABLE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def bank_holidays(bank_holidays_csv: str) -> list[date]:
    """The listed days, read without the product."""
    rows = csv.DictReader(bank_holidays_csv.splitlines())
    return [date.fromisoformat(row["date"]) for row in rows]


@pytest.fixture(scope="session")
def calendar(bank_holidays_csv: str) -> Calendar:
    return Calendar.read(bank_holidays_csv)


@pytest.fixture(scope="session")
def column() -> Callable[[Sequence[date | None]], pd.Series]:
    """A column of days as the frames hold them."""
    return lambda days: pd.Series(list(days), dtype="datetime64[s]")


@pytest.fixture(scope="session")
def days_of() -> Callable[[pd.Series], list[date | None]]:
    """A column of days as plain dates, None where missing."""
    return lambda days: [None if pd.isna(day) else day.date() for day in days]
