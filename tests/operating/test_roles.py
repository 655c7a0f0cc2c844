"""Roles under FAB: everybody does what is theirs, in their own council's reports, and no more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.audiences.test_planted import COUNCIL

if TYPE_CHECKING:
    from tests.operating.conftest import Operated

pytestmark = [pytest.mark.gate, pytest.mark.timeout(900)]


def test_a_manager_starts_their_reports_and_an_approver_lets_them_out(operated: Operated) -> None:
    assert operated.ends == {"intake": "success", "month": "success", "refused": "failed"}
    assert operated.statuses["bronwen.hale approves"] == 200
    folder = operated.home / "var/releases" / COUNCIL / "monthly_pack/2024-03/managers/v1"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["approver"] == {
        "name": "Bronwen Hale", "role": "Complaints manager", "how": "page"
    }  # fmt: skip


def test_nobody_else_answers_and_the_question_still_stands(operated: Operated) -> None:
    attempts = {who: code for who, code in operated.statuses.items() if who.endswith(" approves")}
    assert attempts.pop("bronwen.hale approves") == 200
    assert len(attempts) == 6
    assert set(attempts.values()) == {403}


def test_a_manager_sees_the_dags_of_their_council_alone(operated: Operated) -> None:
    own = {
        f"{COUNCIL}__{one}"
        for one in ("intake", "monthly_pack", "weekly_bulletin", "annual_report")
    }
    assert operated.seen["mona.ger"] == own
    assert operated.seen["bronwen.hale"] == own
    assert all(dag.startswith("northmere__") for dag in operated.seen["else.where"])
    assert own < operated.seen["olive.op"]


def test_who_may_not_start_a_report_is_turned_away(operated: Operated) -> None:
    assert operated.statuses["vi.ewer starts"] == 403
    assert operated.statuses["else.where starts"] == 403


def test_an_operator_reads_no_secret_and_no_log_in(operated: Operated) -> None:
    for who in ("mona.ger", "olive.op"):
        for what in ("connections", "variables", "config", "users"):
            assert operated.statuses[f"{who} reads {what}"] == 403, (who, what)


def test_the_command_changes_nothing_the_second_time(operated: Operated) -> None:
    first, second = operated.roles_said
    assert f"{COUNCIL}-approver" in first.splitlines()[0]
    assert second.splitlines()[0].endswith("changed: none.")
    assert "airflow users create --username bronwen.hale" in second
