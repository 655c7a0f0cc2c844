"""What becomes of an answer on Airflow's page, of none, and of a stranger's."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from airflow.sdk.exceptions import AirflowFailException

from candour.alert import ToldError
from tasks.airflow_approval import Approve, exceptions_in
from tasks.approve import Standing, approve, standing
from tasks.build import Draft
from tasks.mail_sink import sink
from tasks.settings import Settings
from tasks.state import Decisions
from tests.approval.conftest import BROKEN
from tests.conftest import RELEASED_AT

RUN = {"run_id": "manual__1"}
WHY = "The vendor is mending it"


@pytest.fixture
def mail(at: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A mail server that is there for as long as the test, and where its mails are."""
    with sink(tmp_path / "mail") as smtp:
        here = replace(at, smtp=smtp)
        monkeypatch.setattr("tasks.airflow_approval.settings", lambda: here)
        yield tmp_path / "mail"


@pytest.fixture
def page(draft: Draft) -> Approve:
    """The task that waits for an answer."""
    return Approve(
        task_id="approve",
        council="northmere",
        report="monthly_pack",
        draft_folder=draft.folder,
        expires_after=120,
    )


def answer(chosen: str, user: str = "bronwen.hale", **given: str) -> dict[str, object]:
    return {
        "chosen_options": [chosen],
        "params_input": given,
        "responded_at": dt.datetime.now(dt.UTC),
        "responded_by_user": {"id": user, "name": user},
    }


def break_one(at: Settings, draft: Draft) -> None:
    """Write the draft as the gate would leave it that found a sum that fails."""
    path = Path(at.home) / draft.folder / "draft.json"
    written = json.loads(path.read_text())
    written["broken"] = [{"code": BROKEN.code, "what": BROKEN.what}]
    path.unlink()
    path.write_text(json.dumps(written))


def test_a_yes_is_written_down_with_its_exceptions(
    at: Settings, draft: Draft, page: Approve, mail: Path
) -> None:
    break_one(at, draft)
    with pytest.raises(AirflowFailException, match="only if E1 is accepted by name"):
        page.execute_complete(RUN, answer("Approve"))
    assert page.execute_complete(RUN, answer("Approve", exceptions=f"E1 = {WHY}")) == draft.folder
    decision = Decisions(at.database).approval(draft.place, draft.digest)
    assert decision is not None
    assert (decision.how, decision.name) == ("page", "Bronwen Hale")
    assert [(one.code, one.why) for one in decision.exceptions] == [("E1", WHY)]
    assert not list(mail.iterdir())


def test_a_no_needs_a_reason_and_is_told_to_the_complaints_team(
    at: Settings, draft: Draft, page: Approve, mail: Path
) -> None:
    with pytest.raises(AirflowFailException, match="rejected with a reason"):
        page.execute_complete(RUN, answer("Reject"))
    assert standing(at, draft) is Standing.WAITING
    page.execute_complete(RUN, answer("Reject", reason="Two cases are missing"))
    assert standing(at, draft) is Standing.REJECTED
    (told,) = mail.iterdir()
    assert told.name == "feedback@northmere.invalid.eml"
    assert b"Two cases are missing" in told.read_bytes()


def test_a_stranger_s_yes_decides_nothing(
    at: Settings, draft: Draft, page: Approve, mail: Path
) -> None:
    with pytest.raises(AirflowFailException, match=r"approver 'a\.stranger' is not known"):
        page.execute_complete(RUN, answer("Approve", "a.stranger"))
    assert standing(at, draft) is Standing.WAITING


def test_no_answer_in_time_ends_the_run_and_is_told_once(
    at: Settings, draft: Draft, page: Approve, mail: Path
) -> None:
    late = {"error": "no answer", "error_type": "timeout"}
    for _ in range(2):
        with pytest.raises(AirflowFailException, match="Nobody decided in time") as ended:
            page.execute_complete(RUN, late)
        assert isinstance(ended.value.__context__, ToldError), "nobody else is told again"
    assert [path.name for path in mail.iterdir()] == ["feedback@northmere.invalid.eml"]
    assert standing(at, draft) is Standing.WAITING


def test_an_approval_by_command_while_the_page_waited_is_enough(
    at: Settings, draft: Draft, page: Approve, mail: Path
) -> None:
    approve(at, draft, "judith.marlowe", how="command", at=RELEASED_AT)
    assert page.execute_complete(RUN, {"error": "x", "error_type": "timeout"}) == draft.folder
    decision = Decisions(at.database).approval(draft.place, draft.digest)
    assert decision is not None
    assert decision.how == "command"


def test_exceptions_are_read_line_by_line() -> None:
    assert exceptions_in("E1 = why = not\n\n  E13=because\n") == {
        "E1": "why = not",
        "E13": "because",
    }
