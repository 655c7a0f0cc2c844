"""What init refuses, in a sentence; a backup's stream restores every file and no other."""

from __future__ import annotations

import io
import os
import runpy
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tasks.settings import PROJECT

FOLDER = PROJECT / "deploy" / "compose"
HOME = "/var/lib/candour"
BUCKET = "s3://candour/state"
OUR_STORE = "http://object-store:8333"


@pytest.mark.parametrize(
    ("executor", "home", "endpoint", "there", "told"),
    [
        ("LocalExecutor", HOME, "", set(), None),
        ("CeleryExecutor", HOME, "", {"queue"}, None),
        ("CeleryExecutor", BUCKET, OUR_STORE, {"queue", "object-store"}, None),
        ("LocalExecutor", BUCKET, "https://s3.council.invalid", set(), None),
        ("LocalExecutor", HOME, "", {"queue"}, "Set CANDOUR_EXECUTOR=CeleryExecutor"),
        ("CeleryExecutor", HOME, "", set(), "Set COMPOSE_PROFILES=celery"),
        ("LocalExecutor", HOME, "", {"object-store"}, "Set CANDOUR_HOME=s3://candour/state"),
        ("LocalExecutor", BUCKET, OUR_STORE, set(), "Add s3 to COMPOSE_PROFILES"),
    ],
)
def test_a_profile_and_its_line_are_had_together_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
    executor: str,
    home: str,
    endpoint: str,
    there: set[str],
    told: str | None,
) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", executor)
    monkeypatch.setenv("CANDOUR_HOME", home)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    prepare = runpy.run_path(str(FOLDER / "prepare.py"))
    disagreements = prepare["disagreements"]
    monkeypatch.setitem(disagreements.__globals__, "_is_there", there.__contains__)
    sentences = disagreements()
    assert len(sentences) == (0 if told is None else 1)
    assert told is None or told in sentences[0]


def _state(action: str, home: Path, stream: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, str(FOLDER / "state.py"), action],
        env=os.environ | {"CANDOUR_HOME": str(home)},
        input=stream,
        capture_output=True,
        check=False,
    )


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    kept = tmp_path / "kept"
    for name, content in {
        "raw/ab/abcd": os.urandom(200_000),
        "releases/northmere/monthly_pack/2024-03/managers/v1/manifest.json": b"{}",
        "portal/naïve name.html": b"",
    }.items():
        (kept / name).parent.mkdir(parents=True)
        (kept / name).write_bytes(content)
    return kept


def test_a_backup_restores_every_byte(home: Path, tmp_path: Path) -> None:
    backup = _state("backup", home)
    assert backup.returncode == 0, backup.stderr
    restored = _state("restore", tmp_path / "new", backup.stdout)
    assert restored.returncode == 0, restored.stderr
    assert _files(tmp_path / "new") == _files(home)


def test_a_restore_mixes_nothing_with_what_is_there(home: Path) -> None:
    backup, before = _state("backup", home), _files(home)
    refused = _state("restore", home, backup.stdout)
    assert refused.returncode == 2
    assert b"is not empty" in refused.stderr
    assert _files(home) == before


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "a/../../outside"])
def test_a_stream_that_leaves_its_place_is_refused(tmp_path: Path, name: str) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as made:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        made.addfile(entry, io.BytesIO(b"x"))
    refused = _state("restore", tmp_path / "new", stream.getvalue())
    assert refused.returncode == 2
    assert b"is not of a backup" in refused.stderr
    assert not (tmp_path / "outside").exists()


def test_a_stream_that_was_cut_off_is_not_taken_for_a_backup(home: Path, tmp_path: Path) -> None:
    half = _state("backup", home).stdout[:100_000]
    assert _state("restore", tmp_path / "new", half).returncode != 0
