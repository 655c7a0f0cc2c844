"""Names: what sheets and tables of one workbook are called; each is valid, and no two are alike."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What a name cannot hold, or what Excel would decode into something else."""
_LONGEST = 31
_RESERVED = {"history"}
"""Excel keeps this name for itself."""
_ADDRESS = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]?\d*|[Cc]\d*")


class Names:
    """Names given so far."""

    def __init__(self) -> None:
        self._sheets: set[str] = set(_RESERVED)
        self._tables: set[str] = set()

    def sheet(self, title: str) -> str:
        """A sheet name made of a title: at most 31 characters, none that Excel forbids."""
        wanted = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'") or "Sheet"
        wanted = wanted[0].upper() + wanted[1:]
        name, number = _cut(wanted, _LONGEST), 2
        while name.casefold() in self._sheets:
            ending = f" {number}"
            name = _cut(wanted, _LONGEST - len(ending)) + ending
            number += 1
        self._sheets.add(name.casefold())
        return name

    def table(self, id_: str) -> str:
        """A table name made of an id, unlike any cell's address."""
        wanted = re.sub(r"\W+", "_", id_)
        if _ADDRESS.fullmatch(wanted) or not re.match("[A-Za-z_]", wanted):
            wanted = f"table_{wanted}"
        name, number = wanted, 2
        while name.casefold() in self._tables:
            name, number = f"{wanted}_{number}", number + 1
        self._tables.add(name.casefold())
        return name


def _cut(text: str, longest: int) -> str:
    """Whole words of ``text`` that fit."""
    if len(text) > longest:
        text = text[: longest + 1].rsplit(" ", 1)[0][:longest]
    return text.strip(" '")
