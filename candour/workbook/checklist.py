"""Checklist: what the Analysis Function asks of a published spreadsheet, as far as code can tell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SMALLEST_POINTS = 12
SANS_SERIF = {"Arial", "Calibri", "Helvetica", "Verdana", "Liberation Sans"}
_SYMBOLS = re.compile(r"[*†‡§#^]$|[¹²³⁴⁵]")


def check(content: bytes) -> list[str]:
    """Every failed check of a workbook, a sentence each; an empty list is a pass.

    Left to a person: plain writing, spelling, and whether a note says what a reader needs.
    """
    workbook = load_workbook(io.BytesIO(content))
    failed = [sentence for test in _WHOLE for sentence in test(workbook)]
    failed += _package(content)
    for sheet in workbook.worksheets:
        failed += [f"{sheet.title}: {s}" for test in _SHEET for s in test(sheet)]
    return failed


def _describes_itself(workbook: Workbook) -> Iterator[str]:
    properties = workbook.properties
    for name, value in (
        ("title", properties.title),
        ("author", properties.creator),
        ("language", properties.language),
    ):
        if not value or value == "openpyxl":
            yield f"The document has no {name} of its own."


def _sheet_names(workbook: Workbook) -> Iterator[str]:
    for name in workbook.sheetnames:
        if re.fullmatch(r"Sheet ?\d*", name):
            yield f"The sheet name '{name}' says nothing."
        if len(name) > 31:  # noqa: PLR2004
            yield f"The sheet name '{name}' is longer than Excel allows."
    if len(workbook.sheetnames) > 2 and "Contents" not in workbook.sheetnames:  # noqa: PLR2004
        yield "There is no contents sheet."


def _nothing_hidden(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        hidden = [
            d
            for d in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
            if d.hidden
        ]
        if sheet.sheet_state != "visible" or hidden:
            yield f"{sheet.title}: something is hidden."


def _opens_at_the_start(workbook: Workbook) -> Iterator[str]:
    if workbook.active is not workbook.worksheets[0]:
        yield "It does not open on its first sheet."
    for selection in workbook.worksheets[0].sheet_view.selection:
        if selection.activeCell != "A1":
            yield "The cursor of the first sheet is not in A1."


def _links_lead_somewhere(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        for link in sheet._hyperlinks:
            target = (link.location or "").split("!")[0].strip("#'").replace("''", "'")
            if link.location and target not in workbook.sheetnames:
                yield f"{sheet.title}: the link in {link.ref} leads nowhere."


def _has_title(sheet: Worksheet) -> Iterator[str]:
    if not isinstance(sheet["A1"].value, str) or not sheet["A1"].value.strip():
        yield "there is no title in A1."
    elif not sheet["A1"].font.b:
        yield "the title in A1 does not stand out."


def _no_merged_cells(sheet: Worksheet) -> Iterator[str]:
    if sheet.merged_cells.ranges:
        yield "cells are merged."


def _one_marked_up_table(sheet: Worksheet) -> Iterator[str]:
    if len(sheet.tables) > 1:
        yield "there is more than one table."
    if not sheet.tables and not sheet._charts and _rows_of_cells(sheet) > 1:
        yield "cells stand side by side that are not marked up as a table."


def _rows_of_cells(sheet: Worksheet) -> int:
    return sum(1 for row in sheet.iter_rows() if sum(c.value is not None for c in row) > 1)


def _table_shape(sheet: Worksheet) -> Iterator[str]:
    for table in sheet.tables.values():
        left, top, right, bottom = range_boundaries(table.ref)
        if left != 1:
            yield f"the table {table.name} is not at the left edge."
        if sheet.max_row > bottom:
            yield f"something stands below the table {table.name}."
        headers = [sheet.cell(top, c).value for c in range(left, right + 1)]
        if len(set(headers)) != len(headers) or not all(isinstance(h, str) and h for h in headers):
            yield f"the headers of {table.name} are not all filled and different."
        if table.name.startswith("Table"):
            yield f"the table name {table.name} says nothing."
        for row in range(top, bottom + 1):
            if all(sheet.cell(row, c).value is None for c in range(left, right + 1)):
                yield f"row {row} of {table.name} is blank."
        for column in range(left, right + 1):
            values = [sheet.cell(r, column).value for r in range(top + 1, bottom + 1)]
            if values and all(v is None for v in values) and not _explained(sheet, top):
                yield f"column {column} of {table.name} is blank."
            if None in values and not _explained(sheet, top):
                yield f"{table.name} has blank cells and no words above say why."


def _explained(sheet: Worksheet, top: int) -> bool:
    words = " ".join(str(sheet.cell(r, 1).value or "") for r in range(1, top)).casefold()
    return "empty" in words or "blank" in words


def _wrapped_text(sheet: Worksheet) -> Iterator[str]:
    for table in sheet.tables.values():
        left, top, right, _ = range_boundaries(table.ref)
        for column in range(left, right + 1):
            if not sheet.cell(top, column).alignment.wrap_text:
                yield f"the header {sheet.cell(top, column).value} does not wrap."


def _fonts(sheet: Worksheet) -> Iterator[str]:
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    if any(cell.font.sz is None or cell.font.sz < SMALLEST_POINTS for cell in cells):
        yield f"text is smaller than {SMALLEST_POINTS} points."
    if any(cell.font.name not in SANS_SERIF for cell in cells):
        yield "a font is not sans serif."
    if any(cell.font.vertAlign for cell in cells):
        yield "text is raised or lowered."


def _no_fill(sheet: Worksheet) -> Iterator[str]:
    if any(c.fill.fill_type not in {None, "none"} for row in sheet.iter_rows() for c in row):
        yield "cells have a background."


def _no_symbols(sheet: Worksheet) -> Iterator[str]:
    for table in sheet.tables.values():
        left, top, right, _ = range_boundaries(table.ref)
        for column in range(left, right + 1):
            if _SYMBOLS.search(str(sheet.cell(top, column).value)):
                yield f"the header {sheet.cell(top, column).value} marks its note with a symbol."


def _no_formulas(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                yield f"{cell.coordinate} is a formula; previews would show it empty."


def _widths(sheet: Worksheet) -> Iterator[str]:
    for table in sheet.tables.values():
        left, _, right, _ = range_boundaries(table.ref)
        for column in range(left, right + 1):
            letter = sheet.cell(1, column).column_letter
            if letter not in sheet.column_dimensions:
                yield f"column {letter} has no width of its own."


def _headers_and_footers(sheet: Worksheet) -> Iterator[str]:
    for part in (sheet.oddHeader, sheet.oddFooter):
        if any(side.text for side in (part.left, part.center, part.right)):
            yield "it has a page header or footer, which many never see."


def _not_blank(sheet: Worksheet) -> Iterator[str]:
    if not any(cell.value is not None for row in sheet.iter_rows() for cell in row):
        yield "it is blank."


def _descriptive_links(sheet: Worksheet) -> Iterator[str]:
    for link in sheet._hyperlinks:
        words = str(sheet[link.ref.split(":")[0]].value or "")
        if words.casefold() in {"", "here", "click here", "link"} or "://" in words:
            yield f"the link in {link.ref} does not say where it leads."


def _package(content: bytes) -> list[str]:
    """What only the parts of the file tell: alt text, images, macros."""
    failed = []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        if any(name.startswith("xl/media/") for name in names):
            failed.append("There are pictures.")
        if any(name.endswith("vbaProject.bin") for name in names):
            failed.append("There are macros.")
        for name in names:
            if not re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                continue
            frames = re.findall(rb"<xdr:cNvPr [^>]*>|<cNvPr [^>]*>", parts.read(name))
            if not frames or any(not re.search(rb'descr="[^"]{20,}"', frame) for frame in frames):
                failed.append(f"A chart ({name}) has no alt text.")
    return failed


_WHOLE: tuple[Callable[[Workbook], Iterator[str]], ...] = (
    _describes_itself, _sheet_names, _nothing_hidden, _opens_at_the_start, _links_lead_somewhere,
)  # fmt: skip
_SHEET: tuple[Callable[[Worksheet], Iterator[str]], ...] = (
    _has_title, _no_merged_cells, _one_marked_up_table, _table_shape, _wrapped_text, _fonts,
    _no_fill, _no_symbols, _no_formulas, _widths, _headers_and_footers, _not_blank,
    _descriptive_links,
)  # fmt: skip
