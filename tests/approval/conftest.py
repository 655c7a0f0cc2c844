"""March's pack as a draft that nobody has decided about, in a home of its own."""

import os
import shutil
from pathlib import Path

import pytest

from tasks.build import Broken, Draft, read_draft
from tasks.settings import Settings
from tests.conftest import House, Made, settings_at

BROKEN = Broken("E1", "E1: Received, row Highways: the parts come to 66 and the total says 68.")


@pytest.fixture
def at(house: House, tmp_path: Path) -> Settings:
    """A home with the house's drafts and facts, in which nothing was decided or released."""
    shutil.copytree(
        house.settings.home,
        tmp_path / "home",
        copy_function=os.link,
        ignore=shutil.ignore_patterns("candour.db*", "releases", "raw"),
    )
    return settings_at(tmp_path / "home")


@pytest.fixture
def draft(pack: Made, at: Settings) -> Draft:
    """The draft, as it was built."""
    return read_draft(at, pack.draft.folder)
