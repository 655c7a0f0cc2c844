"""What rules may judge: the columns of each frame, and those worked out so that rules stay data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from candour.derived import Frames, Horizon, derived_of
from candour.frames import PUBLISHED, SCHEMAS, Kind
from candour.intake import INTAKE

_JUDGED = {**SCHEMAS, INTAKE.name: INTAKE}


def frame_names() -> tuple[str, ...]:
    """The frames that can be judged."""
    return tuple(sorted(_JUDGED))


def key_of(frame: str) -> tuple[str, ...]:
    """The columns that identify a row of the frame."""
    return _JUDGED[frame].key


def columns_of(frame: str) -> dict[str, str]:
    """Every column a rule may name, with its meaning: declared ones but free text, then derived."""
    schema = _JUDGED[frame]
    declared = {
        column.name: column.meaning
        for column in schema.columns
        if column.kind is not Kind.TEXT or column.name.endswith("_ref") or column.name in schema.key
    }
    return declared | {
        name: m for group in derived_of(schema) for name, m in group.meanings.items()
    }


def rows_to_judge(
    frame: str, columns: Iterable[str], frames: Frames, horizon: Horizon
) -> pd.DataFrame:
    """The named columns of a frame and nothing else, derived ones worked out, rows from 0.

    Numbers are plain floats, missing ones NaN: Great Expectations compares those as a column, and
    any other kind value by value.
    """
    schema, wanted = _JUDGED[frame], sorted(set(columns))
    rows = frames[frame].reset_index(drop=True)
    worked_out = [
        group.compute(rows, frames, _seen_by(frame, horizon))
        for group in derived_of(schema)
        if not group.meanings.keys().isdisjoint(wanted)
    ]
    given = rows[[name for name in wanted if name in rows]]
    judged = pd.concat([given, *worked_out], axis="columns")[wanted]
    return judged.astype(dict.fromkeys(judged.select_dtypes(["Int64", "Float64"]), "float64"))


def _seen_by(frame: str, horizon: Horizon) -> Horizon:
    """How far the rules of a frame see: published tables may be later than any case."""
    if horizon.published_on is None or frame not in PUBLISHED:
        return horizon
    return replace(horizon, known_on=max(horizon.known_on, horizon.published_on))


__all__ = ["Horizon", "columns_of", "frame_names", "key_of", "rows_to_judge"]
