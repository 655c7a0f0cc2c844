"""Raw tables: what a file says, as text, with every row of the file accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Noise:
    """A row that is no record (title, filter, repeated header, total, footer, blank)."""

    row_number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Torn:
    """A row that cannot be read as a record: too many fields, too few, a NUL inside."""

    row_number: int
    reason: str
    text: str
    """The row as it stands in the file; for the quarantine beside the raw file, never for a log."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table read from a landed file: nothing renamed, cast or guessed.

    ``len(cells) + len(noise) + len(torn) == rows_in_file``, always. The header row is not counted.
    """

    cells: pd.DataFrame
    """Columns are the header's texts in the file's order, trimmed; every cell ``string``, trimmed
    of surrounding white space, ``""`` when blank. Spreadsheet days and instants are written ISO
    (``2024-03-28``, ``2024-03-28T16:05:00``) whatever their cell format; numbers without ``.0``."""
    row_numbers: np.ndarray
    """For each row of ``cells``: its line (text files) or sheet row, counted from one."""
    noise: tuple[Noise, ...]
    torn: tuple[Torn, ...]
    rows_in_file: int
    notes: tuple[str, ...]
    """Sentences for the data quality page: fallback encoding used, hidden rows counted…"""
    from_spreadsheet: bool
