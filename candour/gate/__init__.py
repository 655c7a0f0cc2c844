"""The gate: before a draft is offered to anyone, everything that must hold of it is examined."""

from candour.gate.contents import (
    Answered,
    Contents,
    Standing,
    chosen,
    contents_listing,
    contents_of,
    read_contents,
)
from candour.gate.draft import Draft, Policy
from candour.gate.examine import examine
from candour.gate.finding import Finding, Kind, blocking, gravest_first
from candour.gate.telling import told

__all__ = [
    "Answered",
    "Contents",
    "Draft",
    "Finding",
    "Kind",
    "Policy",
    "Standing",
    "blocking",
    "chosen",
    "contents_listing",
    "contents_of",
    "examine",
    "gravest_first",
    "read_contents",
    "told",
]
