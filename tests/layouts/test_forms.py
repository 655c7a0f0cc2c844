"""What the four layouts need of reading: headings told apart, exports completed, events told by."""

from __future__ import annotations

import csv
import datetime as dt
import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from candour.conform import conform
from candour.council import read_council
from candour.errors import ConfigurationError, InputError
from candour.exports import Holds, read_exports
from candour.frames import STEPS
from candour.history import Snapshot, combine
from candour.reading.files import read_table
from candour.reading.layout import Layout
from candour.taxonomy import read_taxonomy

from .conftest import LAYOUTS, PROJECT, VENDORS, Vendor

DAY = dt.date(2024, 6, 3)
LISTS = read_taxonomy(
    "directorates: {place: {name: Place, services: {bins: {name: Bins}}}}", None, ""
)


def listed(vendor: str) -> list[dict[str, str]]:
    with (LAYOUTS / vendor / "columns.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def headings(path: Path) -> list[str]:
    text = path.read_bytes().decode("utf-8-sig")
    return next(csv.reader(io.StringIO(text, newline="")))


def of_hocs(kind: str) -> list[str]:
    lines = [line for line in listed("hocs") if line["export"] == "CASE_DATA"]
    return [line["column"] for line in lines if line["case_type"] == kind]


def of_salesforce(report: str) -> list[str]:
    return [line["column"] for line in listed("salesforce") if line["report"] == report]


HEADINGS = {
    "icasework_": [f"{line['group']}.{line['field']}" for line in listed("icasework")],
    "corporate-": [
        "Status",
        *(line["label"] for line in listed("jadu") if line["kind"] == "field"),
    ],
    "CASE_DATA_COMP_": of_hocs("COMP"),
    "CASE_DATA_COMP2_": of_hocs("COMP2"),
    "complaint_cases_": of_salesforce("salesforce_complaints_cases_report"),
    "complaint_milestones_": of_salesforce("salesforce_complaint_cases_with_SLA_milestones_report"),
}


@pytest.mark.parametrize("begins", HEADINGS)
def test_the_exports_have_the_vendors_headings_in_the_vendors_order(begins: str) -> None:
    files = sorted(LAYOUTS.glob(f"*/exports/{begins}*"))
    assert files
    for path in files:
        assert headings(path) == HEADINGS[begins]
        assert path.stat().st_size < 300_000


def test_a_run_makes_the_committed_exports_byte_for_byte(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "data.generators.layouts", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    made = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*.csv")}
    committed = {path.relative_to(LAYOUTS): path for path in LAYOUTS.glob("*/exports/*")}
    assert made.keys() == committed.keys()
    assert [p for p in made if made[p].read_bytes() != committed[p].read_bytes()] == []


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.layout)
def test_every_row_is_loaded_or_known_noise(vendor: Vendor) -> None:
    texts = {path.name: path.read_text("utf-8") for path in vendor.folder.glob("*.yaml")}
    council = read_council(vendor.council, texts)
    assert council.profile.kind == "fictional"
    assert "@" not in texts["people.yaml"].replace(f"@{vendor.council}.invalid", "")
    for path in vendor.inbox.iterdir():
        export = next(e for e in council.exports.values() if _fits(e, path.name))
        raw = read_table(path.read_bytes(), path.name, export.layout())
        told = conform(raw, export, DAY, council.taxonomy, "5ha", file=path.name)
        assert len(told.quarantine) == 0
        assert told.unknown == ()
        assert told.unmapped == ()
        footers = 7 if vendor.layout == "salesforce" else 0
        assert len(told.noise) == footers


def _fits(export: object, name: str) -> bool:
    return any(name.startswith(file.name.split("{")[0]) for file in export.files)  # type: ignore[attr-defined]


def layout_of(*expected: str) -> Layout:
    return Layout(frozenset(expected))


TWICE = b"Ref,Team,Day,team\n1,Bins,2024-01-02,North\n2,Roads,2024-01-03,South\n"


def test_columns_of_one_name_are_told_apart_by_their_place() -> None:
    raw = read_table(TWICE, "cases.csv", layout_of("Ref", "2nd Team"))
    assert raw.cells.columns.tolist() == ["Ref", "1st Team", "Day", "2nd team"]
    assert raw.cells["2nd team"].tolist() == ["North", "South"]
    assert any("“Team”" in note for note in raw.notes)


def test_a_mapping_that_does_not_say_which_is_refused() -> None:
    with pytest.raises(InputError, match="say “1st Team” or “2nd Team”"):
        read_table(TWICE, "cases.csv", layout_of("Ref", "Team"))


def exports(text: str) -> dict[str, object]:
    return dict(read_exports(text, "exports.yaml", LISTS, frozenset({"corporate"})))


SIMPLE = """
complaints:
  fills: steps
  files: [{name: "a_{date}.csv", holds: everything}]
  dates: ["%Y-%m-%d"]
  columns:
    case_ref: Ref
    stage: {always: "1"}
    procedure: {always: corporate}
    received_on: Day
"""


def test_a_heading_that_stands_twice_is_ignored_by_its_name_alone() -> None:
    one = exports(SIMPLE + "  ignored: [Team]\n")["complaints"]
    other = exports(SIMPLE)["complaints"]
    raw = read_table(TWICE, "a.csv", one.layout())  # type: ignore[attr-defined]
    told = [
        conform(raw, export, DAY, LISTS, "5ha", file="a.csv")  # type: ignore[arg-type]
        for export in (one, other)
    ]
    assert [len(t.frames["steps"]) for t in told] == [2, 2]
    assert [t.unmapped for t in told] == [(), ("1st Team", "2nd team")]


COMPLETES = (
    SIMPLE
    + """
findings:
  fills: steps
  completes: complaints
  files: [{name: "b_{date}.csv", holds: everything}]
  columns:
    case_ref: Ref
    stage: {always: "1"}
    redress_pence: {column: Paid, money: pounds}
"""
)


def test_an_export_that_completes_needs_no_day_of_receipt() -> None:
    findings = exports(COMPLETES)["findings"]
    raw = read_table(b"Ref,Paid\n1,GBP 12.50\n2,\n3,lots\n", "b.csv", findings.layout())  # type: ignore[attr-defined]
    told = conform(raw, findings, DAY, LISTS, "5ha", file="b.csv")  # type: ignore[arg-type]
    assert told.frames["steps"]["redress_pence"].tolist() == [1250, pd.NA, pd.NA]
    assert [(one.column, one.label) for one in told.unknown] == [("redress_pence", "lots")]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("completes: complaint", "did you mean 'complaints'"),
        ("completes: findings", "'findings' is not known"),
    ],
)
def test_an_export_completes_one_that_begins_complaints(found: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        exports(COMPLETES.replace("completes: complaints", found))


def snapshot(day: int, sha: str, *rows: dict[str, object], completes: bool = False) -> Snapshot:
    frame = STEPS.enforce(pd.DataFrame(rows).assign(snapshot=sha))
    on = dt.date(2024, 6, day)
    return Snapshot("steps", frame, Holds.EVERYTHING, on, sha, completes=completes, export=sha[0])


def test_rows_that_complete_fill_blanks_and_begin_nothing() -> None:
    whole = snapshot(
        3, "w",
        {"case_ref": "1", "stage": 1, "channel": "web", "received_on": "2024-05-01"},
        {"case_ref": "1", "stage": 2, "received_on": "2024-05-20"},
        {"case_ref": "2", "stage": 1, "received_on": "2024-05-02"},
    )  # fmt: skip
    before = snapshot(
        1, "f1", {"case_ref": "1", "stage": 1, "outcome": "upheld", "category": "old"},
        completes=True,
    )  # fmt: skip
    after = snapshot(
        2, "f2",
        {"case_ref": "1", "stage": 2, "outcome": "not_upheld", "category": "delay",
         "channel": "post"},
        {"case_ref": "9", "stage": 1, "outcome": "upheld"},
        completes=True,
    )  # fmt: skip
    history = combine([after, whole, before], DAY)
    told = history.frame.set_index(["case_ref", "stage"])
    assert told.index.tolist() == [("1", 1), ("1", 2), ("2", 1)]
    # What became of a stage is that stage's own; what was said is not said otherwise.
    assert told["outcome"].astype("object").where(told["outcome"].notna(), None).tolist() == [
        "upheld", "not_upheld", None,
    ]  # fmt: skip
    assert told.loc[("1", 1), "channel"] == "web"
    assert told.loc[("1", 1), "category"] == "old"
    # What a case is like holds for every stage of it.
    assert told.loc[("1", 2), "channel"] == "post"
    assert told["snapshot"].tolist() == ["w", "w", "w"]
    assert history.loose == {"f": 1}
    assert history.vanished.empty


def test_a_stage_without_a_finding_keeps_none_but_learns_its_service() -> None:
    whole = snapshot(3, "w", {"case_ref": "1", "stage": 1, "received_on": "2024-05-01"})
    now = snapshot(
        3, "f", {"case_ref": "1", "stage": 2, "outcome": "upheld", "service": "bins"},
        completes=True,
    )  # fmt: skip
    told = combine([whole, now], DAY).frame
    assert told["outcome"].isna().all()
    assert told["service"].tolist() == ["bins"]


def test_what_completes_alone_tells_nothing() -> None:
    alone = snapshot(3, "f", {"case_ref": "1", "stage": 1, "outcome": "upheld"}, completes=True)
    assert combine([alone], DAY).frame.empty


EVENTS = """
complaints:
  fills: steps
  files: [{name: "a_{date}.csv", holds: everything}]
  dates: ["%Y-%m-%d"]
  one_row: event
  columns:
    case_ref: Ref
    stage: {always: "1"}
    procedure: {always: corporate}
  events:
    column: Event
    "on": Day
    labels:
      NEW: {sets: received_on}
      CHANGED:
        - {sets: redress_pence, from: Paid, money: pounds}
        - {sets: closed_on, when_filled: redress_pence}
"""


def test_an_event_counts_only_where_its_row_says_why() -> None:
    log = b"Ref,Event,Day,Paid\n1,NEW,2024-05-01,\n1,CHANGED,2024-05-02,\n2,NEW,2024-05-03,\n"
    log += b"2,CHANGED,2024-05-04,\n2,CHANGED,2024-05-07,10\n2,CHANGED,2024-05-09,\n"
    export = exports(EVENTS)["complaints"]
    raw = read_table(log, "a.csv", export.layout())  # type: ignore[attr-defined]
    steps = conform(raw, export, DAY, LISTS, "5ha", file="a.csv").frames["steps"]  # type: ignore[arg-type]
    assert steps["closed_on"].dt.strftime("%Y-%m-%d").fillna("").tolist() == ["", "2024-05-07"]


def test_an_event_depends_only_on_what_the_same_event_sets() -> None:
    with pytest.raises(ConfigurationError, match="did you mean 'redress_pence'"):
        exports(EVENTS.replace("when_filled: redress_pence", "when_filled: redress_penc"))


def test_a_formatted_report_under_the_name_of_a_workbook_says_what_it_is() -> None:
    page = b"<html><head><meta http-equiv='Content-Type'></head><table><tr><th>case_number</th>"
    with pytest.raises(InputError, match=r"a web page \(HTML\); ask the system for CSV"):
        read_table(page, "report.xls", layout_of("case_number"))
