"""Report: the declared sections filled, in order, with everything they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.composing.charts import chart, control_chart
from candour.composing.listings import LISTINGS, Background, listing
from candour.composing.tables import table
from candour.declarations import place, unknown
from candour.errors import ConfigurationError
from candour.freshness import CASES, said_of_period
from candour.period import day_in_words
from candour.report import Item, Report, Section
from candour.table import RowKind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.composing.composer import Composer
    from candour.composing.declared import ReportSpec, SectionSpec
    from candour.freshness import Told
    from candour.period import Period
    from candour.vantage import Vantage


def compose(
    composer: Composer, background: Background, report_id: str, audience: str, form: str = ""
) -> Report:
    """The declared report for an audience, every figure worked out and every sentence said.

    Args:
        composer: what it is made with.
        background: how its cases came.
        report_id: what the council calls it.
        audience: who reads it.
        form: the declaration in ``templates/reports/`` it is made by, where it is not its id.

    Raises:
        ConfigurationError: a section names an item that is not declared, or a declaration asks for
            what there is not.
    """
    declaration = form or report_id
    spec = composer.library.report(declaration)
    measures, council = composer.measures, composer.council
    declared_in = f"templates/reports/{declaration}.yaml"
    caveat = _not_complete(spec, measures.period, measures.vantage, background.told)
    names_cases = council.audiences[audience].names_cases
    items = _Items(composer, background, declared_in, names_cases=names_cases)
    sections = tuple(
        _section(composer, items, chapter, declared_in)
        for section_id, section in spec.sections.items()
        for chapter in _chapters(composer, section_id, section, declared_in)
        if _is_told(composer, chapter)
    )
    return Report(
        id=report_id,
        title=composer.say(spec.title, "Title", declared_in),
        council=council.name,
        period=measures.period,
        as_of=measures.vantage.as_of,
        known_on=measures.vantage.known_on,
        audience=council.audiences[audience].name,
        marking=council.audiences[audience].marking,
        notice=" ".join(words for words in (council.notice, caveat) if words),
        caveat=caveat,
        headlines=tuple(composer.say(words, "Summary", declared_in) for words in spec.headlines),
        sections=sections,
        form=spec.form,
    )


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A declared section, for the whole or for one procedure."""

    id: str
    title: str
    spec: SectionSpec
    about: Mapping[str, str]


def _chapters(
    composer: Composer, section_id: str, spec: SectionSpec, declared_in: str
) -> Iterator[_Chapter]:
    if not spec.each:
        yield _Chapter(section_id, spec.title, spec, {})
        return
    for value in composer.members(spec.each, {}):
        name = composer.name(spec.each, value)
        title = composer.say(spec.title, section_id, declared_in, name=name)
        if name not in title:
            title = f"{title}: {name}"
        yield _Chapter(f"{section_id}_{value}", title, spec, {spec.each: value})


def _is_told(composer: Composer, chapter: _Chapter) -> bool:
    """Whether a section has anything to say of what it needs."""
    figures = [composer.measures.figure(kpi, **chapter.about) for kpi in chapter.spec.needs]
    return not figures or any(figure.printable and figure.value for figure in figures)


def _section(composer: Composer, items: _Items, chapter: _Chapter, declared_in: str) -> Section:
    said = (
        composer.say(words, chapter.title, declared_in, about=chapter.about)
        for words in chapter.spec.sentences
    )
    return Section(
        id=chapter.id,
        title=chapter.title,
        items=tuple(items.of(chapter)),
        sentences=tuple(said),
        words=chapter.spec.words,
        about=chapter.about,
        appendix=chapter.spec.appendix,
    )


def _not_complete(
    spec: ReportSpec, period: Period, vantage: Vantage, told: tuple[Told, ...]
) -> str:
    """What every page of a report says when its cases end before its period does."""
    if not spec.of_cases:
        return ""
    if vantage.as_of == period.last_day and (told or vantage.known_on >= vantage.morning):
        return said_of_period(told, period, vantage.morning)
    cases = (one.on for one in told if one.fills == CASES)
    known = day_in_words(min(vantage.known_on, vantage.morning, *cases))
    return f"Not complete: {period.label} is told up to the extract of {known}."


class _Items:
    """The items of one report, each made once however often it is named."""

    def __init__(
        self, composer: Composer, background: Background, declared_in: str, *, names_cases: bool
    ) -> None:
        self._composer = composer
        self._background = background
        self._declared_in = declared_in
        self._names_cases = names_cases
        self._tables: dict[str, Table] = {}

    def of(self, chapter: _Chapter) -> Iterator[Item]:
        for item_id in chapter.spec.items:
            yield from self._item(item_id, chapter.about)

    def _item(self, item_id: str, about: Mapping[str, str]) -> Iterator[Item]:
        library = self._composer.library
        if item_id in library.tables:
            if self._has_enough(item_id, about):
                yield self._table(item_id, about)
        elif item_id in library.charts:
            drawn = library.charts[item_id].table
            if self._has_enough(drawn, about):
                yield chart(self._composer, item_id, self._table(drawn, about), about)
        elif item_id in library.control_charts:
            yield from control_chart(self._composer, item_id)
        elif item_id in LISTINGS:
            yield listing(self._composer, self._background, item_id, names_cases=self._names_cases)
        else:
            known = [*library.tables, *library.charts, *library.control_charts, *LISTINGS]
            raise ConfigurationError(
                f"{place(self._declared_in, 'items')}: {unknown(item_id, known)}"
            )

    def _has_enough(self, table_id: str, about: Mapping[str, str]) -> bool:
        """Whether a table has as many parts as its declaration asks for."""
        wanted = self._composer.library.tables[table_id].at_least
        if not wanted:
            return True
        rows = self._table(table_id, about).rows
        return sum(row.kind is RowKind.BODY for row in rows) >= wanted

    def _table(self, table_id: str, about: Mapping[str, str]) -> Table:
        key = "_".join((table_id, *about.values()))
        if key not in self._tables:
            self._tables[key] = table(self._composer, table_id, about)
        return self._tables[key]
