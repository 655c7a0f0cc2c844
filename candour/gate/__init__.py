"""The gate: before a draft is offered to anyone, everything that must hold of it is examined."""

from candour.gate.answers import Answered, Standing, contents_listing, contents_of
from candour.gate.contents import Contents, chosen, read_contents
from candour.gate.draft import Draft, Policy
from candour.gate.examine import examine
from candour.gate.finding import Finding, Kind, blocking, gravest_first
from candour.gate.identities import identities, numerators
from candour.gate.returned import check_returned, displays_in
from candour.gate.small import policy_of, recovered
from candour.gate.tables import broken_tables
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
    "broken_tables",
    "check_returned",
    "chosen",
    "contents_listing",
    "contents_of",
    "displays_in",
    "examine",
    "gravest_first",
    "identities",
    "numerators",
    "policy_of",
    "read_contents",
    "recovered",
    "told",
]
