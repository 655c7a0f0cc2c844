"""Sieve: every row of a file is a record, noise or torn, and none is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from candour.errors import InputError
from candour.reading.raw import Noise, RawTable, Torn
from candour.reading.rows import comparable, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from candour.reading.header import Header
    from candour.reading.layout import Layout
    from candour.reading.rows import Row

RECORDS_A_CHUNK = 2_000
"""Records held as Python texts before they become Arrow columns; bounds the memory."""

EXCEL_ROW_LIMITS = (65_536, 1_048_576)
"""Rows in a sheet of Excel 97-2003 and of Excel since; an export this long was cut to fit."""


class Sieve:
    """Sorts the rows of one table, in one pass and in their order."""

    def __init__(self, header: Header, layout: Layout, width: int) -> None:
        """Takes the header, and how many fields a record has (the header's, or a blank more)."""
        self._header = header
        self._width = width
        self._labels = header.labels + ("",) * (width - len(header.labels))
        self._header_texts = frozenset(text for line in header.lines for text in line)
        self._noise_texts = [text for text in layout.noise if comparable(text)]
        self._prefixes = tuple(map(comparable, self._noise_texts))
        self._identifying = [header.position(label) for label in layout.identifying]
        self._noise: list[Noise] = []
        self._torn: list[Torn] = []
        self._records: list[list[str]] = []
        self._numbers: list[int] = []
        self._chunks: list[list[pa.Array]] = []
        self._rows = 0

    def sort(self, rows: Iterable[Row]) -> None:
        """Takes every row of the file from its first, the header among them.

        Raises:
            InputError: when a column without a header holds something.
        """
        body = self._header.above + len(self._header.lines)
        for row in rows:
            self._rows += 1
            if self._rows > body:
                self._place(row)
            elif self._rows <= self._header.above:
                blank = not any(cell.strip() for cell in row.cells)
                self._noise.append(Noise(row.number, "blank" if blank else "above the header"))
        self._keep()

    def _place(self, row: Row) -> None:
        if reason := self._why_noise(row):
            self._noise.append(Noise(row.number, reason))
        elif reason := self._why_torn(row):
            self._torn.append(Torn(row.number, reason, row.text))
        elif self._identifying and not any(row.cells[i].strip() for i in self._identifying):
            names = " or ".join(f"“{self._labels[i]}”" for i in self._identifying)
            self._noise.append(Noise(row.number, f"nothing in {names}"))
        else:
            self._records.append(row.cells)
            self._numbers.append(row.number)
            if len(self._records) == RECORDS_A_CHUNK:
                self._keep()

    def _why_noise(self, row: Row) -> str:
        first = ""
        for cell in row.cells:
            if first := comparable(cell):
                break
        else:
            return "blank"
        if first.startswith(self._prefixes):
            written = next(text for text in self._noise_texts if first.startswith(comparable(text)))
            return f"begins with “{written}”"
        if first in self._header_texts and self._repeats_header(row):
            return "the header again"
        return ""

    def _repeats_header(self, row: Row) -> bool:
        cells = [comparable(cell) for cell in row.cells]
        return any(
            _without_trailing_blanks(cells) == _without_trailing_blanks(list(line))
            for line in self._header.lines
        )

    def _why_torn(self, row: Row) -> str:
        if row.fault:
            return row.fault
        found = len(row.cells)
        if found == self._width:
            return ""
        return f"{counted(found, 'field')} where the header has {len(self._header.labels)}"

    def _keep(self) -> None:
        """Turns the records gathered so far into trimmed Arrow columns."""
        if not self._records:
            return
        columns = [
            pc.utf8_trim_whitespace(pa.array(column, pa.large_string()))
            for column in zip(*self._records, strict=True)
        ]
        for position, (label, column) in enumerate(zip(self._labels, columns, strict=True)):
            if not label and pc.any(pc.not_equal(column, "")).as_py():
                raise InputError(
                    f"column {position + 1} has no header (row {self._header.number}) but holds "
                    f"text in its rows; name it in the export, or export without it."
                )
        self._chunks.append(columns)
        self._records = []

    @property
    def record_numbers(self) -> Sequence[int]:
        """The line or sheet row of every record so far."""
        return self._numbers

    @property
    def torn_numbers(self) -> Sequence[int]:
        """The line or sheet row of every torn row so far."""
        return [row.row_number for row in self._torn]

    def table(self, notes: Iterable[str], *, from_spreadsheet: bool) -> RawTable:
        """The rows sorted so far as a raw table."""
        text = pd.StringDtype()
        cells = {
            label: text.__from_arrow__(
                pa.chunked_array([chunk[i] for chunk in self._chunks], pa.large_string())
            )
            for i, label in enumerate(self._labels)
            if label
        }
        return RawTable(
            cells=pd.DataFrame(cells),
            row_numbers=np.array(self._numbers, dtype=np.int64),
            noise=tuple(self._noise),
            torn=tuple(self._torn),
            rows_in_file=self._rows - len(self._header.lines),
            notes=(*notes, *self._notes()),
            from_spreadsheet=from_spreadsheet,
        )

    def _notes(self) -> Iterable[str]:
        blanks = [str(i + 1) for i, label in enumerate(self._labels) if not label]
        if blanks:
            yield f"Left out column {', '.join(blanks)}: no header and nothing in it."
        if self._header.repeated:
            names = ", ".join(f"“{label}”" for label in self._header.repeated)
            yield f"Told apart columns of one name by their place (1st, 2nd): {names}."
        if not self._numbers:
            yield "Holds a header and no records."
        if self._rows in EXCEL_ROW_LIMITS:
            yield (
                f"Ends at row {self._rows:,}, the last an Excel sheet can have: the export may "
                f"have been cut off there."
            )


def _without_trailing_blanks(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
