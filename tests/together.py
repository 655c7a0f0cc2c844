"""Together: when tests run, and which: what takes long to make comes first, what is much waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from _pytest.mark import ParameterSet

LONG = ("house", "operated", "original")
"""Fixtures that take minutes, the longest first."""


def first_now(values: Iterable[object], number: int = 1) -> list[ParameterSet]:
    """The first values in every run of the tests, the others in the gate, which has more time."""
    return [
        pytest.param(value, marks=[] if place < number else [pytest.mark.gate])
        for place, value in enumerate(values)
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that share what takes long first, so that none is waited for at the end."""
    order: dict[Path, int] = {}
    for place, shared in enumerate(LONG):
        for item in items:
            if shared in getattr(item, "fixturenames", ()):
                order.setdefault(item.path, place)
    items.sort(key=lambda item: order.get(item.path, len(LONG)))
