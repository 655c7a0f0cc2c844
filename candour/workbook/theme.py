"""Theme: the fonts, colours and sizes of workbooks, declared and checked once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from candour.declarations import Declaration, read_declaration
from candour.spc import Mark
from candour.table import Rating

Colour = Annotated[str, Field(pattern=r"^[0-9A-F]{6}$")]


class Tone(Declaration):
    """Words of one colour on a fill of another."""

    ink: Colour
    fill: Colour


class ChartLook(Declaration):
    """Colours of charts by their use."""

    palette: tuple[Colour, ...] = Field(min_length=3)
    grid: Colour
    quiet: Colour
    """Limits, and lines beside a highlighted one."""
    marks: dict[Mark, Colour]
    """Of unusual months; their shapes say the same."""


class Theme(Declaration):
    """How workbooks look; sizes are in points."""

    font: str
    size: int = Field(ge=12)
    title_size: int
    headline_size: int
    ink: Colour
    accent: Colour
    rule: Colour
    chart: ChartLook
    ratings: dict[Rating, Tone]
    protect_structure: bool = False
    """Whether sheets cannot be added, renamed or moved. Cells can always be read and copied."""


def read_theme(text: str) -> Theme:
    """The theme of ``templates/themes/workbook.yaml``.

    Raises:
        ConfigurationError: an entry is missing or wrong.
    """
    return read_declaration(Theme, text, "templates/themes/workbook.yaml")
