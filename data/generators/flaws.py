"""Flaws: the few rows of a real export that are wrong, each documented in ``data/README.md``.

They are rows beside the true ones, so that no published total moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.writing import Row

_TORN_FROM = 40
"""Which row of a file is copied to make a wrong one."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What a council's complaint export calls the columns that get spoilt."""

    ref: str
    procedure: str
    category: str
    received: str
    logged: str
    acknowledged: str
    responded: str
    closed: str


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The words of a council's wrong rows."""

    pattern: str
    """A reference with ``{count}``, far above the numbers of true cases."""
    procedure: str
    """No procedure of the council."""
    category: str
    """A true category, other than the one it replaces."""


def spoil(
    files: dict[str, list[Row]], header: Sequence[str], columns: Columns, spoilt: Spoilt
) -> None:
    """Put the wrong rows into the complaint files, and noise into the full history."""

    def wrong(file: str, count: int, at: int, **changes: str) -> None:
        rows = files[f"complaints_{file}.csv"]
        named = {getattr(columns, name): value for name, value in changes.items()}
        ref = spoilt.pattern.format(count=count)
        rows.insert(at, rows[_TORN_FROM] | {columns.ref: ref} | named)

    wrong("changes_20240318", 10, 90, ref="")
    wrong("changes_20240311", 11, 70, received="31/02/2024", responded="", closed="")
    wrong("changes_20240401", 12, 150, responded="03/28/2024")
    wrong("changes_20240408", 13, 30, responded="awaiting panel", closed="")
    wrong("full_20240304", 14, 2100, procedure=spoilt.procedure)
    _duplicate(files["complaints_changes_20240325.csv"], columns, spoilt)
    _add_noise(files["complaints_full_20240304.csv"], header)


def _duplicate(rows: list[Row], columns: Columns, spoilt: Spoilt) -> None:
    """One key twice word for word, another twice with an outdated row above the true one."""
    recent = [row for row in rows if row[columns.logged][3:10] == "02/2024"]
    rows.insert(60, dict(recent[0]))
    rows.insert(3, recent[5] | {columns.category: spoilt.category, columns.acknowledged: ""})


def _add_noise(rows: list[Row], header: Sequence[str]) -> None:
    """The header again where the vendor's page turned, a total and a warning at the end."""
    blank = dict.fromkeys(header, "")
    rows.insert(1500, dict(zip(header, header, strict=True)))
    rows.append(blank | {header[0]: "Total", header[-1]: str(len(rows) - 1)})
    rows.append(blank | {header[0]: "Confidential: contains personal information"})
