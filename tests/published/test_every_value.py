"""Every one of the 819 values is printed by our reports, and is of one of four kinds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from candour.published import Comparison, Kind
from tasks.documentation.coverage import coverage, walked
from tasks.documentation.printed import rows_of, texts_of
from tests.published.conftest import ROOT, read

if TYPE_CHECKING:
    from candour.published.ledgers import Row
    from tests.conftest import House, Made

VALUES = 819

Printed = tuple[dict[str, dict[str, "Row"]], dict[str, dict[str, str]]]


@pytest.fixture(scope="module")
def printed(house: House, yearly: tuple[Made, ...]) -> Printed:
    """What the reports print, by council."""
    releases = [made.release for made in yearly]
    return rows_of(house.settings, releases), texts_of(house.settings, releases)


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


def test_the_page_of_coverage_is_what_the_reports_print_now(house: House, printed: Printed) -> None:
    written = (ROOT / "docs/coverage.md").read_text("utf-8")
    stale = "docs/coverage.md is not what the code writes now: run make docs."
    assert written == coverage(house.settings, *printed), stale
