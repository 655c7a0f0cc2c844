"""Skeletons: the files of a council's folder that no export can tell, for a manager to fill in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

COUNCIL = """\
# Drafted from the exports. Read every line and put the council's own; what follows a # is for you.
name: {name}
kind: live                    # live, fictional or reproduction: what every page says of its cases
inbox: {inbox}
history_from: {history_from}      # the first day the exports cover; before it nothing is recorded
reporting_year_starts: April  # January, April, July or September
closures: []                  # days closed beside bank holidays: [{{on: 2024-12-27, why: …}}]
complaints_team: {{name: Complaints team, email: complaints@example.invalid}}
reports:                      # which reports are wanted, and the audience of each
  monthly_pack: {{audience: managers}}
  annual_report: {{audience: managers, form: annual_public}}  # or annual_committee, …
  # weekly_bulletin: {{audience: managers}}   needs a manager for each service, and people.yaml
"""

EXPORTS = """\
# How the files are read. On the left our name of a column, on the right the heading in the file.
#   personal  about a person: never read, goes no further
#   ignored   not needed
# One procedure or outcome spelt in several ways? Put all its labels under one id.
# What only a person knows is asked above each export.
"""

SERVICES = """\
# What the exports speak of. Two spellings of one thing? Keep one entry, and write the other
# spelling there: also: [Repairs]. manager is the id of a person of people.yaml, who gets the
# weekly bulletin of the service.
"""

PROCEDURES = """\
# One entry a procedure. The limits below are only proposed: put the council's own.
# Limits are in working days. clock says what starts them:
#   day_after_receipt  the day after receipt is day one
#   day_of_receipt     the day of receipt is day one, or the next working day
#   rolled_receipt     receipt on a day that does not count moves to the next working day
#   acknowledgement    the day after the acknowledgement is day one
#   logging            the day after it was put on the system is day one
#   agreed_statement   the day after the written statement was agreed is day one
# extend_to is the longest time an extension may give; basis is the policy or law that says so.
"""

_PROCEDURE = """\
{id}:
  name: {name}
  short_name: {name}
  basis: To be filled in
  stages:
"""

TARGETS = """\
# What the council wants to reach, one line a target. at_least or at_most is the target; near says
# how many points short still counts as near. Take away the [] and the # to set the first.
# - {kpi: responded_in_time, where: {stage: "1"}, at_least: 85, near: 5, source: Corporate plan}
[]
"""

AUDIENCES = """\
# Who reads a release. sees is cases (references, officers), own_cases (each reader a list of the
# cases they answer for) or counts (numbers only).
managers: {name: Managers, sees: own_cases, marking: Official-Sensitive}
public: {name: The public, sees: counts}
"""

_LIMITS = {1: (10, 20), 2: (20, 40), 3: (30, None)}
"""Working days to respond and the longest extension, proposed by stage."""

_STAGES = {1: "Stage one", 2: "Stage two", 3: "Stage three"}


@dataclass(frozen=True, slots=True)
class DraftedProcedure:
    """A procedure the exports name."""

    id: str
    name: str
    stages: Sequence[int]
    acknowledged: bool
    """Whether the exports tell when it was acknowledged."""


def council_text(name: str, inbox: str, history_from: dt.date) -> str:
    """``council.yaml``."""
    return COUNCIL.format(name=_quoted(name), inbox=_quoted(inbox), history_from=history_from)


def procedures_text(procedures: Sequence[DraftedProcedure]) -> str:
    """``procedures.yaml``."""
    parts = [PROCEDURES]
    for procedure in procedures:
        parts.append(_PROCEDURE.format(id=procedure.id, name=_quoted(procedure.name)))
        parts += [_stage(number, procedure) for number in procedure.stages]
    return "".join(parts)


def _stage(number: int, procedure: DraftedProcedure) -> str:
    respond, extend = _LIMITS[number]
    entries = [f"name: {_STAGES[number]}", "clock: day_after_receipt"]
    entries += ["acknowledge_within: 5"] if procedure.acknowledged else []
    entries += [f"respond_within: {respond}"]
    entries += [] if extend is None else [f"extend_to: {extend}"]
    return f"    {number}: {{{', '.join(entries)}}}\n"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
