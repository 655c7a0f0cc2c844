"""The generators make the committed exports again, and use nothing they are there to test."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "data" / "exports"
MODULES = sorted((ROOT / "data" / "generators").rglob("*.py"))
MEGABYTE = 1_000_000


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_a_run_makes_the_committed_exports_byte_for_byte(hash_seed: str, tmp_path: Path) -> None:
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "data.generators", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": "Pacific/Auckland"},
        check=True,
        capture_output=True,
    )
    made, committed = contents(tmp_path), contents(EXPORTS)
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []
    assert time.monotonic() - started < 60


def test_a_run_removes_a_file_that_is_no_longer_made(tmp_path: Path) -> None:
    stale = tmp_path / "knowsley" / "complaints_full_20230101.csv"
    stale.parent.mkdir()
    stale.write_text("left over", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "data.generators", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert not stale.exists()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_generator_imports_nothing_of_the_product(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    roots = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert roots <= set(sys.stdlib_module_names) | {"data", "openpyxl"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_generator_never_asks_the_clock_or_chance_without_a_seed(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    for forbidden in ("today(", ".now(", "import random", "uuid4", "import uuid", "Random()"):
        assert forbidden not in text


def test_the_exports_stay_small_enough_to_keep_in_the_repository() -> None:
    assert sum(len(content) for content in contents(EXPORTS).values()) < 16 * MEGABYTE
