"""March 2024 of Northmere, asked for over the API as a script would, and what came of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.compose.served import fetched

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.compose.served import Served
    from tests.compose.stack import Stack

INTAKE = "northmere__intake"
PACK = "northmere__monthly_pack"
BULLETIN = "northmere__weekly_bulletin"
LANDED_AT = "2024-06-03T08:00:00Z"
RELEASES = "releases/northmere/"
APPROVERS = {"bronwen.hale": "northmere-approver", "nobody.else": "knowsley-approver"}
"""Log-ins and their roles: one that may let Northmere's pack go out, and one of another council."""


@dataclass(frozen=True)
class Month:
    """What a profile made of the month."""

    broken: list[dict[str, Any]]
    health: dict[str, Any]
    states: dict[str, str]
    """How each run ended, by DAG."""
    tasks: dict[str, dict[str, dict[str, Any]]]
    stranger: int
    """The status an answer got of somebody who approves for another council."""
    approver: int
    log: str
    """What Airflow's pages show of the log of *build*."""
    released: dict[str, str]
    """The SHA-256 of every released file, by name."""
    landed_in_volume: str
    """The files of the volume that holds the run state where no bucket does."""
    mails: list[dict[str, Any]]
    portal: list[str]
    containers: dict[str, dict[str, Any]]
    seen: dict[str, Any] = field(default_factory=dict)
    """What a test looked at besides, while the stack was up."""


def take_in(admin: Served) -> dict[str, Any]:
    """Take Northmere's exports in."""
    run = admin.run(INTAKE, LANDED_AT)
    assert run["state"] == "success", run
    return run


def with_approvers(stack: Stack, admin: Served) -> dict[str, str]:
    """Make the approvers' log-ins, as an administrator does on Airflow's pages; their passwords."""
    passwords = {login: secrets.token_urlsafe(20) for login in APPROVERS}
    for login, role in APPROVERS.items():
        first, _, last = login.partition(".")
        body = {
            "username": login, "first_name": first, "last_name": last, "roles": [{"name": role}],
            "email": f"{login}@northmere.invalid", "password": passwords[login],
        }  # fmt: skip
        fetched(f"{stack.address}/auth/fab/v1/users", body, token=admin.token)
    return passwords


def march(
    stack: Stack,
    passwords: dict[str, str],
    during: Callable[[dict[str, Any]], object] = lambda _: None,
) -> Month:
    """The pack of March, approved, and the bulletins of the week after; the cases are taken in.

    Args:
        stack: the stack that is up.
        passwords: of the approvers.
        during: what is done to the stack while the pack's run is on its way.
    """
    admin = stack.log_in()
    pack = admin.begun(PACK, period="2024-03")
    during(pack)
    admin.question(pack)
    stranger, approver = (
        stack.log_in(login, passwords[login]).answer(pack, "Approve", "Read and right")
        for login in ("nobody.else", "bronwen.hale")
    )
    runs = [admin.ended(pack), admin.run(BULLETIN, period="2024-W14")]
    tasks = {run["dag_id"]: admin.tasks(run) for run in runs}
    return Month(
        broken=admin.ask("importErrors")["import_errors"],
        health=admin.ask("monitor/health"),
        states={run["dag_id"]: run["state"] for run in runs},
        tasks=tasks,
        stranger=stranger,
        approver=approver,
        log=admin.log(pack, "build", tasks[PACK]["build"]["try_number"]),
        released=stack.checksums(RELEASES),
        landed_in_volume=stack.inside("scheduler", "find", "/var/lib/candour", "-type", "f"),
        mails=stack.mails(),
        portal=list(stack.checksums("portal/")),
        containers=stack.states(),
    )
