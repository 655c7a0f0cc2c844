"""Texts: what a report itself says in words, so that a finished file can be held against it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from candour.chart import Chart
from candour.figures import Figure
from candour.period import day_in_words
from candour.table import Listing, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.procedure import Procedure
    from candour.report import Item, Report


def spaced(text: str) -> str:
    """A text with single spaces, as it compares."""
    return " ".join(text.split())


def sentences_of(report: Report) -> Iterator[tuple[str, str]]:
    """Every sentence a report says with its figures in place, and what it is of."""
    for headline in report.headlines:
        yield "headlines", headline
    for section in report.sections:
        for sentence in section.sentences:
            yield f"section '{section.title}'", sentence
    for _, item in report.items():
        place = place_of(item)
        yield place, item.title
        yield place, item.reading
        if isinstance(item, Chart):
            yield f"{place}, alt text", item.alt
        else:
            for note in item.notes:
                yield f"{place}, notes", note


def labels_of(report: Report) -> Iterator[str]:
    """Every name a report prints: of itself, its sections, columns, rows, categories and series."""
    yield from (
        report.title,
        report.council,
        report.notice,
        report.caveat,
        report.marking,
        report.audience,
    )
    for section in report.sections:
        yield section.title
        for item in section.items:
            yield item.sheet
            yield from _labels(item)


def _labels(item: Item) -> Iterator[str]:
    if isinstance(item, Table):
        yield item.row_heading
        yield from (heading.label for heading in item.headings)
        for row in item.rows:
            yield row.label
            yield from (str(cell) for cell in row.cells if isinstance(cell, str))
    elif isinstance(item, Chart):
        yield from item.categories
        yield from (series.label for series in item.series)
    else:
        yield from (label for label, _ in item.headings)
        yield item.when_empty


def listed(value: str | int | dt.date | None) -> str:
    """A listing's value as a page prints it."""
    match value:
        case None:
            return ""
        case dt.date():
            return day_in_words(value)
        case int():
            return f"{value:,}"
    return spaced(value)


def place_of(item: Item) -> str:
    """An item as a finding names it."""
    kind = {Table: "table", Chart: "chart", Listing: "list"}[type(item)]
    return f"{kind} '{item.title}'"


def declared_by(procedures: Mapping[str, Procedure]) -> Iterator[str]:
    """The names and legal bases of procedures and stages, which are written, not counted."""
    for procedure in procedures.values():
        yield from (procedure.name, procedure.short_name, procedure.basis)
        yield procedure.after_last_stage
        for stage in procedure.stages.values():
            yield from (stage.name, stage.basis)


def figures_of(report: Report) -> Iterator[tuple[str, Figure]]:
    """Every figure that stands in a report's tables and charts, and where."""
    for _, item in report.items():
        place = place_of(item)
        if isinstance(item, Table):
            for row, heading, figure in item.figures():
                yield f"{place}, row {row.label}, column {heading.label}", figure
        elif isinstance(item, Chart):
            yield from _drawn(item, place)


def _drawn(chart: Chart, place: str) -> Iterator[tuple[str, Figure]]:
    for series in chart.series:
        for category, figure in zip(chart.categories, series.figures, strict=False):
            if figure is not None:
                yield f"{place}, {series.label}, {category}", figure
    if chart.target is not None:
        yield f"{place}, target", chart.target
