"""Merging: the services and lists several files speak of, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from candour.labels import normalised
from candour.taxonomy import Directorate, Services, Team, Term

_Term = TypeVar("_Term", bound=Term)

_LISTS = ("categories", "channels", "complainant_types", "reasons", "ombudsman_categories")
PLACEHOLDER = "council"
"""The directorate a draft has when its file names none."""


def merged(drafts: Sequence[Services]) -> Services:
    """One declaration of all that the drafts name; what an earlier one placed stays there."""
    lists = {name: _joined(getattr(draft, name) for draft in drafts) for name in _LISTS}
    placed = [draft.directorates for draft in drafts if [*draft.directorates] != [PLACEHOLDER]]
    told = placed or [draft.directorates for draft in drafts]
    return Services.model_validate({"directorates": _directorates(told), **lists})


def _directorates(told: Iterable[Mapping[str, Directorate]]) -> dict[str, Directorate]:
    together = _grouped(told)
    taken: set[str] = set()
    teams_taken: set[str] = set()
    found: dict[str, Directorate] = {}
    for id_, same in together.items():
        services = {}
        for service_id, service in _joined((d.services for d in same), taken).items():
            alike = [s for d in same for s in d.services.values() if _alike(s, service)]
            teams: dict[str, Team] = _joined((s.teams for s in alike), teams_taken)
            services[service_id] = service.model_copy(update={"teams": teams})
        found[id_] = same[0].model_copy(update={"services": services})
    return found


def _grouped(told: Iterable[Mapping[str, Directorate]]) -> dict[str, list[Directorate]]:
    together: dict[str, list[Directorate]] = {}
    for directorates in told:
        for id_, directorate in directorates.items():
            together.setdefault(id_, []).append(directorate)
    return together


def _joined(
    terms: Iterable[Mapping[str, _Term]], taken: set[str] | None = None
) -> dict[str, _Term]:
    """The terms, those of one name once, under ids that nothing in ``taken`` has."""
    used = set() if taken is None else taken
    joined: dict[str, _Term] = {}
    for id_, term in ((i, t) for named in terms for i, t in named.items()):
        if any(_alike(term, known) for known in joined.values()):
            continue
        free, count = id_, 2
        while free in used:
            free, count = f"{id_}_{count}", count + 1
        used.add(free)
        joined[free] = term
    return joined


def _alike(one: Term, other: Term) -> bool:
    return normalised(one.name) == normalised(other.name)
