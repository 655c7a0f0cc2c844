"""The entrance: every process of a production installation passes it, or ends."""

from __future__ import annotations

import sys

from candour.errors import ConfigurationError
from tasks.starting.findings import refused, told
from tasks.starting.rules import findings

REFUSED = 2
"""The exit code of a start that was refused."""


def check() -> int:
    """Say on stderr what a production installation should not have; gives the exit code."""
    try:
        found = findings()
    except ConfigurationError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return REFUSED
    if found:
        sys.stderr.write(told(found) + "\n")
    return REFUSED if refused(found) else 0


def refuse() -> None:
    """End this process where something refuses the start; otherwise say nothing.

    It ends by ``SystemExit``, which a loader of plug-ins that catches every error lets through.
    """
    try:
        if not refused(findings()):
            return
    except ConfigurationError:
        pass  # ``check`` says it
    raise SystemExit(check())
