"""A run state of the test's own that holds what the house has released."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.settings import Settings
from tests.conftest import House, Made, settings_at
from tests.delivery.servers import Fussy, fussy


@pytest.fixture
def home(house: House, pack: Made, bulletin: Made, tmp_path: Path) -> Settings:
    """Settings of a copy of the house's run state, its pack and bulletins released."""

    def copied(source: str, target: str) -> object:
        # Files are never written in place, so a link is a copy; a database is.
        return shutil.copy2(source, target) if ".db" in source else os.link(source, target)

    shutil.copytree(house.settings.home, tmp_path / "home", copy_function=copied)
    return settings_at(tmp_path / "home")


@pytest.fixture
def post_office(home: Settings) -> Iterator[tuple[Settings, Fussy]]:
    """The copy with a mail server, and what that has taken."""
    with fussy() as (url, server):
        yield replace(home, smtp=url), server
