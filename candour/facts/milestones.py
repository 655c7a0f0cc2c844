"""Milestones: what comes next at a later stage, and by which day the procedure wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from candour.clock import Start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.clock import Calendar
    from candour.procedure import Procedure, Stage

STATEMENT = "Statement to be agreed"
ANSWER = "Answer due"
LONGEST = "Answer due at the latest"
FIRST_LATER = 2
"""The stage from which steps have milestones: stage one has its due day and nothing else."""


def next_milestones(
    steps: pd.DataFrame, calendar: Calendar, procedures: Mapping[str, Procedure]
) -> pd.DataFrame:
    """The next milestone of each step at a later stage, and its day where there is one.

    A milestone is next until its day has passed on the morning ``on``, the last one for good:
    exports do not say which were reached. Columns ``milestone`` and ``milestone_on``; steps at
    stage one have no row.
    """
    nothing = pd.DataFrame({"milestone": [], "milestone_on": []}).astype(
        {"milestone": "string", "milestone_on": "datetime64[s]"}
    )
    later = steps[steps["stage_number"] >= FIRST_LATER]
    parts = [nothing]
    for procedure_id, procedure in procedures.items():
        of_procedure = later[later["procedure"] == procedure_id]
        for number, stage in procedure.stages.items():
            rows = of_procedure[of_procedure["stage_number"] == number]
            if len(rows):
                parts.append(_next(_days(stage, rows, calendar), rows, stage))
    return pd.concat(parts)


def _days(stage: Stage, rows: pd.DataFrame, calendar: Calendar) -> list[tuple[str, pd.Series]]:
    """Every milestone of a stage with its day for each row, the first first."""
    if not stage.milestones:
        return [(ANSWER, rows["final_due_on"]), (LONGEST, rows["longest_due_on"])]
    day = rows["started_on"]
    days = []
    for milestone in stage.milestones:
        day = calendar.add_working_days(day, milestone.within)
        days.append((milestone.name, day))
    return days


def _next(days: list[tuple[str, pd.Series]], rows: pd.DataFrame, stage: Stage) -> pd.DataFrame:
    """The first of the milestones whose day has not passed, or the last one."""
    today = rows["on"]
    last_name, last_day = days[-1]
    if last_name == LONGEST:
        # Past both days it is the day that was agreed that was missed.
        last_name, last_day = days[0]
    name = pd.Series(last_name, index=rows.index, dtype="string")
    on = last_day
    for label, day in reversed(days):
        name = name.mask(day >= today, label)
        on = on.mask(day >= today, day)
    unstarted = STATEMENT if stage.clock is Start.AGREED_STATEMENT else pd.NA
    return pd.DataFrame({"milestone": name.mask(on.isna(), unstarted), "milestone_on": on})
