"""The catalogue of published figures, and what the councils' files make of it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from candour.published import Published, Scheme, Slip, Value, examine
from candour.published.printed import Number
from tasks import declared
from tasks.settings import settings

ROOT = Path(__file__).parents[2]
COUNCILS = {"KNO": "knowsley", "LGO": "knowsley", "STO": "stockport", "CWC": "cheshire_west"}


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Every entry of the catalogue by its id."""
    entries = json.loads((ROOT / "data/published/figures.json").read_text("utf-8"))
    return {entry["id"]: entry for entry in entries}


@cache
def read(council: str) -> tuple[Published, Scheme]:
    """What a council published."""
    return declared.published(settings({}), council)


@cache
def slips_of(council: str) -> tuple[Slip, ...]:
    """What the gate finds in it."""
    return examine(*read(council))


def council_of(entry: str) -> str:
    """The council an entry is of."""
    return COUNCILS[entry[:3]]


def changed(published: Published, changes: dict[Value, Number]) -> Published:
    """The publication with other numbers printed."""

    def printed(value: Value) -> Value:
        number = changes.get(value)
        return value if number is None else replace(value, amount=number, printed=str(number))

    documents = tuple(
        replace(
            document,
            entries=tuple(
                replace(entry, values=tuple(printed(v) for v in entry.values))
                for entry in document.entries
            ),
        )
        for document in published.documents
    )
    return replace(published, documents=documents)


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    """The names Knowsley's files are written in."""
    here = settings({})
    return Scheme(declared.council(here, "knowsley"), declared.kpis(here))
