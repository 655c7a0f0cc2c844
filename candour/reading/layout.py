"""Layout: what a council's mapping says of a file before anybody has opened it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """How an export is laid out; all texts compare as ``comparable`` has them."""

    expected: frozenset[str]
    """Header texts the mapping needs: they find the header row, and its sheet. Empty when a
    mapping is still to be drafted: the fullest of the first rows is then the header."""
    encodings: tuple[str, ...] = ("utf-8", "cp1252")
    """Tried in this order, after a byte-order mark and UTF-8; never guessed beyond them."""
    delimiters: tuple[str, ...] = (",", ";", "\t", "|")
    sheet: str | None = None
    """The sheet to read; otherwise the one sheet that holds the header."""
    header_lines: int = 1
    """Two when every header text is written over two rows."""
    noise: tuple[str, ...] = ()
    """A row whose first filled cell starts with one of these is no record."""
    identifying: tuple[str, ...] = ()
    """Headers of which at least one must be filled for a row to be a record."""

    @property
    def needed(self) -> frozenset[str]:
        """Header texts without which the file cannot be read."""
        return self.expected | frozenset(self.identifying)
