"""Stories: what happened to a case, stage by stage, and which row of which file says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError
from candour.labels import normalised
from candour.period import day_in_words
from tasks import declared
from tasks.cli.known import last_intake
from tasks.cli.telling.sentences import sentences
from tasks.cli.telling.step import Step, steps_on
from tasks.compute_kpis import dimensions_of
from tasks.history import combined

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from candour.clock import Calendar
    from candour.council import Council
    from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class StageStory:
    """A case at one stage."""

    stage: int
    name: str
    received_on: dt.date
    due_on: dt.date | None
    final_due_on: dt.date | None
    """The last day that counts as within an agreed extension."""
    responded_on: dt.date | None
    sentences: tuple[str, ...]
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Story:
    """A case as it stood on a day."""

    council: str
    case: str
    as_of: dt.date
    heading: str
    stages: tuple[StageStory, ...]
    remarks: tuple[str, ...]


def tell_case(settings: Settings, council_id: str, case: str, as_of: dt.date | None) -> Story:
    """The story of a case from the last good intake.

    Args:
        settings: where things are.
        council_id: whose case.
        case: its reference; capitals and stray blanks make no difference.
        as_of: the day it is told of; by default that of the newest extract.

    Raises:
        ConfigurationError: there is no such case, or it was received after that day.
        CandourError: nothing good has been taken in yet.
    """
    council = declared.council(settings, council_id)
    intake = last_intake(settings, council_id)
    known_on = dt.date.fromisoformat(intake.known_on)
    day = min(as_of or known_on, known_on)
    frames = combined(settings, intake, known_on)
    rows = _rows(frames.frames["steps"], case)
    reference = str(rows["case_ref"].iloc[0])
    calendar = declared.calendar(settings, council)
    steps = [*steps_on(rows, council.procedures, calendar, dimensions_of(council), day)]
    if not steps:
        raise ConfigurationError(
            f"{reference} had not been received by {day_in_words(day)}; ask for a later day."
        )
    files = {snapshot.sha256: snapshot.name for snapshot in intake.snapshots}
    seen = {gone: seen_on for gone, seen_on in frames.vanished if gone == reference}
    return Story(
        council=council_id,
        case=reference,
        as_of=day,
        heading=_heading(council, reference, steps[-1], day),
        stages=tuple(_stage_story(step, council, calendar, day, files) for step in steps),
        remarks=tuple(
            f"It is missing from the newest full extract; it was last seen on {day_in_words(on)}."
            for on in seen.values()
        ),
    )


def _rows(steps: pd.DataFrame, case: str) -> pd.DataFrame:
    """The rows of a case, found as it is written or, failing that, as labels compare."""
    found = steps[steps["case_ref"] == case]
    if found.empty:
        found = steps[steps["case_ref"].map(normalised) == normalised(case)]
    if found.empty:
        first = "" if steps.empty else f", such as {steps['case_ref'].iloc[0]}"
        raise ConfigurationError(
            f"There is no case '{case}' in what was taken in. Write the reference as the "
            f"complaints system does{first}."
        )
    return found


def _heading(council: Council, reference: str, step: Step, day: dt.date) -> str:
    service = step.service and council.taxonomy.name("service", step.service)
    about = ", ".join(part for part in (council.procedures[step.procedure].name, service) if part)
    return f"{reference}: {about}. As it stood on {day_in_words(day)}."


def _stage_story(
    step: Step, council: Council, calendar: Calendar, day: dt.date, files: Mapping[str, str]
) -> StageStory:
    stage = council.procedures[step.procedure].stages.get(step.stage)
    file = files[step.snapshot]
    return StageStory(
        stage=step.stage,
        name=council.stage_name(step.stage) if stage is None else stage.name,
        received_on=step.received_on,
        due_on=step.due_on,
        final_due_on=step.final_due_on,
        responded_on=step.responded_on,
        sentences=(
            *sentences(step, stage, calendar, day),
            f"Read from {file}, row {step.row_number}.",
        ),
        file=file,
        row=step.row_number,
    )
