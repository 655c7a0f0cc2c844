"""Cover: what stands on a release beside its figures, because of how it came to be released."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from candour.table import Listing

RESTATED = "restatement.csv"
"""What a correction changed as data, beside its files."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a correction changed, and which findings somebody accepted; nothing on most releases."""

    restated: Listing | None = None
    """Each figure that differs from the version before: what it was, what it is, and why."""
    exceptions: tuple[str, ...] = ()
    """Each finding that was accepted, by whom and why."""
