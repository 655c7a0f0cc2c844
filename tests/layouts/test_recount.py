"""Each vendor's example counts as its raw export does when pandas alone recounts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from candour.period import Period
from tasks.validate import validate

from .conftest import VENDORS, House, Vendor

if TYPE_CHECKING:
    from candour.figures import Figure
    from tasks.desk import Desk

MONTHS = [str(month) for month in pd.period_range("2023-03", "2024-05", freq="M")]
STAGES = (1, 2)


@pytest.fixture(scope="module", params=VENDORS, ids=lambda vendor: vendor.layout)
def vendor(request: pytest.FixtureRequest) -> Vendor:
    found: Vendor = request.param
    return found


@pytest.fixture(scope="module")
def desk(layouts_house: House, vendor: Vendor) -> Desk:
    intake = layouts_house.intakes[vendor.council]
    verdict = validate(layouts_house.settings, vendor.council, intake.id)
    assert not verdict.stops
    return layouts_house.desk(vendor.council, "2024-05")


@pytest.fixture(scope="module")
def steps(vendor: Vendor) -> pd.DataFrame:
    return vendor.recount(vendor.inbox)


def counts(desk: Desk, kpi: str) -> dict[tuple[str, int], Figure]:
    return {
        (month, stage): desk.measures.figure(kpi, Period.parse(month), stage=str(stage))
        for month in MONTHS
        for stage in STAGES
    }


def monthly(steps: pd.DataFrame, day: str) -> dict[tuple[str, int], int]:
    months = steps[day].dt.strftime("%Y-%m")
    sizes = steps.groupby([months, "stage"]).size()
    return {(m, s): int(sizes.get((m, s), 0)) for m in MONTHS for s in STAGES}


def test_the_recount_has_something_of_everything(steps: pd.DataFrame) -> None:
    assert len(steps) > 200
    assert set(steps["stage"]) == {1, 2}
    for month in MONTHS:
        assert (steps["received"].dt.strftime("%Y-%m") == month).sum() >= 5
    answered = steps[steps["responded"].notna()]
    assert 0.6 < (answered["responded"] <= answered["due"]).mean() < 0.95
    assert (steps["left"].notna() & steps["responded"].isna()).sum() >= 5
    assert steps["left"].isna().sum() >= 5


def test_received_in_each_month_at_each_stage(desk: Desk, steps: pd.DataFrame) -> None:
    told = {place: figure.count for place, figure in counts(desk, "received_at_stage").items()}
    assert told == monthly(steps, "received")


def test_responses_sent_in_each_month_at_each_stage(desk: Desk, steps: pd.DataFrame) -> None:
    told = {place: figure.count for place, figure in counts(desk, "responses_sent").items()}
    assert told == monthly(steps, "responded")


def test_responses_in_time_in_each_month_at_each_stage(desk: Desk, steps: pd.DataFrame) -> None:
    in_time = steps[steps["responded"] <= steps["due"]]
    told = counts(desk, "responded_in_time")
    assert {p: f.count or 0 for p, f in told.items()} == monthly(in_time, "responded")
    assert {p: f.base or 0 for p, f in told.items()} == monthly(steps, "responded")


def test_upheld_in_each_month_at_each_stage(desk: Desk, steps: pd.DataFrame) -> None:
    answered = steps[steps["responded"].notna()]
    told = counts(desk, "upheld")
    decided = answered[answered["outcome"].notna()]
    upheld = answered[answered["outcome"] == "upheld"]
    assert {p: f.count or 0 for p, f in told.items()} == monthly(upheld, "responded")
    assert {p: f.base or 0 for p, f in told.items()} == monthly(decided, "responded")


def test_outstanding_at_the_end_of_each_month_at_each_stage(
    desk: Desk, steps: pd.DataFrame
) -> None:
    told, mine = {}, {}
    for month in MONTHS[1:]:
        opens = pd.Timestamp(f"{month}-01")
        for stage in STAGES:
            figure = desk.measures.figure("brought_forward", Period.parse(month), stage=str(stage))
            told[month, stage] = figure.count
            at = steps[(steps["stage"] == stage) & (steps["received"] < opens)]
            mine[month, stage] = int((at["left"].isna() | (at["left"] >= opens)).sum())
    assert told == mine
    open_now = desk.measures.figure("open_steps").count
    last = pd.Timestamp("2024-06-01")
    begun = steps[steps["received"] < last]
    assert open_now == (begun["left"].isna() | (begun["left"] >= last)).sum()
