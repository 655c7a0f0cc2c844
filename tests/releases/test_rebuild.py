"""Rebuild: an old release is made again byte for byte, or it is said which figures differ."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from tasks import compute_kpis, declared, desk
from tasks.rebuilding import OTHER, SAME, Rebuilt, rebuild, the_release

from .conftest import NEWEST, Town

PLACE = ("northmere", "monthly_pack", "2024-03")


def _again(town: Town, version: int, into: Path | None = None) -> Rebuilt:
    return rebuild(town.settings, the_release(town.settings, PLACE, None, version), into)


def _bytes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def two(corrected: Town, tmp_path: Path) -> Town:
    return corrected.copy(tmp_path)


def test_after_a_later_intake_and_a_changed_definition_every_byte_is_the_same(
    two: Town, tmp_path: Path
) -> None:
    two.edit("councils/northmere/council.yaml", "name: Northmere Council", "name: Northmere")
    before = _bytes(two.home)
    rebuilt = _again(two, 1, tmp_path / "made")
    assert rebuilt.same, rebuilt.why
    assert (rebuilt.figures, rebuilt.why) == ((), ())
    released = _bytes(two.home / rebuilt.release.folder)
    assert _bytes(tmp_path / "made") == released, "the manifest is the same too"
    assert _bytes(two.home) == before, "the store is only read"


@pytest.mark.gate
def test_a_correction_is_made_again_with_its_restatement(corrected: Town) -> None:
    rebuilt = _again(corrected, 2)
    assert rebuilt.same, rebuilt.why
    assert "restatement.csv" in {file.name for file in rebuilt.files}


@pytest.mark.gate
def test_without_the_declarations_of_then_todays_are_used_and_figures_are_compared(
    two: Town,
) -> None:
    config = json.loads((two.home / _again_folder(two) / "manifest.json").read_text())["config"]
    (two.home / f"declarations/{config}.json").unlink()
    rebuilt = _again(two, 1)
    assert (rebuilt.same, rebuilt.made) == (False, True)
    assert any("were not kept" in why and "Today's were used" in why for why in rebuilt.why)
    named = {told.figure.split(":")[0].split(",")[0] for told in rebuilt.figures}
    assert named == {"Responded to in time"}, "only one definition has changed since"


@pytest.mark.gate
def test_declarations_that_were_altered_are_not_used(two: Town) -> None:
    config = json.loads((two.home / _again_folder(two) / "manifest.json").read_text())["config"]
    kept = two.home / f"declarations/{config}.json"
    kept.chmod(0o640)
    kept.write_text(kept.read_text().replace("Northmere Council", "Southmere Council"))
    assert any("it was altered" in why for why in _again(two, 1).why)


@pytest.mark.gate
def test_a_purged_file_is_named_and_figures_are_compared(two: Town) -> None:
    sha = hashlib.sha256((two.inbox / NEWEST).read_bytes()).hexdigest()
    (two.home / f"raw/northmere/{sha[:2]}/{sha}").unlink()
    rebuilt = _again(two, 1)
    assert rebuilt.made
    assert any(NEWEST in why and "purged" in why for why in rebuilt.why)


def test_with_nothing_left_of_what_landed_it_says_that_it_cannot(two: Town) -> None:
    for path in (two.home / "raw").rglob("*"):
        if path.is_file():
            path.unlink()
    rebuilt = _again(two, 1)
    assert (rebuilt.made, rebuilt.same, rebuilt.holds) == (False, False, False)
    assert "No export of complaints has arrived" in rebuilt.why[-1]


@pytest.mark.gate
def test_under_other_code_it_says_that_no_figure_differs(
    two: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declared, "code_digest", lambda: "another")
    assert compute_kpis.declared.code_digest() == "another"
    other = property(lambda _: dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    monkeypatch.setattr(desk.Desk, "created", other)
    rebuilt = _again(two, 1)
    states = {file.name: file.state for file in rebuilt.files}
    assert states["ledger.csv"] == SAME
    assert states["northmere-monthly-pack-2024-03.xlsx"] == OTHER
    assert rebuilt.why == ("The code that makes reports has changed since.",)
    assert (rebuilt.figures, rebuilt.holds, rebuilt.same) == ((), True, False)


def _again_folder(town: Town) -> str:
    return the_release(town.settings, PLACE, None, 1).folder
