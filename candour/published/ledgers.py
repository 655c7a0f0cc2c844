"""Ledgers: which row of a release's ledger says what a published value says, and where."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError
from candour.figures import Unit
from candour.labels import normalised
from candour.ledger import DIMENSIONS
from candour.published.beside import Ours, same
from candour.published.declared import Measure, Published, Show, Value
from candour.published.pool import Pool
from candour.published.printed import Number
from candour.published.quantities import settled
from candour.published.ranks import ranks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.published.scheme import Scheme

_SUFFIXES = {
    ".per_cent_change.size": Show.PER_CENT_CHANGE,
    ".change.size": Show.CHANGE,
    ".per_cent_change": Show.PER_CENT_CHANGE,
    ".change": Show.CHANGE,
    ".trend": Show.DIRECTION,
    ".share": Show.SHARE,
    ".count": Show.COUNT,
    ".base": Show.BASE,
}
STATED = "stated."
_RANKED = ".ranked."
_EXACT = Number(Fraction(0), 0)
"""Stands for a row's number where only what it is a number of is asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a ledger."""

    key: str
    kpi: str
    period: str
    about: Mapping[str, str]
    count: int | None
    base: int | None
    value: Fraction | None
    unit: str
    display: str
    printed_in: tuple[str, ...]
    source: str

    @property
    def since(self) -> str:
        """The earlier period a change is measured from."""
        last = self.key.rsplit("|", 1)[-1]
        return last.removeprefix("from ") if last.startswith("from ") else ""


def read_ledger(text: str) -> tuple[Row, ...]:
    """The rows of a ``ledger.csv``."""
    return tuple(
        Row(
            key=line["figure"],
            kpi=line["kpi"],
            period=line["period"],
            about={d: line[d] for d in DIMENSIONS if line.get(d)},
            count=int(line["count"]) if line["count"] else None,
            base=int(line["base"]) if line["base"] else None,
            value=Fraction(line["value"]) if line["value"] else None,
            unit=line["unit"],
            display=line["display"],
            printed_in=tuple(line["printed_in"].split("; ")) if line["printed_in"] else (),
            source=line["source"],
        )
        for line in csv.DictReader(io.StringIO(text))
    )


def told_by(
    rows: Mapping[str, Row],
    published: Published,
    scheme: Scheme,
    texts: Mapping[str, str] | None = None,
) -> dict[Value, Ours]:
    """Ours for every published value that some row of the ledgers says, by what figures mean.

    Args:
        rows: the rows of the reports' ledgers by figure key.
        published: what was published.
        scheme: the names it is written in.
        texts: what the reports say by place, where a statement in words is looked for.
    """
    index = _Index(rows, scheme)
    placed = ranks(published)
    pool = Pool(published, scheme)
    found = {}
    for value in published.values():
        ours = index.ours(value, pool, published, placed.get(value))
        if ours is None and value.measure is None:
            ours = _in_words(value, texts or {})
        if ours is not None:
            found[value] = ours
    return found


class _Index:
    """The rows of ledgers by the quantity, or the measure and part of it, that they print."""

    def __init__(self, rows: Mapping[str, Row], scheme: Scheme) -> None:
        self._scheme = scheme
        self._empty = Pool(Published(scheme.council.id), scheme)
        self._stated = [row for row in rows.values() if row.kpi.startswith(STATED)]
        self._rows: dict[object, list[Row]] = {}
        for row in rows.values():
            for name in self._names(row):
                self._rows.setdefault(name, []).append(row)

    def _names(self, row: Row) -> Iterator[object]:
        value = self._value(row)
        if value is None or value.measure is None:
            return
        quantity = self._empty.quantity(value)
        if quantity is not None and row.unit != Unit.WORDS:
            yield quantity
        if value.show is Show.EACH:
            yield _listed(value.measure, int(row.kpi.split(_RANKED)[1]), self._scheme)
        yield value.measure, value.show, value.since

    def _value(self, row: Row) -> Value | None:
        """The row as the published value it would be; nothing for a figure that is none."""
        suffix = next((s for s in _SUFFIXES if row.kpi.endswith(s)), "")
        kpi, show = row.kpi.removesuffix(suffix), _SUFFIXES.get(suffix, Show.VALUE)
        for mark, shown in ((".leading.", Show.MOST), (_RANKED, Show.EACH)):
            if mark in row.kpi:
                kpi, show = row.kpi.split(mark)[0], shown
        if row.kpi.startswith(STATED):
            return None
        try:
            self._scheme.kpi(kpi)
            measure = Measure(kpi, self._year(row.period), self._scheme.slice(row.about))
        except ConfigurationError:
            return None
        blank = Value("", 0, row.display, None, measure, show, since=self._year(row.since))
        return replace(blank, amount=_EXACT)

    def _year(self, period: str) -> str:
        """The council's year for a procedure's own: 2023-24 for September 2023 to July 2024."""
        return self._scheme.year_of(period) if period else ""

    def ours(self, value: Value, pool: Pool, published: Published, rank: int | None) -> Ours | None:
        """The row that says it, one that agrees before others."""
        if value.measure is None:
            rows = [r for r in self._stated if value.exact is not None and r.value == value.exact]
        else:
            rows = self._found(value, pool, rank)
        told = [_ours(row, value) for row in rows]
        agreeing = [ours for ours in told if same(value, ours, published.synonyms)]
        chosen = agreeing or told
        if not chosen:
            return None
        places = tuple(dict.fromkeys(place for ours in chosen for place in ours.places))
        return replace(chosen[0], places=places)

    def _found(self, value: Value, pool: Pool, rank: int | None) -> list[Row]:
        if value.measure is not None and rank is not None:
            return self._rows.get(_listed(value.measure, rank, self._scheme), [])
        quantity = pool.quantity(value)
        rows = list(self._rows.get(quantity, [])) if quantity is not None else []
        name = (value.measure, value.show, value.since)
        rows += [row for row in self._rows.get(name, []) if row not in rows]
        return rows or self._together(value)

    def _together(self, value: Value) -> list[Row]:
        """Several parts printed one by one, told together in the publication."""
        measure = value.measure
        if measure is None or not any("+" in id_ for _, id_ in measure.slice):
            return []
        dimension, ids = next((d, i) for d, i in measure.slice if "+" in i)
        parts = []
        for id_ in ids.split("+"):
            slice_ = tuple((d, id_ if d == dimension else i) for d, i in measure.slice)
            name = (replace(measure, slice=slice_), value.show, value.since)
            parts += self._rows.get(name, [])[:1]
        if len(parts) != ids.count("+") + 1:
            return []
        total = sum((part.value or Fraction(0) for part in parts), Fraction(0))
        places = tuple(place for part in parts for place in part.printed_in)
        shown = " + ".join(part.display for part in parts)
        return [replace(parts[0], value=total, display=shown, printed_in=places)]


def _in_words(value: Value, texts: Mapping[str, str]) -> Ours | None:
    """Where the reports' own words say what was stated."""
    said = [normalised(words) for words in (*value.said, value.printed) if len(words) > 1]
    for phrase in said:
        places = tuple(place for place, text in texts.items() if phrase in normalised(text))
        if places:
            return Ours("", phrase, words=value.printed, places=places, source="commentary")
    return None


def _listed(measure: Measure, rank: int, scheme: Scheme) -> object:
    """The name of one value of a list, whichever statistic of the same measure it is asked by."""
    kpi = scheme.kpis[measure.kpi]
    about = tuple(sorted(settled(dict(measure.slice), scheme).items()))
    return kpi.of, kpi.clock, kpi.population, kpi.measure, measure.period, about, rank


def _ours(row: Row, value: Value) -> Ours:
    exact = row.value
    if row.kpi.endswith(".size") and exact is not None and value.exact is not None:
        # The sentence says which way it went; the size has no sign.
        exact = -exact if value.exact < 0 else exact
    words = row.display if row.unit == Unit.WORDS else ""
    return Ours(row.key, row.display, exact, words, row.printed_in, row.source, row.count, row.base)
