"""Completing: the twelfth month's release tells its year complete, one run of all that see it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from candour.period import Period
from tasks.completing import months_of, years_completed
from tasks.declared import council
from tasks.settings import Settings, settings
from tasks.state import Place, Release, State

if TYPE_CHECKING:
    from pathlib import Path

MONTHS = [f"2023-{n:02d}" for n in range(4, 13)] + ["2024-01", "2024-02", "2024-03"]


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return settings({"CANDOUR_HOME": str(tmp_path)})


def _released(here: Settings, report: str, *periods: str, of: str = "northmere") -> None:
    for period in periods:
        place = Place(of, report, period, "managers")
        release = Release(*place, 1, "0" * 64, f"releases/{'/'.join(place)}/v1", "First", "2024")
        assert State(here.database).commit_release(release, "0" * 64)


def _month(period: str, of: str = "northmere") -> Place:
    return Place(of, "monthly_pack", period, "managers")


def test_a_year_is_complete_with_its_last_month_in_whatever_order(here: Settings) -> None:
    _released(here, "monthly_pack", *MONTHS[1:])
    assert years_completed(here, _month("2024-03"), "run 12") == []
    _released(here, "monthly_pack", MONTHS[0])
    assert years_completed(here, _month("2023-04"), "run 1") == ["2023-24"]


def test_one_run_tells_it_and_tells_it_again_when_it_is_tried_again(here: Settings) -> None:
    _released(here, "monthly_pack", *MONTHS)
    assert years_completed(here, _month("2024-03"), "run 12") == ["2023-24"]
    assert years_completed(here, _month("2024-02"), "run 11") == []
    assert years_completed(here, _month("2024-03"), "run 12") == ["2023-24"]


def test_of_many_at_once_one_tells_it(here: Settings) -> None:
    _released(here, "monthly_pack", *MONTHS)
    told: list[str] = []
    start = threading.Barrier(len(MONTHS))

    def ask(month: str) -> None:
        start.wait()
        told.extend(years_completed(here, _month(month), f"run {month}"))

    threads = [threading.Thread(target=ask, args=(month,)) for month in MONTHS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["2023-24"]


def test_a_month_made_again_after_the_years_report_tells_nothing(here: Settings) -> None:
    _released(here, "monthly_pack", *MONTHS)
    _released(here, "annual_report", "2023-24")
    assert years_completed(here, _month("2023-07"), "run 13") == []


def test_other_reports_and_councils_complete_nothing(here: Settings) -> None:
    _released(here, "weekly_bulletin", "2024-W14")
    _released(here, "monthly_pack", *MONTHS, of="knowsley")
    assert years_completed(here, Place("northmere", "weekly_bulletin", "2024-W14", "x"), "r") == []
    assert years_completed(here, _month("2024-03"), "run 12") == []


def test_a_report_that_tells_of_schools_needs_their_months_too() -> None:
    year = Period.parse("2023-24")
    assert months_of(council(settings({}), "northmere"), year) == set(MONTHS)
    schools = months_of(council(settings({}), "stockport"), year)
    assert schools == {*MONTHS, "2024-04", "2024-05", "2024-06", "2024-07"}
