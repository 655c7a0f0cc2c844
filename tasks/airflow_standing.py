"""Standing: which pool a step waits in, and what a flow's steps weigh beside those of others."""

from __future__ import annotations

HEAVY = "candour_heavy"
SOURCES = "candour_sources"
WEIGHTS = {"intake": 40, "weekly_bulletin": 30, "monthly_pack": 20}
"""A bulletin is read on the morning it is of; a pack can wait an hour, an annual report a day."""
OTHERWISE = 10
STRATEGY = "tasks.airflow_pools.WhatPeopleWaitFor"


def standing(flow: str) -> dict[str, object]:
    """The default arguments that give a flow's steps their weight."""
    return {"priority_weight": WEIGHTS.get(flow, OTHERWISE), "weight_rule": STRATEGY}
