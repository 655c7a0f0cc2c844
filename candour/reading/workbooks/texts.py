"""Texts: a spreadsheet's typed cells as text, whatever their cell format shows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from candour.reading.rows import INVISIBLE

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
"""What the cell reader gives; a day or an instant only where the cell's format says so."""

FIFTEEN_DIGITS = 1e15
HALF_A_SECOND = 500_000
LAST_YEAR = 9999


def cell_text(value: Cell) -> str:
    """A cell as text: days and instants as ISO, numbers plainly written, the rest as it stands.

    A number in a cell that is not formatted as a day stays a number, even where it could be the
    serial of one.
    """
    if isinstance(value, str):
        return INVISIBLE.sub("", value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number_text(value)
    if isinstance(value, dt.datetime):
        return _instant_text(value)
    if isinstance(value, dt.timedelta):
        return _duration_text(value)
    return value.isoformat()


def _number_text(value: float) -> str:
    """Fifteen digits, which is what Excel keeps and shows, and never an exponent."""
    if abs(value) < FIFTEEN_DIGITS and value == int(value):
        return str(int(value))
    return format(Decimal(f"{value:.15g}").normalize(), "f")


def _instant_text(value: dt.datetime) -> str:
    """To the second: a serial such as 45379.67013888889 is a rounded fraction of a day."""
    rounded = value.replace(microsecond=0)
    if value.microsecond >= HALF_A_SECOND and value.year < LAST_YEAR:
        rounded += dt.timedelta(seconds=1)
    return rounded.isoformat()


def _duration_text(value: dt.timedelta) -> str:
    """Hours, minutes and seconds as the format ``[h]:mm:ss`` shows them."""
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}"
