"""Every KPI comes to the answer worked out by hand in its own declaration."""

from __future__ import annotations

from pathlib import Path

import pytest

from candour.clock import Calendar
from candour.facts import offered
from candour.kpi import read_kpis
from candour.worked import answer

ROOT = Path(__file__).parents[2]
KPIS = read_kpis({p.name: p.read_text() for p in (ROOT / "kpis").glob("*.yaml")}, offered())
CALENDAR = Calendar.read((ROOT / "data/reference/bank_holidays.csv").read_text())


@pytest.mark.parametrize("kpi_id", sorted(KPIS.by_id))
def test_a_kpi_comes_to_the_answer_worked_out_by_hand(kpi_id: str) -> None:
    declared = KPIS[kpi_id].answer
    figure = answer(KPIS, kpi_id, CALENDAR)
    assert (figure.display, figure.count, figure.base) == (
        declared.display,
        declared.count,
        declared.base,
    ), declared.because
