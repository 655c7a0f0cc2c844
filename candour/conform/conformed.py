"""Conformed: what became of every row of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.errors import ReconciliationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from candour.reading.raw import Noise


@dataclass(frozen=True, slots=True)
class Accounts:
    """Rows of a file, each of them loaded, quarantined or noise."""

    rows_in_file: int
    loaded: int
    quarantined: int
    noise: int

    def __post_init__(self) -> None:
        """Refuses accounts that lose a row or count one twice.

        Raises:
            ReconciliationError: the parts are not the whole.
        """
        told = self.loaded + self.quarantined + self.noise
        if told != self.rows_in_file:
            raise ReconciliationError(
                f"The file has {self.rows_in_file} rows, but {self.loaded} loaded, "
                f"{self.quarantined} quarantined and {self.noise} that are no records make "
                f"{told}. Rows not accounted for: {self.rows_in_file - told}."
            )


@dataclass(frozen=True, slots=True)
class Unknown:
    """A label that means nothing in the council's lists, and how many rows say it."""

    column: str
    """The frame's column; ``event`` for the label of an event."""
    header: str
    """The file's."""
    label: str
    rows: int


@dataclass(frozen=True, slots=True)
class Conformed:
    """A file as typed frames, with everything that was left out and why."""

    frames: Mapping[str, pd.DataFrame]
    quarantine: pd.DataFrame
    """One line a row held back, in the file's order: ``row_number``, ``reference``, ``code``,
    ``column``, ``reason``, ``advice``."""
    unknown: tuple[Unknown, ...]
    unmapped: tuple[str, ...]
    """Headers that exports.yaml does not name; their cells were not read."""
    noise: tuple[Noise, ...]
    accounts: Accounts
    notes: tuple[str, ...]
    """Sentences for the data quality page."""
