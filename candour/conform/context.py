"""Context: everything that decides what a cell means, but the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from candour.conform.codes import Lists, as_category
from candour.conform.days import DUE_COLUMNS, DayRule
from candour.exports.vocabulary import CLOSED, STAGES, YES_NO, dimension
from candour.frames import DTYPES, Column, Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from candour.exports import Export, Source
    from candour.frames import Schema
    from candour.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Context:
    """One file of one export, extracted on one day."""

    file: str
    schema: Schema
    mapping: Export
    taxonomy: Taxonomy
    extracted_on: dt.date
    from_spreadsheet: bool

    def lists(self, column: Column, source: Source) -> Lists:
        """What the labels of a column may mean; a constant means itself."""
        ids = self.ids(column)
        if source.always is not None:
            labels: Mapping[str, Sequence[str]] = {source.always: (source.always,)}
        elif column.name == "stage" and not source.labels:
            labels = {stage: (stage,) for stage in STAGES}
        else:
            labels = source.labels
        return Lists(ids, labels, dimension(self.schema.name, column.name), self.taxonomy)

    def ids(self, column: Column) -> Sequence[str]:
        """Every id a column may hold."""
        if column.name == "procedure":
            sources = [source for _, name, source in self.mapping.sources() if name == "procedure"]
            return [id_ for source in sources for id_ in (source.always, *source.labels) if id_]
        if column.name == "stage":
            return STAGES
        if column.kind is Kind.YES_NO:
            return YES_NO
        return CLOSED.get(column.name) or self.taxonomy.ids(
            dimension(self.schema.name, column.name)
        )

    def day_rule(self, column: str) -> DayRule:
        """How the days of a column are written, and how late they may be."""
        return DayRule(
            forms=self.mapping.dates,
            from_spreadsheet=self.from_spreadsheet,
            zone=self.mapping.timezone,
            cut_off=self.mapping.cut_off if column == "received_on" else None,
            extracted_on=self.extracted_on,
            may_lie_ahead=column in DUE_COLUMNS,
        )

    def complete(self, read: Mapping[str, pd.Series], index: pd.Index) -> pd.DataFrame:
        """A frame with every column of the schema, those not read missing in their own type."""
        columns = {
            column.name: read[column.name] if column.name in read else self._missing(column, index)
            for column in self.schema.columns
        }
        return pd.DataFrame(columns, index=index)

    def _missing(self, column: Column, index: pd.Index) -> pd.Series:
        if column.kind is Kind.CODE:
            return as_category([None], self.ids(column)).reindex([0] * len(index)).set_axis(index)
        return pd.Series(index=index, dtype=DTYPES[column.kind])
