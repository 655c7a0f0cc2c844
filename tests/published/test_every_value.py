"""Every one of the 819 values is printed by our reports, and is of one of four kinds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from candour.period import Period
from candour.published import Comparison, Kind
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.documentation.coverage import coverage, walked
from tasks.documentation.printed import rows_of, texts_of
from tasks.extract import extract
from tasks.publish import publish
from tasks.settings import settings
from tasks.validate import validate
from tests.published.conftest import ROOT, read

if TYPE_CHECKING:
    from candour.published.ledgers import Row

REPORTS = (
    ("knowsley", "annual_report", "2023-24"),
    ("knowsley", "ombudsman_review", "2019-20"),
    ("knowsley", "ombudsman_review", "2024-25"),
    ("stockport", "annual_report", "2023-24"),
    ("cheshire_west", "annual_report", "2022-23"),
)
MADE_ON = dt.date(2024, 6, 3)
VALUES = 819

Printed = tuple[dict[str, dict[str, "Row"]], dict[str, dict[str, str]]]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """What the five reports print, by council."""
    here = settings({"CANDOUR_HOME": str(tmp_path_factory.mktemp("reports"))})
    for council in dict.fromkeys(council for council, _, _ in REPORTS):
        validate(here, council, extract(here, council, MADE_ON).id)
    at = dt.datetime.combine(MADE_ON, dt.time(9), tzinfo=dt.UTC)
    releases = [
        publish(here, build(here, compute_kpis(here, council, report, Period.parse(period))),
                released_at=at)
        for council, report, period in REPORTS
    ]  # fmt: skip
    return rows_of(here, releases), texts_of(here, releases)


@pytest.fixture(scope="module")
def found(printed: Printed) -> list[tuple[Comparison, Kind | None]]:
    """Every value beside what the reports print."""
    rows, texts = printed
    return [
        pair
        for council in ("knowsley", "stockport", "cheshire_west")
        for pair in walked(*read(council), rows[council], texts[council])
    ]


def test_every_value_is_of_one_of_four_kinds(
    found: list[tuple[Comparison, Kind | None]],
) -> None:
    assert len(found) == VALUES
    missing = [
        f"{c.value.entry}: {c.value.printed} is published; ours is "
        f"{c.ours.display if c.ours else 'not printed'}"
        for c, kind in found
        if kind is None
    ]
    assert not missing, "\n".join(missing)
    kinds = Counter(kind for _, kind in found)
    print({str(kind): number for kind, number in kinds.items()})  # noqa: T201  - asked for
    assert sum(kinds.values()) == VALUES


def test_what_is_corrected_is_only_what_the_gate_or_a_note_finds(
    found: list[tuple[Comparison, Kind | None]],
) -> None:
    corrected = {c.value.entry for c, kind in found if kind is Kind.CORRECTED}
    assert corrected == {
        "KNO-09", "STO-06", "STO-07", "STO-19", "STO-31", "STO-39", "CWC-13", "CWC-15",
    }  # fmt: skip


def test_every_value_names_the_place_it_is_printed_in(
    found: list[tuple[Comparison, Kind | None]],
) -> None:
    assert all(comparison.ours and comparison.ours.places for comparison, _ in found)


def test_the_page_of_coverage_is_what_the_reports_print_now(printed: Printed) -> None:
    written = (ROOT / "docs/coverage.md").read_text("utf-8")
    stale = "docs/coverage.md is not what the code writes now: run make docs."
    assert written == coverage(settings({}), *printed), stale
