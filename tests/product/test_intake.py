"""Intake: files land once, a bad one never replaces what was good, and nothing personal travels."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from candour.errors import CandourError, InputError
from tasks.extract import extract
from tasks.settings import Settings, settings
from tasks.state import State
from tasks.validate import StoppedError, validate
from tests.product.conftest import LANDED_ON

if TYPE_CHECKING:
    from tests.product.conftest import House, Made

ROOT = Path(__file__).parents[2]
CANARIES = json.loads((ROOT / "tests/data/canaries.json").read_text("utf-8"))


@pytest.fixture
def council(tmp_path: Path) -> Settings:
    """A council of its own, with one full export and an inbox to spoil."""
    folder = tmp_path / "councils/westbeck"
    shutil.copytree(ROOT / "councils/knowsley", folder)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(ROOT / "data/exports/knowsley/complaints_full_20240304.csv", inbox)
    text = (folder / "council.yaml").read_text()
    (folder / "council.yaml").write_text(text.replace("data/exports/knowsley", str(inbox)))
    return settings(
        {"CANDOUR_HOME": str(tmp_path / "var"), "CANDOUR_COUNCILS": str(tmp_path / "councils")}
    )


def _inbox(at: Settings) -> Path:
    return Path(at.home).parent / "inbox"


def test_the_same_files_twice_are_one_intake(council: Settings) -> None:
    first = extract(council, "westbeck", LANDED_ON)
    again = extract(council, "westbeck", LANDED_ON.replace(day=4))
    assert first == again
    assert len(State(council.database).landings("westbeck")) == 1


def test_landed_bytes_are_kept_as_they_came(council: Settings) -> None:
    sent = (_inbox(council) / "complaints_full_20240304.csv").read_bytes()
    intake = extract(council, "westbeck", LANDED_ON)
    sha = intake.snapshots[0].sha256
    raw = Path(council.home) / "raw/westbeck" / sha[:2] / sha
    assert raw.read_bytes() == sent
    assert oct(raw.stat().st_mode)[-3:] == "440"


def test_every_row_of_every_file_is_accounted_for(house: House) -> None:
    intake = extract(house.settings, "northmere", LANDED_ON)
    for s in intake.snapshots:
        assert s.loaded + s.quarantined + s.noise == s.rows_in_file


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("complaints_full_20240311.csv", b"<html><body>Please log in</body></html>", "log"),
        ("complaints_full_20240311.csv", b"", "empty"),
        ("complaints_changes_20240311.csv", b"Ref,Wrong\r\n1,2\r\n", "Case Reference"),
    ],
)
def test_a_file_that_is_refused_leaves_the_last_good_intake(
    council: Settings, name: str, content: bytes, says: str
) -> None:
    good = extract(council, "westbeck", LANDED_ON)
    validate(council, "westbeck", good.id)
    (_inbox(council) / name).write_bytes(content)
    with pytest.raises(InputError, match=name) as refused:
        extract(council, "westbeck", LANDED_ON)
    assert says in str(refused.value)
    assert State(council.database).last_good_intake("westbeck") == good.id


def test_a_full_export_that_shrank_stops_the_run_and_keeps_the_last_good_one(
    council: Settings,
) -> None:
    good = extract(council, "westbeck", LANDED_ON)
    validate(council, "westbeck", good.id)
    lines = (_inbox(council) / "complaints_full_20240304.csv").read_bytes().split(b"\r\n")
    (_inbox(council) / "complaints_full_20240311.csv").write_bytes(b"\r\n".join(lines[:300]))
    bad = extract(council, "westbeck", LANDED_ON)
    with pytest.raises(StoppedError, match="last good reports stand"):
        validate(council, "westbeck", bad.id)
    assert State(council.database).last_good_intake("westbeck") == good.id


def test_a_file_still_being_written_waits(council: Settings) -> None:
    (_inbox(council) / "complaints_changes_20240311.csv.part").write_bytes(b"Case Ref")
    (_inbox(council) / "~$complaints_full_20240311.xlsx").write_bytes(b"lock")
    intake = extract(council, "westbeck", LANDED_ON)
    assert [s.name for s in intake.snapshots] == ["complaints_full_20240304.csv"]


def test_a_file_nobody_declared_is_named_and_left(council: Settings) -> None:
    (_inbox(council) / "notes.txt").write_bytes(b"hello")
    assert extract(council, "westbeck", LANDED_ON).ignored == ("notes.txt",)


def test_without_any_intake_a_report_says_what_to_do(council: Settings) -> None:
    with pytest.raises(CandourError, match="Run its intake first"):
        State(council.database).last_good_intake("westbeck")


def test_no_personal_canary_is_anywhere_but_in_the_landed_files(
    house: House, pack: Made, bulletin: Made
) -> None:
    planted = [text.encode() for kind in ("strings", "fragments") for text in CANARIES[kind]]
    assert planted
    home = Path(house.settings.home)
    raw = b"".join(p.read_bytes() for p in (home / "raw").rglob("*") if p.is_file())
    assert any(text in raw for text in planted), "the canaries are not in the exports"
    for path in sorted(home.rglob("*")):
        if path.is_file() and "raw" not in path.relative_to(home).parts:
            seen = b"\n".join(_parts(path.read_bytes()))
            assert not [t for t in planted if t in seen], path.name


def _parts(content: bytes) -> list[bytes]:
    """The bytes of a file and, if it is zipped, of everything inside."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return [content, *(parts.read(name) for name in parts.namelist())]
