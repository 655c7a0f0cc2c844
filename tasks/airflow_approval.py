"""Approval on Airflow's own page: what was found, who may decide, and what they decided."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from airflow.providers.common.compat.sdk import conf
from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import Param
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from candour.errors import CandourError
from tasks.airflow_runs import now
from tasks.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from airflow.sdk import Context
    from airflow.sdk.execution_time.hitl import HITLUser

    from candour.arrangements import Approver
    from tasks.build import Draft

_KNOW_LOG_INS = ("SimpleAuthManager", "CouncilLogIns")
"""Auth managers that know whoever a question is put to by the name they log in with."""


ANSWERS = {
    "reason": Param(
        None,
        type=["null", "string"],
        title="Reason",
        description="Why it is rejected; an approver may add a word.",
    ),
    "exceptions": Param(
        None,
        type=["null", "string"],
        format="multiline",
        title="Accepted",
        description=(
            "Of each finding that stops an internal pack, why it may stand, one a line: "
            "E1 = the export lost a row, and the vendor is mending it."
        ),
    ),
}
"""What an approver fills in; both may be left empty."""


class Approve(ApprovalOperator):
    """Asks an approver about a draft, unless nobody has to be asked; gives the draft's folder.

    A draft that is the last release over again, that was approved already, or that the council
    lets through by rule goes on at once. Where drafts are approved by command, the run ends here
    and ``candour approve`` goes on.
    """

    template_fields: ClassVar = ("subject", "body", "draft_folder")

    def __init__(
        self, *, council: str, report: str, draft_folder: str, expires_after: int, **kwargs: object
    ) -> None:
        super().__init__(
            subject=f"{report} of {council}",
            body="",
            response_timeout=dt.timedelta(hours=expires_after),
            **kwargs,
        )
        self.council, self.report, self.draft_folder = council, report, draft_folder

    def execute(self, context: Context) -> str:
        """Ask, unless nobody has to be asked."""
        from tasks.alerts import asked  # noqa: PLC0415  - DAG files parse without any of this
        from tasks.approve import approve_when_clean, waits  # noqa: PLC0415
        from tasks.asking import question  # noqa: PLC0415

        here, draft, by_page = settings(), self._draft(), settings().approval == "page"
        if approve_when_clean(here, draft, now()).may_go:
            return self.draft_folder
        asking = question(here, draft)
        link = self.generate_link_to_ui(task_instance=context["ti"]) if by_page else ""
        asked(here, draft, at=now(), run=context["run_id"], link=link)
        if not by_page:
            raise AirflowSkipException(waits(draft))
        self.subject, self.body = asking.subject, asking.body
        self.assigned_users = self._assigned(asking.approvers)
        super().execute(context)
        return self.draft_folder

    def execute_complete(self, context: Context, event: dict[str, Any]) -> str:
        """Write the answer down, and go on if it is yes."""
        from tasks.approve import standing  # noqa: PLC0415

        draft = self._draft()
        if standing(settings(), draft).may_go:
            return self.draft_folder  # by command, while the page waited
        try:
            if "error" in event:
                self._expire(draft, context["run_id"])
            self._decide(draft, event)
        except CandourError as problem:
            raise AirflowFailException(str(problem)) from None
        super().execute_complete(context, event)
        return self.draft_folder

    def _draft(self) -> Draft:
        from tasks.build import read_draft  # noqa: PLC0415

        return read_draft(settings(), self.draft_folder)

    def _decide(self, draft: Draft, event: Mapping[str, Any]) -> None:
        from tasks.alerts import rejected  # noqa: PLC0415
        from tasks.approve import approve, reject  # noqa: PLC0415

        here, given = settings(), event["params_input"] or {}
        login = self._login(event["responded_by_user"])
        if event["chosen_options"] == [self.APPROVE]:
            approve(
                here,
                draft,
                login,
                how="page",
                at=now(),
                reason=given.get("reason") or "",
                exceptions=exceptions_in(given.get("exceptions") or ""),
            )
            return
        reason = given.get("reason") or ""
        decision = reject(here, draft, login, how="page", at=now(), reason=reason)
        rejected(here, draft, decision, at=now())

    def _expire(self, draft: Draft, run: str) -> None:
        """End the wait.

        Raises:
            ToldError: always; whoever it concerns has been told.
        """
        from candour.alert import ToldError  # noqa: PLC0415
        from tasks.alerts import expired  # noqa: PLC0415
        from tasks.approve import waits  # noqa: PLC0415

        expired(settings(), draft, at=now(), run=run)
        raise ToldError(f"Nobody decided in time. {waits(draft)} Clear the task to ask again.")

    def _login(self, user: Mapping[str, str] | None) -> str:
        """The log-in of whoever answered."""
        return (user or {}).get("name") or (user or {}).get("id") or ""

    def _assigned(self, approvers: Mapping[str, Approver]) -> list[HITLUser] | None:
        """The users Airflow lets answer, where it knows them by the name they log in with."""
        if not conf.get("core", "auth_manager").endswith(_KNOW_LOG_INS):
            return None
        return [{"id": login, "name": one.name} for login, one in approvers.items()]


def exceptions_in(written: str) -> dict[str, str]:
    """Why each finding may stand, by its code, from lines such as ``E1 = why``."""
    lines = [line.partition("=") for line in written.splitlines() if line.strip()]
    return {code.strip(): why.strip() for code, _, why in lines}
