"""What tests of alerts share: a run state, a real mail server, and what Airflow hands over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tasks.build import _DRAFT, Draft, _newest
from tasks.compute_kpis import Computed
from tasks.mail_sink import sink
from tasks.settings import settings
from tasks.store import Store
from tests.conftest import settings_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

    from tasks.settings import Settings

AT = dt.datetime(2024, 6, 3, 6, 30, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[2]
HEADLINE = "Of the responses sent, 71% were in time."
FINDING = "Two cells of Complaints by service are below five."
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


def eastmere(at: Path, arrive: str = "", files: dict[str, str] | None = None) -> Path:
    """Northmere's folder under another name, with an inbox of its own; gives what holds it."""
    folder, inbox = at / "councils" / "eastmere", at / "inbox"
    for source in (ROOT / "councils/northmere").glob("*.yaml"):
        target = folder / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.read_text("utf-8"), "utf-8")
    lines = [
        line
        for line in (folder / "council.yaml").read_text("utf-8").splitlines()
        if not line.startswith(("inbox:", "exports_arrive:"))
    ]
    lines += [f"inbox: {inbox}", f"exports_arrive: {arrive}" if arrive else ""]
    (folder / "council.yaml").write_text("\n".join(lines), "utf-8")
    inbox.mkdir()
    for name, content in (files or {}).items():
        (inbox / name).write_text(content, "utf-8")
    return folder.parent


@pytest.fixture
def council(tmp_path: Path) -> Callable[..., Settings]:
    """Settings that know Eastmere and say when its exports arrive."""

    def made(
        arrive: str = '{on: [Monday], by: "07:30"}', files: dict[str, str] | None = None
    ) -> Settings:
        councils = eastmere(tmp_path, arrive, files)
        given = {"CANDOUR_HOME": str(tmp_path / "home"), "CANDOUR_COUNCILS": str(councils)}
        return settings(given)

    return made


def made_draft(
    at: Settings,
    council: str = "northmere",
    folder: str = "drafts/northmere/one",
    digest: str = "d1",
) -> Draft:
    """A draft of March's pack as a build leaves it, the newest there is."""
    names = dict.fromkeys(Computed.__dataclass_fields__, "")
    names |= {"council": council, "report": "monthly_pack", "period": "2024-03", "id": folder[-3:]}
    draft = Draft(
        computed=Computed(**names), audience="managers", folder=folder, digest=digest, files=(),
        review=(), remarks=(), findings=f"One remark:\n- {FINDING}", clean=False, broken=(),
        headlines=(HEADLINE,), profile={}, withheld=0, reason="", corrects=0,
    )  # fmt: skip
    store = Store(at.home)
    store.write(f"{folder}/draft.json", _DRAFT.dump_json(draft))
    store.write(_newest(draft.place), folder.encode())
    return draft
