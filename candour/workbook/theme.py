"""Theme: the fonts, colours and widths of workbooks, declared and checked once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from candour.declarations import Declaration, read_declaration
from candour.table import Rating

Colour = Annotated[str, Field(pattern=r"^[0-9A-F]{6}$")]


class Tone(Declaration):
    """Words of one colour on a fill of another."""

    ink: Colour
    fill: Colour


class ChartLook(Declaration):
    """Colours of charts by their use."""

    palette: tuple[Colour, ...] = Field(min_length=2)
    grid: Colour
    quiet: Colour
    improvement: Colour
    concern: Colour


class Theme(Declaration):
    """How workbooks look; sizes are in points, widths in characters."""

    font: str
    size: int = Field(ge=12)
    title_size: int
    headline_size: int
    ink: Colour
    accent: Colour
    rule: Colour
    label_width: int
    column_width: int
    chart: ChartLook
    ratings: dict[Rating, Tone]


def read_theme(text: str) -> Theme:
    """The theme of ``templates/themes/workbook.yaml``.

    Raises:
        ConfigurationError: an entry is missing or wrong.
    """
    return read_declaration(Theme, text, "templates/themes/workbook.yaml")
