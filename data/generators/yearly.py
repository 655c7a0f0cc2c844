"""Tables as the Ombudsman publishes them: lines of title first, then headings and rows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STATISTICS = (
    *("Authority Name", "Authority Type", "Year ending", "Received", "Decided", "Not for us"),
    *("of which Invalid or Incomplete", "Assessed and closed", "Upheld", "Not Upheld"),
    *("Uphold rate", "Satisfactory remedies", "Compliance outcomes", "Complied"),
    *("Public reports", "Population"),
)
IMPROVEMENTS = (
    *("Improvement", "Case reference", "Listed on", "Category", "Sub Category"),
    "Service improvement",
)


def titled(
    above: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[str | int]]
) -> bytes:
    """A table below its lines of title, each line filled up to the table's width."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    filling = [""] * (len(header) - 1)
    writer.writerows([line, *filling] for line in (*above, ""))
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def uphold_rate(upheld: int | str, not_upheld: int | str) -> str:
    """Upheld of investigated as the Ombudsman prints it, in whole per cent."""
    if isinstance(upheld, str) or isinstance(not_upheld, str) or not upheld + not_upheld:
        return ""
    investigated = upheld + not_upheld
    return f"{(200 * upheld + investigated) // (2 * investigated)}%"
