"""Bank holidays: the table everything that counts working days reads, each day listed once."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from candour.errors import ConfigurationError
from candour.period import day_in_words

_COLUMNS = ["date", "title", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A weekday that does not count, and why."""

    on: date
    title: str
    note: str = ""


def read_holidays(text: str, name: str) -> list[Holiday]:
    """The bank holidays of a table, in order; every year from its first to its last is there.

    Args:
        text: Columns date (2024-12-25), title and note; whole calendar years.
        name: What the table is called in errors, such as "England and Wales".

    Raises:
        ConfigurationError: The table cannot be read, holds a day twice or misses a year.
    """
    rows = csv.DictReader(text.removeprefix("\ufeff").splitlines())
    if rows.fieldnames != _COLUMNS:
        raise ConfigurationError(
            f"The bank holidays of {name} have the columns {rows.fieldnames}; expected {_COLUMNS}."
        )
    holidays = sorted(_holiday(number, row, name) for number, row in enumerate(rows, start=2))
    if not holidays:
        raise ConfigurationError(f"The bank holidays of {name} are an empty table.")
    for one, other in pairwise(holidays):
        if one.on == other.on:
            raise ConfigurationError(
                f"The bank holidays of {name} list {day_in_words(one.on)} twice; keep one."
            )
    years = sorted({holiday.on.year for holiday in holidays})
    if years != list(range(years[0], years[-1] + 1)):
        raise ConfigurationError(
            f"The bank holidays of {name} skip a year between {years[0]} and {years[-1]}; "
            "every year must be listed, or its working days would be miscounted."
        )
    return holidays


def _holiday(line: int, row: dict[str, str], name: str) -> Holiday:
    try:
        return Holiday(date.fromisoformat(row["date"]), row["title"], row["note"] or "")
    except ValueError as problem:
        raise ConfigurationError(
            f"The bank holidays of {name}, line {line}: {row['date']!r} is not a day; "
            "write it as 2024-12-25."
        ) from problem
