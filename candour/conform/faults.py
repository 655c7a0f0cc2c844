"""Faults: why a row is held back, and what an officer does about it; one table for all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


class Fault(StrEnum):
    """The codes of the quarantine."""

    TORN = "Q01"
    MISSING = "Q02"
    UNREADABLE = "Q03"
    FUTURE = "Q04"
    OUT_OF_RANGE = "Q05"
    UNKNOWN_LABEL = "Q06"
    SUPERSEDED = "Q07"
    NO_STAGE = "Q08"
    STAGE_WITHOUT_START = "Q09"
    UNKNOWN_EVENT = "Q10"
    SAME_CASE = "Q11"


@dataclass(frozen=True, slots=True)
class Wording:
    """What to say of a fault; ``{column}``, ``{found}`` and ``{expected}`` stand in it."""

    reason: str
    advice: str


WORDING = {
    Fault.TORN: Wording(
        "The row cannot be read as a record: {found}.",
        "Look at this row in the landed file; a line break or a separator inside a field is the "
        "usual cause. Export the file again.",
    ),
    Fault.MISSING: Wording(
        "“{column}” is blank.",
        "Fill it in the source system; the row is loaded from the next export on.",
    ),
    Fault.UNREADABLE: Wording(
        "“{column}” says “{found}”; expected {expected}.",
        "Correct it in the source system. If this is how the system writes it, say so in "
        "exports.yaml under 'dates', 'blanks' or 'values'.",
    ),
    Fault.FUTURE: Wording(
        "“{column}” says “{found}”, a day in the future when the file was extracted.",
        "Correct the day in the source system.",
    ),
    Fault.OUT_OF_RANGE: Wording(
        "“{column}” says “{found}”; expected {expected}.",
        "Correct the day in the source system. If it stands for no day, add it to 'blanks' in "
        "exports.yaml.",
    ),
    Fault.UNKNOWN_LABEL: Wording(
        "“{column}” says “{found}”, which means nothing in this council's lists.",
        "Add the label under 'values' in exports.yaml, or under 'also' in services.yaml.",
    ),
    Fault.SUPERSEDED: Wording(
        "The same reference appears again further down with other values ({found}).",
        "The last row counts. Find out in the source system why it is exported twice.",
    ),
    Fault.NO_STAGE: Wording(
        "No stage has a day it was received: {expected} are blank.",
        "Fill the day in the source system; the row is loaded from the next export on.",
    ),
    Fault.STAGE_WITHOUT_START: Wording(
        "“{column}” says “{found}”, but the stage has no day it was received.",
        "Fill the day the stage was received in the source system.",
    ),
    Fault.UNKNOWN_EVENT: Wording(
        "“{column}” says “{found}”, an event that exports.yaml does not know.",
        "Say under 'events' in exports.yaml what it sets, or that it is ignored.",
    ),
    Fault.SAME_CASE: Wording(
        "Another row of the same case cannot be read, and a case is loaded whole or not at all.",
        "Correct the other row of this case.",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows with one fault in one column."""

    fault: Fault
    rows: np.ndarray
    """Positions in the raw table's cells."""
    column: str = ""
    """The header an officer knows it by."""
    found: np.ndarray | None = None
    """What each row says there; nothing when there is nothing to show."""
    expected: str = ""
