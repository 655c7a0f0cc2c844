"""A released report reaches each of its readers once, with their own files and nobody else's."""

import csv
import io
import json
import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from candour.errors import CandourError
from candour.readership import readers_in
from tasks import declared
from tasks.covering import covering_letters
from tasks.deliver import deliver, letters_of
from tasks.outbox import Letter
from tasks.settings import Settings
from tasks.state import Release, State
from tasks.store import Store
from tests.conftest import RELEASED_AT, Made
from tests.delivery.servers import Fussy

REASON = "Two cases were logged late"


def manifest(home: Settings, release: Release) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Store(home.home).read(f"{release.folder}/manifest.json"))
    return found


def words(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))  # type: ignore[arg-type]
    assert body is not None
    return str(body.get_content())


def attached(message: EmailMessage) -> list[str | None]:
    return [part.get_filename() for part in message.iter_attachments()]


def told(home: Settings, release: Release) -> list[Letter]:
    return covering_letters(home, Store(home.home), release)


def test_each_manager_and_director_gets_the_pack_with_their_own_cases_and_no_others(
    post_office: tuple[Settings, Fussy], pack: Made
) -> None:
    home, server = post_office
    council = declared.council(home, "northmere")
    expected = {
        reader.email.partition("@")[0]: reader
        for readership in ("managers", "directors")
        for reader in readers_in(council, readership)
    }
    posted = deliver(home, pack.release.folder, now=RELEASED_AT)
    assert len(posted.sent) == 17  # twelve managers and five directors, in people.yaml
    assert sorted(server.names) == sorted(expected)
    files = manifest(home, pack.release)["files"]
    for name, content in server.contents.items():
        message = message_from_bytes(content, policy=SMTP)
        own = {f["name"] for f in files if f["reader"] == expected[name].key}
        others = {f["name"] for f in files if f["reader"]} - own
        assert own < set(attached(message))
        assert not others & set(attached(message))
        assert {"northmere-monthly-pack-2024-03.xlsx"} < set(attached(message))
        for part in message.iter_attachments():
            stored = Store(home.home).read(f"{pack.release.folder}/{part.get_filename()}")
            assert part.get_content() == stored
    assert deliver(home, pack.release.folder, now=RELEASED_AT) == posted
    assert len(server.names) == 17


def test_it_says_what_it_is_and_three_figures_of_the_ledger(home: Settings, pack: Made) -> None:
    message = told(home, pack.release)[0].message
    assert message["Subject"] == "Official-Sensitive: Complaints performance pack, March 2024"
    rows = csv.DictReader(
        io.StringIO(Store(home.home).read(f"{pack.release.folder}/ledger.csv").decode())
    )
    display = {row["figure"]: row["display"] for row in rows}
    for kind in ("plain", "html"):
        said = " ".join(re.sub(r"<[^>]+>", " ", words(message, kind)).split())
        for figure in (
            "open_steps|2024-03",
            "overdue_steps|2024-03",
            "responded_in_time|2024-03|stage=1",
        ):
            assert f" {display[figure]} " in said, (kind, figure)
        assert "approved by Bronwen Hale, Complaints manager" in said
        assert "this council is fictional and its cases are synthetic" in said
        assert said.lower().count("official-sensitive") == 1


def test_every_number_it_says_is_in_the_releases_headlines_or_is_a_day_or_a_name(
    home: Settings, pack: Made
) -> None:
    told_first = " ".join(manifest(home, pack.release)["headlines"])
    said = words(told(home, pack.release)[0].message)
    said = re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{4}|\S+\.(pdf|xlsx)", "", said)
    assert re.findall(r"\d[\d,.]*%?", said)
    assert all(number in told_first for number in re.findall(r"\d+%?", said))


def test_the_same_release_gives_the_same_mails(home: Settings, pack: Made) -> None:
    once, again = told(home, pack.release), told(home, pack.release)
    assert [o.message.as_bytes() for o in once] == [o.message.as_bytes() for o in again]
    assert len({str(letter.message["Message-ID"]) for letter in once}) == len(once)


def test_a_correction_says_so_first_and_why(home: Settings, pack: Made) -> None:
    corrected = replace(pack.release, version=2, reason=REASON)
    (letter, *_) = told(home, corrected)
    assert letter.message["Subject"].startswith("Official-Sensitive: Correction: Complaints perf")
    for kind in ("plain", "html"):
        said = " ".join(re.sub(r"<[^>]+>", " ", words(letter.message, kind)).split())
        after = said.partition("Adjoa Osei,")[2]
        assert after.strip().startswith("This corrects what was sent before")
        assert REASON in after[:150]


def test_it_says_where_every_version_is_kept(
    home: Settings, pack: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Every version" not in words(told(home, pack.release)[0].message)
    council = declared.council(home, "northmere")
    delivery = council.profile.delivery.model_copy(
        update={"folders": {"managers": "file:///srv/complaints/managers"}}
    )
    profile = council.profile.model_copy(update={"delivery": delivery})
    monkeypatch.setattr(declared, "council", lambda *_: replace(council, profile=profile))
    said = words(told(home, pack.release)[0].message)
    assert "Every version of it is in /srv/complaints/managers" in said


def test_a_report_that_names_no_readers_is_mailed_to_nobody(home: Settings, annual: Made) -> None:
    assert told(home, annual.release) == []


def test_bulletins_go_as_they_were_released_each_to_its_reader(
    post_office: tuple[Settings, Fussy], bulletin: Made
) -> None:
    home, server = post_office
    deliver(home, bulletin.release.folder, now=RELEASED_AT)
    store = Store(home.home)
    mails = {
        name: store.read(name)
        for name in store.names(bulletin.release.folder)
        if name.endswith(".eml")
    }
    assert len(mails) >= 12
    assert sorted(server.contents.values()) == sorted(mails.values())


def test_the_same_bulletin_in_the_next_version_does_not_go_again(
    home: Settings, bulletin: Made
) -> None:
    first = letters_of(home, bulletin.release)
    second = letters_of(home, replace(bulletin.release, version=2, reason=REASON))
    assert [letter.key for letter in first] == [letter.key for letter in second]


def test_a_file_that_is_not_what_was_released_stops_the_mails(
    post_office: tuple[Settings, Fussy], pack: Made
) -> None:
    home, server = post_office
    name = f"{pack.release.folder}/northmere-monthly-pack-2024-03.xlsx"
    content = Store(home.home).read(name)
    Store(home.home).write(name, content[:-1] + b"?")
    with pytest.raises(CandourError, match=r"is not what was released.*Nothing was sent"):
        deliver(home, pack.release.folder, now=RELEASED_AT)
    assert server.names == []


def test_a_folder_in_which_no_release_stands_is_not_delivered(home: Settings) -> None:
    with pytest.raises(CandourError, match="No release stands"):
        deliver(home, "releases/northmere/monthly_pack/2031-01/managers/v1", now=RELEASED_AT)


def test_too_many_readers_wait_for_a_person(
    post_office: tuple[Settings, Fussy], pack: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, server = post_office
    council = declared.council(home, "northmere")
    delivery = council.profile.delivery.model_copy(update={"most_mails": 16})
    profile = council.profile.model_copy(update={"delivery": delivery})
    monkeypatch.setattr(declared, "council", lambda *_: replace(council, profile=profile))
    with pytest.raises(CandourError, match=r"17 mails .* allows 16"):
        deliver(home, pack.release.folder, now=RELEASED_AT)
    assert server.names == []
    deliver(home, pack.release.folder, now=RELEASED_AT, approved=True, by="Bronwen Hale")
    assert len(server.names) == 17


def test_the_database_of_the_copy_is_a_copy(home: Settings, house: Any, pack: Made) -> None:
    assert Path(home.home) != Path(house.settings.home)
    assert State(home.database).releases("northmere", "monthly_pack")[0] == pack.release
