"""Charts: a table drawn, with its message in words; what the words cannot say is not drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from candour.figures import Figure, Unit
    from candour.spc import Control


class ChartKind(StrEnum):
    """The four shapes that read well; no pie, no second axis."""

    LINE = "line"
    COLUMN = "column"
    BAR = "bar"
    """Horizontal, sorted, labelled, no axis."""
    STACKED = "stacked"
    """Shares of a whole, 100%."""
    CONTROL = "control"
    """XmR: points, mean and limits; shape and words mark what is unusual."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars: a figure a category, ``None`` where there is nothing to draw."""

    label: str
    figures: tuple[Figure | None, ...]
    highlighted: bool = False
    key: str = ""
    """The key of the heading its figures stand under in the chart's table."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of figures that also stand in the table ``table_id``.

    ``reading`` is the message in one sentence; ``alt`` is kind + measure + message + where the
    numbers are, the same string in every medium.
    """

    id: str
    title: str
    kind: ChartKind
    unit: Unit
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    table_id: str
    reading: str
    alt: str
    target: Figure | None = None
    control: Control | None = None
    sheet: str = ""
    """A short name, where a workbook's sheet needs one."""
