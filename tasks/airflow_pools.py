"""Pools and priority: many councils share one machine, and what people wait for goes first."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from airflow.listeners import hookimpl
from airflow.task.priority_strategy import PriorityWeightStrategy

from candour.errors import CandourError, ConfigurationError
from tasks.airflow_standing import HEAVY, SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from airflow.models.taskinstance import TaskInstance

SLOTS = {HEAVY: ("CANDOUR_HEAVY_SLOTS", 3), SOURCES: ("CANDOUR_SOURCES_SLOTS", 2)}
"""The variable that sizes a pool, and its size on one machine, where four tasks run at once."""
DESCRIPTIONS = {
    HEAVY: "Steps that hold a council's cases in memory: extract, validate, compute_kpis, build",
    SOURCES: "Looks at inboxes, which may answer slowly",
}
BACKFILL = "backfill__"
"""What Airflow calls the runs of a backfill by, whatever follows."""
BEFORE_BACKFILL = 1_000
"""What a run has that is not of a backfill: more than any step's own weight adds up to."""


class WhatPeopleWaitFor(PriorityWeightStrategy):
    """Begun runs end before others begin, and no backfill comes before a run of the day."""

    def get_weight(self, ti: TaskInstance) -> int:
        """The weight of a task: its own and those before it, and more unless it is a backfill's."""
        before = ti.task.get_flat_relative_ids(upstream=True)
        steps = ti.task.get_dag().task_dict
        weight = ti.task.priority_weight + sum(steps[step].priority_weight for step in before)
        return int(weight) + (0 if ti.run_id.startswith(BACKFILL) else BEFORE_BACKFILL)


def make_pools(environment: Mapping[str, str] | None = None) -> dict[str, int]:
    """Make the pools there are not yet, and size those whose variable is set; gives their slots.

    A pool that somebody resized on Airflow's pages keeps its size unless the variable says another.

    Raises:
        ConfigurationError: a variable holds no number of slots.
    """
    from airflow.models.pool import Pool  # noqa: PLC0415  - every task loads the plug-in, and this

    given = os.environ if environment is None else environment
    sizes = {}
    for name, (variable, otherwise) in SLOTS.items():
        there = Pool.get_pool(name)
        slots = _slots(given, variable)
        if there is None or slots is not None:
            Pool.create_or_update_pool(name, slots or otherwise, DESCRIPTIONS[name], False)
        sizes[name] = slots or (otherwise if there is None else there.slots)
    return sizes


@hookimpl
def on_starting(component: object) -> None:
    """Make the pools when a scheduler starts: in a pool that is not there, a task waits for ever.

    Airflow does not say yet which of its components starts; those that are a job may all do it.
    """
    if type(component).__name__ == "Job":
        try:
            make_pools()
        except CandourError:
            raise
        except Exception:  # where two components made the same pool at once, one is refused
            make_pools()


def main() -> int:
    """Make the pools; gives the process's exit code."""
    try:
        sizes = make_pools()
    except CandourError as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201
        return 2
    for name, slots in sizes.items():
        print(f"{name}: {slots} slots")  # noqa: T201
    return 0


def _slots(given: Mapping[str, str], variable: str) -> int | None:
    written = given.get(variable, "")
    if not written:
        return None
    if not written.isdecimal() or int(written) < 1:
        raise ConfigurationError(
            f"{variable} is '{written}'. Set it to how many such tasks may run at once, such as 4."
        )
    return int(written)


if __name__ == "__main__":
    sys.exit(main())
