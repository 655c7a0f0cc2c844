"""Together: when tests run, and which: what takes long to make is shared, what is much waits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from _pytest.mark import ParameterSet

SHARED = ("house", "operated", "original")
"""Fixtures that take minutes, the longest first: a file with one is in the group of that name."""


def first_now(values: Iterable[object], number: int = 1) -> list[ParameterSet]:
    """The first values in every run of the tests, the others in the gate, which has more time."""
    return [
        pytest.param(value, marks=[] if place < number else [pytest.mark.gate])
        for place, value in enumerate(values)
    ]


@pytest.hookimpl(tryfirst=True)  # before xdist writes the groups into the names
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that share something first, so that none of them is waited for at the end."""
    groups: dict[Path, str] = {}
    for shared in SHARED:
        for item in items:
            if shared in getattr(item, "fixturenames", ()):
                groups.setdefault(item.path, shared)
    for item in items:
        if item.path in groups:
            item.add_marker(pytest.mark.xdist_group(groups[item.path]))
    order = {shared: place for place, shared in enumerate(SHARED)}
    items.sort(key=lambda item: order.get(groups.get(item.path, ""), len(order)))


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: some tests wait for servers and for clocks."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling | None:
    """Hand out whole groups, and files where a test is in none."""
    return _Together(config, log) if config.getoption("dist") == "loadgroup" else None


class _Together(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        *_, group = nodeid.rpartition("@")
        return group if group in SHARED else nodeid.split("::", maxsplit=1)[0]
