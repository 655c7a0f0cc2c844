"""Letterhead: who is told, found in a ``council.yaml`` even where the rest of it is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from candour.alert.alert import Addressee, Side
from candour.council import NOTICES, CouncilKind

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TOP_LEVEL = re.compile(r"^(?=[^\s#])", re.MULTILINE)
_ADDRESS = re.compile(r"^[^@\s]+@[^@\s]+$")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose alerts these are, what every mail must say of the cases, and who gets them."""

    council: str
    notice: str
    team: str
    team_email: str
    operations: str
    complaints: str

    def addressee(self, side: Side) -> Addressee:
        """Who is told on a side; the complaints team, where nobody else is named."""
        if side is Side.OPERATIONS:
            return Addressee(side, "Operations", self.operations or self.team_email)
        return Addressee(side, self.team, self.complaints or self.team_email)


def read_letterhead(text: str, council_id: str) -> Letterhead:
    """The letterhead of a council; an entry that cannot be read hides no other.

    Args:
        text: its ``council.yaml``, which may well be what the alert is about.
        council_id: what it is called where no name can be read.
    """
    written = _readable(text)
    kinds = {kind.value: kind for kind in CouncilKind}
    kind = kinds.get(_words(written, "kind"))
    return Letterhead(
        council=_words(written, "name") or council_id,
        notice="" if kind is None else NOTICES[kind],
        team=_words(written, "complaints_team", "name") or "Complaints team",
        team_email=_address(written, "complaints_team", "email"),
        operations=_address(written, "alerts", "operations"),
        complaints=_address(written, "alerts", "complaints"),
    )


def _readable(text: str) -> dict[object, object]:
    """The entries of a YAML text, each read by itself."""
    found: dict[object, object] = {}
    for entry in _TOP_LEVEL.split(text):
        try:
            read = yaml.load(entry, Loader=_LOADER)
        except yaml.YAMLError:
            continue
        if isinstance(read, dict):
            found |= read
    return found


def _words(written: object, *path: str) -> str:
    for name in path:
        written = written.get(name) if isinstance(written, Mapping) else None
    return " ".join(written.split()) if isinstance(written, str) else ""


def _address(written: object, *path: str) -> str:
    words = _words(written, *path)
    return words if _ADDRESS.match(words) else ""
