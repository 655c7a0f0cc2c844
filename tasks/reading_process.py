"""Reading process: a hostile workbook can take down a process, so it is given one to take down.

Text files are read where we stand: Python's own reader neither crashes nor multiplies its input.
Zipped and compound workbooks go through a native library in a child with limits; starting it
costs well under a second, once a workbook.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from candour.errors import InputError
from candour.reading.files import read_table
from candour.reading.kinds import WORKBOOK_STARTS
from candour.reading.layout import Layout
from candour.reading.raw import Noise, RawTable, Torn

MEMORY = 2 * 1024**3
CPU_SECONDS = 60
WALL_SECONDS = 300
"""A child that waits instead of working is stopped too, on however busy a machine."""

REQUEST, REPLY, CELLS = "request.json", "reply.json", "cells.feather"
"""What parent and child leave for each other: JSON, and Arrow for the cells, since reading either
can run nothing."""


@dataclass(frozen=True, slots=True)
class _Request:
    path: str
    name: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class _Told:
    """A raw table but for its cells."""

    row_numbers: list[int]
    noise: tuple[Noise, ...]
    torn: tuple[Torn, ...]
    rows_in_file: int
    notes: tuple[str, ...]
    from_spreadsheet: bool


@dataclass(frozen=True, slots=True)
class _Reply:
    told: _Told | None = None
    refused: str = ""


REQUESTS = TypeAdapter(_Request)
REPLIES = TypeAdapter(_Reply)


def read_in_child(content_path: Path, name: str, layout: Layout) -> RawTable:
    """Reads a landed file, a workbook in a process of its own.

    Raises:
        InputError: as ``read_table`` does, and when the child does not survive the file.
    """
    with content_path.open("rb") as content:
        start = content.read(max(map(len, WORKBOOK_STARTS)))
    if not start.startswith(WORKBOOK_STARTS):
        return read_table(content_path.read_bytes(), name, layout)
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        place = Path(folder)
        request = _Request(str(content_path.resolve()), name, layout)
        (place / REQUEST).write_bytes(REQUESTS.dump_json(request))
        ended = _run_child(place)
        reply = _read_reply(place)
    if isinstance(reply, RawTable):
        return reply
    raise InputError(
        reply
        or f"{name}: could not be read within limits ({MEMORY // 1024**3} GiB of memory, "
        f"{CPU_SECONDS} s of work): {ended}. Open it in Excel and save it again, or export it as "
        f"CSV."
    )


def _run_child(place: Path) -> str:
    """Runs the child to its end; says how it ended."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        # Thread pools reserve address space a core, which the limit counts.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "ARROW_IO_THREADS": "1",
    }
    command = [sys.executable, "-m", "tasks.reading_process", str(place)]
    try:
        ended = subprocess.run(
            command, env=environment, capture_output=True, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"it was stopped after {WALL_SECONDS} s"
    if ended.returncode < 0:
        return f"it was ended by {signal.Signals(-ended.returncode).name}"
    # Only the error's name: what follows it may quote a cell.
    last = ended.stderr.decode("utf-8", errors="replace").strip().rpartition("\n")[2]
    return f"it ended with {last.partition(':')[0] or ended.returncode}"


def main(place: Path) -> None:
    """Reads what the request names and leaves the reply beside it, within limits."""
    if sys.platform == "linux":  # elsewhere the limits are refused or mean something else
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    request = REQUESTS.validate_json((place / REQUEST).read_bytes())
    try:
        table = read_table(Path(request.path).read_bytes(), request.name, request.layout)
    except InputError as error:
        _write_reply(place, _Reply(refused=str(error)))
    else:
        table.cells.to_feather(place / CELLS)
        told = {part.name: getattr(table, part.name) for part in fields(_Told)}
        told["row_numbers"] = table.row_numbers.tolist()
        _write_reply(place, _Reply(told=_Told(**told)))


def _write_reply(place: Path, reply: _Reply) -> None:
    """Writes whole or not at all: the child may be stopped at any moment."""
    partial = place / "reply.part"
    partial.write_bytes(REPLIES.dump_json(reply))
    partial.rename(place / REPLY)


def _read_reply(place: Path) -> RawTable | str:
    """The table, or why it was refused; an empty text when the child left no reply."""
    if not (place / REPLY).exists():
        return ""
    reply = REPLIES.validate_json((place / REPLY).read_bytes())
    if reply.told is None:
        return reply.refused
    told = {part.name: getattr(reply.told, part.name) for part in fields(_Told)}
    told["row_numbers"] = np.array(reply.told.row_numbers, dtype=np.int64)
    return RawTable(cells=pd.read_feather(place / CELLS), **told)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
