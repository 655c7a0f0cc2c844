"""Read-back: a finished workbook opened again, each figure's cell beside the ledger."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from candour.figures import Figure
from candour.workbook.cells import as_written

if TYPE_CHECKING:
    from openpyxl import Workbook

    from candour.ledger import Ledger


def read_back(content: bytes, ledger: Ledger, file_name: str) -> list[str]:
    """What differs between a finished workbook and the ledger, and every number with no figure.

    Args:
        content: the workbook's bytes.
        ledger: what was printed and where.
        file_name: how the ledger calls the workbook.
    """
    workbook = load_workbook(io.BytesIO(content))
    claimed: dict[tuple[str, str], Figure] = {}
    for figure in ledger:
        for sheet, cell in _cells(ledger.places(figure), file_name):
            claimed[sheet, cell] = figure
    return [*_differences(workbook, claimed), *_loose(workbook, claimed)]


def _cells(places: Iterable[str], file_name: str) -> Iterable[tuple[str, str]]:
    for place in places:
        inside = place.removeprefix(f"{file_name} ")
        if inside != place and "!" in inside:
            sheet, cell = inside.rsplit("!", 1)
            yield sheet, cell


def _differences(workbook: Workbook, claimed: dict[tuple[str, str], Figure]) -> list[str]:
    found = []
    for (sheet, cell), figure in claimed.items():
        wanted = as_written(figure)
        here = workbook[sheet][cell]
        same = here.value == wanted.value or (
            isinstance(here.value, int | float)
            and isinstance(wanted.value, float)
            and abs(here.value - wanted.value) < 1e-9  # noqa: PLR2004
        )
        if not same or here.number_format != wanted.number_format:
            found.append(
                f"{sheet}!{cell} says {here.value}, and the ledger's '{figure.key}' is "
                f"{figure.display}. The file was changed after it was made."
            )
    return found


def _loose(workbook: Workbook, claimed: dict[tuple[str, str], Figure]) -> list[str]:
    """Numbers in tables of figures that no figure of the ledger claims."""
    sheets = {sheet for sheet, _ in claimed}
    return [
        f"{name}!{cell.coordinate} holds {cell.value}, which is no figure of the ledger."
        for name in workbook.sheetnames
        if name in sheets
        for row in workbook[name].iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and (name, cell.coordinate) not in claimed
    ]
