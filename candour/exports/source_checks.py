"""Source checks: what is wrong with where one column of a frame is said to come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.declarations import Path, unknown
from candour.exports.source import Source
from candour.exports.vocabulary import PARENTS, STAGES, YES_NO, Vocabulary
from candour.frames import LINEAGE, Kind, Schema
from candour.labels import claims

if TYPE_CHECKING:
    from collections.abc import Iterator

Mistake = tuple[Path, str]
LINEAGE_COLUMNS = {column.name for column in LINEAGE}
"""Columns no export maps: they say where a row came from."""


def of_source(
    path: Path, column: str, source: Source, schema: Schema, vocabulary: Vocabulary
) -> Iterator[Mistake]:
    """Every mistake of a source with its path."""
    if column not in schema.names or column in LINEAGE_COLUMNS:
        columns = [name for name in schema.names if name not in LINEAGE_COLUMNS]
        yield path, f"the column {unknown(column, columns)}"
        return
    yield from _of_options(path, column, source, schema)
    kind = schema.column(column).kind
    if column != "stage" and kind not in {Kind.CODE, Kind.YES_NO}:
        if source.labels:
            yield (*path, "values"), f"{column} is a {kind}; it has no value list."
        return
    allowed = _allowed(schema.name, column, kind, vocabulary)
    if not allowed:
        yield path, f"the council's lists name no {column}; name them there before mapping it."
        return
    if source.always is not None and source.always not in allowed:
        yield (*path, "always"), unknown(source.always, allowed)
    yield from _of_values((*path, "values"), source, allowed)
    has_names = column == "stage" or vocabulary.has_names(schema.name, column)
    if source.always is None and not source.labels and not has_names:
        yield (*path, "values"), f"say which labels mean {', '.join(allowed)}."


def _of_values(path: Path, source: Source, allowed: tuple[str, ...]) -> Iterator[Mistake]:
    for id_ in source.labels:
        if id_ not in allowed:
            yield (*path, id_), unknown(id_, allowed)
    for label, ids in claims(source.labels).items():
        if len(ids) > 1:
            yield (*path, ids[-1]), f"'{label}' already means {ids[0]}; drop one of them."


def _of_options(path: Path, column: str, source: Source, schema: Schema) -> Iterator[Mistake]:
    is_money = column.endswith("_pence")
    if is_money and source.money is None and source.always is None:
        yield (*path, "money"), "say how the amount is written: pounds or pence."
    if source.money is not None and not is_money:
        yield (*path, "money"), f"{column} is no amount of money."
    if source.within is not None and column not in PARENTS:
        yield (*path, "within"), f"only {', '.join(PARENTS)} have it: the header of their parent."
    if source.when_filled is not None and source.when_filled not in schema.names:
        yield (*path, "when_filled"), unknown(source.when_filled, schema.names)


def _allowed(frame: str, column: str, kind: Kind, vocabulary: Vocabulary) -> tuple[str, ...]:
    if column == "stage":
        return STAGES
    if kind is Kind.YES_NO:
        return YES_NO
    return vocabulary.ids(frame, column)
