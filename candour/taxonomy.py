"""Taxonomy: what a council calls its directorates, services, teams, people and categories."""

from __future__ import annotations

import datetime as dt
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


class Category(Term):
    """What complaints are about, and its parts; two categories may have parts of one name."""

    subcategories: Terms


class Team(Term):
    """A team of a service, with the days between which there was one."""

    manager: str | None = None
    from_: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None

    def was_there(self, start: dt.date, end: dt.date) -> bool:
        """Whether there was one on any day from ``start`` up to ``end``."""
        began = self.from_ is None or self.from_ < end
        return began and (self.until is None or self.until >= start)


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
    categories: Annotated[dict[str, Category], Field(default_factory=dict)]
    channels: Terms
    points_of_receipt: Terms
    complainant_types: Terms
    reasons: Terms
    dispositions: Terms
    ombudsman_categories: Annotated[dict[str, Category], Field(default_factory=dict)]


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
    owner, category, subcategory, channel, point_of_receipt, complainant_type, reason, disposition,
    ombudsman_category.
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
                service of a team, the category of a subcategory.
        """
        claimants = self._claims.get(dimension, {}).get(label, ())
        if len(claimants) > 1:
            parents = self._parents.get(dimension, {})
            claimants = tuple(id_ for id_ in claimants if parents.get(id_) == within)
        return claimants[0] if len(claimants) == 1 else None

    def parts_of(self, dimension: str, parent: str) -> tuple[str, ...]:
        """The ids of a dimension that belong to one of its parent, in the council's order."""
        return tuple(i for i, above in self._parents[dimension].items() if above == parent)

    def was_there(self, dimension: str, id_: str, start: dt.date, end: dt.date) -> bool:
        """Whether a service or team existed on any day from ``start`` up to ``end``."""
        term = self._terms.get(dimension, {}).get(id_)
        return not isinstance(term, Team) or term.was_there(start, end)

    def directorate_of(self, service: str) -> str:
        """The directorate a service belongs to."""
        return self._parents["service"][service]

    def service_of(self, team: str) -> str:
        """The service a team belongs to."""
        return self._parents["team"][team]

    def services_of(self, directorate: str) -> tuple[str, ...]:
        """The services of a directorate, in the council's order."""
        return self.parts_of("service", directorate)

    def director_of(self, directorate: str) -> str | None:
        """The person id of a directorate's director, where one is named."""
        named = self._terms["directorate"][directorate]
        return named.director if isinstance(named, Directorate) else None

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
        "subcategory": _parts(declared.categories),
        "channel": declared.channels,
        "point_of_receipt": declared.points_of_receipt,
        "complainant_type": declared.complainant_types,
        "reason": declared.reasons,
        "disposition": standard | declared.dispositions,
        "ombudsman_category": declared.ombudsman_categories,
        "ombudsman_subcategory": _parts(declared.ombudsman_categories),
    }
    spellings = {
        dimension: claims({id_: term.labels for id_, term in named.items()})
        for dimension, named in terms.items()
    }
    parents = {
        "service": {i: d for d, held in declared.directorates.items() for i in held.services},
        "team": {i: s for s, held in services.items() for i in held.teams},
        "subcategory": _parents(declared.categories),
        "ombudsman_subcategory": _parents(declared.ombudsman_categories),
    }
    return Taxonomy(
        services=services,
        people=persons,
        _terms=terms,
        _claims=spellings,
        _parents=parents,
    )


def _parts(categories: Mapping[str, Category]) -> dict[str, Term]:
    return {i: part for held in categories.values() for i, part in held.subcategories.items()}


def _parents(categories: Mapping[str, Category]) -> dict[str, str]:
    return {i: parent for parent, held in categories.items() for i in held.subcategories}


def _mistakes(declared: Services, persons: Mapping[str, Person]) -> Iterator[tuple[Path, str]]:
    plain = ("categories", "channels", "points_of_receipt", "complainant_types", "reasons")
    for name in (*plain, "dispositions", "ombudsman_categories"):
        yield from _shared_labels(getattr(declared, name), (name,))
    yield from _shared_labels(declared.directorates, ("directorates",))
    units = [
        (("directorates", i, "services"), directorate.services)
        for i, directorate in declared.directorates.items()
    ]
    teams = [
        ((*path, i, "teams"), service.teams) for path, held in units for i, service in held.items()
    ]
    for name in ("categories", "ombudsman_categories"):
        parts: list[tuple[Path, Mapping[str, Term]]] = [
            ((name, i, "subcategories"), category.subcategories)
            for i, category in getattr(declared, name).items()
        ]
        yield from _repeated_ids(parts)
        for at, terms in parts:
            yield from _shared_labels(terms, at)
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
