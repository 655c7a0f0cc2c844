"""A council whose inbox is elsewhere: its folder, its exports, and what leads there."""

from __future__ import annotations

import csv
import io
import itertools
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tasks import declared
from tasks.settings import Settings, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from candour.council import Council

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "data/exports/northmere"
FULL = "complaints_full_20240527.csv"
OTHERS = ("compliments_20240527.csv",)
CANARY = "canary-5c1d0a-password"
"""The password of every server: it may be seen nowhere else."""


def complaints(rows: int = 120) -> bytes:
    """The beginning of Northmere's full export."""
    with (EXPORTS / FULL).open(encoding="utf-8-sig", newline="") as file:
        kept = list(itertools.islice(csv.reader(file), rows + 1))
    written = io.StringIO()
    csv.writer(written).writerows(kept)
    return written.getvalue().encode()


def whole_export() -> dict[str, bytes]:
    """Several files of an export, small enough to be read in a moment."""
    return {FULL: complaints(), **{name: (EXPORTS / name).read_bytes() for name in OTHERS}}


@dataclass(frozen=True)
class Town:
    """A council like Northmere with an inbox of its own, and a run state."""

    settings: Settings

    @property
    def council(self) -> Council:
        return declared.council(self.settings, "eastmere")

    @property
    def folder(self) -> Path:
        return self.settings.council_folders[1] / "eastmere"

    def landed(self) -> set[bytes]:
        """Everything that landed, as it was kept."""
        raw = Path(self.settings.home) / "raw"
        return {file.read_bytes() for file in raw.rglob("*") if file.is_file()}


@pytest.fixture
def town(tmp_path: Path) -> Callable[..., Town]:
    """Makes a town whose ``inbox:`` is what is given."""
    numbers = itertools.count()

    def made(inbox: Any) -> Town:
        at = tmp_path / f"town{next(numbers)}"
        folder = at / "councils/eastmere"
        shutil.copytree(ROOT / "councils/northmere", folder)
        file = folder / "council.yaml"
        lines = [x for x in file.read_text("utf-8").splitlines() if not x.startswith("inbox:")]
        file.write_text("\n".join([*lines, f"inbox: {json.dumps(inbox)}"]), "utf-8")
        given = {"CANDOUR_HOME": str(at / "home"), "CANDOUR_COUNCILS": str(folder.parent)}
        return Town(settings(given))

    return made


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Makes an Airflow connection and gives its name."""

    def made(conn_type: str, *, extra: dict[str, Any] | None = None, **more: Any) -> str:
        written = {"conn_type": conn_type, **more, "extra": json.dumps(extra or {})}
        monkeypatch.setenv("AIRFLOW_CONN_VENDOR", json.dumps(written))
        return "vendor"

    return made


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two looks at once, where what is tested is not how far apart they are."""
    monkeypatch.setattr("tasks.inbox.folder.QUIET_SECONDS_HERE", 0)
    monkeypatch.setattr("tasks.inbox.folder.QUIET_SECONDS_ELSEWHERE", 0)
