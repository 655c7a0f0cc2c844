"""Labels: every heading and row says what its figures are: their measure, unit and period."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from candour.figures import Figure, Unit
from candour.gate.columns import columns_of
from candour.gate.finding import Finding, Kind
from candour.gate.meanings import doubts
from candour.gate.phrases import dated, names_of, periods_of, without
from candour.gate.texts import place_of
from candour.table import Heading, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.gate.columns import Column
    from candour.kpi import Kpis
    from candour.report import Report

_ANNOUNCED = re.compile(
    r"\byears? of (?:its|their) own\b|\bown years?\b|\b(?:school|academic) year"
)
_BASE_WORDS = (" of ", "of ", "sent", "due", "received", "decided", "investigated", "hundred",
               "per ", "responses", "complaints", "acknowledge")  # fmt: skip


def wrong_labels(report: Report, kpis: Kpis) -> Iterator[Finding]:
    """Every heading and row label that says something else than its figures are."""
    seen: set[str] = set()
    starts = report.period.year_starts
    for _, item in report.items():
        if isinstance(item, Table) and item.id not in seen:
            seen.add(item.id)
            notes = " ".join((item.title, item.reading, *item.notes))
            for column in columns_of(item):
                yield from _heading(column, kpis, notes, starts)
            for row in item.rows:
                yield from _row(item, row, kpis, notes, starts)
            yield from _bases(item, kpis)


def _heading(column: Column, kpis: Kpis, notes: str, starts: int) -> Iterator[Finding]:
    heading = column.heading
    figures = [cell for _, cell in column.cells if cell is not None]
    told: dict[tuple[str, str], Finding] = {}
    for figure in figures:
        for doubt in doubts(heading.label, figure, kpis, notes):
            told.setdefault(
                (doubt.code, doubt.why),
                Finding(
                    doubt.code,
                    Kind.BLOCKS,
                    column.place,
                    f"The heading says “{heading.label}”: {doubt.why}.",
                    printed=heading.label,
                    counted=figure.title,
                    cause=doubt.cause,
                ),
            )
    yield from told.values()
    yield from _own_years(column, figures, kpis, notes)
    yield from _units(column, figures)
    yield from _dates(heading.label, figures, column.place, starts)


def _own_years(column: Column, figures: list[Figure], kpis: Kpis, notes: str) -> Iterator[Finding]:
    """Numbers that add up different years say so (E14)."""
    told = f"{column.heading.label} {notes} {' '.join(row.label for row, _ in column.cells)}"
    added = [f for f in figures if f.kpi in kpis.by_id and kpis.by_id[f.kpi].years == "own"]
    if added and not _ANNOUNCED.search(told):
        yield Finding(
            "E14",
            Kind.BLOCKS,
            column.place,
            f"'{added[0].key}' adds up procedures counted over different years, and no note says "
            "so.",
            printed=added[0].display,
            cause="Say in a note which procedure has a year of its own, and which year it is.",
        )


def _units(column: Column, figures: list[Figure]) -> Iterator[Finding]:
    """A column holds one unit to one precision (E5, E6)."""
    by_measure = column.table.rows and len({figure.kpi for figure in figures}) > 1
    if by_measure:
        return
    units = {figure.unit for figure in figures}
    decimals = {figure.decimals for figure in figures}
    if len(units) > 1:
        named = " and ".join(sorted(unit.value.replace("_", " ") for unit in units))
        yield Finding(
            "E6",
            Kind.BLOCKS,
            column.place,
            f"The column holds figures in {named}.",
            printed=named,
            cause="Two units stand under one heading.",
        )
    if len(decimals) > 1:
        shown = " and ".join(figure.display for figure in figures[:2])
        yield Finding(
            "E5",
            Kind.BLOCKS,
            column.place,
            f"The column prints some figures to {min(decimals)} and some to {max(decimals)} "
            f"decimals, such as {shown}.",
            printed=shown,
            cause="A figure was given a precision of its own.",
        )


def _row(table: Table, row: Row, kpis: Kpis, notes: str, starts: int) -> Iterator[Finding]:
    place = f"{place_of(table)}, row {row.label}"
    figures = [cell for cell in row.cells if isinstance(cell, Figure)]
    told: dict[str, Finding] = {}
    for figure in _own(figures):
        for doubt in doubts(row.label, figure, kpis, notes):
            if doubt.code != "E6":
                told.setdefault(
                    doubt.code,
                    Finding(
                        doubt.code,
                        Kind.BLOCKS,
                        place,
                        f"The row is called “{row.label}”: {doubt.why}.",
                        printed=row.label,
                        counted=figure.title,
                        cause=doubt.cause,
                    ),
                )
    yield from told.values()
    yield from _dates(row.label, figures, place, starts)


def _own(figures: list[Figure]) -> list[Figure]:
    """The figures of a row that has one measure, which its label names."""
    measures = {figure.kpi.partition(".")[0] for figure in figures}
    return figures if len(measures) == 1 else [f for f in figures if dict(f.slice).get("band")]


def _dates(label: str, figures: Iterable[Figure], place: str, starts: int) -> Iterator[Finding]:
    """A period named in a label is the period of its figures (E7)."""
    periods = {period for figure in figures for period in periods_of(figure, starts)}
    if not periods:
        return
    names = sorted({n for period in periods for n in names_of(period)}, key=len, reverse=True)
    for named in dated(without(label, names)):
        counted = max(periods, key=lambda period: period.end).label
        yield Finding(
            "E7",
            Kind.BLOCKS,
            place,
            f"The label names {named.text}, and the figures are of {counted}.",
            printed=named.text,
            counted=counted,
            cause="The label was typed, or left from another year.",
        )


def _bases(table: Table, kpis: Kpis) -> Iterator[Finding]:
    """Shares of different bases side by side say what each is of (E4)."""
    shares: dict[tuple[str, ...], Heading] = {}
    for column in columns_of(table):
        measures = {cell.kpi for _, cell in column.cells if cell is not None}
        kpi = kpis.by_id.get(next(iter(measures))) if len(measures) == 1 else None
        if kpi is not None and kpi.unit is Unit.PERCENT and column.heading.unit is Unit.PERCENT:
            base = (kpi.of.value, kpi.clock, kpi.population, str(kpi.out_of))
            shares.setdefault(base, column.heading)
    said = " ".join((table.title, *table.notes)).lower()
    for heading in shares.values():
        label = f" {heading.label} {said}".lower()
        if len(shares) > 1 and not any(word in label for word in _BASE_WORDS):
            yield Finding(
                "E4",
                Kind.REMARK,
                f"{place_of(table)}, column {heading.label}",
                "Shares of different bases stand side by side, and this one does not say what it "
                "is of.",
                printed=heading.label,
                cause="Readers will take all shares of a table to be of the same complaints.",
            )
