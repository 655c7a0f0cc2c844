"""Flags: how the kinds of row a KPI counts include and complete each other, fact by fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ALL = ""
"""The flag of every row."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A kind of row that is made up of others; ``partly`` where there may be more besides."""

    whole: str
    parts: tuple[str, ...]
    partly: bool = False


_ANSWERED = ("decided", "responded")
IMPLIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "steps": {
        "decided": ("responded",),
        **dict.fromkeys(("upheld", "partially_upheld", "not_upheld"), _ANSWERED),
        "upheld_or_partially": _ANSWERED,
        **dict.fromkeys(("outcome_missing", "late", "vendor_says"), ("responded",)),
        "in_time": ("within_extension", "within_longest", "responded"),
        **dict.fromkeys(("within_extension", "within_longest"), ("responded",)),
        "vendor_disagrees": ("vendor_says", "responded"),
        "acknowledged_in_time": ("acknowledgement_due",),
    },
    "decisions": {"recommended": ("upheld",), "satisfactory_before": ("upheld",)},
    "contacts": {},
}
"""Flags that hold wherever the flag holds, so that they need not be named beside it."""

ALWAYS: Mapping[str, str] = {"responded": "responded", "taken_outside": "taken_outside"}
"""The flag that holds for every row a clock puts in a period."""

SUMS: Mapping[str, tuple[Sum, ...]] = {
    "steps": (
        Sum("decided", ("upheld", "partially_upheld", "not_upheld")),
        Sum("upheld_or_partially", ("upheld", "partially_upheld")),
        Sum("decided", ("upheld_or_partially", "not_upheld")),
        Sum("responded", ("decided", "outcome_missing")),
        Sum("responded", ("in_time", "late"), partly=True),
        Sum("responded", ("within_extension",), partly=True),
        Sum("responded", ("within_longest",), partly=True),
        Sum("within_extension", ("in_time",), partly=True),
        Sum("within_longest", ("in_time", "in_longer_time")),
        Sum("late", ("in_longer_time", "later")),
        Sum(ALL, ("responded", "withdrawn", "refused", "open")),
        Sum(ALL, ("responded", "not_answered"), partly=True),
    ),
    "contacts": (
        Sum(ALL, ("became_complaint", "refused", "not_pursued", "undecided")),
        Sum("refused_or_withdrawn", ("refused", "withdrawn")),
        Sum("not_pursued", ("withdrawn", "resolved_early"), partly=True),
        Sum("not_complaint", ("refused", "not_pursued")),
    ),
    "decisions": (
        Sum(ALL, ("investigated",), partly=True),
        Sum("investigated", ("investigated+upheld", "not_upheld"), partly=True),
        Sum("investigated", ("investigated+not_upheld",), partly=True),
        Sum("upheld", ("recommended", "satisfactory_before"), partly=True),
    ),
    "outstanding": (Sum(ALL, ("overdue", "due_next_five_days"), partly=True),),
}
"""What every reader knows to add up."""

CAME, WENT = ("reopened",), ("closed", "withdrawn")
"""Movements: open at the beginning, received and what came are what went and open at the end."""

STAGES = {"at_stage_one": "1", "at_stage_two": "2", "at_stage_three": "3"}
"""Flags that are a slice by stage under another name."""

DIMENSIONS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "steps": {
        "result": {
            **{name: name for name in ("upheld", "partially_upheld", "not_upheld")},
            "no_outcome": "outcome_missing",
            **{name: name for name in ("withdrawn", "refused", "open")},
        },
        "band": {
            "within_limit": "in_time",
            "within_longest": "in_longer_time",
            "later": "later",
            "not_answered": "not_answered",
        },
    },
    "contacts": {
        "disposition": {
            name: name for name in ("became_complaint", "refused", "withdrawn", "resolved_early")
        }
    },
}
"""Values of a dimension that are a flag under another name, by fact and dimension."""


def shortest(fact: str, clock: str, flags: Iterable[str]) -> tuple[str, ...]:
    """The fewest flags that say the same: *decided and upheld* is *upheld*."""
    named = set(flags) - {"all", ALL}
    said = {other for flag in named for other in IMPLIES.get(fact, {}).get(flag, ())}
    return tuple(sorted(named - said - {ALWAYS.get(clock)}))
