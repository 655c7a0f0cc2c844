"""Declared roles: each may what it should, a council at a time, whatever state its folder is in."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tasks.airflow_log_ins import CouncilLogIns
from tasks.roles import OPERATOR, approvers, roles
from tasks.settings import Settings, settings

COUNCIL_FILE = """
name: {name}
reports:
  monthly_pack: {{audience: managers}}
approval:
  approvers:
    {login}: {{name: Ann Other, role: Complaints manager, email: ann@{name}.invalid}}
"""


@pytest.fixture
def two(tmp_path: Path) -> Settings:
    for name, login in (("eastwick", "ann.other"), ("westwick", "ann.other")):
        folder = tmp_path / "councils" / name
        folder.mkdir(parents=True)
        (folder / "council.yaml").write_text(COUNCIL_FILE.format(name=name, login=login))
    return settings({"CANDOUR_PROJECT": str(tmp_path), "CANDOUR_HOME": str(tmp_path / "var")})


def test_a_councils_roles_reach_its_own_dags_alone(two: Settings) -> None:
    made = {role.name: role.permissions for role in roles(two)}
    assert set(made) == {OPERATOR, "eastwick-manager", "eastwick-approver",
                         "westwick-manager", "westwick-approver"}  # fmt: skip
    for council in ("eastwick", "westwick"):
        for part in ("manager", "approver"):
            own = {of for _, of in made[f"{council}-{part}"] if of.startswith("DAG:")}
            assert own == {f"DAG:{council}__intake", f"DAG:{council}__monthly_pack"}
            assert not {("can_read", "DAGs"), ("can_edit", "DAGs")} & made[f"{council}-{part}"]


def test_only_an_approver_answers_and_only_an_administrator_reads_secrets(two: Settings) -> None:
    answering = ("can_edit", "HITL Detail")
    made = {role.name: role.permissions for role in roles(two)}
    assert {name for name in made if answering in made[name]} == {
        "eastwick-approver", "westwick-approver"
    }  # fmt: skip
    secret = {"Connections", "Variables", "Configurations", "Users", "Roles", "Passwords"}
    for name, permissions in made.items():
        assert not secret & {of for _, of in permissions}, name
        assert not {one for one in permissions if one[1] == "XComs"} - {("can_read", "XComs")}


def test_a_dag_that_airflow_still_knows_stays_in_reach(two: Settings) -> None:
    known = ("eastwick__old_report", "westwick__intake", "every_council__arrivals")
    made = {role.name: role.permissions for role in roles(two, known)}
    assert ("can_read", "DAG:eastwick__old_report") in made["eastwick-manager"]
    assert "DAG:every_council__arrivals" not in {of for _, of in made["eastwick-manager"]}


def test_somebody_may_approve_for_two_councils(two: Settings) -> None:
    assert [(one.login, one.role) for one in approvers(two)] == [
        ("ann.other", "eastwick-approver"), ("ann.other", "westwick-approver")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["name: [", "- a list", "approval: 7", "approval: {approvers: [a]}"]
)
def test_a_broken_folder_names_nobody_and_stops_no_other(two: Settings, text: str) -> None:
    (two.council_folders[0] / "eastwick/council.yaml").write_text(text)
    assert [one.role for one in approvers(two)] == ["westwick-approver"]
    assert "westwick-manager" in {role.name for role in roles(two)}


def test_a_question_is_answered_by_whoever_logs_in_by_that_name() -> None:
    """FAB's own rule compares its number of the user, which no council's folder can know."""
    user = SimpleNamespace(get_id=lambda: "7", get_name=lambda: "ann.other")
    asks = CouncilLogIns.is_authorized_hitl_task
    here: CouncilLogIns = object.__new__(CouncilLogIns)
    assert asks(here, assigned_users={"ann.other"}, user=user)
    assert not asks(here, assigned_users={"somebody.else", "7"}, user=user)
