"""Corrections: known errors in the source, each with its reason, until the source is put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from candour.declarations import Declaration, Path, read_declaration, unknown
from candour.errors import ConfigurationError
from candour.frames import LINEAGE, SCHEMAS, Kind

Value = dt.date | bool | int | str | None


class Correction(Declaration):
    """One value of one row that the source has wrong."""

    frame: str
    where: dict[str, int | str]
    """What identifies the row: ``{case_ref: COR000123, stage: 1}``."""
    column: str
    expect: Value
    """What the source says. When it says something else the correction has had its day."""
    becomes: Value
    reason: str


class _Corrections(Declaration):
    corrections: dict[str, Correction]


def read_corrections(text: str, file: str) -> Mapping[str, Correction]:
    """The corrections declared by ``corrections.yaml``, by id.

    Raises:
        ConfigurationError: a frame, column or key is not known.
    """
    return read_declaration(
        _Corrections,
        text,
        file,
        key="corrections",
        check=lambda declared: [
            ((id_, *path), sentence)
            for id_, correction in declared.corrections.items()
            for path, sentence in _mistakes(correction)
        ],
    ).corrections


def _mistakes(correction: Correction) -> Iterator[tuple[Path, str]]:
    if correction.frame not in SCHEMAS:
        yield ("frame",), unknown(correction.frame, SCHEMAS)
        return
    schema = SCHEMAS[correction.frame]
    fixed = {*schema.key, *(column.name for column in LINEAGE)}
    columns = [name for name in schema.names if name not in fixed]
    if correction.column not in columns:
        yield ("column",), unknown(correction.column, columns)
    if set(correction.where) != set(schema.key):
        yield ("where",), f"a row of {schema.name} is found by {' and '.join(schema.key)}."


def apply_corrections(
    frames: Mapping[str, pd.DataFrame], corrections: Mapping[str, Correction]
) -> tuple[dict[str, pd.DataFrame], tuple[str, ...]]:
    """The frames with the corrections made, and a note on each.

    Raises:
        ConfigurationError: the source no longer says what a correction expects.
    """
    corrected = dict(frames)
    notes: list[str] = []
    outdated: list[str] = []
    for id_, correction in corrections.items():
        rows = corrected.get(correction.frame, pd.DataFrame(columns=[*correction.where]))
        found = _matching(rows, correction)
        if not found.any():
            notes.append(f"Correction {id_}: the extracts have no such row; nothing was corrected.")
        elif not (rows.loc[found, correction.column].map(_plain) == str(correction.expect)).all():
            outdated.append(
                f"corrections.yaml: {id_}: the source no longer says {correction.expect} in "
                f"{correction.column}. If it has been put right, remove the correction."
            )
        else:
            corrected[correction.frame] = _corrected(rows, found, correction)
            notes.append(
                f"Correction {id_}: {correction.column} is {correction.becomes} instead of "
                f"{correction.expect}. {correction.reason}"
            )
    if outdated:
        raise ConfigurationError("\n".join(outdated))
    return corrected, tuple(notes)


def _matching(rows: pd.DataFrame, correction: Correction) -> pd.Series:
    matches = pd.Series(data=True, index=rows.index, dtype=bool)
    for column, value in correction.where.items():
        matches &= rows[column].astype("string") == str(value)
    return matches


def _plain(value: object) -> str:
    """A value as a correction writes it: a day without its midnight, nothing as None."""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return "None" if value is None or pd.isna(value) else str(value)


def _corrected(rows: pd.DataFrame, found: pd.Series, correction: Correction) -> pd.DataFrame:
    column = rows[correction.column]
    value: object = pd.NA if correction.becomes is None else correction.becomes
    if SCHEMAS[correction.frame].column(correction.column).kind is Kind.DATE:
        value = pd.Timestamp(correction.becomes) if correction.becomes else pd.NaT
    elif isinstance(column.dtype, pd.CategoricalDtype) and correction.becomes is not None:
        ids = sorted({*column.cat.categories, str(correction.becomes)})
        column = column.cat.set_categories(ids)
    return rows.assign(**{correction.column: column.mask(found, value)})
