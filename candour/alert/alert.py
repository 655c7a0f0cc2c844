"""An alert: something needs a person, and this is all they have to be told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from candour.errors import CandourError


class Kind(StrEnum):
    """What an alert is about; how each is worded is in ``templates/alerts/alerts.yaml``."""

    REFUSED = "refused"
    """A file of the inbox could not be taken in."""
    STOPPED = "stopped"
    """A critical expectation does not hold of what was taken in."""
    LATE = "late"
    """No new export came by its time."""
    STALE = "stale"
    """What went out does not tell its cases as far as its readers expect."""
    KEPT_TOO_LONG = "kept_too_long"
    """Something is older than the council keeps, and waits to be purged."""
    PURGED = "purged"
    """What was too old is gone."""
    CONFIGURATION = "configuration"
    """A declaration is wrong."""
    CONTRADICTED = "contradicted"
    """Figures do not add up, and nothing was offered."""
    HALTED = "halted"
    """Another sentence for a person ended a run."""
    ASKED = "asked"
    """A draft waits for approval."""
    REMINDED = "reminded"
    """It still does."""
    EXPIRED = "expired"
    """Nobody decided in the time a draft waits."""
    REJECTED = "rejected"
    """An approver sent a draft back."""
    UNFORESEEN = "unforeseen"
    """A mistake nobody has words for: its type and place, never its own words."""
    LOST = "lost"
    """The process of a task ended without a word."""
    UNAVAILABLE = "unavailable"
    """The database or the store did not answer."""
    UNREACHABLE = "unreachable"
    """The mail server did not take what waits."""


class Side(StrEnum):
    """Whose business an alert is."""

    COMPLAINTS = "complaints"
    OPERATIONS = "operations"
    APPROVERS = "approvers"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody an alert is for; logs know them by ``id`` alone."""

    id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody is told, once; ``why`` and ``what_to_do`` are a sentence a line."""

    kind: Kind
    council: str
    key: str
    to: tuple[Addressee, ...]
    heading: str
    subject: str
    """The heading, and whose it is."""
    what: str
    why: tuple[str, ...]
    kept: str
    what_to_do: tuple[str, ...]
    headlines: tuple[str, ...] = ()
    """What a draft tells at a glance, in its own sentences."""
    why_heading: str = "Why"
    kept_heading: str = "What was kept"
    where: str = ""
    """The DAG, task and run, for whoever looks it up."""
    link: str = ""
    link_words: str = ""


FAILED = "failed"
"""The kind of all alerts about a task that failed: whatever ended it, it is told once."""


def key_of(kind: str, council: str, *about: str) -> str:
    """What tells an alert from every other: its kind, council and what it is about."""
    return hashlib.sha256("|".join((kind, council, *about)).encode()).hexdigest()


def key_of_failure(dag_id: str, run_id: str, task_id: str) -> str:
    """The key of the one alert about a task of a run that failed."""
    return key_of(FAILED, dag_id.rpartition("__")[0], dag_id, run_id, task_id)


class ToldError(CandourError):
    """A sentence whoever it concerns was told already; a run that ends with it alerts nobody."""
