"""Pools: made once, sized by a variable, and left as somebody resized them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.airflow_settings import airflow_environment
from tasks.airflow_standing import HEAVY, SOURCES
from tests.together import first_now

ROOT = Path(__file__).parents[2]
TRY = f"""
from airflow.models.pool import Pool
from airflow.utils.db import initdb
from airflow.jobs.job import Job
from tasks.airflow_pools import make_pools
initdb()
def told(what): print("TOLD", what, *(f"{{p.pool}}={{p.slots}}" for p in Pool.get_pools()))
told("before")
Job()
told("a component starts")
Pool.create_or_update_pool({HEAVY!r}, 7, "resized on a page", False)
make_pools({{}})
told("again")
make_pools({{"CANDOUR_HEAVY_SLOTS": "12"}})
told("by a variable")
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("airflow")


def _run(home: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env={**os.environ, **airflow_environment(home), **variables},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def told(home: Path) -> dict[str, dict[str, int]]:
    """The pools there are after each step, with their slots."""
    done = _run(home, "-c", TRY)
    lines = [x.split() for x in done.stdout.splitlines() if x.startswith("TOLD")]
    assert lines, done.stderr[-1500:]
    return {
        " ".join(word for word in line[1:] if "=" not in word): {
            name: int(slots)
            for name, _, slots in (word.partition("=") for word in line if "=" in word)
        }
        for line in lines
    }


def test_a_component_that_starts_makes_the_pools_nobody_made(
    told: dict[str, dict[str, int]],
) -> None:
    assert set(told["before"]) == {"default_pool"}
    assert told["a component starts"] == told["before"] | {HEAVY: 3, SOURCES: 2}


def test_a_pool_resized_on_a_page_stays_so_until_a_variable_says_otherwise(
    told: dict[str, dict[str, int]],
) -> None:
    assert told["again"] == told["before"] | {HEAVY: 7, SOURCES: 2}
    assert told["by a variable"] == told["before"] | {HEAVY: 12, SOURCES: 2}


@pytest.mark.usefixtures("told")
def test_the_command_says_what_there_is(home: Path) -> None:
    done = _run(home, "-m", "tasks.airflow_pools", CANDOUR_SOURCES_SLOTS="5")
    assert done.returncode == 0, done.stderr[-1500:]
    assert f"{HEAVY}: 12 slots" in done.stdout
    assert f"{SOURCES}: 5 slots" in done.stdout


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("written", first_now(["many", "0", "-1", "2.5"]))
def test_a_size_that_is_none_is_refused_in_a_sentence(home: Path, written: str) -> None:
    done = _run(home, "-m", "tasks.airflow_pools", CANDOUR_HEAVY_SLOTS=written)
    assert done.returncode == 2
    assert f"CANDOUR_HEAVY_SLOTS is '{written}'" in done.stderr
    assert "Traceback" not in done.stderr
