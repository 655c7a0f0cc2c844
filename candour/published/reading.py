"""Reading: ``published.yaml`` as a complaints manager writes it for her own last report."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from pydantic import Field

from candour.declarations import Declaration, place, read_declaration
from candour.errors import ConfigurationError
from candour.published.cells import Cell, filled
from candour.published.declared import (
    CHANGES,
    Document,
    Entry,
    Given,
    Measure,
    Note,
    Published,
    Value,
)
from candour.published.forms import Named, Printed, Table
from candour.published.printed import number_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.published.printed import Number
    from candour.published.scheme import Scheme


class _Value(Named):
    printed: Printed
    what: str = ""
    said: tuple[str, ...] = ()


class _Entry(Declaration):
    id: str
    at: str
    values: tuple[_Value, ...] = ()
    table: Table | None = None
    some: bool = False
    """The rows of the table are not all there are."""
    shows: tuple[str, ...] = ()
    """What our reports print in the place of a chart or text whose values are not told."""
    notes: dict[str, str] = Field(default_factory=dict)
    sum: Printed = ""
    mean: Printed = ""


class _Document(Declaration):
    title: str
    source: str
    period: str
    address: str = ""
    entries: tuple[_Entry, ...]


class _File(Declaration):
    documents: tuple[_Document, ...]
    synonyms: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def read_published(text: str, where: str, scheme: Scheme) -> Published:
    """What a council published, from its ``published.yaml``.

    Raises:
        ConfigurationError: an entry is wrong, or names a KPI, breakdown, value or period there
            is not.
    """
    file = read_declaration(_File, text, where)
    documents = []
    for document in file.documents:
        entries = []
        for entry in document.entries:
            try:
                entries.append(_entry(entry, document, scheme))
            except ConfigurationError as wrong:
                raise ConfigurationError(f"{place(where, entry.id)}: {wrong}") from wrong
        documents.append(
            Document(
                document.title, document.source, document.period, tuple(entries), document.address
            )
        )
    _once_each(documents, where)
    return Published(scheme.council.id, tuple(documents), file.synonyms)


def _once_each(documents: list[Document], where: str) -> None:
    seen: set[str] = set()
    for document in documents:
        for entry in document.entries:
            if entry.id in seen:
                raise ConfigurationError(f"{place(where, entry.id)}: two entries have this id.")
            seen.add(entry.id)


def _entry(entry: _Entry, document: _Document, scheme: Scheme) -> Entry:
    values = tuple(_values(entry, document.period, scheme))
    given = {"sum": entry.sum, "mean": entry.mean}
    return Entry(
        id=entry.id,
        at=entry.at,
        values=values,
        complete=not entry.some,
        shows=_known(entry.shows, scheme),
        notes=tuple(Note(f"{entry.id}/{code}", says) for code, says in entry.notes.items()),
        given=tuple(Given(what, _number(said)) for what, said in given.items() if said),
    )


def _known(shows: tuple[str, ...], scheme: Scheme) -> tuple[str, ...]:
    for kpi_id in shows:
        scheme.kpi(kpi_id)
    return shows


def _number(printed: str) -> Number:
    number = number_in(printed)
    if number is None:
        raise ConfigurationError(f"'{printed}' is no number.")
    return number


def _values(entry: _Entry, period: str, scheme: Scheme) -> Iterator[Value]:
    numbers = count(1)
    for value in entry.values:
        said = value.model_dump(exclude={"printed", "what", "said"}, exclude_unset=True)
        cell = Cell(value.printed, Named.model_validate(said), None, None)
        made = _made(entry.id, next(numbers), cell, period, scheme)
        yield replace(made, what=value.what, said=value.said)
    if entry.table is None:
        return
    for cell in filled(entry.table, period, scheme):
        yield _made(entry.id, next(numbers), cell, period, scheme)


def _made(entry: str, number: int, cell: Cell, period: str, scheme: Scheme) -> Value:
    """A value by the name its declaration gives our figure."""
    named = cell.named
    when = named.period or period
    since = named.since or (scheme.previous(when) if named.show in CHANGES and named.kpi else "")
    return Value(
        entry=entry,
        number=number,
        printed=cell.printed,
        amount=number_in(cell.printed),
        measure=_measure(named, period, scheme) if named.kpi else None,
        show=named.show,
        since=since,
        stated_base=_measure(named.of, when, scheme) if named.of else None,
        whole=_measure(cell.whole, period, scheme) if cell.whole else None,
        above=_measure(cell.above, period, scheme) if cell.above else None,
        by=named.by,
    )


def _measure(named: Named, period: str, scheme: Scheme) -> Measure:
    """Our figure by its KPI, period and slice.

    Raises:
        ConfigurationError: the KPI, the period or a value of the slice is unknown.
    """
    scheme.kpi(named.kpi)
    when = named.period or period
    scheme.previous(when)
    return Measure(named.kpi, when, scheme.slice(named.where))
