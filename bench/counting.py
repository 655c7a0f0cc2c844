"""Counting alone: all KPIs by all their breakdowns, beside pandas' own group-bys of the same."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from candour.counts import count, wanted_dimensions
from candour.kpi import Fact, Kpi
from tasks import declared
from tasks.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

IMPORTS = ("pyarrow",)
CLOCKS = {"received": "received_on", "responded": "responded_on", "due": "due_on",
          "acknowledgement_due": "acknowledge_by_on"}  # fmt: skip


def main(folder: str) -> None:
    """Count the facts of a pack both ways and leave the seconds beside them."""
    place = next(Path(f"{folder}/var/facts/northmere_large").iterdir())
    steps = pd.read_parquet(place / "steps.parquet")
    kpis = [k for k in declared.kpis(settings()).by_id.values() if k.of is Fact.STEPS]
    ours = _seconds(lambda: count({Fact.STEPS: steps}, kpis, []))
    theirs = _seconds(lambda: _group_bys(steps, kpis))
    tables = sum(len(wanted_dimensions(kpi)) for kpi in kpis)
    answer = {"tables": tables, "candour": ours, "pandas": theirs}
    Path(f"{folder}/counting.json").write_text(json.dumps(answer))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _group_bys(steps: pd.DataFrame, kpis: list[Kpi]) -> list[object]:
    """A group-by a KPI and breakdown, as one would write them, medians and percentiles included."""
    tables: list[object] = []
    months = {c: steps[day].dt.to_period("M") for c, day in CLOCKS.items()}
    for kpi in kpis:
        for dimensions in wanted_dimensions(kpi):
            rows = steps[steps[kpi.population]]
            keys = [months[kpi.clock].loc[rows.index], *(rows[name] for name in dimensions)]
            if kpi.measure is not None:
                grouped = rows[kpi.measure].astype("float64").groupby(keys, observed=True)
                tables.append(grouped.agg(["count", "mean", "median", "max"]))
                tables.append(grouped.quantile(0.9))
            else:
                flags = [f for f in (kpi.count, kpi.out_of, kpi.undecided) if f]
                tables.append(rows[flags].groupby(keys, observed=True).sum())
    return tables
