"""Log-ins: Airflow's FAB log-ins, in which an approver is known by the name they log in with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.providers.fab.auth_manager.fab_auth_manager import FabAuthManager

if TYPE_CHECKING:
    from airflow.providers.fab.auth_manager.models import User


class CouncilLogIns(FabAuthManager):
    """FAB's users and roles; whoever a question is put to is named by their log-in.

    FAB numbers its users in its database, which no task may read. A council's folder knows an
    approver's log-in, and nothing else does (``BaseAuthManager.is_authorized_hitl_task``).
    """

    def is_authorized_hitl_task(self, *, assigned_users: set[str], user: User) -> bool:
        """Whether the user is one of those a question was put to."""
        return user.get_name() in assigned_users
