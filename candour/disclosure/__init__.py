"""Disclosure: small numbers are withheld, and nobody can work out what was."""

from candour.disclosure.auditing import Recovered, audit
from candour.disclosure.choosing import withheld
from candour.disclosure.earlier import printed_before
from candour.disclosure.sensitive import is_protected
from candour.disclosure.structure import Structure, structure_of

__all__ = [
    "Recovered",
    "Structure",
    "audit",
    "is_protected",
    "printed_before",
    "structure_of",
    "withheld",
]
