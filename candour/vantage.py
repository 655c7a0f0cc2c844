"""A vantage: the two days a report is told from, passed in and never asked of the clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vantage:
    """The day whose state is told, and the last landing used.

    A period's report tells the state at the end of ``as_of``, its last day; a bulletin's that of
    the morning of ``as_of``. ``morning`` is the half-open bound of both: the state at its start.
    """

    morning: dt.date
    known_on: dt.date
    as_of: dt.date
