"""Delimited: a text file's rows, split by the one separator that yields the header."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from candour.errors import InputError
from candour.reading.header import SEARCHED_ROWS, check_header, name_list, propose_header
from candour.reading.rows import Row
from candour.reading.sieve import Sieve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from candour.reading.header import Header
    from candour.reading.layout import Layout
    from candour.reading.raw import RawTable

SEPARATOR_LINE = re.compile(rb'"?sep=([,;\t|:^~ ])"?\r?\n', re.IGNORECASE)
"""The first line by which Excel is told the separator; it is no row of the table."""

DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
LINE_END = re.compile(r"\r\n|\r|\n")


def read_delimited(content: bytes, layout: Layout, notes: Sequence[str]) -> RawTable:
    """The table of a text file, from clean UTF-8.

    Raises:
        InputError: when no separator yields the header, or quotation marks do not pair.
    """
    delimiter, header = _find_delimiter(content, layout)
    sieve = Sieve(header, layout, _find_width(content, delimiter, header))
    sieve.sort(read_rows(content, delimiter))
    return sieve.table(notes, from_spreadsheet=False)


def read_rows(content: bytes, delimiter: str) -> Iterator[Row]:
    """Every record of a text file, strictly: a stray quotation mark is never read over.

    Raises:
        InputError: at the line where the quotation marks stop making sense.
    """
    lines = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")
    taken: list[str] = []

    def take() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    damaged = b"\0" in content
    number = 1
    try:
        for cells in csv.reader(take(), delimiter=delimiter, strict=True):
            text = "".join(taken)
            if len(taken) > 1:
                _check_swallowed(cells, delimiter, number)
            fault = "holds a NUL byte" if damaged and "\0" in text else ""
            yield Row(number, cells, text, fault)
            number += len(taken)
            taken.clear()
    except csv.Error as error:
        raise InputError(_quoting_fault(str(error), number, number + len(taken) - 1)) from error


def _quoting_fault(fault: str, first: int, last: int) -> str:
    advice = "the file was cut short or a quotation mark is missing; export it again."
    if "expected after" in fault:
        return (
            f"line {last} has text straight after a closing quotation mark (the record began at "
            f"line {first}): {advice}"
        )
    if "field limit" in fault:
        return f"a cell that begins at line {first} never ends within 131,072 characters: {advice}"
    return f"a quotation mark opened in the record at line {first} is never closed: {advice}"


@dataclass(frozen=True, slots=True)
class _Trial:
    """What one separator makes of the first rows."""

    delimiter: str
    header: Header | None
    fault: InputError | None
    """What cut the first rows short, if anything."""

    @property
    def worth(self) -> tuple[bool, int, int]:
        """How well its header answers, or else into how many columns it splits."""
        header = self.header
        return (header.is_complete, header.matched, len(header.labels)) if header else (False, 0, 0)


def _find_delimiter(content: bytes, layout: Layout) -> tuple[str, Header]:
    """The first declared separator that yields the whole header, with that header."""
    said = SEPARATOR_LINE.match(content)
    delimiters = (said[1].decode(),) if said else layout.delimiters
    trials = [_try(content, delimiter, layout) for delimiter in delimiters]
    best = max(trials, key=lambda trial: trial.worth)
    if best.header and best.header.is_complete:
        check_header(best.header)
        return best.delimiter, best.header
    if best.header and best.header.matched:
        if best.fault:
            raise best.fault
        check_header(best.header)
    faults = [trial.fault for trial in trials if trial.fault]
    if faults and not any(_splits(trial) for trial in trials):
        raise faults[0]
    shown = " or ".join(DELIMITER_NAMES.get(mark, mark) for mark in delimiters)
    raise InputError(
        f"none of its first {SEARCHED_ROWS} rows, split by {shown}, holds any of the expected "
        f"columns ({name_list(sorted(layout.needed))}); this may be another export, or its "
        f"separator is not declared."
    )


def _try(content: bytes, delimiter: str, layout: Layout) -> _Trial:
    rows: list[Row] = []
    fault = None
    try:
        for row in islice(read_rows(content, delimiter), SEARCHED_ROWS):
            rows.append(row)
    except InputError as error:
        fault = error
    return _Trial(delimiter, propose_header(rows, layout), fault)


def _splits(trial: _Trial) -> bool:
    """Whether it reads the rows soundly and as more than one column."""
    return trial.fault is None and trial.header is not None and len(trial.header.labels) > 1


def _find_width(content: bytes, delimiter: str, header: Header) -> int:
    """How many fields a record has: the header's, or more where most rows end in blank ones.

    A system that writes a separator after every cell gives each row a blank field too many. Only
    a count that most rows share, blank in all of them, counts; else the rows are torn.
    """
    start = header.above + len(header.lines)
    first = islice(read_rows(content, delimiter), start, start + SEARCHED_ROWS)
    named = len(header.labels)
    found = [row.cells for row in first if any(cell.strip() for cell in row.cells)]
    if not found:
        return named
    width = Counter(map(len, found)).most_common(1)[0][0]
    surplus = [cell for cells in found if len(cells) == width for cell in cells[named:]]
    return width if width > named and not any(map(str.strip, surplus)) else named


def _check_swallowed(cells: list[str], delimiter: str, number: int) -> None:
    """Refuses a cell that holds whole rows, as between two lone quotation marks.

    The text of such a cell ends its own row, holds whole rows and begins the last: its separators
    count exactly so, and the last row's first cell is written like this one's.
    """
    width = len(cells)
    for position, cell in enumerate(cells):
        lines = LINE_END.split(cell)
        if len(lines) > 1 and width > 2:  # noqa: PLR2004
            counts = [line.count(delimiter) for line in lines]
            whole = [width - 1 - position, *[width - 1] * (len(lines) - 2), position]
            begins_alike = not position or _shape(lines[-1].split(delimiter)[0]) == _shape(cells[0])
            if counts == whole and begins_alike:
                raise InputError(
                    f"a cell of the record at line {number} holds {len(lines)} whole rows between "
                    f"two quotation marks: a mark is missing; export it again."
                )


def _shape(text: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d]+", "A", text.strip()))
