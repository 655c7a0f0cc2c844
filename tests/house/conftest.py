import os
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", "var", "build", "__pycache__", ".hypothesis", "node_modules"}


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(os.scandir(folder), key=lambda found: found.name):
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in NOT_OURS and not entry.name.endswith(("_cache", ".egg-info")):
                yield from _files(Path(entry.path))
        else:
            yield Path(entry.path)


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """Every text file of the project, by its path in it."""
    found = {}
    for file in _files(PROJECT):
        content = file.read_bytes()
        if b"\0" not in content[:4096]:
            found[file.relative_to(PROJECT).as_posix()] = content.decode("utf-8", "replace")
    return found
