"""Pool: every figure a draft prints, once, to be found by measure, period and slice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.figures import Figure, Slice, State, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.period import Period

Where = tuple["Period", Slice]


class Pool:
    """Figures by measure, period and slice; a share's count answers for its number."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._known: dict[tuple[str, Period, Slice], Figure] = {}
        self.wheres: dict[Where, None] = {}
        for figure in figures:
            if not figure.against:
                self._known.setdefault((figure.kpi, figure.period, figure.slice), figure)
                self.wheres[figure.period, figure.slice] = None

    def __iter__(self) -> Iterator[Figure]:
        """The figures, in the order they were met."""
        return iter(self._known.values())

    def count(self, kpi: str, where: Where) -> Figure | None:
        """How many a measure counts there, as a plain count; nothing where it is not printed."""
        figure = self._known.get((f"{kpi}.count", *where)) or self._known.get((kpi, *where))
        return None if figure is None else as_count(figure)

    def figure(self, kpi: str, where: Where) -> Figure | None:
        """The figure as it is printed there."""
        return self._known.get((kpi, *where))


def as_count(figure: Figure) -> Figure | None:
    """A figure as the number it counts; nothing where it counts none."""
    if figure.unit is Unit.COUNT:
        return figure
    if figure.count is None or figure.state in {State.WITHHELD, State.NOT_RECORDED}:
        return None
    return replace(
        figure,
        unit=Unit.COUNT,
        decimals=0,
        value=Fraction(figure.count),
        base=None,
        state=State.RECORDED,
    )


def told(figure: Figure | None) -> bool:
    """Whether there is a number that can contradict another."""
    return figure is not None and figure.value is not None and figure.printable


def sliced(about: Mapping[str, str]) -> str:
    """A slice in words."""
    return ", ".join(f"{name} {value}" for name, value in about.items()) or "the whole council"
