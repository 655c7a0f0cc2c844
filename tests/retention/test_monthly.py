"""Once a month operations hear what waits, or what went; one council's trouble stops no other."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
from email import message_from_bytes
from email.policy import default

import pytest
from typer.testing import CliRunner

from candour.errors import CandourError, ConfigurationError
from tasks.cli.app import app
from tasks.retaining.monthly import look_through, look_through_every
from tasks.state import Outbox

from .conftest import CHANGES, FIRST_FULL, Town

TODAY = dt.date(2026, 6, 1)
NOW = dt.datetime(2026, 6, 1, 4, tzinfo=dt.UTC)


@pytest.fixture
def mailed(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town whose mails wait in the outbox, as no mail server answers."""
    monkeypatch.setenv("CANDOUR_SMTP", "smtp://127.0.0.1:9")
    return town


def letters(town: Town) -> list[tuple[str, str, str]]:
    """To whom, subject and text of every mail that waits."""
    found = []
    for letter in Outbox(town.settings.database).kept("northmere"):
        message = message_from_bytes(letter.content, policy=default)
        body = message.get_body(("plain",))
        assert body is not None
        found.append((str(message["To"]), str(message["Subject"]), body.get_content()))
    return found


def test_operations_are_told_what_waits_and_nothing_is_touched(mailed: Town) -> None:
    before = mailed.files()
    assert look_through(mailed.settings, "northmere", now=NOW, today=TODAY) == 5
    assert mailed.files() == before
    assert mailed.tombstones() == []
    ((to, subject, text),) = letters(mailed)
    assert "operations@northmere.invalid" in to
    assert subject == "Northmere Council: five things can be purged"
    said = " ".join(text.split())
    assert re.search(
        r"3 exports, \d+ KB, dated 2024-03-04 to 2024-04-02; kept under 'exports: 24' months\.",
        said,
    )
    assert "2 cases read from exports" in said
    assert "Nothing was touched." in said
    assert "candour purge northmere --yes --by NAME" in said


def test_it_is_told_once_a_month(mailed: Town) -> None:
    for _ in range(2):
        look_through(mailed.settings, "northmere", now=NOW, today=TODAY)
    assert len(letters(mailed)) == 1
    later = dt.datetime(2026, 7, 1, 4, tzinfo=dt.UTC)
    look_through(mailed.settings, "northmere", now=later, today=later.date())
    assert len(letters(mailed)) == 2


def test_it_purges_where_the_council_declares_so_and_tells_what_went(mailed: Town) -> None:
    mailed.retain("{purge: automatic}")
    raw = mailed.raw(FIRST_FULL)
    assert look_through(mailed.settings, "northmere", now=NOW, today=TODAY) == 5
    assert not mailed.store.exists(raw)
    assert {stone.purged_by for stone in mailed.tombstones()} == {"retention: purge: automatic"}
    ((_, subject, text),) = letters(mailed)
    assert subject == "Northmere Council: five things were purged"
    assert "candour purge northmere --tombstones" in text
    assert look_through(mailed.settings, "northmere", now=NOW, today=TODAY) == 0


def test_nothing_is_told_where_nothing_waits(mailed: Town) -> None:
    day = dt.date(2026, 3, 3)
    assert look_through(mailed.settings, "northmere", now=NOW, today=day) == 0
    assert letters(mailed) == []


def test_one_councils_broken_folder_stops_no_other(mailed: Town) -> None:
    councils = mailed.project / "councils"
    shutil.copytree(councils / "northmere", councils / "broken")
    (councils / "broken/council.yaml").write_text("name: [", "utf-8")
    with pytest.raises(CandourError, match=r"^broken: ") as told:
        look_through_every(mailed.settings, ["broken", "northmere"], now=NOW, today=TODAY)
    assert "northmere:" not in str(told.value)
    assert len(letters(mailed)) == 1, "northmere was looked through"


@pytest.fixture
def screen(mailed: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The command line on a day two years later."""
    monkeypatch.setattr("tasks.cli.purge.settings", lambda: mailed.settings)
    monkeypatch.setattr("tasks.cli.screen.today", lambda: TODAY)
    monkeypatch.setattr("tasks.cli.screen.now", lambda: NOW)
    return mailed


def said(*arguments: str) -> str:
    answer = CliRunner().invoke(app, ["purge", "northmere", *arguments], catch_exceptions=False)
    return answer.output


def test_the_command_tells_what_would_go_and_what_stays_and_why(screen: Town) -> None:
    before = screen.files()
    answer = said()
    assert answer.startswith("Five things (")
    assert "would go:" in answer
    for name in (FIRST_FULL, *CHANGES):
        assert name in answer
    assert "Older than its months, and stays:" in answer
    assert "It alone holds 1 row that reports still count" in answer
    assert "To do it: candour purge northmere --yes --by NAME" in answer
    assert screen.files() == before
    assert "Nothing was ever purged." in said("--tombstones")


def test_it_is_done_only_in_somebodys_name(screen: Town) -> None:
    with pytest.raises(ConfigurationError, match="--by NAME"):
        said("--yes")
    assert screen.tombstones() == []
    assert "were purged:" in said("--yes", "--by", "Bronwen Hale")
    assert not screen.store.exists(screen.raw(FIRST_FULL))
    listed = said("--tombstones")
    assert "2026-06-01" in listed
    assert "Bronwen Hale" in listed
    assert FIRST_FULL in listed
    assert "Nothing is older than the council keeps and may go." in said()


def test_nothing_a_row_says_is_told_anywhere(screen: Town) -> None:
    """Names, addresses and references of every row of what goes, against all that is printed."""
    text = (screen.inbox / FIRST_FULL).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    columns = ("Customer Name", "Customer Email", "Customer Address", "Ref")
    secrets = {row[name] for row in rows for name in columns if row[name]}
    assert len(secrets) > 50
    printed = said() + said("--json") + said("--yes", "--by", "B") + said("--tombstones", "--json")
    assert not {secret for secret in secrets if secret in printed}
