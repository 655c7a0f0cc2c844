"""Intake: what became of every row of a landed file."""

from __future__ import annotations

from candour.frames import Column, Kind, Need, Schema

INTAKE = Schema(
    name="intake",
    one_row="an export landed",
    key=("export",),
    columns=tuple(
        Column(name, kind, need, meaning)
        for name, kind, need, meaning in (
            ("export", Kind.TEXT, Need.ESSENTIAL, "the export's name in exports.yaml"),
            ("fills", Kind.CODE, Need.ESSENTIAL, "the frame it fills"),
            ("holds", Kind.CODE, Need.ESSENTIAL, "everything, or changes"),
            ("rows_in_file", Kind.NUMBER, Need.ESSENTIAL, "rows below the header"),
            ("loaded", Kind.NUMBER, Need.ESSENTIAL, "rows that became rows of the frame"),
            ("quarantined", Kind.NUMBER, Need.ESSENTIAL, "rows set aside, each with a reason"),
            ("noise", Kind.NUMBER, Need.ESSENTIAL, "totals, footers, blanks and repeated headers"),
            (
                "loaded_before",
                Kind.NUMBER,
                Need.DESCRIBING,
                "rows loaded from the last full extract",
            ),
            ("days_since_last_extract", Kind.NUMBER, Need.DESCRIBING, "age of the newest extract"),
            ("unknown_labels", Kind.NUMBER, Need.DESCRIBING, "labels found in no list of values"),
            ("unknown_columns", Kind.NUMBER, Need.DESCRIBING, "headers the mapping does not name"),
            ("vanished", Kind.NUMBER, Need.DESCRIBING, "cases missing that were here before"),
            ("loose", Kind.NUMBER, Need.DESCRIBING, "rows with no complaint to complete"),
        )
    ),
)
"""The accounts of a landing, one row an export: what became of every row of its file."""
