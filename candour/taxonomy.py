"""Taxonomy: what a council calls its directorates, services, teams, people and categories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from candour.declarations import Declaration, Path, read_declaration, unknown
from candour.labels import claims


class Term(Declaration):
    """A word of the council's with the other spellings its systems use."""

    name: str
    also: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Every spelling that means it."""
        return (self.name, *self.also)


Terms = Annotated[dict[str, Term], Field(default_factory=dict)]


class Team(Term):
    """A team of a service."""

    manager: str | None = None


class Service(Team):
    """A service of a directorate, the unit whose manager answers complaints."""

    teams: Annotated[dict[str, Team], Field(default_factory=dict)]


class Directorate(Term):
    """A directorate, or a department: the services under one director."""

    director: str | None = None
    services: dict[str, Service]


class Person(Term):
    """An officer: someone who holds cases, manages or answers for an action."""

    role: str = ""
    email: str | None = None


class Services(Declaration):
    """``services.yaml``: what complaints are about and who answers them."""

    directorates: dict[str, Directorate]
    categories: Terms
    channels: Terms
    complainant_types: Terms
    reasons: Terms
    dispositions: Terms
    ombudsman_categories: Terms


class People(Declaration):
    """``people.yaml``: the officers, by id."""

    people: dict[str, Person]


DISPOSITIONS = {
    "became_complaint": "Became a complaint",
    "refused": "Refused",
    "resolved_early": "Resolved early",
    "withdrawn": "Withdrawn",
}
"""The ways to leave without an outcome that every council has; its own names for them win."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Ids, names and spellings of everything a case can be sorted by.

    A *dimension* is the frame column that holds the id: directorate, service, team, officer,
    owner, category, channel, complainant_type, reason, disposition, ombudsman_category.
    """

    services: Mapping[str, Service]
    people: Mapping[str, Person]
    _terms: Mapping[str, Mapping[str, Term]]
    _claims: Mapping[str, Mapping[str, tuple[str, ...]]]
    _parents: Mapping[str, Mapping[str, str]]

    def ids(self, dimension: str) -> tuple[str, ...]:
        """Every id of a dimension, in the council's order; none for other columns."""
        return tuple(self._terms.get(dimension, ()))

    def name(self, dimension: str, id_: str) -> str:
        """What the council calls it.

        Raises:
            KeyError: the dimension has no such id.
        """
        return self._terms[dimension][id_].name

    def find(self, dimension: str, label: str, within: str | None = None) -> str | None:
        """The id a normalised label stands for, or nothing when no id or several claim it.

        Args:
            dimension: the column the label was found in.
            label: as ``candour.labels.normalised`` leaves it.
            within: settles a label that several claim: the directorate of a service, the
                service of a team.
        """
        claimants = self._claims.get(dimension, {}).get(label, ())
        if len(claimants) > 1:
            parents = self._parents.get(dimension, {})
            claimants = tuple(id_ for id_ in claimants if parents.get(id_) == within)
        return claimants[0] if len(claimants) == 1 else None

    def directorate_of(self, service: str) -> str:
        """The directorate a service belongs to."""
        return self._parents["service"][service]

    def service_of(self, team: str) -> str:
        """The service a team belongs to."""
        return self._parents["team"][team]

    def services_of(self, directorate: str) -> tuple[str, ...]:
        """The services of a directorate, in the council's order."""
        return tuple(
            id_ for id_, parent in self._parents["service"].items() if parent == directorate
        )

    def manager_of(self, service: str, team: str | None = None) -> str | None:
        """The person id of the team's manager, or the service's where the team names none."""
        own = self.services[service].teams[team].manager if team else None
        return own or self.services[service].manager


def read_taxonomy(services: str, people: str | None, folder: str) -> Taxonomy:
    """The taxonomy declared by ``services.yaml`` and, where there is one, ``people.yaml``.

    Raises:
        ConfigurationError: an entry is wrong, an id is used twice, a label is claimed by two, or
            a manager is nobody in ``people.yaml``.
    """
    persons: Mapping[str, Person] = {}
    if people is not None:
        persons = read_declaration(
            People,
            people,
            f"{folder}people.yaml",
            key="people",
            check=lambda declared: _shared_labels(declared.people, ()),
        ).people
    declared = read_declaration(
        Services,
        services,
        f"{folder}services.yaml",
        check=lambda declared: _mistakes(declared, persons),
    )
    return _assembled(declared, persons)


def _assembled(declared: Services, persons: Mapping[str, Person]) -> Taxonomy:
    services = {i: s for d in declared.directorates.values() for i, s in d.services.items()}
    standard = {id_: Term(name=name) for id_, name in DISPOSITIONS.items()}
    terms: dict[str, Mapping[str, Term]] = {
        "directorate": declared.directorates,
        "service": services,
        "team": {id_: team for s in services.values() for id_, team in s.teams.items()},
        "officer": persons,
        "owner": persons,
        "category": declared.categories,
        "channel": declared.channels,
        "complainant_type": declared.complainant_types,
        "reason": declared.reasons,
        "disposition": standard | declared.dispositions,
        "ombudsman_category": declared.ombudsman_categories,
    }
    spellings = {
        dimension: claims({id_: term.labels for id_, term in named.items()})
        for dimension, named in terms.items()
    }
    parents = {
        "service": {i: d for d, held in declared.directorates.items() for i in held.services},
        "team": {i: s for s, held in services.items() for i in held.teams},
    }
    return Taxonomy(
        services=services,
        people=persons,
        _terms=terms,
        _claims=spellings,
        _parents=parents,
    )


def _mistakes(declared: Services, persons: Mapping[str, Person]) -> Iterator[tuple[Path, str]]:
    plain = ("categories", "channels", "complainant_types", "reasons", "dispositions")
    for name in (*plain, "ombudsman_categories"):
        yield from _shared_labels(getattr(declared, name), (name,))
    yield from _shared_labels(declared.directorates, ("directorates",))
    units = [
        (("directorates", i, "services"), directorate.services)
        for i, directorate in declared.directorates.items()
    ]
    teams = [
        ((*path, i, "teams"), service.teams) for path, held in units for i, service in held.items()
    ]
    for level in (units, teams):
        yield from _repeated_ids(level)
        for path, held in level:
            yield from _shared_labels(held, path)
            for i, unit in held.items():
                if unit.manager is not None and unit.manager not in persons:
                    yield (*path, i, "manager"), f"{unknown(unit.manager, persons)} (people.yaml)"


def _repeated_ids(level: Iterable[tuple[Path, Mapping[str, Term]]]) -> Iterator[tuple[Path, str]]:
    first: dict[str, Path] = {}
    for path, held in level:
        for id_ in held:
            if id_ in first:
                where = " → ".join(str(step) for step in first[id_])
                yield (*path, id_), f"the id '{id_}' is already used under {where}; ids are unique."
            first.setdefault(id_, path)


def _shared_labels(terms: Mapping[str, Term], path: Path) -> Iterator[tuple[Path, str]]:
    for label, ids in claims({id_: term.labels for id_, term in terms.items()}).items():
        if len(ids) > 1:
            yield (
                (*path, ids[-1]),
                f"the label '{label}' is claimed by {' and '.join(ids)}; one of them must drop it.",
            )
