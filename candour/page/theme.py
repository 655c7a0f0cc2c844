"""Theme: the colours and fonts of pages, charts and PDFs, declared and checked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from candour.declarations import Declaration, read_declaration
from candour.errors import ConfigurationError
from candour.spc import Mark
from candour.table import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]

LOOK, STYLE, ANNUAL = "page.yaml", "page.css", "annual.css"


class Tone(Declaration):
    """Words of one colour on a fill of another, dark enough to be read."""

    ink: Colour
    fill: Colour


class Look(Declaration):
    """Colours by their use: one accent, greys, and a palette for charts."""

    accent: Colour
    ink: Colour
    muted: Colour
    rule: Colour
    wash: Colour
    palette: tuple[Colour, ...] = Field(min_length=2)
    marks: dict[Mark, Colour]
    ratings: dict[Rating, Tone]
    fonts: dict[str, str]
    """Files under ``templates/fonts/`` for ``regular``, ``bold`` and ``italic``."""

    def __hash__(self) -> int:
        return hash((self.accent, self.ink, self.palette))


@dataclass(frozen=True, slots=True)
class Theme:
    """How pages look: colours, style sheet and the fonts that a PDF carries."""

    look: Look
    style: str
    fonts: Mapping[str, bytes]
    """The font files by name."""
    annual: str = ""
    """What the style sheet of annual reports adds."""

    @property
    def css(self) -> str:
        """The style sheet, after the colours it names as ``var(--accent)``."""
        colours = {name: getattr(self.look, name) for name in _NAMED}
        for rating, tone in self.look.ratings.items():
            name = rating.lower().replace(" ", "-")
            colours |= {f"{name}-ink": tone.ink, f"{name}-fill": tone.fill}
        colours |= {mark.value: colour for mark, colour in self.look.marks.items()}
        named = "".join(f"--{name}:{colour};" for name, colour in colours.items())
        return f":root{{{named}}}\n{self.style}"


_NAMED = ("accent", "ink", "muted", "rule", "wash")


def read_theme(files: Mapping[str, str], fonts: Mapping[str, bytes]) -> Theme:
    """The theme of ``templates/themes/`` with the fonts of ``templates/fonts/``, by file name.

    Raises:
        ConfigurationError: a file is missing or wrong.
    """
    for name in (LOOK, STYLE):
        if name not in files:
            raise ConfigurationError(f"templates/themes/{name} is missing; pages need it.")
    look = read_declaration(Look, files[LOOK], f"templates/themes/{LOOK}")
    missing = sorted(set(look.fonts.values()) - set(fonts))
    if missing:
        raise ConfigurationError(
            f"templates/themes/{LOOK} names the font {missing[0]}, which is not in "
            "templates/fonts/; put the file there or name another."
        )
    named = {name: fonts[name] for name in sorted(look.fonts.values())}
    return Theme(look, files[STYLE], named, files.get(ANNUAL, ""))
