"""Charts: what is drawn also stands in a table and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.chart import Chart
from candour.gate.finding import Finding, Kind
from candour.gate.texts import place_of
from candour.labels import normalised
from candour.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.report import Report

_FEWEST_WORDS = 6


def silent_charts(report: Report) -> Iterator[Finding]:
    """Charts without a table, without their values in it, or without words (E9, E17, E20)."""
    tables = {item.id: item for _, item in report.items() if isinstance(item, Table)}
    for _, item in report.items():
        if isinstance(item, Chart):
            yield from _table_of(item, tables)
            yield from _words_of(item)
            yield from _names_of(item)


def _table_of(chart: Chart, tables: dict[str, Table]) -> Iterator[Finding]:
    table = tables.get(chart.table_id)
    if table is None:
        yield Finding(
            "E20",
            Kind.BLOCKS,
            place_of(chart),
            f"Its numbers should stand in the table '{chart.table_id}', which the report does not "
            "hold.",
            cause="Add the table to a section of the report.",
        )
        return
    there = {figure.key for _, _, figure in table.figures()}
    drawn = [figure for series in chart.series for figure in series.figures if figure is not None]
    missing = [figure for figure in drawn if figure.key not in there]
    if missing:
        yield Finding(
            "E20",
            Kind.BLOCKS,
            place_of(chart),
            f"{len(missing)} of the {len(drawn)} values drawn are not in {place_of(table)}, the "
            f"first '{missing[0].key}', {missing[0].display}.",
            printed=missing[0].display,
            cause="The chart and its table were filled from different columns or rows.",
        )
    if not drawn:
        yield Finding("E20", Kind.BLOCKS, place_of(chart), "Nothing is drawn in it.")


def _words_of(chart: Chart) -> Iterator[Finding]:
    for what, words in (("alt text", chart.alt), ("reading", chart.reading)):
        fewest = _FEWEST_WORDS if what == "alt text" else 1
        if len(words.split()) < fewest:
            yield Finding(
                "E20",
                Kind.BLOCKS,
                place_of(chart),
                f"Its {what} is “{words}”, which does not tell someone who cannot see it what it "
                "shows.",
                printed=words,
                cause="Say its kind, what is measured, the message, and where the numbers are.",
            )


def _names_of(chart: Chart) -> Iterator[Finding]:
    for what, names in (
        ("categories", chart.categories),
        ("series", tuple(series.label for series in chart.series)),
    ):
        alike = [normalised(name) for name in names]
        twice = sorted({name for name in alike if alike.count(name) > 1})
        if twice:
            yield Finding(
                "E17",
                Kind.BLOCKS,
                place_of(chart),
                f"Two of its {what} are called '{twice[0]}'.",
                printed=twice[0],
                cause="Two entries have one name; give each its own.",
            )
    for series in chart.series:
        if len(series.figures) != len(chart.categories):
            yield Finding(
                "E20",
                Kind.BLOCKS,
                place_of(chart),
                f"'{series.label}' has {len(series.figures)} values for {len(chart.categories)} "
                "categories.",
            )
