"""The four vendors' councils taken in and computed once, each from its own raw export."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from candour.period import Period
from tasks.compute_kpis import compute_kpis
from tasks.desk import Desk
from tasks.extract import extract
from tasks.settings import Settings, settings

from .recounts import hocs, icasework, jadu, salesforce

if TYPE_CHECKING:
    import pandas as pd

    from tasks.extract import Intake

PROJECT = Path(__file__).parents[2]
LAYOUTS = PROJECT / "data" / "layouts"
LANDED_ON = dt.date(2024, 6, 3)


@dataclass(frozen=True)
class Vendor:
    """A vendor's example council, and how its raw export is recounted."""

    layout: str
    council: str
    recount: Callable[[Path], pd.DataFrame]

    @property
    def inbox(self) -> Path:
        return LAYOUTS / self.layout / "exports"

    @property
    def folder(self) -> Path:
        return LAYOUTS / self.layout / "council" / self.council


VENDORS = (
    Vendor("icasework", "icknield", icasework),
    Vendor("jadu", "jademoor", jadu),
    Vendor("hocs", "hocton", hocs),
    Vendor("salesforce", "salterfold", salesforce),
)


@dataclass(frozen=True)
class House:
    """A run state with the four councils taken in."""

    settings: Settings
    intakes: Mapping[str, Intake]

    def desk(self, council: str, period: str) -> Desk:
        computed = compute_kpis(self.settings, council, "monthly_pack", Period.parse(period))
        return Desk(self.settings, computed)


def settings_at(home: Path) -> Settings:
    """Settings that find the example councils and keep their run state in a folder."""
    folders = os.pathsep.join(str(LAYOUTS / v.layout / "council") for v in VENDORS)
    return settings({"CANDOUR_HOME": str(home), "CANDOUR_COUNCILS": folders})


@pytest.fixture(scope="session")
def layouts_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    at = settings_at(tmp_path_factory.mktemp("layouts"))
    return House(at, {v.council: extract(at, v.council, LANDED_ON) for v in VENDORS})
