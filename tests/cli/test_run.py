"""A report is run from the command line: made once, corrected with a reason, stopped when wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Answer, Dunmere
from .test_check import CLEAN


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Dunmere:
    council = Dunmere(tmp_path_factory.mktemp("run"))
    council.declare()
    council.export(CLEAN)
    return council


@pytest.fixture(scope="module")
def first(council: Dunmere) -> Answer:
    return council.candour("run", "dunmere", "monthly_pack", "2023-05")


@pytest.fixture(scope="module")
def second(council: Dunmere, first: Answer) -> Answer:
    return council.candour("run", "dunmere", "monthly_pack", "2023-05", "--no-intake", "--json")


def test_each_step_is_told_with_its_time(first: Answer) -> None:
    assert first.code == 0, first.err
    steps = [line.split() for line in first.lines[:5]]
    assert [words[0] for words in steps] == [
        "extract", "validate", "compute_kpis", "build", "publish"
    ]  # fmt: skip
    assert all(float(words[1]) >= 0 and words[2] == "s" for words in steps)
    assert "1 file, 0 rows set aside" in first.lines[0]
    assert "May 2023, as of 2023-05-31, known on 2024-06-03" in first.lines[2]


def test_it_says_where_the_files_are_and_they_are_there(first: Answer, council: Dunmere) -> None:
    folder = council.home / "releases/dunmere/monthly_pack/2023-05/managers/v1"
    assert any(line.startswith(f"In {folder}") for line in first.lines)
    names = {line.split()[0] for line in first.lines if line.endswith("KB")}
    assert names == {path.name for path in folder.iterdir()} - {"manifest.json"}
    assert "dunmere-monthly-pack-2023-05.xlsx" in names


def test_nothing_moves_on_a_screen_that_is_none(first: Answer) -> None:
    assert first.err == ""
    assert "\x1b" not in first.out


def test_run_again_with_nothing_changed_the_release_still_stands(second: Answer) -> None:
    assert second.code == 0, second.err
    assert second.json["stood_before"] is True
    assert second.json["release"]["version"] == 1


def test_a_correction_needs_a_reason_and_becomes_the_next_version(
    council: Dunmere, second: Answer
) -> None:
    late = {"Ref": "2023-05-4", "Received": "2023-05-05", "Answered": "2023-05-28"}
    council.export([*CLEAN, late], day="20240610")
    without = council.candour("run", "dunmere", "monthly_pack", "2023-05")
    assert without.code == 1
    assert "Give a reason" in without.err
    assert "publish" not in without.out

    why = "A case was entered late"
    given = ("--no-intake", "--reason", why, "--json")
    corrected = council.candour("run", "dunmere", "monthly_pack", "2023-05", *given)
    assert corrected.code == 0, corrected.err
    assert corrected.json["release"]["version"] == 2

    told = council.candour("releases", "dunmere", "monthly_pack", "--json")
    assert [(r["version"], r["reason"]) for r in json.loads(told.out)] == [
        (1, "First release"),
        (2, why),
    ]


def test_releases_are_listed_with_their_folders(council: Dunmere, second: Answer) -> None:
    told = council.candour("releases", "dunmere")
    heading, row, *_ = told.lines
    assert heading.split()[:5] == ["Report", "Period", "Audience", "Version", "Reason"]
    assert row.split()[:6] == ["monthly_pack", "2023-05", "managers", "1", "First", "release"]
    assert Path(row.split()[-1]).is_dir()


def test_before_anything_is_released_the_list_says_so(dunmere: Dunmere) -> None:
    told = dunmere.candour("releases", "dunmere")
    assert (told.code, told.out.strip()) == (
        0,
        "Nothing of 'dunmere' has been released yet: candour run dunmere REPORT.",
    )
    assert json.loads(dunmere.candour("releases", "dunmere", "--json").out) == []


def test_without_a_period_it_is_the_last_one_that_has_ended(
    council: Dunmere, second: Answer
) -> None:
    answer = council.candour("run", "dunmere", "monthly_pack", "--no-intake", "--json")
    assert answer.code == 0, answer.err
    assert answer.json["release"]["period"] == "2024-05"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("monthly_pak",), "The report 'monthly_pak' is not known; did you mean 'monthly_pack'?"),
        (("weekly_bulletin",), "The report 'weekly_bulletin' is not known"),
        (("monthly_pack", "2023-24"), "'2023-24' is a period of another kind (reporting year)"),
        (("monthly_pack", "June"), "'June' is not a period"),
        (("monthly_pack", "2023-05", "--as-of", "30/06/2023"), "'30/06/2023' does not match the"),
    ],
)
def test_what_cannot_be_run_is_said_before_anything_is_taken_in(
    dunmere: Dunmere, words: tuple[str, ...], sentence: str
) -> None:
    dunmere.export(CLEAN)
    answer = dunmere.candour("run", "dunmere", *words)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in " ".join(answer.err.replace("│", " ").split())
    assert not (dunmere.home / "raw").exists()


def test_a_refused_input_leaves_with_three_and_releases_nothing(dunmere: Dunmere) -> None:
    path = dunmere.export(CLEAN)
    path.write_bytes(b"%PDF-1.7 not a table")
    answer = dunmere.candour("run", "dunmere", "monthly_pack", "2023-05")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("complaints_20240603.csv: ")
    assert "Traceback" not in answer.err


def test_a_critical_rule_leaves_with_one_and_releases_nothing(dunmere: Dunmere) -> None:
    dunmere.export([{"Ref": "", "Received": "2024-03-01"}])
    answer = dunmere.candour("run", "dunmere", "monthly_pack", "2024-03")
    assert answer.code == 1
    assert [line.split()[0] for line in answer.lines if line] == ["extract"]
    assert answer.err.startswith("The exports of 'dunmere' were stopped; the last good reports")
    assert "I02: " in answer.err
    assert not (dunmere.home / "releases").exists()


def test_without_an_intake_there_is_nothing_to_report(dunmere: Dunmere) -> None:
    answer = dunmere.candour("run", "dunmere", "monthly_pack", "2024-03", "--no-intake")
    assert answer.code == 1
    assert "Nothing good has been taken in for 'dunmere' yet." in answer.err
