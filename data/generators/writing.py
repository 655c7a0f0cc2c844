"""Writing exports as a vendor's system does: marks, blanks and line ends included."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, str]


def uk(day: date | None, blank: str = "") -> str:
    """A day as dd/mm/yyyy."""
    return day.strftime("%d/%m/%Y") if day else blank


def delimited(
    header: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    seed: str,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    untidy: Sequence[str] = (),
) -> bytes:
    """A delimited file with CRLF line ends; cells of the untidy columns get stray blanks."""
    rng = Random(seed)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(
            [_untidy(rng, row[name]) if name in untidy else row[name] for name in header]
        )
    return text.getvalue().encode(encoding)


def _untidy(rng: Random, cell: str) -> str:
    chance = rng.random()
    if not cell or chance > 0.04:
        return cell
    if chance < 0.008:
        return cell.replace(" ", "\u00a0", 1)
    return f"{cell} " if chance < 0.03 else f" {cell}  "


def spreadsheet(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str | date]], above: Sequence[str]
) -> bytes:
    """A one-sheet workbook, any lines above the header first; the same bytes every time."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for line in above:
        sheet.append([line])
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    for cell in (cell for line in sheet.iter_rows() for cell in line):
        if isinstance(cell.value, date):
            cell.number_format = "DD/MM/YYYY"
    written = io.BytesIO()
    book.save(written)
    return without_clock(written.getvalue())


_CORE = "docProps/core.xml"
_MADE = datetime(2024, 5, 27, 6, 0)  # noqa: DTZ001 - a label in a file, not an instant


def without_clock(workbook: bytes, on: datetime = _MADE) -> bytes:
    """The workbook stored uncompressed with fixed days, so no library's version changes it."""
    made = f"{on.isoformat()}Z"
    core = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{escape(made)}</dcterms:created>'
        "</cp:coreProperties>"
    )
    stored = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as before,
        zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as after,
    ):
        for name in sorted(before.namelist()):
            part = core.encode() if name == _CORE else before.read(name)
            after.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part)
    return stored.getvalue()
