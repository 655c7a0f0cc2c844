"""Run state: what has landed, been approved, released and sent; one database."""

from tasks.state.announcements import Announcements
from tasks.state.decisions import Decision, Decisions, Exempted, Place
from tasks.state.letters import Entry, LetterState, Queued
from tasks.state.outbox import Outbox
from tasks.state.reservations import Reservations
from tasks.state.sightings import Sighting, Sightings
from tasks.state.state import Landing, Release, State
from tasks.state.tombstones import Tombstone, Tombstones

__all__ = [
    "Announcements",
    "Decision",
    "Decisions",
    "Entry",
    "Exempted",
    "Landing",
    "LetterState",
    "Outbox",
    "Place",
    "Queued",
    "Release",
    "Reservations",
    "Sighting",
    "Sightings",
    "State",
    "Tombstone",
    "Tombstones",
]
