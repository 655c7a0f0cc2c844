"""What the gates share: the programs they need, and the files of a release."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import House, Made


def program(name: str, package: str) -> str:
    """Where a program of the system is; without it the test is skipped."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (Debian: {package})")
    return found


def released(house: House, made: Made) -> Path:
    """The folder of a release."""
    return Path(house.settings.home) / made.release.folder
