"""The Ombudsman's yearly tables in its own form: title lines first, then Stockport's two rows."""

from __future__ import annotations

import csv
import io

_ABOVE = (
    "Local Government and Social Care Ombudsman",
    "Complaints and enquiries about local authorities (extract: one authority, two years)",
    "Left blank: not in the report these rows were taken from",
    "",
)
_HEADER = (
    *("Authority Name", "Authority Type", "Year ending", "Received", "Decided", "Not for us"),
    *("Assessed and closed", "Upheld", "Not Upheld", "Satisfactory remedy", "Compliance outcomes"),
    *("Complied", "Public reports"),
)
_NAME, _TYPE = "Stockport Metropolitan Borough Council", "Metropolitan Borough Council"
_ROWS = (
    (_NAME, _TYPE, "31/03/2023", 65, "", "", "", 18, 3, "", "", "", 0),
    (_NAME, _TYPE, "31/03/2024", 75, 67, "", "", 11, 5, "", 9, 9, 0),
)
"""STO-04, STO-41, STO-42 and STO-45; not upheld is investigated less upheld."""


def table() -> bytes:
    """The table as a file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    blank = [""] * (len(_HEADER) - 1)
    writer.writerows([line, *blank] for line in _ABOVE)
    writer.writerow(_HEADER)
    writer.writerows(_ROWS)
    return text.getvalue().encode("utf-8-sig")
