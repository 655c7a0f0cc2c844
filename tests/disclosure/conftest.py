"""What the disclosure tests stand on: the declared KPIs and figures made of plain numbers."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from candour.audience import Sensitive, Withhold
from candour.disclosure import Structure
from candour.facts.flags import offered
from candour.figures import Figure, Unit
from candour.kpi import Kpis, read_kpis
from candour.period import Period

if TYPE_CHECKING:
    from tests.conftest import House, Made

KPIS = Path(__file__).parents[2] / "kpis"
YEAR = Period.parse("2023-24")
NUMBERS = (0, 0, 1, 2, 3, 4, 6, 9)
BELOW = 4
"""A threshold of four keeps what there is to try small."""


@pytest.fixture(scope="session")
def kpis() -> Kpis:
    texts = {path.name: path.read_text() for path in sorted(KPIS.glob("*.yaml"))}
    return read_kpis(texts, offered())


@pytest.fixture(scope="session")
def structure(kpis: Kpis) -> Structure:
    return Structure(
        kpis,
        members={
            "procedure": ("corporate", "adults", "childrens"),
            "stage": ("1", "2"),
            "service": ("roads", "waste", "homes"),
        },
        above={
            "service": (("directorate", {"roads": "place", "waste": "place", "homes": "homes"}),)
        },
    )


@pytest.fixture(scope="session")
def report(house: House) -> Made:
    """Northmere's annual report for the public."""
    return house.made("northmere", "annual_report", "2023-24")


@pytest.fixture
def everything() -> Withhold:
    """A policy under which every number is sensitive."""
    return Withhold(
        below=BELOW,
        sensitive=(Sensitive(why="all", families=("Volumes", "Outcomes", "Timeliness")),),
    )


def counted(kpi: str, number: int, period: Period = YEAR, **about: str) -> Figure:
    """A plain count."""
    return Figure(
        kpi, kpi, period, tuple(about.items()), Unit.COUNT, count=number, value=Fraction(number)
    )


def share(kpi: str, number: int, base: int, period: Period = YEAR, **about: str) -> Figure:
    """A count out of a base."""
    return Figure(
        kpi, kpi, period, tuple(about.items()), Unit.PERCENT, count=number, base=base,
        value=Fraction(number * 100, base) if base else None,
    )  # fmt: skip
