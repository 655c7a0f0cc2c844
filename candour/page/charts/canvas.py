"""The canvas charts are drawn on: sizes, axes, direct labels and legends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from matplotlib.figure import Figure as Sheet
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from candour.figures import Unit
from candour.page.charts.svg import FONT_SIZE, figure_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from candour.figures import Figure
    from candour.page.theme import Look

POINTS_AN_INCH = 72
LETTER = 0.52 * FONT_SIZE
"""About how wide a letter is, in points."""


class Size(Enum):
    """How much of the page a chart takes: width and height in inches on paper."""

    WIDE = (6.85, 2.4)
    HALF = (3.3, 2.1)


@dataclass(frozen=True, slots=True)
class Margins:
    """Room around the plot for labels, in points."""

    left: float
    right: float
    top: float = 8
    bottom: float = 30


@dataclass(frozen=True, slots=True)
class EndLabel:
    """What stands at the right end of a line: a figure, its name, or both."""

    height: float
    words: str
    colour: str
    figure: Figure | None = None

    @property
    def letters(self) -> int:
        """How long it is."""
        return len(self.words) + (len(self.figure.display) + 1 if self.figure else 0)


def axes(size: Size, margins: Margins, look: Look, height: float = 0) -> Axes:
    """Empty axes with a base line and nothing else; ``height`` in points where it must be more."""
    wide, high = (inches * POINTS_AN_INCH for inches in size.value)
    high = max(high, height)
    plot = (
        margins.left / wide,
        margins.bottom / high,
        1 - (margins.left + margins.right) / wide,
        1 - (margins.top + margins.bottom) / high,
    )
    drawing = Sheet(figsize=(wide / POINTS_AN_INCH, high / POINTS_AN_INCH)).add_axes(plot)
    for side in ("left", "right", "top"):
        drawing.spines[side].set_visible(False)
    drawing.spines["bottom"].set_color(look.muted)
    drawing.tick_params(length=0, labelcolor=look.ink, labelsize=FONT_SIZE)
    drawing.set_axisbelow(True)
    return drawing


def value_axis(drawing: Axes, unit: Unit, look: Look) -> None:
    """Pale lines across and a few round numbers in the measure's unit."""
    drawing.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10], integer=True))
    drawing.yaxis.set_major_formatter(lambda value, _: in_unit(value, unit))
    drawing.tick_params(axis="y", labelcolor=look.muted)
    drawing.grid(axis="y", color=look.rule, linewidth=0.6, alpha=0.6)


def in_unit(value: float, unit: Unit) -> str:
    """A number on an axis, which is a scale and no figure."""
    match unit:
        case Unit.PERCENT:
            return f"{value:g}%"
        case Unit.POUNDS:
            return f"£{value:,g}"
        case _:
            return f"{value:,g}"


def category_axis(drawing: Axes, categories: Sequence[str], most: int) -> None:
    """Months below the plot, the last always named and as many before it as fit."""
    step = -(-len(categories) // most)
    shown = sorted(range(len(categories) - 1, -1, -step))
    drawing.set_xticks(shown, _short([categories[place] for place in shown]))


def _short(categories: Sequence[str]) -> list[str]:
    """*March 2024* as *Mar*, with the year beneath where it changes; other names stay."""
    labels, year_before = [], ""
    for category in categories:
        found = re.fullmatch(r"([A-Z][a-z]+) (\d{4})", category)
        if found is None:
            labels.append(category.replace(" ", "\n", 1))
            continue
        month, year = found.groups()
        labels.append(month[:3] if year == year_before else f"{month[:3]}\n{year}")
        year_before = year
    return labels


def end_labels(drawing: Axes, place: float, labels: Sequence[EndLabel]) -> None:
    """Labels at the right end of lines, moved apart where they would overlap."""
    low, high = drawing.get_ylim()
    plot_height = drawing.get_window_extent().height / drawing.figure.dpi * POINTS_AN_INCH
    gap = (high - low) / plot_height * FONT_SIZE * 1.3
    below = low - gap
    for label in sorted(labels, key=lambda label: label.height):
        height = max(label.height, below + gap)
        _end_label(drawing, place, height, label)
        below = height


def _end_label(drawing: Axes, place: float, height: float, label: EndLabel) -> None:
    def write(words: str, offset: float, figure: Figure | None = None) -> None:
        drawing.annotate(
            words,
            (place, height),
            xytext=(offset, 0),
            textcoords="offset points",
            va="center_baseline",
            color=label.colour,
            annotation_clip=False,
            weight="normal" if figure is None else "bold",
            gid=None if figure is None else figure_group(figure),
        )

    offset = 7.0
    if label.figure is not None:
        write(label.figure.display, offset, label.figure)
        offset += (len(label.figure.display) + 0.6) * LETTER * 1.25
    if label.words:
        write(label.words, offset)


def legend(drawing: Axes, names: Sequence[str], colours: Sequence[str], size: Size) -> None:
    """Which colour is which, in rows above the plot from the left edge of the chart."""
    keys = [Patch(color=c, label=name) for name, c in zip(names, colours, strict=True)]
    drawing.figure.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=_legend_columns(names, size),
        frameon=False,
        borderpad=0,
        borderaxespad=0.2,
        handlelength=0.9,
        handleheight=0.9,
        handletextpad=0.4,
        columnspacing=1.2,
    )


def legend_height(names: Sequence[str], size: Size) -> float:
    """How much room above the plot a legend of these names takes, in points."""
    return -(-len(names) // _legend_columns(names, size)) * FONT_SIZE * 1.5 + 6


def _legend_columns(names: Sequence[str], size: Size) -> int:
    widths = [len(name) * LETTER + 3 * FONT_SIZE for name in names]
    there = size.value[0] * POINTS_AN_INCH
    return len(widths) if sum(widths) <= there else max(1, int(there / max(widths)))
