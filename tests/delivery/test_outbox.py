"""Every letter goes once, whatever the mail server does with it and its neighbours."""

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from candour.errors import CandourError
from tasks.outbox import Letter, NotAllSentError, Posted, post, send_waiting, standing
from tasks.settings import Settings
from tasks.smtp import Smtp
from tasks.state import Entry, LetterState
from tests.delivery.servers import Fussy, fussy, letter, settings_for

NOW = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)
Box = tuple[Settings, Fussy]


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with fussy() as (url, server):
        yield settings_for(tmp_path, url), server


def of(here: Settings, *letters: Letter) -> list[Entry]:
    return [entry for _, entry in standing(here, letters) if entry is not None]


def states(here: Settings, *letters: Letter) -> list[str]:
    return [str(entry.state) for entry in of(here, *letters)]


def test_a_letter_goes_once_however_often_it_is_posted(box: Box) -> None:
    here, server = box
    letters = [letter("ann"), letter("bob")]
    assert post(here, letters, now=NOW) == Posted(sent=("ann", "bob"))
    assert post(here, letters, now=NOW) == Posted(sent=("ann", "bob"))
    assert server.names == ["ann", "bob"]


def test_the_same_key_twice_in_one_go_is_one_letter(box: Box) -> None:
    here, server = box
    post(here, [letter("ann"), letter("ann")], now=NOW)
    assert server.names == ["ann"]


def test_what_was_sent_keeps_when_and_what_the_server_said_and_no_address(box: Box) -> None:
    here, _ = box
    post(here, [letter("ann")], now=NOW)
    (entry,) = of(here, letter("ann"))
    assert entry.state is LetterState.SENT
    assert entry.reply == "250 2.0.0 OK"
    assert NOW <= dt.datetime.fromisoformat(entry.sent_at) < NOW + dt.timedelta(minutes=1)
    with create_engine(here.database).connect() as connection:
        rows = [str(row) for row in connection.execute(text("select * from letters"))]
    assert "x.invalid" not in "".join(rows)


def test_the_bytes_are_the_same_as_were_given(box: Box) -> None:
    here, server = box
    given = letter("ann", "Ängste\n.\nund ein Punkt")
    post(here, [given], now=NOW)
    named = message_from_bytes(given.message.as_bytes(), policy=SMTP)
    named["Message-ID"] = server.taken[0][1]
    assert server.contents["ann"] == named.as_bytes()


def test_the_id_of_a_letter_follows_from_its_key(tmp_path: Path) -> None:
    ids = []
    for home in ("one", "two"):
        with fussy() as (url, server):
            post(settings_for(tmp_path / home, url), [letter("ann"), letter("bob")], now=NOW)
        ids.append([message_id for _, message_id in server.taken])
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


def test_other_words_under_the_same_key_are_an_error_sent_or_not(box: Box) -> None:
    here, server = box
    post(here, [letter("ann")], now=NOW)
    with pytest.raises(NotAllSentError):
        post(here, [letter("later-bob")], now=NOW)
    for name in ("ann", "later-bob"):
        with pytest.raises(CandourError, match="queued before with other words"):
            post(here, [letter(name, "Other words")], now=NOW)
    assert server.names == ["ann"]


def test_the_first_words_stand_where_the_letter_says_so(box: Box) -> None:
    here, server = box
    post(here, [letter("ann")], now=NOW)
    again = replace(letter("ann", "Other words"), first_words_stand=True)
    assert post(here, [again], now=NOW) == Posted(sent=("ann",))
    assert server.names == ["ann"]


def test_two_keys_with_one_message_id_are_an_error(box: Box) -> None:
    here, _ = box
    first, second = letter("ann"), letter("bob")
    for one in (first, second):
        one.message["Message-ID"] = "<same@northmere.invalid>"
    with pytest.raises(CandourError, match="Two different letters have the Message-ID"):
        post(here, [first, second], now=NOW)


def test_a_refused_address_is_listed_and_the_others_go(box: Box) -> None:
    here, server = box
    names = ["ann", "unknown-1", "bob", "full-1", "cat"]
    with pytest.raises(CandourError) as told:
        post(here, [letter(name) for name in names], now=NOW)
    assert server.names == ["ann", "bob", "cat"]
    assert str(told.value).startswith("3 mails of these have gone and 2 the mail server refused:")
    assert "unknown-1 (550 5.1.1 <the address>: no such mailbox)" in str(told.value)
    assert "full-1 (552 5.2.2 Mailbox full)" in str(told.value)
    assert "@" not in str(told.value)


def test_a_refused_letter_goes_once_its_address_is_put_right(box: Box) -> None:
    here, server = box
    wrong = letter("unknown-1")
    with pytest.raises(CandourError):
        post(here, [wrong], now=NOW)
    right = replace(letter("right"), key=wrong.key)
    assert post(here, [right], now=NOW) == Posted(sent=("right",))
    assert server.names == ["right"]


def test_a_refused_letter_is_tried_again_when_a_person_runs_it_again(box: Box) -> None:
    here, _ = box
    with pytest.raises(CandourError):
        post(here, [letter("full-once")], now=NOW)
    assert post(here, [letter("full-once")], now=NOW) == Posted(sent=("full-once",))


@pytest.mark.parametrize("name", ["later-once", "tired-once", "busy-once", "rude-once"])
def test_a_letter_put_off_waits_and_the_others_go(box: Box, name: str) -> None:
    here, server = box
    letters = [letter("ann"), letter(name), letter("bob")]
    with pytest.raises(NotAllSentError, match="1 mail could not be sent yet"):
        post(here, letters, now=NOW)
    assert server.names == ["ann", "bob"]
    assert states(here, *letters) == ["sent", "waiting", "sent"]
    assert post(here, letters, now=NOW) == Posted(sent=("ann", name, "bob"))
    assert server.names == ["ann", "bob", name]
    assert not any(entry.possibly_twice for entry in of(here, *letters))


@pytest.mark.parametrize("name", ["lost-once", "garbled-once", "slow-once"])
def test_a_letter_nobody_knows_of_goes_again_with_the_same_id_and_the_log_says_so(
    box: Box, name: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, server = box
    host, _, port = here.smtp.removeprefix("smtp://").partition(":")
    impatient = Smtp(host, int(port), timeout_seconds=1)
    monkeypatch.setattr("tasks.outbox.smtp_from_url", lambda _: impatient)
    letters = [letter("ann"), letter(name), letter("bob")]
    with pytest.raises(NotAllSentError):
        post(here, letters, now=NOW)
    assert sorted(server.names) == sorted(["ann", name, "bob"])
    assert states(here, *letters) == ["sent", "waiting", "sent"]
    with caplog.at_level(logging.WARNING, "tasks"):
        post(here, letters, now=NOW)
    ids = [message_id for taken, message_id in server.taken if taken == name]
    assert len(ids) == 2
    assert ids[0] == ids[1]
    (record,) = [r for r in caplog.records if r.name == "tasks.sending"]
    assert "may arrive twice" in record.getMessage()
    assert ids[0] in record.getMessage()
    assert "x.invalid" not in record.getMessage().replace("northmere.invalid", "")
    assert [entry.possibly_twice for entry in of(here, *letters)] == [False, True, False]


def test_a_server_that_is_not_there_costs_nothing(tmp_path: Path) -> None:
    with fussy() as (url, server):
        pass
    with pytest.raises(NotAllSentError, match=r"2 mails could not be sent yet: .*not be reached"):
        post(settings_for(tmp_path, url), [letter("ann"), letter("bob")], now=NOW)
    with fussy() as (url, server):
        post(settings_for(tmp_path, url), [letter("ann"), letter("bob")], now=NOW)
        assert server.names == ["ann", "bob"]


def test_nothing_to_send_asks_no_server(tmp_path: Path) -> None:
    assert post(settings_for(tmp_path, "smtp://127.0.0.1:1"), [], now=NOW) == Posted()


def test_too_many_mails_are_all_held_until_a_person_says_so(box: Box) -> None:
    here, server = box
    letters = [letter(f"p{number}") for number in range(4)]
    for _ in range(2):
        with pytest.raises(CandourError, match=r"4 mails .* allows 3 .* '--approve-mails --by"):
            post(here, letters, now=NOW, most=3)
    assert server.names == []
    assert states(here, *letters) == ["held"] * 4
    posted = post(here, letters, now=NOW, most=3, approved=True, by="Bronwen Hale")
    assert posted.sent == ("p0", "p1", "p2", "p3")
    with create_engine(here.database).connect() as connection:
        by = connection.execute(text("select distinct approved_by from letters")).scalars().all()
    assert by == ["Bronwen Hale"]


def test_as_many_as_are_allowed_go_and_what_has_gone_does_not_count(box: Box) -> None:
    here, server = box
    letters = [letter(f"p{number}") for number in range(6)]
    post(here, letters[:3], now=NOW, most=3)
    post(here, letters, now=NOW, most=3)
    assert len(server.names) == 6


def test_a_dry_run_sends_nothing_and_keeps_nothing(
    box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    here, server = box
    with caplog.at_level(logging.INFO, "tasks"):
        posted = post(replace(here, mail_dry_run=True), [letter("ann")], now=NOW)
    assert posted == Posted(waiting=("ann",))
    assert "Dry run: test 2024-03, version 1 would go to ann." in caplog.text
    assert server.names == []
    assert of(here, letter("ann")) == []


def test_redirected_mail_says_whom_it_was_for_and_is_no_substitute_for_the_real_one(
    box: Box,
) -> None:
    here, server = box
    there = replace(here, mail_redirect="tester@x.invalid")
    post(there, [letter("ann"), letter("bob")], now=NOW)
    post(there, [letter("ann"), letter("bob")], now=NOW)
    assert server.names == ["tester", "tester"]
    moved = message_from_bytes(server.contents["tester"], policy=SMTP)
    assert moved["Subject"] == "[for Person bob] For bob"
    assert b"bob@x.invalid" not in server.contents["tester"]
    post(here, [letter("ann"), letter("bob")], now=NOW)
    assert server.names == ["tester", "tester", "ann", "bob"]
    post(replace(here, mail_redirect="another@x.invalid"), [letter("ann")], now=NOW)
    assert server.names[-1] == "another"
    assert len({message_id for _, message_id in server.taken}) == 5


def test_what_waits_goes_with_the_next_delivery_and_not_past_a_redirection(box: Box) -> None:
    here, server = box
    with pytest.raises(NotAllSentError):
        post(replace(here, smtp="smtp://127.0.0.1:1"), [letter("ann")], now=NOW)
    send_waiting(replace(here, mail_redirect="t@x.invalid"), "northmere", "test", now=NOW)
    send_waiting(here, "elsewhere", "test", now=NOW)
    send_waiting(here, "northmere", "alert", now=NOW)
    assert server.names == []
    send_waiting(here, "northmere", "test", now=NOW)
    assert server.names == ["ann"]


def test_two_and_four_senders_at_once_send_each_letter_once(box: Box) -> None:
    here, server = box
    for senders in (2, 4):
        letters = [letter(f"s{senders}-{number}") for number in range(15)]
        with pytest.raises(CandourError):
            post(here, letters, now=NOW, most=1)
        go = threading.Barrier(senders)

        def send(letters: list[Letter] = letters, go: threading.Barrier = go) -> None:
            go.wait()
            try:
                post(here, letters, now=NOW, most=1, approved=True)
            except NotAllSentError as wrong:
                assert "another run is sending them" in str(wrong)  # noqa: PT017

        threads = [threading.Thread(target=send) for _ in range(senders)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert states(here, *letters) == ["sent"] * 15
    assert len(server.names) == len(set(server.names)) == 30
