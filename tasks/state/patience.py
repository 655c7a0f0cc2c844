"""Patience: a database that starts again is waited for where nobody else knows what to write."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSES = (0.5, 1, 2, 4, 8, 15, 30)
"""Seconds: together a minute, in which a server that was stopped is there again."""
_Answer = TypeVar("_Answer")


def patiently(ask: Callable[[], _Answer]) -> _Answer:
    """The answer of a database, asked again while it cannot be reached.

    ``ask`` may have been done although it failed, so it has to bear being done twice.

    Raises:
        OperationalError, InterfaceError: it could not be reached for a minute.
    """
    for pause in PAUSES:
        try:
            return ask()
        except (OperationalError, InterfaceError):
            time.sleep(pause)
    return ask()
