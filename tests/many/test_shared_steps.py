"""Shared steps: what looks at every council at once goes on where one council's folder is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bench.councils import FULL, write_councils
from candour.errors import CandourError, InputError
from tasks import councils, declared
from tasks.airflow_settings import log_ins
from tasks.extract import extract
from tasks.inbox.looking import look_at_every
from tasks.retaining.monthly import look_through_every
from tasks.roles import approvers, roles
from tasks.settings import Settings, settings
from tests.conftest import LANDED_ON
from tests.many.mutations import READ_BUT_WRONG
from tests.together import first_now

ROOT = Path(__file__).parents[2]
SOUND, WRONG = "generated_001", "generated_002"
NOW = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)
BROKEN = (
    "no YAML", "a list", "binary", "brackets without end", "approvers is a list",
    "reports is a word", "exports arrive: a list", "inbox is a number", "a link to itself",
)  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two councils and nothing else."""
    project = tmp_path / "project"
    write_councils(project, 2, 60)
    for shared in ("data", "expectations", "kpis", "templates"):
        (project / shared).symlink_to(ROOT / shared, target_is_directory=True)
    variables = {"CANDOUR_PROJECT": str(project), "CANDOUR_HOME": str(tmp_path / "home")}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return settings(variables)


def _break(here: Settings, how: str) -> None:
    READ_BUT_WRONG[how](here.project / "councils" / WRONG)
    councils._read.cache_clear()


@pytest.mark.parametrize("how", first_now(BROKEN, 3))
def test_every_shared_step_does_the_other_councils_share(here: Settings, how: str) -> None:
    _break(here, how)
    looked = {one.council: one for one in look_at_every(here, "a run")}
    assert looked[SOUND].new + looked[SOUND].waiting == 1
    assert looked[SOUND].trouble == ""
    assert WRONG in looked[WRONG].trouble
    with pytest.raises(CandourError, match=WRONG) as told:
        look_through_every(here, declared.council_ids(here), now=NOW, today=LANDED_ON)
    assert SOUND not in str(told.value)
    named = {one.role for one in approvers(here) if one.role.startswith(SOUND)}
    assert named == {f"{SOUND}-approver"}
    assert f"{SOUND}-manager" in {role.name for role in roles(here)}
    assert "bronwen.hale" in log_ins(Path(here.home))


def test_an_export_that_is_refused_stops_its_own_council_alone(here: Settings) -> None:
    (here.project / "inbox" / WRONG / FULL.name).write_bytes(b"\x00\x01 not an export")
    with pytest.raises(InputError, match=FULL.name):
        extract(here, WRONG, LANDED_ON)
    assert extract(here, SOUND, LANDED_ON).id
