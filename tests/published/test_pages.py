"""The pages on published figures say what the files say now; compare explains differences."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from candour.published import Verdict
from candour.published.ledgers import read_ledger
from tasks.cli import main
from tasks.cli.comparing import compare_with
from tasks.documentation.coverage import coverage
from tasks.documentation.findings import checklist, findings
from tasks.settings import settings
from tests.published.conftest import ROOT, catalogue

if TYPE_CHECKING:
    from tests.conftest import House

FAILING = [
    check["id"]
    for entry in catalogue().values()
    for check in entry["arithmetic_checks"]
    if not check["agrees"]
]


def test_the_pages_are_what_the_files_say_now() -> None:
    here = settings({})
    stale = "{} is not what the code writes now: run make docs, and look at what changed."
    assert (ROOT / "docs/findings.md").read_text("utf-8") == findings(here), stale
    assert (ROOT / "docs/checklist.md").read_text("utf-8") == checklist(here), stale


def test_the_page_of_findings_tells_each_failing_check_once() -> None:
    page = findings(settings({}))
    assert sorted(re.findall(r"\*\*(\S+/c\d+)\*\*", page)) == sorted(FAILING)


def test_the_checklist_tells_each_note_with_the_place_it_concerns() -> None:
    page = checklist(settings({}))
    for entry in catalogue().values():
        for note in entry["inconsistencies"]:
            row = next(line for line in page.splitlines() if line.startswith(f"| {note['id']} |"))
            assert entry["section"] in row


def test_coverage_lists_every_entry_even_where_nothing_is_printed_yet() -> None:
    page = coverage(settings({}), {})
    for entry_id in catalogue():
        assert f"| {entry_id} |" in page
    assert "123 entries with 819 values" in page


def test_coverage_tells_where_a_value_is_printed() -> None:
    ledger = (
        "figure,kpi,period,procedure,stage,count,base,value,unit,display,printed_in,source\n"
        "complaints_received|2023-24,complaints_received,2023-24,,,1019,,1019,count,"
        '"1,019",report.html #summary,counted from cases\n'
        "escalated_in_period|2023-24|procedure=corporate,escalated_in_period,2023-24,corporate,,"
        "33,853,3300/853,percent,4%,report.html #escalated,counted from cases\n"
        "escalated_in_period.count|2023-24|procedure=corporate,escalated_in_period.count,2023-24,"
        "corporate,,33,,33,count,33,report.html #escalated,the count of it\n"
    )
    page = coverage(settings({}), {"knowsley": {row.key: row for row in read_ledger(ledger)}})
    rows = [line for line in page.splitlines() if line.startswith("| KNO-")]
    assert any(
        line.startswith("| KNO-03 |") and "| 1,019 | equal | report.html #summary |" in line
        for line in rows
    )
    corrected = [line for line in rows if "corrected." in line]
    assert [line.split(" | ")[0] for line in corrected] == ["| KNO-09"]
    assert "KNO-09/n2" in corrected[0]
    assert "is printed as 32 (KNO-09) and 33 (KNO-25)" in corrected[0]


def test_compare_explains_each_difference(house: House) -> None:
    found = compare_with(house.settings, "knowsley", "2023-24")
    lines = {(line.entry, line.published): line for line in found.lines}
    corporate, childrens = lines["KNO-09", "32"], lines["KNO-09", "11"]
    assert (corporate.ours, corporate.verdict) == ("33", Verdict.DIFFERENT)
    assert any("KNO-25" in reason for reason in corporate.why)
    assert childrens.ours == str(len(childrens.cases)) == "12"
    assert all(case.endswith("stage 2") for case in childrens.cases)
    equal = sum(line.verdict is Verdict.EQUAL for line in found.lines)
    assert equal > len(found.lines) * 9 // 10
    recorded = {entry for entry, value in catalogue().items() if value["inconsistencies"]}
    explained = {
        line.entry for line in found.lines if line.verdict is Verdict.DIFFERENT and line.why
    }
    assert explained <= recorded


def test_the_command_answers_in_json_and_by_its_exit_code(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_HOME", str(house.settings.home))
    with pytest.raises(SystemExit) as left:
        main(["compare", "knowsley", "2023-24", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert left.value.code == (1 if told["unexplained"] else 0)
    assert {"entry", "what", "published", "ours", "verdict", "why", "cases"} == set(
        told["lines"][0]
    )
    with pytest.raises(SystemExit) as wrong:
        main(["compare", "northmere"])
    assert wrong.value.code == 2
    assert "published.yaml is missing" in capsys.readouterr().err
