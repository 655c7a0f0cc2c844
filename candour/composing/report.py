"""Report: the declared sections filled, in order, with everything they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.composing.charts import chart, control_chart
from candour.composing.listings import LISTINGS, Background, listing
from candour.composing.tables import table
from candour.declarations import place, unknown
from candour.errors import ConfigurationError
from candour.period import day_in_words
from candour.report import Item, Report, Section
from candour.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.composing.composer import Composer
    from candour.composing.declared import SectionSpec
    from candour.period import Period
    from candour.vantage import Vantage


def compose(composer: Composer, background: Background, report_id: str, audience: str) -> Report:
    """The declared report for an audience, every figure worked out and every sentence said.

    Raises:
        ConfigurationError: a section names an item that is not declared, or a declaration asks for
            what there is not.
    """
    spec = composer.library.report(report_id)
    measures, council = composer.measures, composer.council
    declared_in = f"templates/reports/{report_id}.yaml"
    items = _Items(composer, background, declared_in)
    sections = tuple(
        Section(
            section_id,
            section.title,
            tuple(items.of(section)),
            tuple(composer.say(words, section.title, declared_in) for words in section.sentences),
        )
        for section_id, section in spec.sections.items()
    )
    return Report(
        id=report_id,
        title=spec.title,
        council=council.name,
        period=measures.period,
        as_of=measures.vantage.as_of,
        known_on=measures.vantage.known_on,
        audience=council.audiences[audience].name,
        marking=council.audiences[audience].marking,
        notice=" ".join(
            words
            for words in (council.notice, _not_complete(measures.period, measures.vantage))
            if words
        ),
        headlines=tuple(composer.say(words, "Summary", declared_in) for words in spec.headlines),
        sections=sections,
    )


def _not_complete(period: Period, vantage: Vantage) -> str:
    """What every page of a report says when its cases end before its period does."""
    if vantage.known_on >= vantage.morning and vantage.as_of == period.last_day:
        return ""
    known = day_in_words(min(vantage.known_on, vantage.morning))
    return f"Not complete: {period.label} is told up to the extract of {known}."


class _Items:
    """The items of one report, each made once however often it is named."""

    def __init__(self, composer: Composer, background: Background, declared_in: str) -> None:
        self._composer = composer
        self._background = background
        self._declared_in = declared_in
        self._tables: dict[str, Table] = {}

    def of(self, section: SectionSpec) -> Iterator[Item]:
        for item_id in section.items:
            yield from self._item(item_id)

    def _item(self, item_id: str) -> Iterator[Item]:
        library = self._composer.library
        if item_id in library.tables:
            yield self._table(item_id)
        elif item_id in library.charts:
            yield chart(self._composer, item_id, self._table(library.charts[item_id].table))
        elif item_id in library.control_charts:
            yield from control_chart(self._composer, item_id)
        elif item_id in LISTINGS:
            yield listing(self._composer, self._background, item_id)
        else:
            known = [*library.tables, *library.charts, *library.control_charts, *LISTINGS]
            raise ConfigurationError(
                f"{place(self._declared_in, 'items')}: {unknown(item_id, known)}"
            )

    def _table(self, table_id: str) -> Table:
        if table_id not in self._tables:
            self._tables[table_id] = table(self._composer, table_id)
        return self._tables[table_id]
