"""Restated: that a number of an earlier year was published otherwise, for the note beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.published.beside import Ours, same
from candour.published.declared import Measure, Show
from candour.published.pool import Pool

if TYPE_CHECKING:
    from candour.figures import Figure
    from candour.published.declared import Published, Value
    from candour.published.scheme import Scheme

_SHOWN = {"count": Show.COUNT, "base": Show.BASE, "change": Show.CHANGE}


class Restatements:
    """What a council published of the figures its tables print again."""

    def __init__(self, published: Published, scheme: Scheme) -> None:
        self._scheme = scheme
        self._pool = Pool(published, scheme)
        self._synonyms = published.synonyms
        self._shares: dict[tuple[Measure, Show], list[Value]] = {}
        for value in published.values():
            if value.measure is not None and self._pool.quantity(value) is None:
                self._shares.setdefault((value.measure, value.show), []).append(value)

    def restated(self, figure: Figure) -> str | None:
        """What was published for a figure, where no publication agrees with it; otherwise nothing.

        A figure that was never published, or has no number now, has not been restated.
        """
        if figure.value is None or figure.against:
            return None
        ours = Ours(figure.key, figure.display, figure.value, figure.words)
        values = [v for v in self._published(figure) if v.amount is not None]
        if not values or any(same(value, ours, self._synonyms) for value in values):
            return None
        return values[0].printed

    def _published(self, figure: Figure) -> list[Value]:
        kpi, _, part = figure.kpi.partition(".")
        named = figure.kpi if self._scheme.is_given(figure.kpi) else kpi
        show = Show.VALUE if named == figure.kpi else _SHOWN.get(part)
        if show is None:
            return []
        measure = Measure(named, self._scheme.year_of(figure.period.key), figure.slice)
        quantity = self._pool.quantity_of(measure, show)
        if quantity is not None:
            return self._pool.by_quantity.get(quantity, [])
        return self._shares.get((measure, show), [])
