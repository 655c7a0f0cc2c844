"""What a profile is for: workers that may die, a bucket for the volume, a backup that restores."""

from __future__ import annotations

import subprocess

import pytest

from tasks.settings import PROJECT
from tests.compose.month import BULLETIN, PACK, Month

pytestmark = [pytest.mark.compose, pytest.mark.timeout(2400)]


def test_a_killed_worker_comes_back_and_its_task_is_done_by_whoever_is_there(celery: Month) -> None:
    build = celery.tasks[PACK]["build"]
    assert build["try_number"] == 2
    assert celery.states[PACK] == "success"
    workers = [one for one in celery.containers.values() if one["Service"] == "worker"]
    assert [one["State"] for one in workers] == ["running", "running"]


def test_two_workers_do_the_work_and_not_the_scheduler(celery: Month) -> None:
    workers = {one["ID"][:12] for one in celery.containers.values() if one["Service"] == "worker"}
    assert {task["hostname"] for task in celery.tasks[PACK].values()} <= workers


def test_a_profile_without_its_executor_is_refused_in_a_sentence(celery: Month) -> None:
    assert celery.seen["refusal"] != 0
    assert "Set CANDOUR_EXECUTOR=CeleryExecutor" in celery.seen["refused"]


def test_with_a_bucket_the_volume_holds_nothing(s3: Month, default: Month) -> None:
    assert s3.landed_in_volume == ""
    assert default.landed_in_volume.count("/releases/northmere/") >= len(default.released) > 0


def test_what_a_backup_held_is_there_again(celery: Month, default: Month) -> None:
    """The second profile never took anything in: its pack is made of what was restored."""
    assert celery.states[PACK] == "success"
    assert default.released.keys() == celery.released.keys()


def test_a_second_start_changes_nothing_and_the_history_can_be_tidied(default: Month) -> None:
    assert "already exist" in default.seen["again"]
    assert default.seen["runs_after"] == {PACK: 0, BULLETIN: 1}
    assert default.seen["released_after"] == default.released


def test_the_image_holds_no_secret_and_no_history(default: Month) -> None:
    assert default
    found = subprocess.run(
        ["docker", "run", "--rm", "--entrypoint", "sh", "candour:0.1.0", "-c",
         "cd /opt/candour && ls -a && ls -a var tests 2> /dev/null; id -u; env"],
        capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    assert {"dags", "tasks", "candour", "50000"} <= set(found)
    assert not {".git", ".env", ".venv", "var", "tests", ".ci"} & set(found)
    history = ["docker", "history", "--no-trunc", "candour:0.1.0"]
    said = subprocess.run(history, capture_output=True, text=True, check=True).stdout
    assert "PASSWORD" not in "\n".join([*found, said])
    assert (PROJECT / ".env.example").is_file()
