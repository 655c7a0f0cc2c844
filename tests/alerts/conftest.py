"""What tests of alerts share: a run state, a real mail server, and what Airflow hands over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import default
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tasks.mail_sink import sink
from tests.conftest import settings_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from tasks.settings import Settings

AT = dt.datetime(2024, 6, 3, 6, 30, tzinfo=dt.UTC)
DAG = "northmere__intake"
RUN = "scheduled__2024-06-03T05:00:00+00:00"


@dataclass(frozen=True)
class Post:
    """A mail server that runs, settings that use it, and what it took."""

    settings: Settings
    folder: Path

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails that came, by recipient."""
        files = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]

    @property
    def mail(self) -> EmailMessage:
        """The one mail that came."""
        (only,) = self.mails
        return only


def text_of(mail: EmailMessage) -> str:
    """A mail's plain text."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(mail: EmailMessage) -> str:
    """A mail's page."""
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def ended(
    problem: Exception | None, task: str = "extract", dag: str = DAG, run: str = RUN, **more: Any
) -> dict[str, Any]:
    """What Airflow hands over of a task that has failed."""
    instance = SimpleNamespace(
        dag_id=dag,
        task_id=task,
        run_id=run,
        start_date=AT,
        log_url=f"http://airflow.invalid/dags/{dag}",
    )
    at = SimpleNamespace(run_id=run, start_date=AT, run_after=AT)
    return {"ti": instance, "dag_run": at, "exception": problem} | more


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """A mail server for a run state of the test's own, which callbacks find by the environment."""
    with sink(tmp_path / "mail") as address:
        monkeypatch.setenv("CANDOUR_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("CANDOUR_SMTP", address)
        yield Post(replace(settings_at(tmp_path / "home"), smtp=address), tmp_path / "mail")
