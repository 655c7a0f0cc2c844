"""An inbox a person can put right: taking a bad file out is enough, and nothing good is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from candour.errors import InputError
from tasks.extract import extract
from tasks.settings import Settings, settings
from tests.conftest import LANDED_ON

ROOT = Path(__file__).parents[2]
FULL = "complaints_full_20240304.csv"


@pytest.fixture
def council(tmp_path: Path) -> Settings:
    """A council of its own with one good export."""
    shutil.copytree(ROOT / "councils/knowsley", tmp_path / "councils/westbeck")
    (tmp_path / "inbox").mkdir()
    shutil.copy(ROOT / "data/exports/knowsley" / FULL, tmp_path / "inbox")
    written = tmp_path / "councils/westbeck/council.yaml"
    text = written.read_text("utf-8")
    written.write_text(text.replace("data/exports/knowsley", str(tmp_path / "inbox")), "utf-8")
    return settings(
        {"CANDOUR_HOME": str(tmp_path / "var"), "CANDOUR_COUNCILS": str(tmp_path / "councils")}
    )


def test_a_refused_file_taken_out_of_the_inbox_holds_nothing_up(
    council: Settings, tmp_path: Path
) -> None:
    bad = tmp_path / "inbox/complaints_full_20240311.csv"
    bad.write_bytes(b"<html><body>Please log in</body></html>")
    with pytest.raises(InputError, match=bad.name):
        extract(council, "westbeck", LANDED_ON)
    bad.unlink()
    intake = extract(council, "westbeck", LANDED_ON)
    assert [snapshot.name for snapshot in intake.snapshots] == [FULL]


def test_a_file_read_once_is_still_refused_aloud_when_a_new_mapping_cannot_read_it(
    council: Settings, tmp_path: Path
) -> None:
    extract(council, "westbeck", LANDED_ON)
    (tmp_path / "inbox" / FULL).unlink()
    mapping = tmp_path / "councils/westbeck/exports.yaml"
    text = mapping.read_text("utf-8")
    assert "case_ref: Case Reference" in text
    mapping.write_text(text.replace("case_ref: Case Reference", "case_ref: Case No"), "utf-8")
    with pytest.raises(InputError, match="Case No"):
        extract(council, "westbeck", LANDED_ON)
