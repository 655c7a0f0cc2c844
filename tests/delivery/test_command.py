"""``candour deliver``: who gets what, what became of it, and what would go."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner, Result

from tasks.cli.deliver import deliver
from tasks.settings import Settings
from tests.conftest import Made
from tests.delivery.servers import Fussy

BULLETIN = ("northmere", "weekly_bulletin", "2024-W14")


@pytest.fixture
def office(
    post_office: tuple[Settings, Fussy], monkeypatch: pytest.MonkeyPatch
) -> tuple[Settings, Fussy]:
    """The post office, which the command finds as it would any other."""
    monkeypatch.setattr("tasks.cli.deliver.settings", lambda: post_office[0])
    return post_office


def run(arguments: Sequence[str]) -> Result:
    app = typer.Typer()
    app.command()(deliver)
    return CliRunner().invoke(app, [*arguments])


def lines(result: Result) -> dict[str, str]:
    return {line.split()[0]: line for line in result.output.splitlines()[1:] if line.strip()}


def test_it_sends_and_says_to_whom_and_again_sends_nothing(
    office: tuple[Settings, Fussy], bulletin: Made
) -> None:
    _, server = office
    first = run(BULLETIN)
    assert first.exit_code == 0, first.output
    sent = len(server.names)
    told = lines(first)
    assert len(told) == sent >= 12
    assert "sent" in told["p_osei"]
    assert "250 2.0.0 OK" in told["p_osei"]
    assert "@" not in first.output
    again = run(BULLETIN)
    assert again.exit_code == 0
    assert len(server.names) == sent
    assert [*lines(again)] == [*told]


def test_a_dry_run_says_what_would_go(office: tuple[Settings, Fussy], bulletin: Made) -> None:
    _, server = office
    result = run([*BULLETIN, "--dry-run"])
    assert result.exit_code == 0
    assert "would go" in lines(result)["p_osei"]
    assert server.names == []


def test_a_machine_gets_the_same_with_the_message_ids(
    office: tuple[Settings, Fussy], bulletin: Made
) -> None:
    _, server = office
    rows = json.loads(run([*BULLETIN, "--json"]).output)
    assert {row["message_id"] for row in rows} == {id_ for _, id_ in server.taken}
    assert {row["state"].split()[0] for row in rows} == {"sent"}


def test_mails_that_cannot_go_yet_are_listed_and_the_sentence_says_why(
    office: tuple[Settings, Fussy], bulletin: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = replace(office[0], smtp="smtp://127.0.0.1:1")
    monkeypatch.setattr("tasks.cli.deliver.settings", lambda: here)
    result = run(BULLETIN)
    assert "could not be reached" in str(result.exception)
    assert "waiting" in lines(result)["p_osei"]


def test_approving_needs_a_name(office: tuple[Settings, Fussy]) -> None:
    result = run([*BULLETIN, "--approve-mails"])
    assert "needs --by NAME" in str(result.exception)


def test_a_release_there_is_not_is_a_sentence(office: tuple[Settings, Fussy]) -> None:
    result = run([*BULLETIN[:2], "2031-W01"])
    assert "There is no release of weekly_bulletin 2031-W01" in str(result.exception)
    result = run([*BULLETIN, "--version", "9"])
    assert "There is no release of version 9 of" in str(result.exception)


def test_a_report_nobody_gets_by_mail_says_where_that_is_decided(
    office: tuple[Settings, Fussy], annual: Made
) -> None:
    result = run(["knowsley", "annual_report", "2023-24"])
    assert result.exit_code == 0
    assert "'mail_to' of the report in council.yaml" in result.output
