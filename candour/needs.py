"""Needs: which columns of the exports a KPI cannot do without, and why one cannot be computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.frames import SCHEMAS
from candour.kpi import Fact

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from candour.exports import Export
    from candour.kpi import Kpi, Kpis
    from candour.procedure import Procedure

Need = tuple[str, ...]
"""Columns of which one is enough."""

FRAMES = {fact: fact.value for fact in Fact} | {Fact.MOVEMENTS: "steps", Fact.OUTSTANDING: "steps"}
"""The conformed frame each fact table is made of."""

_GIVEN = (
    "received", "decided", "not_for_us", "assessed_and_closed", "upheld", "not_upheld",
    "satisfactory_remedies", "compliance_outcomes", "complied", "public_reports", "residents",
)  # fmt: skip
"""The numbers of the Ombudsman's yearly tables, each read as it stands."""
_RESPONDED: Need = ("responded_on",)
_ANSWERED_OR_CLOSED: Need = ("responded_on", "closed_on")
_WITHDRAWN_OR_CLOSED: Need = ("withdrawn_on", "closed_on")

BY_FACT: Mapping[Fact, tuple[Need, ...]] = {Fact.OUTSTANDING: (_ANSWERED_OR_CLOSED,)}
"""What every row of a fact table needs: where nothing ever ends, all is open for ever."""

BY_CLOCK: Mapping[str, tuple[Need, ...]] = {
    "responded": (_RESPONDED,),
    "left": (("responded_on", "withdrawn_on", "closed_on"),),
    "decided": (("decided_on",),),
    "taken_outside": (("taken_outside_on",),),
}
"""What it takes to put a row in a period, by the name a KPI's ``clock`` gives it."""

BY_FLAG: Mapping[Fact, Mapping[str, tuple[Need, ...]]] = {
    Fact.STEPS: {
        "acknowledged_in_time": (("acknowledged_on",),),
        **dict.fromkeys(("responded", "in_time", "late"), (_RESPONDED,)),
        **dict.fromkeys(("days_taken", "days_over", "awaiting_due_day"), (_RESPONDED,)),
        "extended": (("extended_to_on",),),
        "within_longest": (_RESPONDED,),
        "taken_outside": (("taken_outside_on",),),
        **dict.fromkeys(
            ("within_extension", "awaiting_extended_day"), (_RESPONDED, ("extended_to_on",))
        ),
        **dict.fromkeys(
            ("decided", "upheld", "partially_upheld", "not_upheld", "upheld_or_partially",
             "outcome_missing"),
            (_RESPONDED, ("outcome",)),
        ),
        "withdrawn": (_RESPONDED, _WITHDRAWN_OR_CLOSED),
        "refused": (_WITHDRAWN_OR_CLOSED, ("disposition",)),
        **dict.fromkeys(("with_redress", "redress_pence"), (("redress_pence",),)),
        **dict.fromkeys(("vendor_says", "vendor_disagrees"), (_RESPONDED, ("vendor_in_time",))),
    },
    Fact.MOVEMENTS: {
        "reopened": (("reopened_on",),),
        "closed": (_RESPONDED,),
        "withdrawn": (_RESPONDED, _WITHDRAWN_OR_CLOSED),
    },
    Fact.OUTSTANDING: {
        **dict.fromkeys(("unacknowledged", "acknowledgement_overdue"), (("acknowledged_on",),)),
        **dict.fromkeys(("extended", "extension_lapses_soon"), (("extended_to_on",),)),
    },
    Fact.CONTACTS: dict.fromkeys(
        ("became_complaint", "refused", "withdrawn", "resolved_early", "refused_or_withdrawn",
         "undecided", "not_pursued", "not_complaint"),
        (("disposition",),),
    ),
    Fact.COMPLIMENTS: {"quoted": (("quotation",), ("publishable",))},
    Fact.DECISIONS: {
        "investigated": (("investigated",),),
        "upheld": (("decision",),),
        "not_upheld": (("decision",), ("investigated",)),
        **dict.fromkeys(("recommended", "satisfactory_before"), (("decision",), ("remedy",))),
        **dict.fromkeys(("compliance_due", "complied"), (("compliance",),)),
    },
    Fact.LEARNING: {
        "done": (("done_on",),),
        "overdue": (("due_on",), ("done_on",)),
        "published": (("you_said",), ("we_did",), ("publishable",)),
    },
    Fact.STATISTICS: {
        **{number: ((number,),) for number in _GIVEN},
        "investigated": (("upheld",), ("not_upheld",)),
        "dealt_with": (("not_for_us",), ("assessed_and_closed",), ("upheld",), ("not_upheld",)),
    },
}  # fmt: skip
"""What each flag or measure is worked out from, beside what every row must have.

What left is withdrawn unless it was answered, so that nothing is withdrawn or closed for certain
where answers are not told."""


@dataclass(frozen=True, slots=True)
class Supply:
    """What a council's exports offer: the columns mapped, and those some row has a value in."""

    mapped: Mapping[str, frozenset[str]]
    """By frame; a frame no export fills is not there."""
    filled: Mapping[str, frozenset[str]]
    """By frame; a frame nothing was loaded into is not there."""


def mapped_columns(exports: Mapping[str, Export]) -> dict[str, frozenset[str]]:
    """The columns of each frame that the exports fill, under the newest form of each mapping."""
    mapped: dict[str, frozenset[str]] = {}
    for export in exports.values():
        newest = max((change.from_ for change in export.changed), default=None)
        mapping = export if newest is None else export.mapping_on(newest)
        columns = {column for _, column, _ in mapping.sources()}
        if mapping.events is not None:
            columns |= {s.sets for settings in mapping.events.labels.values() for s in settings}
        mapped[mapping.fills] = mapped.get(mapping.fills, frozenset()) | columns
    return mapped


def history_of(exports: Mapping[str, Export], begins: dt.date) -> dict[Fact, dt.date]:
    """The first day each fact is told of: the earliest its exports cover, or the council's own."""
    found = {}
    for fact, frame in FRAMES.items():
        covers = [e.covers_from or begins for e in exports.values() if e.fills == frame]
        found[fact] = min(covers, default=begins)
    return found


def supply_of(exports: Mapping[str, Export], frames: Mapping[str, pd.DataFrame]) -> Supply:
    """What the exports offer, and what has come."""
    filled = {
        name: frozenset(str(column) for column in frame if frame[column].notna().any())
        for name, frame in frames.items()
        if len(frame)
    }
    return Supply(mapped_columns(exports), filled)


def needs_of(kpi: Kpi) -> tuple[Need, ...]:
    """What a KPI needs, each once."""
    flags = BY_FLAG.get(kpi.of, {})
    named = (kpi.population, kpi.count, kpi.out_of, kpi.undecided, kpi.measure)
    needs = [*BY_FACT.get(kpi.of, ()), *BY_CLOCK.get(kpi.clock, ())]
    needs += [need for flag in named if flag is not None for need in flags.get(flag, ())]
    return tuple(dict.fromkeys(needs))


def untold(kpis: Kpis, mapped: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The KPIs that the exports cannot tell: a frame nothing fills, or a column nobody mapped.

    Their figures are *not recorded*, for a column that is not there says nothing of the cases.
    """
    return frozenset(
        kpi_id
        for kpi_id, kpi in kpis.by_id.items()
        if (columns := mapped.get(FRAMES[kpi.of])) is None
        or any(not columns & {*need} for need in needs_of(kpi))
    )


def why_not(kpi: Kpi, supply: Supply, procedures: Mapping[str, Procedure]) -> str | None:
    """Why a KPI cannot be computed, or nothing when it can."""
    frame = FRAMES[kpi.of]
    if frame not in supply.mapped:
        return f"No export fills {frame}."
    if frame not in supply.filled:
        return f"No row of {frame} was loaded."
    stages = [stage for procedure in procedures.values() for stage in procedure.stages.values()]
    limited = any(stage.acknowledge_within for stage in stages)
    if kpi.clock == "acknowledgement_due" and not limited:
        return "No stage of procedures.yaml says 'acknowledge_within'."
    for need in needs_of(kpi):
        if not supply.mapped[frame] & {*need}:
            return f"exports.yaml maps nothing to {_meant(frame, need)}."
        if not supply.filled[frame] & {*need}:
            return f"No row has {_meant(frame, need)}."
    return None


def _meant(frame: str, need: Need) -> str:
    return " or ".join(f"{name} ({SCHEMAS[frame].column(name).meaning})" for name in need)
