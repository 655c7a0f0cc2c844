"""Cheshire West's workbooks read with plain openpyxl: records by their headings of two lines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
INBOX = ROOT / "data/exports/cheshire_west"
HOLIDAYS = {
    dt.date.fromisoformat(line.split(",")[0])
    for line in (ROOT / "data/reference/bank_holidays.csv").read_text().splitlines()[1:]
}

Record = dict[str, object]


def rows_of(name: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(INBOX / f"{name}_20231002.xlsx")
    return list(book.active.iter_rows(values_only=True))


def header_row(rows: list[tuple[object, ...]]) -> int:
    """The upper line of the headings: the first row with more than one cell filled."""
    return next(n for n, row in enumerate(rows) if sum(cell is not None for cell in row) > 1)


def records(name: str) -> list[Record]:
    """The rows that are records, by their headings joined; a row pasted twice counts once."""
    rows = rows_of(name)
    at = header_row(rows)
    over: object = None
    headings = []
    for above, below in zip(rows[at], rows[at + 1], strict=True):
        over = above or over
        headings.append(f"{over} {below}")
    body = [row for row in rows[at + 2 :] if isinstance(row[1], dt.date | int)]
    kept = dict.fromkeys(row for row in body if row[0] != "Total")
    return [dict(zip(headings, map(cell, row), strict=True)) for row in kept]


def cell(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def day(value: object) -> dt.date | None:
    """A spreadsheet's own day, one that lost its format, or one that was typed."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int):
        return dt.date(1899, 12, 30) + dt.timedelta(days=value)
    return dt.datetime.strptime(str(value), "%d/%m/%Y").date() if value else None  # noqa: DTZ007


def year_of(value: object) -> str:
    on = day(value)
    if on is None:
        return ""
    start = on.year - (on.month < 4)
    return f"{start}-{(start + 1) % 100:02d}"


def working_days(start: dt.date, end: dt.date) -> int:
    """Working days after the first day, up to the second."""
    every = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(one.weekday() < 5 and one not in HOLIDAYS for one in every)
