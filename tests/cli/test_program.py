"""The program starts quickly, leaves with codes that mean something and never shows a traceback."""

from __future__ import annotations

import datetime as dt
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tasks.state
from candour.errors import CandourError, ConfigurationError, InputError, ReconciliationError
from candour.period import PeriodKind
from tasks.cli import app, screen
from tasks.cli.known import last_complete

from .conftest import PROJECT, Dunmere, Typist

VERBS = ("new", "check", "run", "figures", "explain", "releases")


def _real(*words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tasks.cli", *words],
        cwd=PROJECT,
        env={**os.environ, "CANDOUR_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_verb_and_what_the_exit_codes_mean() -> None:
    answer = CliRunner().invoke(app, ["--help"])
    assert answer.exit_code == 0
    assert all(f" {verb} " in answer.output for verb in VERBS)
    assert "0 done, 1 the gate or a check stopped it" in " ".join(answer.output.split())


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself(verb: str) -> None:
    answer = CliRunner().invoke(app, [verb, "--help"])
    assert answer.exit_code == 0
    assert "COUNCIL" in answer.output


def test_help_loads_nothing_heavy_and_takes_well_under_a_second(tmp_path: Path) -> None:
    heavy = ("pandas", "great_expectations", "openpyxl", "sqlalchemy", "airflow", "pydantic")
    code = (
        "import sys\nfrom tasks.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"sys.exit(' '.join(m for m in {heavy} if m in sys.modules) or None)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 1


def test_a_verb_nobody_knows_is_wrong_usage(tmp_path: Path) -> None:
    answer = Typist(tmp_path)("chek", "northmere")
    assert answer.code == 2
    assert "check" in answer.err


@pytest.mark.parametrize("verb", [v for v in VERBS if v != "new"])
def test_a_council_nobody_knows_is_answered_with_those_there_are(tmp_path: Path, verb: str) -> None:
    more = {"run": ["monthly_pack"], "figures": ["upheld"], "explain": ["A"]}.get(verb, [])
    answer = Typist(tmp_path)(verb, "nowhere", *more)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("There is no council 'nowhere'")
    assert "knowsley, northmere" in answer.err


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (InputError("A file was refused."), 3),
        (ConfigurationError("A folder is wrong."), 2),
        (ReconciliationError("Two figures disagree."), 1),
        (CandourError("Something stopped it."), 1),
        (PermissionError(13, "Permission denied", "/somewhere/candour.db"), 1),
    ],
)
def test_every_problem_is_a_sentence_and_a_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception, code: int
) -> None:
    def stop(*_: object) -> None:
        raise problem

    monkeypatch.setattr(tasks.state.State, "releases", stop)
    answer = Typist(tmp_path)("releases", "northmere")
    assert (answer.code, answer.out) == (code, "")
    sentence = "/somewhere/candour.db: Permission denied." if code == 1 else str(problem)
    assert answer.err.strip() in {str(problem), sentence}


def test_a_mistake_of_ours_is_told_without_its_words_which_may_quote_a_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistake(*_: object) -> None:
        raise ValueError("could not convert 'Zebedee Canary'")

    monkeypatch.setattr(tasks.state.State, "releases", mistake)
    answer = Typist(tmp_path)("releases", "northmere")
    assert answer.code == 1
    assert "Candour has no words for what went wrong: ValueError in test_program.py" in answer.err
    assert "Canary" not in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv("CANDOUR_TRACEBACK", "1")
    with pytest.raises(ValueError, match="Zebedee Canary"):
        Typist(tmp_path)("releases", "northmere")


def test_a_real_process_answers_on_stdout_and_complains_on_stderr(dunmere: Dunmere) -> None:
    dunmere.export([{"Ref": "A", "Received": "2023-12-23", "Answered": "2024-01-12"}])
    dunmere.take_in()
    councils = {"CANDOUR_COUNCILS": str(dunmere.root / "councils")}
    told = _real("explain", "dunmere", "A", home=dunmere.home, **councils)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Day one is Wednesday 27 December 2023." in told.stdout

    refused = _real("explain", "dunmere", "B", home=dunmere.home, **councils)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.count("\n") == 1


def test_a_real_process_leaves_with_three_when_a_file_is_refused(tmp_path: Path) -> None:
    letter = tmp_path / "complaints.pdf"
    letter.write_bytes(b"%PDF-1.7")
    told = _real("new", "shire", str(letter), "--into", str(tmp_path), home=tmp_path / "home")
    assert (told.returncode, told.stdout) == (3, "")
    assert told.stderr.startswith("complaints.pdf: ")


@pytest.mark.parametrize(
    ("kind", "known_on", "key"),
    [
        (PeriodKind.MONTH, dt.date(2024, 3, 30), "2024-02"),
        (PeriodKind.MONTH, dt.date(2024, 3, 31), "2024-03"),
        (PeriodKind.WEEK, dt.date(2024, 4, 3), "2024-W14"),
        (PeriodKind.QUARTER, dt.date(2024, 3, 30), "2023-24-Q3"),
        (PeriodKind.QUARTER, dt.date(2024, 3, 31), "2023-24-Q4"),
        (PeriodKind.REPORTING_YEAR, dt.date(2024, 3, 30), "2022-23"),
        (PeriodKind.REPORTING_YEAR, dt.date(2024, 5, 27), "2023-24"),
        (PeriodKind.YEAR_TO_DATE, dt.date(2024, 5, 27), "2024-25-to-2024-04"),
        (PeriodKind.ROLLING_YEAR, dt.date(2024, 5, 27), "12m-to-2024-04"),
    ],
)
def test_the_last_period_is_the_last_that_has_ended(
    kind: PeriodKind, known_on: dt.date, key: str
) -> None:
    assert last_complete(kind, known_on, year_starts=4).key == key


def test_midnight_in_summer_is_already_tomorrow_in_england(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    instant = dt.datetime(2024, 6, 30, 23, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(screen, "now", lambda: instant)
    assert screen.today() == dt.date(2024, 7, 1)
