"""In a bucket a purge ends as in a folder; releases verify after it, and a rebuild says why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tasks.rebuilding import rebuild
from tasks.verifying import verify
from tests.delivery.object_storage import BUCKET, object_storage

from .conftest import FIRST_FULL, Town

TWO_YEARS_AFTER_ALL = dt.date(2026, 5, 28)


@pytest.mark.gate
def test_in_a_bucket_a_purge_leaves_what_it_leaves_in_a_folder(
    landed: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, bucket = landed.copy(tmp_path / "folder"), landed.copy(tmp_path / "bucket")
    with object_storage(tmp_path / "s3") as reached:
        for name, value in reached.items():
            monkeypatch.setenv(name, value)
        stored = Town(bucket.root, f"s3://{BUCKET}/home")
        for name in bucket.files():
            stored.store.write(name, bucket.store.read(name))
        planned = stored.plan(TWO_YEARS_AFTER_ALL)
        assert {(j.thing, j.goes, j.why) for j in planned.going} == {
            (j.thing, j.goes, j.why) for j in folder.plan(TWO_YEARS_AFTER_ALL).going
        }
        folder.purge(TWO_YEARS_AFTER_ALL)
        stored.purge(TWO_YEARS_AFTER_ALL)
        assert stored.files() == folder.files()
        assert stored.tombstones() == folder.tombstones()


@pytest.mark.gate
def test_releases_still_verify_and_a_rebuild_names_the_purge_and_its_rule(town: Town) -> None:
    town.judge()
    release = town.release(dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC))
    town.purge(dt.date(2025, 6, 2))
    assert town.tombstones() == []
    going = town.purge(dt.date(2026, 6, 10)).going
    assert FIRST_FULL in {one.thing.name for one in going}
    verified = verify(town.settings, "northmere")
    assert (verified.releases, verified.altered) == (1, ())
    rebuilt = rebuild(town.settings, release)
    assert rebuilt.made
    assert (
        f"The landed file {FIRST_FULL} was purged on 10 June 2026 under the rule 'exports: 24' "
        "months, by Bronwen Hale, so it was made without it."
    ) in rebuilt.why
    assert not any("is missing" in why for why in rebuilt.why)
