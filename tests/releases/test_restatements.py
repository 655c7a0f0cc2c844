"""Restatements: exactly the figures that changed, each with what became of the cases behind it."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from collections.abc import Callable, Mapping

import openpyxl
import pytest
import yaml

from tasks.editions import edition
from tasks.restating import restatement
from tests.together import first_now

from .conftest import PROJECT, Town, answered_in_march, day, recoded, redefine

TITLES = {
    kpi: declared["title"]
    for file in (PROJECT / "kpis").glob("*.yaml")
    for kpi, declared in yaml.safe_load(file.read_text("utf-8"))["kpis"].items()
}
"""Read from the declarations without any of the product's code."""


def _late(town: Town) -> None:
    """An answer long after its day turns out to have been sent on it."""
    rows = [r for r in town.rows() if r["Procedure"] == "Corporate"]
    late = next(
        row
        for row in reversed(rows)
        if row["Complaint Stage"].strip() == "1"
        and row["Response Sent"][3:] == row["Due Date"][3:] == "03/2024"
        and int(day(row["Response Sent"])) > int(day(row["Due Date"])) + 10
    )
    town.export(late | {"Response Sent": late["Due Date"]})


def _reopened(town: Town) -> None:
    row = answered_in_march(town)
    town.export(row | {"Re-opened On": "28/03/2024", "Record Closed": ""})


def _recoded(town: Town) -> None:
    town.export(recoded(town))


def _logged_late(town: Town) -> None:
    row = answered_in_march(town)
    assert row["Received"][3:] == "03/2024"
    town.export(row | {"Ref": "NM/2024/99999", "Record GUID": "feedfacefeedface"})


CAUSES: Mapping[str, Callable[[Town], None]] = {
    "Dates corrected": _late,
    "Reopened": _reopened,
    "Recoded": _recoded,
    "Logged late": _logged_late,
}


def _displays(ledger: str) -> dict[str, tuple[str, str]]:
    """Measure and display by key."""
    return {
        row["figure"]: (row["kpi"].split(".")[0], row["display"])
        for row in csv.DictReader(io.StringIO(ledger))
    }


def _differences(was: str, now: str) -> Counter[tuple[str, str, str]]:
    """Title, was and is of every figure two ledgers print otherwise; a change without its sign
    only where the change itself is not printed."""
    before, after = _displays(was), _displays(now)
    changed = {key for key in after if key in before and before[key][1] != after[key][1]}
    told = {key for key in changed if key.replace(".size|", "|") not in changed - {key}}
    return Counter((TITLES[after[key][0]], before[key][1], after[key][1]) for key in told)


def _told(rows: list[tuple[str, ...]]) -> Counter[tuple[str, str, str]]:
    longest = sorted(TITLES.values(), key=len, reverse=True)
    titles = [next(t for t in longest if row[0].startswith(t)) for row in rows]
    return Counter((title, row[2], row[3]) for title, row in zip(titles, rows, strict=True))


@pytest.mark.parametrize("why", first_now(CAUSES))
def test_one_case_changes_exactly_the_figures_it_is_in_and_each_says_why(
    town: Town, why: str
) -> None:
    CAUSES[why](town)
    town.take_in()
    desk = town.desk()
    now = edition(desk).files["ledger.csv"].decode()
    (earlier,) = town.state.releases("northmere", "monthly_pack")
    listing = restatement(desk, earlier, now)
    assert listing is not None
    was = (town.home / earlier.folder / "ledger.csv").read_text()
    assert _told(list(listing.rows)) == _differences(was, now)
    assert {row[4] for row in listing.rows} == {why}


def test_a_recoded_case_and_a_changed_definition_are_told_apart(corrected: Town) -> None:
    v1, v2 = corrected.state.releases("northmere", "monthly_pack")
    was, now = ((corrected.home / v.folder / "ledger.csv").read_text() for v in (v1, v2))
    text = (corrected.home / v2.folder / "restatement.csv").read_text()
    rows = [tuple(row.values()) for row in csv.DictReader(io.StringIO(text))]
    assert _told(rows) == _differences(was, now)
    of_time = {row[4] for row in rows if row[0].startswith("Responded to in time")}
    others = {row[4] for row in rows if not row[0].startswith("Responded to in time")}
    assert (of_time, others) == ({"Definition changed"}, {"Recoded"})


def test_who_sees_their_own_cases_alone_is_told_no_reference(corrected: Town) -> None:
    *_, v2 = corrected.state.releases("northmere", "monthly_pack")
    text = (corrected.home / v2.folder / "restatement.csv").read_text()
    assert text.splitlines()[0] == "Figure,Period,Was,Is,Why"
    assert "NM/2024" not in text


def test_the_workbook_of_the_correction_lists_what_it_restates(corrected: Town) -> None:
    *_, v2 = corrected.state.releases("northmere", "monthly_pack")
    folder = corrected.home / v2.folder
    book = openpyxl.load_workbook(folder / "northmere-monthly-pack-2024-03.xlsx")
    sheet = [tuple(str(v or "") for v in row[:5]) for row in book["Restated"].values]
    text = (folder / "restatement.csv").read_text()
    rows = [tuple(row) for row in csv.reader(io.StringIO(text))]
    assert sheet[sheet.index(rows[0]) :][: len(rows)] == rows


@pytest.mark.gate
def test_where_the_earlier_cases_were_purged_it_says_so(town: Town) -> None:
    (earlier,) = town.state.releases("northmere", "monthly_pack")
    shutil.rmtree(town.home / "facts")
    _recoded(town)
    town.take_in()
    desk = town.desk()
    listing = restatement(desk, earlier, edition(desk).files["ledger.csv"].decode())
    assert listing is not None
    assert {row[4] for row in listing.rows} == {"Not known: the earlier cases were purged"}


@pytest.mark.gate
def test_a_definition_alone_that_was_put_right_is_why(town: Town) -> None:
    redefine(town)
    desk = town.desk()
    (earlier,) = town.state.releases("northmere", "monthly_pack")
    listing = restatement(desk, earlier, edition(desk).files["ledger.csv"].decode())
    assert listing is not None
    assert {row[4] for row in listing.rows} == {"Definition changed"}
    assert {row[0].split(":")[0].split(",")[0] for row in listing.rows} == {"Responded to in time"}
