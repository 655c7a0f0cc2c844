"""Markdown: the few forms the generated pages are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WRITTEN_BY = "<!-- Written by `make docs`; what it says is changed where it is declared. -->"


def page(*parts: str) -> str:
    """A generated page: its parts with a blank line between them, and who wrote it."""
    return "\n\n".join((WRITTEN_BY, *(part.strip("\n") for part in parts if part))) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar inside a cell is escaped."""
    written = [headings, ["---"] * len(headings), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in written
    )


def code(*names: str) -> str:
    """Names as code, with commas between them."""
    return ", ".join(f"`{name}`" for name in names)


def anchor(heading: str) -> str:
    """Where a link to a heading leads: small letters, hyphens for spaces, no punctuation."""
    kept = "".join(c for c in heading.casefold() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")
