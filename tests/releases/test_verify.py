"""Verify: any altered byte of any release is found and named, and nothing else is."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from tasks.verifying import Altered, verify

from .conftest import Town

V1 = "releases/northmere/monthly_pack/2024-03/managers/v1"
V2 = V1.replace("/v1", "/v2")


@pytest.fixture
def two(corrected: Town, tmp_path: Path) -> Town:
    """Two versions, to be damaged."""
    town = corrected.copy(tmp_path)
    for path in (town.home / "releases").rglob("*"):
        if path.is_file():
            path.chmod(0o640)
    return town


def _altered(town: Town) -> tuple[Altered, ...]:
    return verify(town.settings, "northmere").altered


def _rewritten(path: Path, **changed: object) -> str:
    """A manifest with other entries; gives its checksum."""
    manifest = json.loads(path.read_text()) | changed
    path.write_text(json.dumps(manifest, sort_keys=True, indent=2) + "\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _in_database(town: Town, statement: str, *values: object) -> None:
    with sqlite3.connect(town.home / "candour.db") as database:
        assert database.execute(statement, values).rowcount == 1


def test_what_was_released_is_read_whole_and_nothing_is_found(corrected: Town) -> None:
    verified = verify(corrected.settings, "northmere")
    there = [path for path in (corrected.home / "releases").rglob("*") if path.is_file()]
    assert verified.altered == ()
    assert verified.releases == 2
    assert verified.files == len(there)
    assert verified.size == sum(path.stat().st_size for path in there)


def test_one_byte_of_any_file_is_found_and_the_file_is_named(two: Town) -> None:
    files = sorted(path for path in (two.home / V1).iterdir())
    assert len(files) > 20
    for path in files:
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        found = _altered(two)
        assert {(one.release, one.file) for one in found} == {(V1, path.name)}, path.name
        assert hashlib.sha256(whole).hexdigest() in " ".join(map(str, found))
        path.write_bytes(whole)
    assert _altered(two) == ()


def test_a_manifest_whose_checksums_were_made_to_fit_is_found(two: Town) -> None:
    ledger = two.home / V1 / "ledger.csv"
    ledger.write_bytes(ledger.read_bytes().replace(b"221", b"212", 1))
    manifest = two.home / V1 / "manifest.json"
    files = json.loads(manifest.read_text())["files"]
    for file in files:
        if file["name"] == "ledger.csv":
            file["sha256"] = hashlib.sha256(ledger.read_bytes()).hexdigest()
    _rewritten(manifest, files=files)
    assert [(one.release, one.file) for one in _altered(two)] == [(V1, "manifest.json")]


def test_a_manifest_fitted_in_the_database_too_breaks_the_chain(two: Town) -> None:
    sha = _rewritten(two.home / V1 / "manifest.json", known_on="2024-05-28")
    _in_database(two, "UPDATE manifests SET sha256 = ? WHERE folder = ?", sha, V1)
    (found,) = _altered(two)
    assert (found.release, found.file) == (V2, "manifest.json")
    assert sha in found.expected


def test_a_row_that_does_not_say_what_its_manifest_says_is_found(two: Town) -> None:
    _in_database(two, "UPDATE releases SET reason = 'Nothing' WHERE version = ?", 2)
    (found,) = _altered(two)
    assert "its reason is" in found.found
    assert "'Nothing'" in found.expected


def test_a_file_that_was_added_and_one_that_was_taken_away_are_found(two: Town) -> None:
    (two.home / V1 / "extra.xlsx").write_bytes(b"more")
    (two.home / V2 / "ledger.csv").unlink()
    added, removed = sorted(_altered(two), key=lambda one: one.file)
    assert (added.release, added.file, added.found) == (
        V1, "extra.xlsx", "a file that nobody released"
    )  # fmt: skip
    assert (removed.release, removed.file, removed.found) == (V2, "ledger.csv", "it is missing")


def test_manifests_that_changed_places_are_found(two: Town) -> None:
    one, other = (two.home / folder / "manifest.json" for folder in (V1, V2))
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    found = {(each.release, each.file) for each in _altered(two)}
    assert {(V1, "manifest.json"), (V2, "manifest.json")} <= found


def test_a_missing_manifest_and_a_version_nobody_released_are_found(two: Town) -> None:
    (two.home / V2 / "manifest.json").unlink()
    stray = two.home / V1.replace("/v1", "/v3")
    stray.mkdir()
    (stray / "ledger.csv").write_text("figure\n")
    missing, unknown = _altered(two)
    assert (missing.release, missing.file) == (V2, "manifest.json")
    assert unknown.release.endswith("/v3")
    assert "in the database" in unknown.expected


def test_what_is_asked_for_alone_is_read(two: Town) -> None:
    (two.home / V1 / "ledger.csv").unlink()
    assert verify(two.settings, "northmere", "monthly_pack", "2024-03").altered
    elsewhere = verify(two.settings, "northmere", "monthly_pack", "2024-04")
    assert (elsewhere.releases, elsewhere.altered) == (0, ())
