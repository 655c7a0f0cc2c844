"""Admitting: who the groups of readers are, and which releases and files each may see."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from candour.readership import Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.council import Council
    from candour.readership import Reader
    from tasks.state import Release
    from tasks.store import Store

MANIFEST = "manifest.json"
_MAILED = {".eml", ".txt"}
"""A bulletin over again, as it was mailed: for the team that answers for what was sent."""
_WIDER = ("counts", "own_cases", "cases")
"""What an audience sees, from the least to the most."""


@dataclass(frozen=True, slots=True)
class Released:
    """A release and its manifest."""

    release: Release
    manifest: Mapping[str, Any]

    @property
    def sees(self) -> str:
        """What those it was made for see."""
        return str(self.manifest.get("profile", {}).get("sees", _WIDER[-1]))

    @property
    def of_readers(self) -> bool:
        """Whether any of its files is a single reader's."""
        return any(file.get("reader") for file in self.manifest["files"])


@dataclass(frozen=True, slots=True)
class Group:
    """Whose folder it is; the complaints team's holds every audience's."""

    folder: str
    name: str
    audience: str = ""
    reader: Reader | None = None

    @property
    def team(self) -> bool:
        """Whether it is the complaints team's."""
        return not self.audience

    def may_see(self, owner: str, name: str) -> bool:
        """Whether a file of a release is for them, by whose the manifest says it is."""
        if self.team:
            return True
        own = self.reader is not None and owner == self.reader.key
        return (own or not owner) and PurePosixPath(name).suffix not in _MAILED


def read_manifest(store: Store, release: Release) -> Released:
    """A release with its manifest."""
    return Released(release, json.loads(store.read(f"{release.folder}/{MANIFEST}")))


def refused(one: Released, council: Council, audience: str) -> str:
    """Why a release for readers who see counts may not be on their page; empty where it may."""
    declared, profile = council.audiences[audience], one.manifest.get("profile", {})
    fits = (
        one.manifest.get("audience") == audience
        and one.sees == "counts"
        and (declared.marking or not profile.get("marking"))
        and not one.of_readers
    )
    if declared.sees != "counts" or fits:
        return ""
    r = one.release
    return (
        f"Version {r.version} of {r.report} {r.period} is not on the page for "
        f"{called(council, audience)}: its manifest says that it was made for readers inside the "
        "council. Release it again for them, or look for who changed it: candour verify "
        f"{council.id}."
    )


def narrower(one: Released, sees: str) -> bool:
    """Whether a release was made for readers who see no more than these do now."""
    return _WIDER.index(one.sees) <= _WIDER.index(sees)


def named(council: Council, reader: Reader) -> str:
    """A reader, with what they read of where they do not manage it: *Gareth Lyle, Homes*."""
    scope = reader.scope
    if scope == Scope(ScopeKind.MANAGER, reader.id):
        return reader.name
    if scope.kind is ScopeKind.COUNCIL:
        return f"{reader.name}, all services"
    return f"{reader.name}, {council.taxonomy.name(scope.kind.value, scope.value)}"


def called(council: Council, audience: str) -> str:
    """An audience inside a sentence: *the public*."""
    name = council.audiences[audience].name if audience in council.audiences else audience
    return name[:1].lower() + name[1:]
