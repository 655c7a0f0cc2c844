"""A task that failed: one mail to the right person, by a real mail server, and no row in it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from airflow.sdk.exceptions import AirflowFailException

from candour.alert import Kind, ToldError
from candour.errors import CandourError, ConfigurationError, InputError
from tasks.airflow_runs import DEFAULTS, in_sentences
from tasks.alerts import failed, run_failed, tell
from tasks.alerts.telling import Occasion, word
from tasks.outbox import NotAllSentError
from tests.alerts.conftest import AT, ended, html_of, text_of

if TYPE_CHECKING:
    from tests.alerts.conftest import Post

CANARY = "Mrs Canary of 1 Birdcage Walk"
REFUSED = "complaints_full_20240603.csv: the column 'Date received' is missing."


def _sentence(problem: CandourError) -> Exception:
    @in_sentences
    def task() -> None:
        raise problem

    with pytest.raises(AirflowFailException) as raised:
        task()
    return raised.value


def test_every_task_tells_when_it_has_failed() -> None:
    assert DEFAULTS["on_failure_callback"] is failed


def test_a_refused_export_is_told_the_complaints_team_whole(post: Post) -> None:
    failed(ended(_sentence(InputError(REFUSED))))
    assert post.mail["To"] == "Complaints and feedback team <feedback@northmere.invalid>"
    assert post.mail["Subject"] == "Northmere Council: an export was refused"
    told = " ".join(text_of(post.mail).split())
    for words in (
        "The intake stopped: a file of the inbox could not be taken in.",
        f"WHY {REFUSED}",
        "WHAT WAS KEPT Nothing of that file is used.",
        "WHAT TO DO - Put a corrected file into the inbox, or take the wrong one out.",
        "http://airflow.invalid/dags/northmere__intake",
        "this council is fictional",
    ):
        assert words in told


def test_the_page_says_what_the_text_says(post: Post) -> None:
    failed(ended(_sentence(InputError(f"{REFUSED} <b>bold</b>"))))
    page = html_of(post.mail)
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<style>" not in page.partition("<body")[2]
    for heading in ("Why", "What was kept", "What to do"):
        assert f">{heading}</h2>" in page


def test_what_nobody_foresaw_is_told_operations_without_its_words(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    failed(ended(KeyError(CANARY)))
    assert post.mail["To"] == "Operations <operations@northmere.invalid>"
    assert "KeyError" in text_of(post.mail)
    logged = "\n".join(x.getMessage() for x in caplog.records if x.name.startswith("tasks"))
    assert "The alert 'unforeseen' of northmere was posted." in logged
    assert "@northmere.invalid" not in logged
    for place in (post.mail.as_string(), logged):
        assert "Canary" not in place


def test_one_failure_is_one_mail_however_often_it_is_tried(post: Post) -> None:
    failed(ended(_sentence(InputError(REFUSED))))
    failed(ended(_sentence(InputError("another_file.csv: is empty."))))
    assert len(post.mails) == 1


@pytest.mark.parametrize(
    "other",
    [{"run": "manual__2024-06-04"}, {"task": "validate"}, {"dag": "northmere__monthly_pack"}],
)
def test_another_run_or_task_is_another_mail(post: Post, other: dict[str, str]) -> None:
    failed(ended(_sentence(InputError(REFUSED))))
    failed(ended(_sentence(InputError(REFUSED)), **other))
    assert len(post.mails) == 2


def test_a_broken_declaration_of_the_council_is_told_all_the_same(
    post: Post, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    councils = tmp_path_factory.mktemp("councils")
    (councils / "eastmere").mkdir()
    (councils / "eastmere/council.yaml").write_text(
        "name: Eastmere Council\nreports: {monthly_pack: {audience\n"
        "complaints_team: {name: Feedback, email: feedback@eastmere.invalid}\n"
    )
    monkeypatch.setenv("CANDOUR_COUNCILS", str(councils))
    wrong = ConfigurationError("councils/eastmere/council.yaml, line 2: a bracket is not closed.")
    failed(ended(_sentence(wrong), dag="eastmere__intake"))
    assert post.mail["To"] == "Feedback <feedback@eastmere.invalid>"
    assert "candour check eastmere" in text_of(post.mail)


def test_a_lost_process_is_told_operations(post: Post) -> None:
    context = ended(None)
    del context["exception"]
    failed(context)
    assert post.mail["Subject"] == "Northmere Council: the intake was lost at extract"


def test_a_run_tells_of_a_task_that_could_not_tell_of_itself(post: Post) -> None:
    context = ended(None)
    del context["exception"]
    for _ in range(2):
        run_failed(context | {"reason": "task_failure"})
    assert post.mail["Subject"] == "Northmere Council: the intake was lost at extract"


@pytest.mark.parametrize("redirect", ["", "tests@northmere.invalid"])
def test_a_run_tells_nothing_its_task_has_told(
    post: Post, monkeypatch: pytest.MonkeyPatch, redirect: str
) -> None:
    monkeypatch.setenv("CANDOUR_MAIL_REDIRECT", redirect)
    context = ended(_sentence(InputError(REFUSED)))
    failed(context)
    run_failed(context | {"reason": "task_failure"})
    run_failed({"dag": None, "run_id": "x", "reason": "task_failure"})
    assert "an export was refused" in post.mail["Subject"]


def test_what_was_told_already_is_told_nobody(post: Post) -> None:
    failed(ended(_sentence(ToldError("Nobody decided in time."))))
    assert post.mails == []


def test_an_alert_that_cannot_be_made_hides_nothing_and_says_so(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    failed(ended(KeyError(CANARY), dag="nowhere__intake"))
    assert post.mails == []
    assert "An alert of nowhere__intake could not be made (configuration)" in caplog.text
    assert "Canary" not in caplog.text


def test_a_mail_server_that_is_down_loses_no_alert(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("CANDOUR_SMTP", "smtp://127.0.0.1:1")
    failed(ended(NotAllSentError("the mail server 127.0.0.1:1 could not be reached"), "deliver"))
    assert post.mails == []
    assert "waits in the outbox" in caplog.text
    monkeypatch.setenv("CANDOUR_SMTP", post.settings.smtp)
    failed(ended(_sentence(InputError(REFUSED))))
    subjects = {mail["Subject"] for mail in post.mails}
    assert subjects == {
        "Northmere Council: mail is waiting",
        "Northmere Council: an export was refused",
    }


def test_an_alert_that_waits_is_not_queued_again_in_other_words(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("CANDOUR_SMTP", "smtp://127.0.0.1:1")
    failed(ended(_sentence(InputError(REFUSED))))
    monkeypatch.setenv("CANDOUR_SMTP", post.settings.smtp)
    failed(ended(_sentence(InputError("another_file.csv: is empty."))))
    assert REFUSED in text_of(post.mail)
    assert not [x for x in caplog.records if x.levelname == "ERROR"]


def test_a_database_that_is_down_is_told_past_it(
    post: Post, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("CANDOUR_DATABASE", f"sqlite:///{tmp_path}")  # a folder, and no database
    failed(ended(OSError(5, "Input/output error")))
    assert post.mail["To"] == "Operations <operations@northmere.invalid>"
    assert "could not reach its store" in post.mail["Subject"]


def test_a_refused_address_or_no_mail_server_stops_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("tasks.mail_sink._Keeper.handle_RCPT", _no_such_user, raising=False)
    failed(ended(_sentence(InputError(REFUSED))))
    logged = "\n".join(x.getMessage() for x in caplog.records if x.name.startswith("tasks"))
    assert "550 No such user" in logged
    assert "@northmere.invalid" not in logged
    monkeypatch.setenv("CANDOUR_SMTP", "")
    failed(ended(_sentence(InputError(REFUSED)), "validate"))  # and no Airflow connection
    assert post.mails == []


async def _no_such_user(*_: object) -> str:
    return "550 No such user"


def test_outside_production_an_alert_is_redirected_or_only_told_of(post: Post) -> None:
    names = {"flow": "the intake", "task": "extract"}
    alert = word(post.settings, Occasion(Kind.HALTED, "northmere", "k", names), now=AT)
    tell(replace(post.settings, mail_dry_run=True), alert, now=AT)
    assert post.mails == []
    tell(replace(post.settings, mail_redirect="tests@northmere.invalid"), alert, now=AT)
    assert post.mail["To"] == "tests@northmere.invalid"
    assert str(post.mail["Subject"]).count("[for ") == 1


def test_a_very_long_reason_is_shortened(post: Post) -> None:
    failed(ended(_sentence(InputError("\n".join(f"file {n} is empty." for n in range(40))))))
    told = text_of(post.mail)
    assert "file 11 is empty." in told
    assert "file 12 is empty." not in told
    assert "The rest is in the log of the task." in told
