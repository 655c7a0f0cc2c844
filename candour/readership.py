"""Readership: who reads of which cases: managers, directors, and who sees the council whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from candour.arrangements import FurtherReader
    from candour.council import Council

TEAM = "complaints_team"
"""The reader of what only the complaints team may see."""


class ScopeKind(StrEnum):
    """By which dimension a reader's cases are told from everybody else's."""

    MANAGER = "manager"
    DIRECTORATE = "directorate"
    SERVICE = "service"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True)
class Scope:
    """The cases somebody answers for; ``value`` is the dimension's id, empty for the council."""

    kind: ScopeKind
    value: str = ""

    @property
    def slice(self) -> dict[str, str]:
        """The slice of figures about these cases."""
        return {} if self.kind is ScopeKind.COUNCIL else {self.kind.value: self.value}

    def mask(self, facts: pd.DataFrame) -> pd.Series:
        """Which rows of a fact table are about these cases."""
        import pandas as pd  # noqa: PLC0415  - readers are listed where no frame is

        if self.kind is ScopeKind.COUNCIL:
            return pd.Series(data=True, index=facts.index)
        mine: pd.Series = facts[self.kind.value].astype("string") == self.value
        return mine.fillna(value=False).astype(bool)


@dataclass(frozen=True, slots=True)
class Reader:
    """A person of the council and the cases they read of."""

    id: str
    name: str
    email: str
    scope: Scope

    @property
    def key(self) -> str:
        """What their files are named by: a manager's own id, others' with what they read of."""
        if self.scope == Scope(ScopeKind.MANAGER, self.id):
            return self.id
        return f"{self.id}-{self.scope.value or self.scope.kind.value}"


def readers_of(council: Council) -> tuple[Reader, ...]:
    """Every reader of a council's cases: managers, directors, corporate and further readers.

    A manager or director without an address in ``people.yaml`` gets nothing.

    Raises:
        ConfigurationError: ``bulletins`` names a person ``people.yaml`` does not know.
    """
    named = [*_managers(council), *_directors(council), *_declared(council)]
    readers = [
        reader for id_, scope in dict.fromkeys(named) if (reader := _read(council, id_, scope))
    ]
    return tuple(readers)


def readers_in(council: Council, readership: str) -> tuple[Reader, ...]:
    """The readers of one kind: ``managers``, ``directors`` or ``corporate``."""
    kinds = {
        "managers": ScopeKind.MANAGER,
        "directors": ScopeKind.DIRECTORATE,
        "corporate": ScopeKind.COUNCIL,
    }
    return tuple(r for r in readers_of(council) if r.scope.kind is kinds[readership])


def _managers(council: Council) -> Iterator[tuple[str, Scope]]:
    taxonomy = council.taxonomy
    for service in taxonomy.ids("service"):
        if (manager := taxonomy.manager_of(service)) is not None:
            yield manager, Scope(ScopeKind.MANAGER, manager)


def _directors(council: Council) -> Iterator[tuple[str, Scope]]:
    if not council.profile.bulletins.directors:
        return
    for directorate in council.taxonomy.ids("directorate"):
        if (director := council.taxonomy.director_of(directorate)) is not None:
            yield director, Scope(ScopeKind.DIRECTORATE, directorate)


def _declared(council: Council) -> Iterator[tuple[str, Scope]]:
    bulletins = council.profile.bulletins
    for person in bulletins.corporate:
        yield person, Scope(ScopeKind.COUNCIL)
    for further in bulletins.also:
        yield further.to, _scope(further)


def _scope(further: FurtherReader) -> Scope:
    for kind in (ScopeKind.MANAGER, ScopeKind.DIRECTORATE):
        if value := getattr(further, kind.value):
            return Scope(kind, value)
    return Scope(ScopeKind.SERVICE, further.service)


def _read(council: Council, id_: str, scope: Scope) -> Reader | None:
    people = council.taxonomy.people
    if id_ not in people:
        raise ConfigurationError(
            f"councils/{council.id}/council.yaml: bulletins: there is no '{id_}' in people.yaml. "
            "Add the person there, with an e-mail address, or take the line out."
        )
    person = people[id_]
    return Reader(id_, person.name, person.email, scope) if person.email else None
