"""Why: the reasons a figure may be another one in the next version, each in a reader's words."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """What became of the cases behind a figure, or of the way they are counted."""

    LOGGED_LATE = "logged late"
    """It had happened, and the extract of then did not know it."""
    REOPENED = "reopened"
    RECODED = "recoded"
    DATES = "dates corrected"
    AMOUNT = "amount corrected"
    REMOVED = "removed"
    SINCE = "happened since"
    """It had not happened yet when the version before was known."""
    DEFINITION = "definition changed"
    GIVEN = "given otherwise"
    """A number that is declared or published, and not counted."""
    WITHHELD_NOW = "withheld now"
    WITHHELD_THEN = "withheld then"
    FEW = "not told, as it is of few people"
    PURGED = "not known: the earlier cases were purged"
    UNKNOWN = "not known"
