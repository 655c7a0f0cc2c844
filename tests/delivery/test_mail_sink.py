"""The mail sink keeps every mail as it was sent, and nothing outside its folder."""

import datetime as dt
import email
from dataclasses import replace
from pathlib import Path

from tasks.mail_sink import sink
from tasks.outbox import Letter, post
from tests.delivery.servers import letter, settings_for

NOW = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)


def to(address: str, number: int = 1) -> Letter:
    """A letter to any address, of which there may be several."""
    one = letter("ann")
    del one.message["To"], one.message["Subject"]
    one.message["To"], one.message["Subject"] = address, f"Number {number}"
    return replace(one, key=f"{address}/{number}")


def send(home: Path, folder: Path, *letters: Letter) -> None:
    with sink(folder) as url:
        post(settings_for(home, url), letters, now=NOW)


def test_the_sink_keeps_each_mail_as_it_was_sent(tmp_path: Path) -> None:
    one = to("a@x.invalid")
    one.message["Message-ID"] = "<1@x.invalid>"
    send(tmp_path, tmp_path / "mail", one)
    assert (tmp_path / "mail" / "a@x.invalid.eml").read_bytes() == one.message.as_bytes()


def test_the_sink_keeps_one_copy_of_the_same_mail_and_numbers_another(tmp_path: Path) -> None:
    mail = tmp_path / "mail"
    for home in ("one", "two"):
        send(tmp_path / home, mail, to("a@x.invalid"), to("a@x.invalid", 2))
    assert sorted(path.name for path in mail.iterdir()) == ["a@x.invalid-2.eml", "a@x.invalid.eml"]
    second = email.message_from_bytes((mail / "a@x.invalid-2.eml").read_bytes())
    assert second["Subject"] == "Number 2"


def test_no_address_writes_outside_the_sinks_folder(tmp_path: Path) -> None:
    send(tmp_path / "home", tmp_path / "out" / "mail", to("../up@x.invalid"), to('"a/b"@x.invalid'))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mail"]
    kept = list((tmp_path / "out" / "mail").iterdir())
    assert len(kept) == 2
    assert all(path.is_file() for path in kept)
