"""Airflow roles: FAB's roles and approvers are as declared, however often it is run."""

from __future__ import annotations

import logging
import shlex
import sys
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from candour.errors import CandourError, ConfigurationError
from tasks.roles import ONE_DAG, Named, Role, approvers, is_approver_role, roles
from tasks.settings import settings

if TYPE_CHECKING:
    from airflow.providers.fab.auth_manager.models import User
    from airflow.providers.fab.auth_manager.security_manager.override import (
        FabAirflowSecurityManagerOverride,
    )

    Security: TypeAlias = FabAirflowSecurityManagerOverride


def main() -> int:
    """Make or mend every role, and give approvers theirs; gives the exit code."""
    logging.disable(logging.WARNING)  # FAB tells each of a thousand permissions
    warnings.simplefilter("ignore")
    try:
        for line in put_right():
            print(line)  # noqa: T201  - a command of its own, for an operator
    except CandourError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        return 2
    return 0


def put_right() -> list[str]:
    """Make or mend every role, and give approvers theirs; gives what an operator should know.

    Roles of nobody's council and what an administrator gave people besides stay as they are.

    Raises:
        ConfigurationError: Airflow has other log-ins than FAB's.
    """
    from airflow.providers.common.compat.sdk import conf  # noqa: PLC0415  - seconds
    from airflow.providers.fab.auth_manager.cli_commands.utils import (  # noqa: PLC0415
        get_application_builder,
    )

    if "SimpleAuthManager" in conf.get("core", "auth_manager"):
        raise ConfigurationError(
            "Airflow's log-ins are its SimpleAuthManager, which has no roles of ours. Set "
            "AIRFLOW__CORE__AUTH_MANAGER to tasks.airflow_log_ins.CouncilLogIns."
        )
    here = settings()
    with get_application_builder() as builder:
        security: Security = builder.sm
        wanted = list(roles(here, _known_dags(security)))
        changed = [role.name for role in wanted if _role_is_put_right(security, role)]
        told = _approvers_are_put_right(security, list(approvers(here)))
    return [f"{len(wanted)} roles are there; changed: {', '.join(changed) or 'none'}.", *told]


def _known_dags(security: Security) -> set[str]:
    """Ids of the DAGs Airflow has seen, each of which FAB keeps a permission for."""
    resources = (resource for _, resource in security.get_all_permissions())
    return {name.removeprefix(ONE_DAG) for name in resources if name.startswith(ONE_DAG)}


def _role_is_put_right(security: Security, role: Role) -> bool:
    """Give a role exactly its permissions; whether that changed anything."""
    found = security.find_role(role.name) or security.add_role(role.name)
    if found is None:
        raise CandourError(f"Airflow did not make the role '{role.name}'; its log says why.")
    has = {(one.action.name, one.resource.name): one for one in found.permissions}
    if has.keys() == role.permissions:
        return False
    found.permissions = [
        has.get(pair) or security.create_permission(*pair) for pair in sorted(role.permissions)
    ]
    security.session.commit()
    return True


def _approvers_are_put_right(security: Security, named: Iterable[Named]) -> list[str]:
    """Give named approvers their roles and take them from everybody else; who has no log-in."""
    wanted: dict[str, list[Named]] = {}
    for one in named:
        wanted.setdefault(one.login, []).append(one)
    told = []
    for user in security.get_all_users():
        told += _user_is_put_right(security, user, wanted.pop(user.username, []))
    for missing in wanted.values():
        told += [f"{missing[0].login} may approve but has no log-in. {_how(missing)}"]
    return told


def _user_is_put_right(security: Security, user: User, named: list[Named]) -> list[str]:
    """Give a user the approver's roles that are theirs and no other; what changed."""
    due = {one.role for one in named}
    keeps: list[Any] = [role for role in user.roles if not is_approver_role(role.name)]
    has = {role.name for role in user.roles} - {role.name for role in keeps}
    if has == due:
        return []
    user.roles = keeps + [security.find_role(name) for name in sorted(due)]
    security.update_user(user)
    return [
        *(f"{user.username} is {name} now." for name in sorted(due - has)),
        *(f"{user.username} is no longer {name}." for name in sorted(has - due)),
    ]


def _how(named: list[Named]) -> str:
    """The command that makes a log-in, which asks for its password; this one then gives roles."""
    first, _, last = named[0].name.rpartition(" ")
    words = [
        "airflow", "users", "create", "--username", named[0].login, "--firstname", first or last,
        "--lastname", last, "--email", named[0].email, "--role", named[0].role,
    ]  # fmt: skip
    again = " Then run this command again." if len(named) > 1 else ""
    return f"Make one: {shlex.join(words)}{again}"


if __name__ == "__main__":
    sys.exit(main())
