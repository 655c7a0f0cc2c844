"""Vocabularies: the closed lists the codes of a frame come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from candour.taxonomy import Taxonomy

CLOSED = {
    "outcome": ("upheld", "partially_upheld", "not_upheld"),
    "decision": (
        "upheld",
        "not_upheld",
        "closed_after_enquiries",
        "premature",
        "incomplete_or_invalid",
        "advice_given",
    ),
    "remedy": ("satisfactory_before", "recommended", "none"),
    "compliance": ("satisfied", "late", "not_satisfied"),
}
"""Ids that are the same in every council; the Ombudsman's decisions are its own six."""

PARENTS = {"service": "directorate", "team": "service", "subcategory": "category"}
"""What the column of a part belongs to, which settles a label that two parts share."""

STAGES = ("1", "2", "3")
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which ids a column of a frame may hold in this council."""

    taxonomy: Taxonomy
    procedures: frozenset[str]

    def ids(self, frame: str, column: str) -> tuple[str, ...]:
        """The ids the column may hold; none for a column that is no code."""
        if column == "procedure":
            return tuple(sorted(self.procedures))
        if column in CLOSED:
            return CLOSED[column]
        return self.taxonomy.ids(dimension(frame, column))

    def has_names(self, frame: str, column: str) -> bool:
        """Whether labels can be looked up by the council's own names for the ids."""
        return bool(self.taxonomy.ids(dimension(frame, column)))


def dimension(frame: str, column: str) -> str:
    """The dimension of the taxonomy that a column's labels are looked up in."""
    of_ombudsman = frame in {"decisions", "improvements"} and column in {"category", "subcategory"}
    return f"ombudsman_{column}" if of_ombudsman else column
