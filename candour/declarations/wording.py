"""Wording: how a mistake in a declaration is placed and said."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

Path = tuple[int | str, ...]
"""Steps into a file: the names of entries, and positions in lists counted from nought."""


def place(file: str, *path: int | str, line: int | None = None) -> str:
    """Where a mistake is: ``exports.yaml, line 4: complaints → columns → stage``."""
    where = file if line is None else f"{file}, line {line}"
    steps = [f"item {step + 1}" if isinstance(step, int) else step for step in path]
    return f"{where}: {' → '.join(steps)}" if steps else where


def unknown(found: object, allowed: Iterable[str]) -> str:
    """What to say of a word outside a closed list: the nearest allowed one, then all of them."""
    choices = sorted(allowed)
    folded = {choice.casefold(): choice for choice in reversed(choices)}
    near = difflib.get_close_matches(str(found).casefold(), folded, n=1, cutoff=0.6)
    hint = f"; did you mean '{folded[near[0]]}'?" if near else "."
    return f"'{found}' is not known{hint} Allowed: {', '.join(choices) or 'nothing'}."
