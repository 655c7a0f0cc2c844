"""Headings: what a vendor calls its columns, in its order, as ``data/layouts`` lists them."""

from __future__ import annotations

import csv
from pathlib import Path

_LAYOUTS = Path(__file__).parents[2] / "layouts"


def listed(vendor: str, **only: str) -> list[dict[str, str]]:
    """The lines of a vendor's list of columns, those alone that say what is asked."""
    with (_LAYOUTS / vendor / "columns.csv").open(encoding="utf-8", newline="") as lines:
        return [
            line
            for line in csv.DictReader(lines)
            if all(line[name] == wanted for name, wanted in only.items())
        ]
