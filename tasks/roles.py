"""Roles: what a complaints manager, an approver and an operator may do, a council at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tasks.declared import council_ids, outline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.settings import Settings

Permission = tuple[str, str]
"""An action and what it is done to, in the words of Airflow's FAB auth manager."""

ONE_DAG = "DAG:"
"""How FAB names what is one DAG's own, before the DAG's id."""

OPERATOR = "operator"
"""The role of whoever keeps the installation running; it approves nothing and reads no secret."""


class Part(StrEnum):
    """The two parts somebody can have in one council's reports."""

    MANAGER = "manager"
    """Sees its DAGs, runs and logs, starts its reports and clears what failed."""
    APPROVER = "approver"
    """A manager who also answers whether a draft may go out, where ``council.yaml`` names them."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role and everything it may do."""

    name: str
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Named:
    """An approver as ``council.yaml`` names them, by the name they log in with."""

    login: str
    name: str
    email: str
    role: str


def _each(actions: str, *resources: str) -> frozenset[Permission]:
    return frozenset((action, resource) for action in actions.split() for resource in resources)


_READ, _MENU = "can_read", "menu_access"
_RUNS = ("DAG Runs", "Task Instances")
_LOOKING = (
    _each(_READ, *_RUNS, "Task Logs", "XComs", "HITL Detail", "DAG Versions", "DAG Warnings")
    | _each(_READ, "DAG Code", "DAG Dependencies", "Website")
    | _each("can_read can_edit", "My Password", "My Profile")
    | _each(_MENU, "DAGs", "DAG Runs", "Task Instances", "HITL Detail")
)
_STARTING = _each("can_create can_edit", *_RUNS)
_ANSWERING = _each("can_edit", "HITL Detail")
_KEEPING = (
    _each("can_read can_edit can_delete", "DAGs")
    | _each("can_read can_create can_edit can_delete", *_RUNS, "Backfills", "Pools", "Assets")
    | _each(_READ, "Asset Aliases", "Cluster Activity", "ImportError", "Jobs", "Plugins")
    | _each(_READ, "Providers", "Triggers", "Audit Logs")
    | _each(_MENU, "Browse", "Admin", "Docs", "Documentation", "Assets", "Cluster Activity")
    | _each(_MENU, "Jobs", "Pools", "Plugins", "Providers", "Audit Logs", "DAG Dependencies")
)


def roles(settings: Settings, known_dags: Iterable[str] = ()) -> Iterator[Role]:
    """Every role there should be: the operator's, and a manager's and an approver's a council.

    Args:
        settings: where the councils are.
        known_dags: ids of the DAGs Airflow has seen, for those no folder declares any more.
    """
    yield Role(OPERATOR, _LOOKING | _STARTING | _KEEPING)
    known = list(known_dags)
    for council in council_ids(settings):
        own = _own_dags(settings, council, known)
        manages = _LOOKING | _STARTING | _each("can_read can_edit", *(ONE_DAG + dag for dag in own))
        yield Role(role_name(council, Part.MANAGER), manages)
        yield Role(role_name(council, Part.APPROVER), manages | _ANSWERING)


def role_name(council: str, part: Part) -> str:
    """What the role of a part in a council's reports is called."""
    return f"{council}-{part}"


def is_approver_role(name: str) -> bool:
    """Whether a role is one that only ``council.yaml`` gives and takes away."""
    return name.endswith(f"-{Part.APPROVER}")


def approvers(settings: Settings) -> Iterator[Named]:
    """Everybody who is named as an approver, once a council that names them.

    A folder that cannot be read names nobody, so that its mistake takes nobody else's role away.
    """
    for council in council_ids(settings):
        approval = outline(settings, council).get("approval")
        people = approval.get("approvers") if isinstance(approval, dict) else None
        for login, person in (people if isinstance(people, dict) else {}).items():
            told: Mapping[str, object] = person if isinstance(person, dict) else {}
            yield Named(
                str(login),
                str(told.get("name", login)),
                str(told.get("email", "")),
                role_name(council, Part.APPROVER),
            )


def _own_dags(settings: Settings, council: str, known: Iterable[str]) -> set[str]:
    """A council's DAGs: those its folder declares, and those Airflow knows under its name."""
    wanted = outline(settings, council).get("reports")
    reports = wanted if isinstance(wanted, dict) else {}
    declared = {f"{council}__{flow}" for flow in ("intake", *reports)}
    return declared | {dag for dag in known if dag.rpartition("__")[0] == council}
