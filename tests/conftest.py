"""The councils taken in and reported once, by the verbs the DAGs call, for every test there is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from candour.period import Period
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.desk import Desk
from tasks.documentation.released import approved_by_name
from tasks.extract import extract
from tasks.publish import publish
from tasks.settings import Settings, settings
from tasks.validate import validate

if TYPE_CHECKING:
    from pathlib import Path

    from tasks.build import Draft
    from tasks.compute_kpis import Computed
    from tasks.state import Release

pytest_plugins = ["tests.together"]

LANDED_ON = dt.date(2024, 6, 3)
RELEASED_AT = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)
SECONDS_TO_READ = 10
"""How long a question is there before it is answered, as where a person answers it.

An answer in the very second of the question overtakes the end of the task that asked; the scheduler
then takes the task for killed and asks again (Airflow 3.3.2).
"""


@dataclass(frozen=True)
class Made:
    """A report that was made: its facts, its draft and its release."""

    computed: Computed
    draft: Draft
    release: Release


@dataclass(frozen=True)
class House:
    """A run state with every shipped council's exports taken in."""

    settings: Settings
    _made: dict[tuple[str, str, str], Made] = field(default_factory=dict, init=False, repr=False)

    def desk(self, council: str, report: str, period: str) -> Desk:
        """The desk a report is made at."""
        computed = compute_kpis(self.settings, council, report, Period.parse(period))
        return Desk(self.settings, computed)

    def made(self, council: str, report: str, period: str) -> Made:
        """The report built and released, once for all who ask."""
        named = (council, report, period)
        if named not in self._made:
            self._made[named] = self.make(*named)
        return self._made[named]

    def make(self, council: str, report: str, period: str) -> Made:
        """The report built and released, as if for the first time."""
        computed = compute_kpis(self.settings, council, report, Period.parse(period))
        draft = build(self.settings, computed)
        approved_by_name(self.settings, draft, at=RELEASED_AT)
        return Made(computed, draft, publish(self.settings, draft, released_at=RELEASED_AT))


def settings_at(home: Path) -> Settings:
    """Settings whose run state is in a folder of the test's own."""
    return settings({"CANDOUR_HOME": str(home)})


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Every shipped council taken in."""
    at = settings_at(tmp_path_factory.mktemp("house"))
    for council in ("northmere", "knowsley", "stockport", "cheshire_west"):
        intake = extract(at, council, LANDED_ON)
        validate(at, council, intake.id)
    return House(at)


@pytest.fixture(scope="session")
def pack(house: House) -> Made:
    """Northmere's monthly pack for March 2024."""
    return house.made("northmere", "monthly_pack", "2024-03")


@pytest.fixture(scope="session")
def bulletin(house: House) -> Made:
    """Northmere's bulletins for the week of Easter Monday 2024."""
    return house.made("northmere", "weekly_bulletin", "2024-W14")


@pytest.fixture(scope="session")
def annual(house: House) -> Made:
    """Knowsley's annual report for 2023-24."""
    return house.made("knowsley", "annual_report", "2023-24")


@pytest.fixture(scope="session")
def yearly(house: House, annual: Made) -> tuple[Made, ...]:
    """Every yearly report of the demonstration, Knowsley's annual report first."""
    others = (
        ("northmere", "annual_report", "2023-24"),
        ("knowsley", "ombudsman_review", "2024-25"),
        ("stockport", "annual_report", "2023-24"),
        ("cheshire_west", "annual_report", "2022-23"),
        ("knowsley", "ombudsman_review", "2019-20"),
    )
    return (annual, *(house.made(*report) for report in others))
