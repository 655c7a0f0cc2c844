"""The onboarding report names every thing that stands in the way, and changes nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .conftest import FOLDER, HEADERS, PROJECT, Answer, Dunmere, Typist

MONTHS = [f"2022-{m:02}" for m in range(9, 13)] + [f"2023-{m:02}" for m in range(1, 13)]

CLEAN = [
    {"Ref": f"{month}-{n}", "Received": f"{month}-0{n}", "Acknowledged": f"{month}-0{n + 1}",
     "Answered": f"{month}-1{n}", "Closed": f"{month}-1{n}", "Outcome": "Upheld"}
    for month in MONTHS
    for n in range(1, 4)
]  # fmt: skip


def test_a_council_with_nothing_wrong_is_clean(dunmere: Dunmere) -> None:
    dunmere.export(CLEAN)
    answer = dunmere.candour("check", "dunmere")
    assert (answer.code, answer.lines[-1]) == (0, "Nothing needs attention."), answer.out
    assert (
        "Declared: 1 export, 4 procedures, 2 services, 0 targets, 1 audience and 2 reports."
        in answer.lines
    )
    assert "The exports cover 2022-09 to 2024-05 whole." in answer.lines


def test_corrections_are_told_and_one_out_of_date_is_wrong_configuration(
    dunmere: Dunmere,
) -> None:
    correction = """
late_entry:
  frame: steps
  where: {case_ref: 2023-06-1, stage: 1}
  column: responded_on
  expect: 2023-06-%s
  becomes: 2023-06-12
  reason: The letter went out a day later.
"""
    dunmere.export(CLEAN)
    dunmere.declare(corrections=correction % "11")
    told = dunmere.candour("check", "dunmere")
    assert told.code == 0, told.out + told.err
    assert (
        "Correction late_entry: responded_on is 2023-06-12 instead of 2023-06-11. The letter went "
        "out a day later." in told.lines
    )
    dunmere.declare(corrections=correction % "10")
    outdated = dunmere.candour("check", "dunmere")
    assert outdated.code == 2
    assert "the source no longer says 2023-06-10" in outdated.err


def test_it_leaves_nothing_behind(dunmere: Dunmere) -> None:
    dunmere.export(CLEAN)
    before = sorted(dunmere.root.rglob("*"))
    dunmere.candour("check", "dunmere")
    assert sorted(dunmere.root.rglob("*")) == before


MESSY = [
    *CLEAN,
    {"Ref": "E1", "Received": "2024-02-30"},
    {"Ref": "E2", "Received": "30.02.2024"},
    {"Ref": "", "Received": "2024-03-01"},
    {"Ref": "E3", "Received": "2024-03-04", "Category": "Weather"},
    {"Ref": "E4", "Received": "2024-03-04", "Category": "weather "},
]

COUNCIL = (
    FOLDER["council.yaml"].replace("2022-09-01", "2021-04-01")
    + """\
  weekly_bulletin: {{audience: managers}}
  monthly_pak: {{audience: managers}}
"""
)

TARGETS = """
- {kpi: responded_in_tim, at_least: 85, source: a plan}
- {kpi: responded_in_time, where: {stage: "4"}, at_least: 85, source: a plan}
- {kpi: responded_in_time, where: {channel: post}, at_least: 85, source: a plan}
- {kpi: acknowledged_in_time, at_least: 95, source: a plan}
- {kpi: open_steps, source: a plan}
"""


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Dunmere:
    council = Dunmere(tmp_path_factory.mktemp("messy"))
    council.folder["council.yaml"] = COUNCIL
    council.folder["exports.yaml"] = FOLDER["exports.yaml"].replace(
        "    acknowledged_on: Acknowledged\n", ""
    )
    council.folder["targets.yaml"] = TARGETS
    council.declare()
    council.export(MESSY, headers=(*HEADERS, "Mood"))
    (council.inbox / "moods 2024.csv").write_text("Mood\nfair\n")
    return council


@pytest.fixture(scope="module")
def told(messy: Dunmere) -> Answer:
    return messy.candour("check", "dunmere")


@pytest.mark.parametrize(
    "line",
    [
        "moods 2024.csv",
        "complaints, 2: “Received” says “2024-02-30”; expected a day written yyyy-mm-dd. Correct "
        "it in the source system. If this is how the system writes it, say so in exports.yaml "
        "under 'dates', 'blanks' or 'values'.",
        "complaints, 1: “Ref” is blank. Fill it in the source system; the row is loaded from the "
        "next export on.",
        "complaints: “Acknowledged”, “Mood”",
        "complaints, “Category”: “Weather”, 2",
        "exports.yaml maps nothing to acknowledged_on (the day the acknowledgement was sent). "
        "unacknowledged, acknowledgement_overdue, acknowledged_in_time",
        "No export fills compliments. compliments_received, compliments_quoted",
        "council.yaml: history_from is 1 April 2021, but the earliest case was received on "
        "1 September 2022. Bring the earlier exports, or correct it: months without cases would "
        "count as none received.",
        "The exports cover 2022-09 to 2024-05 whole.",
        "targets.yaml: item 2 → where → stage: '4' is not known. Allowed: 1, 2.",
        "targets.yaml: item 4 → kpi: acknowledged_in_time cannot be computed. exports.yaml maps "
        "nothing to acknowledged_on (the day the acknowledgement was sent).",
        "targets.yaml: item 5: give either 'at_least' or 'at_most'.",
        "services.yaml: nobody gets the bulletin of Bins, Roads. Name a 'manager' of people.yaml "
        "for each.",
    ],
)
def test_what_stands_in_the_way_is_said_in_a_sentence(told: Answer, line: str) -> None:
    assert line in told.lines


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(told: Answer) -> None:
    found = [line for line in told.lines if "did you mean" in line]
    assert found[0].startswith(
        "targets.yaml: item 1 → kpi: 'responded_in_tim' is not known; did you mean "
        "'responded_in_time'?"
    )
    assert found[1].startswith(
        "council.yaml: reports → monthly_pak: 'monthly_pak' is not known; did you mean "
        "'monthly_pack'?"
    )
    assert any(line.startswith("targets.yaml: item 3 → where: 'channel'") for line in told.lines)


def test_it_counts_what_needs_attention_and_leaves_with_one(told: Answer, messy: Dunmere) -> None:
    # a file, two reasons to set rows aside, two columns, a label, the history, eight names
    assert (told.code, told.lines[-1]) == (1, "14 things need attention.")
    again = messy.candour("check", "dunmere", "--json")
    assert again.code == 1
    assert again.json["ignored"] == ["moods 2024.csv"]
    assert again.json["never_mapped"] == {"complaints": ["Acknowledged", "Mood"]}


def test_rows_are_accounted_for_to_the_last_one(messy: Dunmere) -> None:
    files = messy.candour("check", "dunmere", "--json").json["files"]
    with (messy.inbox / "complaints_20240603.csv").open(encoding="utf-8") as file:
        rows = len([*csv.DictReader(file)])
    assert [(f["rows_in_file"], f["loaded"], f["quarantined"], f["noise"]) for f in files] == [
        (rows, rows - 3, 3, 0)
    ]


def test_nobody_is_named(told: Answer) -> None:
    assert "canary" not in (told.out + told.err).casefold()


def test_a_refused_file_is_named_and_the_others_are_still_told(dunmere: Dunmere) -> None:
    dunmere.export(CLEAN)
    dunmere.export(CLEAN, day="20240610", headers=tuple(h for h in HEADERS if h != "Received"))
    (dunmere.inbox / "complaints_20240617.csv").write_bytes(b"%PDF-1.7 not a table")
    answer = dunmere.candour("check", "dunmere", "--json")
    assert answer.code == 1
    refused = answer.json["refused"]
    assert [sentence.partition(":")[0] for sentence in refused] == [
        "complaints_20240610.csv",
        "complaints_20240617.csv",
    ]
    assert "Received" in refused[0]
    assert [file["name"] for file in answer.json["files"]] == ["complaints_20240603.csv"]


def test_an_empty_inbox_is_said_to_be_empty(dunmere: Dunmere) -> None:
    answer = dunmere.candour("check", "dunmere")
    assert answer.code == 1
    assert "No export of complaints has arrived for 'dunmere'" in answer.out
    assert "No complaint was read, so no month is covered." in answer.lines


def test_a_rule_that_would_stop_a_run_is_told(dunmere: Dunmere) -> None:
    dunmere.export([])
    dunmere.export([{"Ref": "", "Received": "2024-03-01"}], day="20240610")
    answer = dunmere.candour("check", "dunmere", "--json")
    assert answer.code == 1
    assert any("no complaint was loaded" in sentence for sentence in answer.json["critical"])


def test_a_folder_that_cannot_be_read_is_wrong_configuration(dunmere: Dunmere) -> None:
    dunmere.declare(audiences="staff: {name: Staff, sees: cases}\n")
    answer = dunmere.candour("check", "dunmere")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("councils/dunmere/council.yaml: reports → monthly_pack → audience")


def test_a_sample_council_is_read_to_the_last_row(tmp_path: Path) -> None:
    answer = Typist(tmp_path / "home")("check", "knowsley", "--json")
    files = answer.json["files"]
    names = {path.name for path in (PROJECT / "data/exports/knowsley").glob("*")}
    assert {file["name"] for file in files} == names
    for file in files:
        assert file["loaded"] + file["quarantined"] + file["noise"] == file["rows_in_file"]
    assert answer.json["first_month"] == "2021-04"
    assert answer.json["last_month"] == "2024-04"
    assert answer.json["nowhere"] == []
    assert not (tmp_path / "home").exists()
