"""The verbs of releases: what they say, in words and in JSON, and how they leave."""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path

import pytest

from tasks.cli import main

from .conftest import REASON, Town

PLACE = ("northmere", "monthly_pack", "2024-03")


def _candour(town: Town, *words: str) -> tuple[int, str]:
    out, before = io.StringIO(), dict(os.environ)
    os.environ.update({"CANDOUR_HOME": str(town.home), "CANDOUR_PROJECT": str(town.project)})
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            main(words)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    finally:
        os.environ.clear()
        os.environ.update(before)
    raise AssertionError("main always leaves by SystemExit")


def test_releases_say_who_approved_them_and_which_stands(corrected: Town) -> None:
    code, told = _candour(corrected, "releases", "northmere")
    heading, *lines = told.splitlines()
    first, second = (line for line in lines if line.startswith("monthly_pack"))
    assert code == 0
    assert "Approved by" in heading
    assert "Bronwen Hale" in first
    assert "superseded" in first
    assert REASON in second
    assert "stands" in second


def test_in_json_everything_is_told(corrected: Town) -> None:
    code, told = _candour(corrected, "releases", "northmere", "--json")
    one, two = json.loads(told)
    assert code == 0
    assert (one["superseded"], two["superseded"]) == (True, False)
    assert two["manifest"]["previous"] == one["manifest_sha256"]
    assert two["manifest"]["approver"]["role"] == "Complaints manager"


def test_why_prints_what_the_last_version_restates(corrected: Town) -> None:
    code, told = _candour(corrected, "releases", "northmere", "--why", *PLACE[1:])
    assert code == 0
    first, heading, *rows = told.splitlines()
    assert first == f"Version 2 for managers, approved by Bronwen Hale: {REASON}."
    assert heading.split() == ["Figure", "Period", "Was", "Is", "Why"]
    assert any("Recoded" in row for row in rows)
    code, told = _candour(corrected, "releases", "northmere", "--why")
    assert code == 0, "there is one report and period, so it need not be named"


def test_a_first_release_restates_nothing(original: Town) -> None:
    code, told = _candour(original, "releases", "northmere", "--why", *PLACE[1:])
    assert (code, told.splitlines()[-1]) == (0, "No figure was restated.")


def test_verify_leaves_with_one_where_a_byte_was_altered(corrected: Town, tmp_path: Path) -> None:
    code, told = _candour(corrected, "verify", "northmere")
    assert (code, told.strip().endswith("every byte is as it was released.")) == (0, True)
    town = corrected.copy(tmp_path)
    path = town.home / "releases/northmere/monthly_pack/2024-03/managers/v1/ledger.csv"
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b"\n")
    code, told = _candour(town, "verify", *PLACE, "--json")
    assert code == 1
    assert [one["file"] for one in json.loads(told)["altered"]] == ["ledger.csv"]
    code, told = _candour(town, "verify", "northmere")
    assert code == 1
    assert "candour rebuild northmere monthly_pack 2024-03 --version 1" in told


@pytest.mark.gate
def test_rebuild_says_that_every_byte_is_the_same(corrected: Town) -> None:
    code, told = _candour(corrected, "rebuild", *PLACE, "--version", "1", "--json")
    assert code == 0
    assert {file["state"] for file in json.loads(told)["files"]} == {"the same"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("northmere", "monthly_pack", "2024-02"), "has not been released"),
        ((*PLACE, "--version", "3"), "has no version 3; it has 1, 2."),
        ((*PLACE, "--audience", "public"), "has not been released"),
    ],
)
def test_what_was_never_released_cannot_be_made_again(
    corrected: Town, words: tuple[str, ...], sentence: str
) -> None:
    code, told = _candour(corrected, "rebuild", *words)
    assert code == 2
    assert sentence in " ".join(told.split())
