"""Checklist: what the government's Analysis Function asks of a spreadsheet, told by code."""

from __future__ import annotations

from candour.workbook.checklist import document, parts, tables, words
from candour.workbook.checklist.seen import open_again, see


def check(content: bytes, *, filters: bool = False) -> list[str]:
    """Every failed check of a workbook, a sentence each; an empty list is a pass.

    Left to a person: plain writing, spelling, whether a note says what a reader needs, and the
    accessibility checker of the program itself.

    Args:
        content: the workbook's bytes.
        filters: whether it is a list made for filtering, which may have filters, frozen panes and
            columns that happen to be empty.
    """
    workbook = open_again(content)
    failed = [*document.failures(workbook), *parts.failures(content)]
    checks = [*tables.CHECKS, *words.CHECKS, *(() if filters else tables.NOT_FOR_FILTERING)]
    for sheet in workbook.worksheets:
        seen = see(sheet)
        failed += [f"{sheet.title}: {sentence}" for one in checks for sentence in one(seen)]
    return failed
