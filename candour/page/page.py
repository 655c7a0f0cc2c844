"""Pages: a report as one HTML file that needs nothing outside itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, TypeVar

from markupsafe import Markup

from candour.chart import Chart
from candour.errors import ConfigurationError
from candour.page.charts import Size, draw
from candour.period import day_in_words
from candour.table import Rating, RowKind, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from candour.figures import Figure
    from candour.page.theme import Theme
    from candour.report import Item, Report, Section
    from candour.words import Speaker


_Thing = TypeVar("_Thing")


def write_page(
    report: Report,
    speaker: Speaker,
    theme: Theme,
    *,
    template: str,
    place: str,
    commentary: Mapping[str, str] = {},
    folder: str = "commentary",
    status: str = "",
    **names: object,
) -> str:
    """The report as a page, by a template that says where its items stand.

    Args:
        report: its items are asked for by id: ``chart("timeliness")``, ``table("outcomes")``.
        speaker: says the words and keeps the ledger.
        theme: the look.
        template: its path under ``templates/``.
        place: the file the page becomes, as the ledger calls it.
        commentary: officers' Markdown by section.
        folder: where those files are, for a sentence about a mistake in one.
        status: what stands above its words until somebody has approved it.
        names: what else the template may use: ``target(kpi, **slice)``, a figure or nothing, and
            ``rating(kpi, **slice)``.

    Raises:
        ConfigurationError: the template asks for what is not there, or prints a loose number.
    """
    parts = _Parts(report, speaker, theme, place)

    def officers(section: str) -> Markup:
        words = commentary.get(section, "")
        return speaker.commentary(words, place, f"{folder}/{section}.md")

    return speaker.html(
        template,
        place,
        **names,
        **parts.names(),
        report=report,
        standing=status,
        commentary=officers,
        css=Markup(theme.css),
        told_on=report.known_on.isoformat(),
    )


class _Parts:
    """What a page's template may ask of its report."""

    def __init__(self, report: Report, speaker: Speaker, theme: Theme, place: str) -> None:
        self._items: Mapping[str, Item] = {item.id: item for _, item in report.items()}
        self._sections = {section.id: section for section in report.sections}
        self._speaker = speaker
        self._theme = theme
        self._place = place

    def names(self) -> dict[str, Callable[..., object]]:
        """The functions by the names templates call them."""
        return {
            "item": self.item,
            "has_item": self._items.__contains__,
            "section": self.section,
            "drawing": self.drawing,
            "part_of": _part_of,
            "figures_of": _figures_of,
            "is_rating": lambda cell: isinstance(cell, Rating),
            "listed_value": _listed,
        }

    def item(self, id_: str) -> Item:
        """The table, chart or listing of that id.

        Raises:
            ConfigurationError: the report has none.
        """
        return _found(self._items, id_, "table, chart or listing")

    def section(self, id_: str) -> Section:
        """The section of that id.

        Raises:
            ConfigurationError: the report has none.
        """
        return _found(self._sections, id_, "section")

    def drawing(self, chart: Chart, size: str = "wide") -> Markup:
        """The chart drawn; the figures that stand in it are entered in the ledger."""
        svg = draw(chart, self._theme.look, Size[size.upper()])
        printed = {unescape(key) for key in re.findall(r'data-figure="([^"]*)"', svg)}
        for figure in _figures_of(chart):
            if figure.key in printed:
                self._speaker.enter(figure, self._place)
        return Markup(svg)


_REST = "The other rows are in the pack."


def _part_of(table: Table, columns: Sequence[str] | None, first: int | None) -> Table:
    """The table with some of its columns, and its first rows before the whole.

    Where rows are left out, that is the one thing its notes say.
    """
    keys = [heading.key for heading in table.headings]
    chosen = range(len(keys)) if columns is None else [keys.index(key) for key in columns]
    body = [row for row in table.rows if row.kind is not RowKind.TOTAL]
    kept = [row for row in table.rows if row.kind is RowKind.TOTAL or row in body[:first]]
    return replace(
        table,
        headings=tuple(table.headings[place] for place in chosen),
        rows=tuple(replace(r, cells=tuple(r.cells[place] for place in chosen)) for r in kept),
        notes=(_REST,) if len(kept) < len(table.rows) else table.notes,
        parts_add_up=table.parts_add_up and len(kept) == len(table.rows),
    )


def _found(things: Mapping[str, _Thing], id_: str, what: str) -> _Thing:
    if id_ not in things:
        raise ConfigurationError(
            f"The report has no {what} '{id_}'; it has {', '.join(things) or 'none'}."
        )
    return things[id_]


def _figures_of(item: Table | Chart) -> list[Figure]:
    if isinstance(item, Table):
        return [figure for _, _, figure in item.figures()]
    drawn = [figure for series in item.series for figure in series.figures if figure is not None]
    return drawn if item.target is None else [*drawn, item.target]


def _listed(value: str | int | dt.date | None) -> str:
    """A value of a listing, which is no figure: a row count, a day, a reference."""
    match value:
        case None:
            return ""
        case dt.date():
            return day_in_words(value)
        case int():
            return f"{value:,}"
    return value
