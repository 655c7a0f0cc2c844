"""The mail: its parts, its id, and no way into its headers."""

import email
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from types import ModuleType

import pytest

from candour.bulletin import Bulletin, Content, to_message
from candour.errors import ConfigurationError

CONTENT = Content(
    "Complaints outstanding", "text – with a dash\n", "<p>html £</p>\n", b"PK\x03\x04"
)
SENDER = "complaints@northmere.invalid"


def sent(bulletin: Bulletin, content: Content = CONTENT) -> EmailMessage:
    """The mail as its receiver reads it."""
    wire = to_message(bulletin, content).as_bytes()
    return email.message_from_bytes(wire, policy=policy.default)


def test_text_and_page_are_alternatives_beside_the_workbook(bulletin: Bulletin) -> None:
    message = sent(bulletin)
    assert message.get_content_type() == "multipart/mixed"
    both, workbook = message.iter_parts()
    assert both.get_content_type() == "multipart/alternative"
    text, page = both.iter_parts()
    assert (text.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == CONTENT.text
    assert page.get_content().replace("\r\n", "\n") == CONTENT.html
    assert workbook.get_content_type() == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert workbook.get_filename() == "outstanding-2024-W15.xlsx"
    assert workbook.get_content() == CONTENT.workbook


def test_without_a_workbook_there_are_only_alternatives(bulletin: Bulletin) -> None:
    message = sent(bulletin, replace(CONTENT, workbook=None))
    assert message.get_content_type() == "multipart/alternative"


def test_the_headers_say_who_when_and_that_nobody_need_answer(bulletin: Bulletin) -> None:
    message = sent(bulletin)
    assert message["To"] == "Sam Osei <sam.osei@northmere.invalid>"
    assert message["From"] == f"Complaints team <{SENDER}>"
    assert message["Reply-To"] == "Complaints team <complaints@northmere.invalid>"
    assert message["Date"] == "Mon, 08 Apr 2024 07:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"


def test_the_same_bulletin_is_the_same_bytes(bulletin: Bulletin) -> None:
    first, second = (to_message(bulletin, CONTENT).as_bytes() for _ in range(2))
    assert first == second


def test_the_id_follows_from_what_is_sent_to_whom(bulletin: Bulletin, example: ModuleType) -> None:
    other = replace(bulletin, recipient=replace(example.OSEI, email="x@northmere.invalid"))
    week = replace(bulletin, edition=example.edition(period=example.WEEK.previous()))
    ids = [
        sent(bulletin)["Message-ID"],
        sent(other)["Message-ID"],
        sent(week)["Message-ID"],
        sent(bulletin, replace(CONTENT, text="other\n"))["Message-ID"],
        sent(bulletin, replace(CONTENT, workbook=b"PK\x05"))["Message-ID"],
    ]
    assert len(set(ids)) == len(ids)
    assert all(id_.endswith("@northmere.invalid>") for id_ in ids)
    assert sent(bulletin)["Message-ID"] == ids[0]


@pytest.mark.parametrize("ending", ["\r\nBcc: all@x.invalid", "\n\nbody", "\x85x", "\u2028x", "\0"])
def test_nothing_written_into_a_subject_or_name_becomes_a_header(
    bulletin: Bulletin, example: ModuleType, ending: str
) -> None:
    hostile = replace(
        bulletin,
        recipient=replace(example.OSEI, name=f"Sam{ending}"),
        edition=example.edition(team=f"Team{ending}"),
    )
    message = sent(hostile, replace(CONTENT, subject=f"Complaints{ending}"))
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Complaints")
    assert message.get_content_type() == "multipart/mixed"
    assert len(message.get_all("To")) == 1


@pytest.mark.parametrize(
    "address", ["", "nobody", "a b@x.invalid", "a@x.invalid\r\nBcc: b@x.invalid", "a@x,b@y", "@"]
)
def test_an_address_that_is_none_is_a_sentence(
    bulletin: Bulletin, example: ModuleType, address: str
) -> None:
    hostile = replace(bulletin, recipient=replace(example.OSEI, email=address))
    with pytest.raises(ConfigurationError, match=r"is not a mail address; correct it in people"):
        to_message(hostile, CONTENT)


def test_a_long_line_is_folded_for_the_wire(bulletin: Bulletin) -> None:
    long = replace(CONTENT, html=f"<p>{'x' * 5000}</p>", text="£" * 3000, subject="s" * 300)
    wire = to_message(bulletin, long).as_bytes()
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998
    assert b"\n" not in wire.replace(b"\r\n", b"")
