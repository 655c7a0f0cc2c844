"""CONTRIBUTING's recipes work as they are written: files only, and the new thing is everywhere."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from candour.clock import Calendar
from candour.council import read_council
from candour.period import Period
from candour.worked import answer
from tasks import declared
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.documentation.methodology import methodology
from tasks.settings import Settings, settings
from tasks.store import Store
from tests.docs.conftest import ROOT

if TYPE_CHECKING:
    from tasks.build import Draft
    from tests.conftest import House, Made

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
FILES = dict(re.findall(r"^```yaml (\S+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))
CHANGED = re.search(r"^```yaml\n(  changed:.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
REPORT = "  late_responses: {audience: managers}\n"
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def followed(house: House, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of the declarations in which every recipe was followed."""
    project = tmp_path_factory.mktemp("project")
    for folder in ("kpis", "templates", "expectations", "data/reference", "councils/northmere"):
        shutil.copytree(ROOT / folder, project / folder)
    for name, text in FILES.items():
        assert not (project / name).exists()
        (project / name).write_text(text, "utf-8")
    council = project / "councils/northmere/council.yaml"
    council.write_text(council.read_text("utf-8").replace("reports:\n", f"reports:\n{REPORT}"))
    return settings({"CANDOUR_PROJECT": str(project), "CANDOUR_HOME": house.settings.home})


@pytest.fixture(scope="module")
def draft(followed: Settings) -> Draft:
    """The report of the recipe, built."""
    computed = compute_kpis(followed, "northmere", "late_responses", Period.parse("2024-03"))
    return build(followed, computed)


def _ledger(at: Settings, folder: str) -> Rows:
    text = Store(at.home).read(f"{folder}/ledger.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_there_is_a_recipe_for_a_kpi_a_table_a_chart_and_a_report() -> None:
    assert sorted(FILES) == [
        "kpis/lateness.yaml",
        "templates/reports/late_responses.yaml",
        "templates/tables/lateness.yaml",
    ]
    assert "tables:" in FILES["templates/tables/lateness.yaml"]
    assert "charts:" in FILES["templates/tables/lateness.yaml"]
    assert REPORT.strip() in TEXT


def test_the_new_kpi_comes_to_its_own_answer(followed: Settings) -> None:
    table = (followed.project / "data/reference/bank_holidays.csv").read_text("utf-8")
    figure = answer(declared.kpis(followed), "responded_late", Calendar.read(table))
    assert (figure.count, figure.base, figure.display) == (2, 3, "67%")


def test_the_new_table_and_chart_are_sheets_of_the_new_workbook(
    followed: Settings, draft: Draft
) -> None:
    content = Store(followed.home).read(f"{draft.folder}/northmere-late-responses-2024-03.xlsx")
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert {"Late by procedure", "Late chart"} <= set(sheets)


def test_the_new_figures_are_in_the_ledger_and_agree_with_the_pack(
    followed: Settings, draft: Draft, pack: Made
) -> None:
    late = _one(_ledger(followed, draft.folder), "responded_late")
    in_time = _one(_ledger(followed, pack.draft.folder), "responded_in_time")
    assert int(late["count"]) + int(in_time["count"]) == int(late["base"])
    assert "Late by procedure" in late["printed_in"]


def _one(ledger: Rows, kpi: str) -> dict[str, str]:
    return next(row for row in ledger if row["figure"] == f"{kpi}|2024-03")


def test_the_new_kpi_is_in_the_methodology(followed: Settings) -> None:
    page = methodology(followed)
    assert "### Responses sent late" in page
    assert "Case 1's tenth working day was 15 March." in page


def test_a_changed_export_is_read_anew_from_its_day_and_as_before_until_then(
    followed: Settings,
) -> None:
    assert CHANGED is not None
    texts = declared.council_texts(followed, "northmere")
    block = re.compile(r"^complaints:\n.*?(?=^\S)", re.MULTILINE | re.DOTALL)
    text = block.sub(lambda found: f"{found[0].rstrip()}\n{CHANGED[1]}\n", texts["exports.yaml"])
    export = read_council("northmere", {**texts, "exports.yaml": text}).exports["complaints"]
    before = export.mapping_on(dt.date(2024, 6, 9)).columns
    after = export.mapping_on(dt.date(2024, 6, 10)).columns
    assert before["responded_on"].headers == ("Response Sent",)
    assert after["responded_on"].headers == ("Full Response Sent",)
    assert "team" in before
    assert "team" not in after
