"""The bulletin as page, text, subject and list: the same facts, safely written."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from types import ModuleType

import pytest

from candour.bulletin import Bulletin, to_html, to_listing, to_subject, to_text
from candour.ledger import Ledger
from candour.table import ListingKind
from candour.words import Speaker


class Balanced(HTMLParser):
    """Whether every element that must be closed is."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def page(bulletin: Bulletin, speaker: Speaker, style: str) -> str:
    return to_html(bulletin, speaker, style)


def visible(page: str) -> str:
    page = re.sub(r"<!--.*?-->|<style.*?</style>|<title>.*?</title>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_page_is_whole_and_asks_for_nothing(page: str) -> None:
    assert Balanced(page).open == []
    assert page.startswith("<!DOCTYPE html>")
    assert not re.search(r"<(img|link|script|a|iframe|object)\b|url\(|@import", page)


def test_every_style_is_inline_and_outlook_gets_its_width(page: str) -> None:
    assert 'class="sheet" style="' in page
    assert re.search(r"<h1 style=\"[^\"]*font-size: 26px", page)
    assert '<!--[if mso]><table role="presentation" width="680"' in page
    assert page.count("<![endif]-->") == 2
    assert "max-width: 680px" in page
    assert "var(--" not in page


def test_the_counts_at_the_top_are_figures(page: str, ledger: Ledger) -> None:
    found = set(re.findall(r'<data value="(\d+)" data-figure="([^"]*)"[^>]*>([^<]+)</data>', page))
    assert found == {
        ("6", "open_steps|2024-W15|manager=osei", "6"),
        ("6", "open_steps|2024-W15|manager=osei", "Six"),
        ("2", "overdue_steps|2024-W15|manager=osei", "2"),
        ("2", "overdue_steps|2024-W15|manager=osei", "Two"),
        ("2", "due_next_five_days|2024-W15|manager=osei", "2"),
    }
    assert {ledger.places(figure) for figure in ledger} == {("bulletin-osei.html",)}


def test_every_step_is_told_once_under_its_group(page: str) -> None:
    text = visible(page)
    groups = ["Overdue Complaint", "Due in the next five working days Complaint", "Later Complaint"]
    places = [text.index(group) for group in groups]
    assert places == sorted(places)
    assert re.findall(r"NM-2024-\d{4}", text) == [
        f"NM-2024-{number}" for number in ("0107", "0131", "0140", "0144", "0151", "0152")
    ]


def test_text_says_the_same(bulletin: Bulletin, speaker: Speaker) -> None:
    text = to_text(bulletin, speaker)
    assert "Six complaints wait for an answer from your services: 2 overdue and 2 due" in text
    assert (
        "NM-2024-0107, stage one: 4 working days overdue\n"
        "  Due 2 April 2024 (extended from 5 March 2024). Received 20 February 2024.\n"
        "  Housing repairs & maintenance. Officer: Avery Lowe.\n"
    ) in text
    assert "NM-2024-0152, stage two: clock not started\n  Received 5 April 2024.\n" in text
    assert "No officer recorded." in text


def test_the_subject_tells_what_presses(
    bulletin: Bulletin, nothing: Bulletin, speaker: Speaker
) -> None:
    assert to_subject(bulletin, speaker) == (
        "Official-Sensitive: Complaints outstanding on 8 April 2024, 2 overdue"
    )
    assert to_subject(nothing, speaker) == (
        "Official-Sensitive: Complaints outstanding on 8 April 2024"
    )


def test_nothing_outstanding_says_so(nothing: Bulletin, speaker: Speaker, style: str) -> None:
    for said in (visible(to_html(nothing, speaker, style)), to_text(nothing, speaker)):
        assert "You have no outstanding complaints." in said
        assert "attached" not in said
    assert to_listing(nothing).rows == ()
    assert to_listing(nothing).when_empty == "You have no outstanding complaints."


def test_names_from_exports_cannot_break_out(page: str) -> None:
    assert "Blake &lt;b&gt;Stone&lt;/b&gt;" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", "{{ 7 * 7 }}", "--><script>x</script>", "\"'><b>"]
)
def test_no_name_of_any_kind_becomes_a_tag(
    bulletin: Bulletin, speaker: Speaker, style: str, example: ModuleType, attack: str
) -> None:
    steps = tuple(
        replace(s, reference=attack, stage=attack, service=attack, officer=attack)
        for s in bulletin.steps
    )
    hostile = replace(
        bulletin,
        steps=steps,
        recipient=replace(example.OSEI, name=attack),
        edition=example.edition(council=attack, team=attack, notice=attack, marking=attack),
    )
    page = to_html(hostile, speaker, style)
    assert Balanced(page).open == []
    assert not re.search(r"<(script|b)\b", page)
    assert "49" not in visible(page)


def test_the_list_has_days_as_days_and_empty_where_there_is_none(bulletin: Bulletin) -> None:
    listing = to_listing(bulletin)
    kinds = dict(listing.headings)
    assert kinds["Due on"] is ListingKind.DAY
    assert kinds["Reference"] is ListingKind.REFERENCE
    first, last = listing.rows[0], listing.rows[-1]
    assert [str(value) for value in first[4:]] == [
        "2024-02-20", "2024-04-02", "2024-03-05", "Overdue", "4",
    ]  # fmt: skip
    assert last[5:] == (None, None, "Later", None)


def test_two_builds_are_the_same(
    bulletin: Bulletin, speaker: Speaker, style: str, page: str
) -> None:
    assert to_html(bulletin, speaker, style) == page
