"""Document: checks of the workbook as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook

_LONGEST_NAME, _FEW_SHEETS = 31, 2


def failures(workbook: Workbook) -> Iterator[str]:
    """Every failed check of the whole."""
    for check in (
        _describes_itself, _sheet_names, _nothing_hidden, _opens_at_the_start,
    ):  # fmt: skip
        yield from check(workbook)


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
        if len(name) > _LONGEST_NAME:
            yield f"The sheet name '{name}' is longer than Excel allows."
    if len(workbook.sheetnames) > _FEW_SHEETS and "Contents" not in workbook.sheetnames:
        yield "There is no contents sheet."


def _nothing_hidden(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        lines = (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
        if sheet.sheet_state != "visible" or any(line.hidden for line in lines):
            yield f"{sheet.title}: something is hidden."


def _opens_at_the_start(workbook: Workbook) -> Iterator[str]:
    first = workbook.worksheets[0]
    if workbook.active is not first:
        yield "It does not open on its first sheet."
    if any(selection.activeCell != "A1" for selection in first.sheet_view.selection):
        yield "The cursor of the first sheet is not in A1."
