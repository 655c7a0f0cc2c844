"""Each example makes a pack and bulletins that pass the gate and print what was recounted."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest

from candour.period import Period
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.documentation.released import approved_by_name
from tasks.publish import publish
from tasks.store import Store
from tasks.validate import validate

from .conftest import VENDORS, House, Vendor

if TYPE_CHECKING:
    import pandas as pd

pytestmark = [pytest.mark.gate, pytest.mark.timeout(900)]

RELEASED_AT = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)
MONTH = "2024-03"


def ledger(house: House, vendor: Vendor, report: str, period: str) -> list[dict[str, str]]:
    """The ledger of a report that was built, passed the gate and was released."""
    at = house.settings
    validate(at, vendor.council, house.intakes[vendor.council].id)
    draft = build(at, compute_kpis(at, vendor.council, report, Period.parse(period)))
    assert draft.broken == ()
    approved_by_name(at, draft, at=RELEASED_AT)
    release = publish(at, draft, released_at=RELEASED_AT)
    text = Store(at.home).read(f"{release.folder}/ledger.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))


def printed(rows: list[dict[str, str]], kpi: str, about: str = "") -> int:
    """What the ledger says of a KPI for the month, of the whole council or of a stage."""
    counts = [int(row["count"]) for row in rows if row["figure"] == f"{kpi}|{MONTH}{about}"]
    assert len(counts) == 1
    return counts[0]


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.layout)
def test_a_pack_and_bulletins_are_made_and_say_what_was_recounted(
    vendor: Vendor, layouts_house: House
) -> None:
    steps = vendor.recount(vendor.inbox)
    rows = ledger(layouts_house, vendor, "monthly_pack", MONTH)
    first = steps[steps["stage"] == 1]
    assert printed(rows, "complaints_received") == _in_month(first, "received")
    for stage in (1, 2):
        mine = steps[steps["stage"] == stage]
        in_time = _in_month(mine[mine["responded"] <= mine["due"]], "responded")
        assert printed(rows, "responded_in_time", f"|stage={stage}") == in_time
    assert ledger(layouts_house, vendor, "weekly_bulletin", "2024-W23")


def _in_month(steps: pd.DataFrame, day: str) -> int:
    return int((steps[day].dt.strftime("%Y-%m") == MONTH).sum())
