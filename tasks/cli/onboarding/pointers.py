"""Pointers: names in a council's files that nothing answers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from candour.declarations import place, unknown
from tasks.build import BULLETIN
from tasks.compute_kpis import dimensions_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from candour.council import Council, Target
    from candour.kpi import Kpis


def pointing_nowhere(
    council: Council, kpis: Kpis, reports: Collection[str], missing: Mapping[str, str]
) -> Iterator[str]:
    """What targets, reports and people name and is not there, one sentence each.

    Args:
        council: as its folder declares it.
        kpis: every KPI.
        reports: the ids of declared reports.
        missing: why a KPI cannot be computed, by id.
    """
    for position, target in enumerate(council.targets):
        for path, sentence in _of_target(target, council, kpis, missing):
            yield f"{place('targets.yaml', position, *path)}: {sentence}"
    for report, choice in council.profile.reports.items():
        form = choice.form or report
        if form not in {*reports, BULLETIN}:
            yield f"{place('council.yaml', 'reports', report)}: {unknown(form, reports)}"
    if BULLETIN in council.profile.reports:
        yield from _unreachable(council)


def _of_target(
    target: Target, council: Council, kpis: Kpis, missing: Mapping[str, str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    if target.kpi not in kpis.by_id:
        yield ("kpi",), f"{unknown(target.kpi, kpis.by_id)}"
        return
    if target.kpi in missing:
        yield ("kpi",), f"{target.kpi} cannot be computed. {missing[target.kpi]}"
    if (target.at_least is None) == (target.at_most is None):
        yield (), "give either 'at_least' or 'at_most'."
    members = dimensions_of(council).members
    for dimension, value in target.where.items():
        breakdowns = kpis[target.kpi].breakdowns
        if dimension not in breakdowns:
            yield ("where",), unknown(dimension, breakdowns)
        elif value not in members.get(dimension, (value,)):
            yield ("where", dimension), unknown(value, members[dimension])


def _unreachable(council: Council) -> Iterator[str]:
    """Who would get a bulletin and cannot, and which services have nobody to get one."""
    taxonomy = council.taxonomy
    managers = {service: taxonomy.manager_of(service) for service in taxonomy.ids("service")}
    for manager in sorted({manager for manager in managers.values() if manager is not None}):
        if taxonomy.people[manager].email is None:
            yield (
                f"{place('people.yaml', manager)}: manages a service and has no 'email', so no "
                "bulletin can be sent."
            )
    alone = [taxonomy.name("service", s) for s, manager in managers.items() if manager is None]
    if alone:
        yield (
            f"services.yaml: nobody gets the bulletin of {', '.join(alone)}. Name a 'manager' of "
            "people.yaml for each."
        )
