"""Opened: a finished file read again - its blocks of text, and the figures marked in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands in a block's own words where a figure is marked."""


DETAILS, FOOTER = "details", "footer"
"""What a page shows on a screen and may leave off paper."""


class Use(StrEnum):
    """What a block of text is for."""

    PROSE = "prose"
    HEADING = "heading"
    CAPTION = "caption"
    HEADER = "header"
    """A heading cell of a table, of a column or a row."""
    CELL = "cell"
    NAVIGATION = "navigation"
    """A list of what the file holds, which repeats headings and their numbers."""
    UNSEEN = "unseen"
    """Read out rather than shown: alt text, a title of the window."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: plain words, a marked figure, or numbering made by machine."""

    text: str
    key: str = ""
    """The figure it is marked as."""
    value: str | None = None
    """The exact value written beside a marked figure for machines, where the medium has one."""
    numbering: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or cell, with where it stands."""

    place: str
    use: Use
    pieces: tuple[Piece, ...]
    section: str = ""
    folded: str = ""
    """What of a screen it stands in that paper may do without: ``details`` or ``footer``."""

    @property
    def text(self) -> str:
        """Everything a reader reads."""
        return _spaced("".join(piece.text for piece in self.pieces))

    @property
    def said(self) -> str:
        """What a reader reads without the numbering made by machine."""
        return _spaced("".join(" " if p.numbering else p.text for p in self.pieces))

    @property
    def words(self) -> str:
        """What is neither a marked figure nor numbering; a mark stands for each of those."""
        return _spaced("".join(HOLE if p.key or p.numbering else p.text for p in self.pieces))

    @property
    def figures(self) -> tuple[Piece, ...]:
        """The marked figures, in order."""
        return tuple(piece for piece in self.pieces if piece.key)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a finished file: its column headings, then its rows, the first cell a label."""

    place: str
    title: str
    header: tuple[Block, ...]
    rows: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of a finished file: what is said of it, and the texts that stand in it."""

    place: str
    title: str
    alt: str
    figures: tuple[Piece, ...]
    labels: tuple[tuple[float, float, str], ...] = ()
    """Texts that are no marked figure, with where they stand: names, and numbers on a scale."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A finished file, in reading order."""

    name: str
    blocks: tuple[Block, ...]
    grids: tuple[Grid, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    anchors: frozenset[str] = frozenset()
    """What a link inside the file may lead to."""
    links: tuple[tuple[str, str], ...] = ()
    """Where links inside the file lead, and where each stands."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """The number that each thing a link may lead to was given."""
    references: tuple[tuple[str, str, str], ...] = ()
    """The number a link says, where it leads, and where it stands."""

    def numbering(self) -> list[tuple[str, str]]:
        """Every number made by machine, with its place."""
        return [
            (block.place, piece.text.strip())
            for block in self.blocks
            for piece in block.pieces
            if piece.numbering and piece.text.strip()
        ]

    def every_figure(self) -> list[tuple[str, Piece]]:
        """Every marked figure with its place."""
        said = [(block.place, piece) for block in self.blocks for piece in block.figures]
        drawn = [(d.place, piece) for d in self.drawings for piece in d.figures]
        return [*said, *drawn]


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
