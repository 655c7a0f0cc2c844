"""``candour portal`` makes the pages and says where they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tasks.cli.portal import portal
from tests.portal.conftest import Shelved


@pytest.fixture
def verb(shelved: Shelved, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The verb on its own, on a run state with nothing in it."""
    monkeypatch.setenv("CANDOUR_HOME", shelved.settings.home)
    alone = typer.Typer()
    alone.command()(portal)
    return alone


def test_it_says_where_each_page_is(verb: typer.Typer, shelved: Shelved) -> None:
    shelved.release("annual_report", "2023-24", "public", {"report.pdf": ("", b"%PDF")})
    said = CliRunner().invoke(verb, ["northmere"]).stdout.split()
    assert said
    assert all(Path(page).is_file() for page in said)
    assert str(shelved.root / "public/index.html") in said
    in_json = CliRunner().invoke(verb, ["northmere", "--json"]).stdout
    assert json.loads(in_json) == {"pages": said}


def test_it_says_what_to_do_where_nothing_was_released(verb: typer.Typer) -> None:
    said = CliRunner().invoke(verb, ["northmere"])
    assert said.exit_code == 0
    assert "Nothing of 'northmere' has been released yet" in said.stdout
