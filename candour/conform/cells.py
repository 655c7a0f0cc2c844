"""Cells: the columns a mapping reads, each distinct text held once; no other column gets in."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.errors import InputError
from candour.labels import normalised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.exports import Export
    from candour.reading.raw import RawTable

LONGEST_SHOWN = 60
"""Longer texts are free text, which may name people; they are never shown."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A column of texts: for each row the position of its text among the distinct ones."""

    header: str
    codes: np.ndarray
    texts: pd.Series
    is_blank: np.ndarray
    """For each distinct text, whether it stands for nothing."""

    def shown(self, rows: np.ndarray) -> np.ndarray:
        """What the rows say, as far as it may be shown."""
        texts = self.texts.to_numpy(dtype=object)[self.codes[rows]]
        found: np.ndarray = np.array([shown(text) for text in texts], dtype=object)
        return found

    def blank_rows(self) -> np.ndarray:
        """For each row, whether it says nothing."""
        blank: np.ndarray = self.is_blank[self.codes]
        return blank

    def spread(self, values: pd.Series) -> pd.Series:
        """The values of the distinct texts, for every row."""
        return pd.Series(values.array.take(self.codes))


def shown(text: str) -> str:
    """A text as it may be shown to an officer."""
    return text if len(text) <= LONGEST_SHOWN else f"a text of {len(text)} characters"


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a file that its mapping reads."""

    row_numbers: np.ndarray
    columns: Mapping[str, Encoded]
    """By normalised header."""
    unmapped: tuple[str, ...]
    """Headers that the mapping does not name at all."""

    def __len__(self) -> int:
        return len(self.row_numbers)

    def __getitem__(self, header: str) -> Encoded:
        """The column under a header, in any spelling of it."""
        return self.columns[normalised(header)]


def constant(text: str, rows: int) -> Encoded:
    """A column that says the same in every row."""
    return Encoded(text, np.zeros(rows, dtype=np.intp), pd.Series([text]), np.array([False]))


def read_cells(raw: RawTable, mapping: Export, file: str) -> Cells:
    """The cells of a raw table that a mapping reads.

    Raises:
        InputError: a mapped header is missing, or two headers are spelt alike.
    """
    present: dict[str, str] = {}
    for header in raw.cells.columns:
        if normalised(header) in present:
            raise InputError(
                f"{file}: two columns are called “{header}”; rename or remove one in the export."
            )
        present[normalised(header)] = header
    known = {normalised(h) for h in (*mapping.headers(), *mapping.personal, *mapping.ignored)}
    unmapped = tuple(
        header
        for label, header in present.items()
        if label not in known and _without_place(label, present) not in known
    )
    missing = [header for header in mapping.headers() if normalised(header) not in present]
    if missing:
        raise InputError("\n".join(_missing(header, unmapped, file) for header in missing))
    blanks = [normalised(blank) for blank in ("", *mapping.blanks)]
    return Cells(
        row_numbers=raw.row_numbers,
        columns={
            normalised(header): _encoded(header, raw.cells[present[normalised(header)]], blanks)
            for header in mapping.headers()
        },
        unmapped=unmapped,
    )


def _without_place(label: str, present: Mapping[str, str]) -> str:
    """The heading of a column that was told apart by its place: ``2nd team`` is one ``team``.

    So a heading that stands twice is left out by its own name alone.
    """
    place, _, name = label.partition(" ")
    repeated = {f"1st {name}", f"2nd {name}"} <= present.keys() and name not in present
    return name if repeated and place[:1].isdigit() else label


def _encoded(header: str, column: pd.Series, blanks: list[str]) -> Encoded:
    codes, distinct = pd.factorize(column)
    texts = pd.Series(distinct)
    return Encoded(header, codes, texts, texts.str.lower().isin(blanks).to_numpy(dtype=bool))


def _missing(header: str, unmapped: tuple[str, ...], file: str) -> str:
    folded = {normalised(other): other for other in unmapped}
    near = difflib.get_close_matches(normalised(header), folded, n=1, cutoff=0.5)
    hint = f"; the nearest is “{folded[near[0]]}”" if near else ""
    return (
        f"{file}: there is no column “{header}”{hint}. Export it again with that column; if the "
        "system now calls it something else, say so under 'changed' in exports.yaml. Nothing of "
        "the file was loaded."
    )
