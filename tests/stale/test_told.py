"""Old exports are told of in every medium, whatever else came later; fresh ones are not."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from openpyxl import load_workbook

from candour.period import Period
from tasks.alerts.caveats import tell_if_stale
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.covering import covering_letters
from tasks.documentation.released import approved_by_name
from tasks.portal import publish_portal
from tasks.publish import publish
from tasks.state import Outbox, Release
from tests.retention.conftest import FIRST_FULL, OLDER, SAMPLES, Town, empty_town

OLD, FRESH = "complaints_changes_20240318.csv", "complaints_changes_20240401.csv"
CONTACTS = "contacts_full_20240408.csv"
AT = dt.datetime(2024, 4, 8, 7, tzinfo=dt.UTC)
# After Monday 18 March come four working days of that week, four before Good Friday, and Tuesday.
SENTENCE = (
    "These are the complaints as the system told them on Monday 18 March 2024, 9 working days "
    "before this bulletin. What happened since is not in it."
)
PACK = "Not complete: March 2024 is told up to the extract of 18 March 2024."


def _released(town: Town, report: str, period: str) -> Release:
    computed = compute_kpis(town.settings, "northmere", report, Period.parse(period))
    draft = build(town.settings, computed)
    approved_by_name(town.settings, draft, at=AT)
    return publish(town.settings, draft, released_at=AT)


def _town(root: Path, changes: str) -> Town:
    """Complaints up to a day; contacts up to Monday 8 April, so that something is fresh."""
    town = empty_town(root)
    town.put(FIRST_FULL, OLDER, changes)
    shutil.copy(SAMPLES / CONTACTS, town.inbox)
    os.utime(town.inbox / CONTACTS, (0, 0))
    assert town.take_in(dt.date(2024, 4, 8)).known_on == "2024-04-08"
    return town


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, Release]:
    town = _town(tmp_path_factory.mktemp("old"), OLD)
    return town, _released(town, "weekly_bulletin", "2024-W14")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, Release]:
    town = _town(tmp_path_factory.mktemp("fresh"), FRESH)
    return town, _released(town, "weekly_bulletin", "2024-W14")


def _files(made: tuple[Town, Release], ending: str) -> dict[str, bytes]:
    town, release = made
    names = [name for name in town.store.names(release.folder) if name.endswith(ending)]
    assert names
    return {name: town.store.read(name) for name in names}


def _said(text: str) -> str:
    return " ".join(text.split())


def _mails(made: tuple[Town, Release]) -> list[EmailMessage]:
    return [message_from_bytes(m, policy=default) for m in _files(made, ".eml").values()]


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_every_mail_of_an_old_bulletin_says_so_in_its_subject_and_at_its_top(
    old: tuple[Town, Release],
) -> None:
    mails = _mails(old)
    assert len(mails) > 5
    for mail in mails:
        assert _said(str(mail["Subject"])).startswith(
            "Official-Sensitive: Not up to date: complaints outstanding on 2 April 2024, as told "
            "on 18 March 2024"
        )
        text, page = _said(_body(mail, "plain")), _said(_body(mail, "html"))
        assert f"NOT UP TO DATE. {SENTENCE}" in text[:450]
        assert f"<strong>Not up to date.</strong> {SENTENCE}</p>" in page
        assert page.index(SENTENCE) < page.index("mail was made")
        assert "preheader" in page


@pytest.mark.parametrize("ending", [".html", ".txt"])
def test_pages_and_texts_say_it_and_call_nothing_todays(
    old: tuple[Town, Release], ending: str
) -> None:
    for name, content in _files(old, ending).items():
        text = _said(content.decode())
        assert SENTENCE in text, name
        for word in ("today", "known now", "You have no outstanding", "Nothing came in and"):
            assert word not in text, (name, word)
        assert "Everything is told as it was known then" in text


def test_every_sheet_of_every_workbook_says_it(old: tuple[Town, Release]) -> None:
    for name, content in _files(old, ".xlsx").items():
        book = load_workbook(io.BytesIO(content))
        sheets = [sheet for sheet in book.worksheets if sheet.title != "Contents"]
        assert sheets
        for sheet in sheets:
            top = [cell.value for row in sheet.iter_rows(max_row=6) for cell in row if cell.value]
            assert SENTENCE in " ".join(map(str, top)), (name, sheet.title)


def test_the_manifest_and_the_portal_say_it(old: tuple[Town, Release], tmp_path: Path) -> None:
    made, release = old
    town = made.copy(tmp_path / "town")
    assert json.loads(town.store.read(f"{release.folder}/manifest.json"))["caveat"] == SENTENCE
    pages = [
        town.store.read(f"{folder}/index.html").decode()
        for folder in publish_portal(town.settings, "northmere")
    ]
    told = [page for page in pages if SENTENCE in page]
    assert len(told) > 5
    for page in pages:
        assert "What needs you now" not in page
        assert "Nothing needs you now" not in page
    assert any("What was outstanding: not up to date" in page for page in told)


def test_the_complaints_team_hears_of_it_once(old: tuple[Town, Release], tmp_path: Path) -> None:
    made, release = old
    town = made.copy(tmp_path / "town")
    os.environ["CANDOUR_SMTP"] = "smtp://127.0.0.1:9"
    try:
        for hours in (0, 5):
            tell_if_stale(town.settings, release, now=AT + dt.timedelta(hours=hours))
    finally:
        del os.environ["CANDOUR_SMTP"]
    (letter,) = Outbox(town.settings.database).kept("northmere")
    mail = message_from_bytes(letter.content, policy=default)
    assert "feedback@northmere.invalid" in str(mail["To"])
    assert _said(str(mail["Subject"])) == (
        "Northmere Council: the weekly bulletin for Week beginning 1 April 2024 went out, and its "
        "cases are not up to date"
    )
    assert SENTENCE in _said(_body(mail, "plain"))


def test_a_fresh_bulletin_says_nothing_of_the_kind(fresh: tuple[Town, Release]) -> None:
    town, release = fresh
    for mail in _mails(fresh):
        assert _said(str(mail["Subject"])).startswith(
            "Official-Sensitive: Complaints outstanding on 2 April 2024"
        )
    for ending in (".html", ".txt"):
        for content in _files(fresh, ending).values():
            assert "up to date" not in content.decode().casefold()
            assert "known now" in content.decode()
    assert "caveat" not in json.loads(town.store.read(f"{release.folder}/manifest.json"))
    tell_if_stale(town.settings, release, now=AT)
    assert Outbox(town.settings.database).kept("northmere") == []


@pytest.mark.gate
def test_a_pack_whose_complaints_end_early_says_so_although_contacts_came_later(
    old: tuple[Town, Release], tmp_path: Path
) -> None:
    town = old[0].copy(tmp_path / "town")
    town.judge()
    release = _released(town, "monthly_pack", "2024-03")
    made = (town, release)
    manifest = json.loads(town.store.read(f"{release.folder}/manifest.json"))
    assert manifest["known_on"] == "2024-04-08", "contacts are known up to then"
    assert manifest["caveat"] == PACK
    for content in _files(made, ".html").values():
        assert PACK in _said(content.decode())
    for name, content in _files(made, ".xlsx").items():
        first = load_workbook(io.BytesIO(content)).worksheets[0]
        top = [cell.value for row in first.iter_rows(max_row=12) for cell in row if cell.value]
        said = " ".join(map(str, top))
        assert PACK in said or "case-list" in name, name
    letters = covering_letters(town.settings, town.store, release)
    assert letters
    for letter in letters:
        assert "Not complete: " in str(letter.message["Subject"])
        assert PACK in _said(_body(letter.message, "plain"))
        assert PACK in _said(_body(letter.message, "html"))
