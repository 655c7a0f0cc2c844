"""The documents as they stand in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STALE = "{} is not what the code writes now: run make docs, and look at what changed."


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT
