"""Run state: what has landed, been approved, released and sent; one database."""

from tasks.state.decisions import Decision, Decisions, Exempted, Place
from tasks.state.state import Landing, Release, State

__all__ = ["Decision", "Decisions", "Exempted", "Landing", "Place", "Release", "State"]
