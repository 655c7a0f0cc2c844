"""A text that slipped into the reference holds its row back, and nothing else."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from tasks.extract import extract
from tasks.settings import settings
from tasks.store import Store

ROOT = Path(__file__).parents[2]


def test_a_reference_of_forty_thousand_characters_is_set_aside(tmp_path: Path) -> None:
    folder, inbox = tmp_path / "councils/westbeck", tmp_path / "inbox"
    shutil.copytree(ROOT / "councils/knowsley", folder)
    inbox.mkdir()
    profile = folder / "council.yaml"
    profile.write_text(profile.read_text().replace("data/exports/knowsley", str(inbox)))
    lines = (
        (ROOT / "data/exports/knowsley/complaints_full_20240304.csv").read_bytes().split(b"\r\n")
    )
    rest = lines[1].partition(b",")[2]
    long = [lines[0], b"K" * 40_000 + b"," + rest, *lines[2:200]]
    (inbox / "complaints_full_20240304.csv").write_bytes(b"\r\n".join(long))
    at = settings(
        {"CANDOUR_HOME": str(tmp_path / "var"), "CANDOUR_COUNCILS": str(tmp_path / "councils")}
    )
    snapshot = extract(at, "westbeck", dt.date(2024, 6, 3)).snapshots[0]
    quarantine = Store(at.home).read_frame(f"{snapshot.folder}/quarantine.parquet")
    said = quarantine[quarantine["row_number"] == 2]
    assert list(said["code"]) == ["Q03"]
    assert "at most 100 characters" in said["reason"].iloc[0]
    assert len(said["reason"].iloc[0]) < 300
