"""Conforming: a raw table becomes a typed frame, and every row is loaded, held back or noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.conform.belonging import belong
from candour.conform.cells import read_cells
from candour.conform.conformed import Accounts, Conformed
from candour.conform.context import Context
from candour.conform.events import shape_events
from candour.conform.reporting import quarantine, unknown_labels
from candour.conform.shapes import shape_cases, shape_rows
from candour.frames import CLEARED_WORDS, schema
from candour.reading.raw import Noise

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from candour.conform.cells import Cells
    from candour.conform.shapes import Shaped
    from candour.exports import Export
    from candour.reading.raw import RawTable
    from candour.taxonomy import Taxonomy


def conform(
    raw: RawTable,
    export: Export,
    extracted_on: dt.date,
    taxonomy: Taxonomy,
    snapshot: str,
    *,
    file: str,
) -> Conformed:
    """A raw table as the typed frame its export fills.

    Personal, ignored and unmapped columns are never looked at, so nothing of theirs is in any
    part of the answer.

    Args:
        raw: what the file says.
        export: the council's declaration of it.
        extracted_on: the day the file was made; nothing in it can have happened later.
        taxonomy: what the council calls things.
        snapshot: the landed file's SHA-256.
        file: its name, for sentences.

    Raises:
        InputError: a mapped column is missing, or days and months are exchanged.
    """
    mapping = export.mapping_on(extracted_on)
    cells = read_cells(raw, mapping, file)
    context = Context(
        file, schema(export.fills), mapping, taxonomy, extracted_on, raw.from_spreadsheet
    )
    shaped = _shaped(cells, context)
    held = _marked(cells, (problem.rows for problem in shaped.problems))
    repeated = _marked(cells, shaped.noise.values()) & ~held
    kept = ~held & ~repeated
    table = quarantine(shaped.problems, raw.torn, cells.row_numbers, shaped.references)
    noise = (*raw.noise, *_noise(shaped, cells, repeated))
    placed, notes = belong(shaped.rows[kept[shaped.rows.index]], taxonomy)
    return Conformed(
        frames={export.fills: _frame(placed, cells, context, snapshot)},
        quarantine=table,
        unknown=unknown_labels(shaped.unread),
        unmapped=cells.unmapped,
        noise=tuple(sorted(noise, key=lambda row: row.row_number)),
        accounts=Accounts(
            rows_in_file=raw.rows_in_file,
            loaded=int((shaped.used & kept).sum()),
            quarantined=len(table),
            noise=len(noise),
        ),
        notes=(*raw.notes, *notes, *_unmapped_note(cells)),
    )


def _shaped(cells: Cells, context: Context) -> Shaped:
    mapping = context.mapping
    if mapping.events is not None:
        return shape_events(cells, context, mapping.events)
    return shape_cases(cells, context) if mapping.stages else shape_rows(cells, context)


def _marked(cells: Cells, positions: Iterable[np.ndarray]) -> np.ndarray:
    marked: np.ndarray = np.zeros(len(cells), dtype=bool)
    for rows in positions:
        marked[rows] = True
    return marked


def _noise(shaped: Shaped, cells: Cells, repeated: np.ndarray) -> Iterator[Noise]:
    for reason, rows in shaped.noise.items():
        for number in cells.row_numbers[rows[repeated[rows]]]:
            yield Noise(int(number), reason)


def _frame(rows: pd.DataFrame, cells: Cells, context: Context, snapshot: str) -> pd.DataFrame:
    """The rows in their declared columns and types, ordered by what identifies them."""
    same = pd.Series([snapshot], dtype="string").repeat(len(rows)).set_axis(rows.index)
    numbers = cells.row_numbers[rows.index]
    traced = _only_cleared(rows, context.schema.name).assign(snapshot=same, row_number=numbers)
    ordered = traced.sort_values(list(context.schema.key), kind="stable")
    return context.schema.enforce(ordered.reset_index(drop=True))


def _only_cleared(rows: pd.DataFrame, frame: str) -> pd.DataFrame:
    """The rows without the words that nobody has cleared for publication."""
    words = CLEARED_WORDS.get(frame, ())
    if not words:
        return rows
    cleared = rows["publishable"].fillna(value=False).astype(bool)
    return rows.assign(**{name: rows[name].where(cleared) for name in words})


def _unmapped_note(cells: Cells) -> Iterator[str]:
    if cells.unmapped:
        named = ", ".join(f"“{header}”" for header in cells.unmapped)
        yield (
            f"Not read, because exports.yaml does not name them: {named}. Add each to 'columns', "
            "'personal' or 'ignored'."
        )
