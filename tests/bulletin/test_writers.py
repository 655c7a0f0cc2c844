"""The bulletin as page, text, subject and list: the same facts, safely written."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from types import ModuleType

import pytest

from candour.bulletin import (
    Bulletin,
    to_html,
    to_listing,
    to_listings,
    to_subject,
    to_text,
)
from candour.ledger import Ledger
from candour.readership import Scope, ScopeKind
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
    assert re.search(r"<h1 style=\"[^\"]*font-size: 24px", page)
    assert '<!--[if mso]><table role="presentation" width="680"' in page
    assert page.count("<![endif]-->") == 2
    assert "max-width: 680px" in page
    assert "var(--" not in page


def test_the_counts_at_the_top_are_figures(page: str, ledger: Ledger) -> None:
    top = page[: page.index('id="overdue"')]
    found = set(re.findall(r'<data value="(\d+)" data-figure="([^"]*)"[^>]*>([^<]+)</data>', top))
    assert found == {
        ("6", "open_steps|2024-W15|manager=osei", "6"),
        ("6", "open_steps|2024-W15|manager=osei", "Six"),
        ("2", "overdue_steps|2024-W15|manager=osei", "2"),
        ("2", "overdue_steps|2024-W15|manager=osei", "Two"),
        ("2", "due_next_five_days|2024-W15|manager=osei", "2"),
        ("2", "due_before_next|2024-W15|manager=osei", "Two"),
        ("2", "unacknowledged|2024-W15|manager=osei", "Two"),
        ("1", "acknowledgement_overdue|2024-W15|manager=osei", "one"),
        ("1", "extension_lapses_soon|2024-W15|manager=osei", "One"),
        ("2", "open_at_later_stages|2024-W15|manager=osei", "Two"),
        ("1", "milestones_soon|2024-W15|manager=osei", "one"),
        ("32", "oldest_open_days|2024-W15|manager=osei", "32"),
    }
    assert {ledger.places(figure) for figure in ledger} == {("bulletin-osei.html",)}


def test_every_step_is_told_once_under_its_group(page: str) -> None:
    text = visible(page)
    groups = ["Overdue Complaint", "Due in the next five working days Complaint", "Later Complaint"]
    places = [text.index(group) for group in groups]
    assert places == sorted(places)
    assert re.findall(r"NM-2024-\d{4}", text[places[0] :]) == [
        f"NM-2024-{number}" for number in ("0107", "0131", "0140", "0144", "0151", "0152")
    ]


def test_text_says_the_same(bulletin: Bulletin, speaker: Speaker) -> None:
    text = to_text(bulletin, speaker)
    for sentence in (
        "Two complaints are overdue. The longest is NM-2024-0107, 4 working days overdue.",
        "Two more complaints will be overdue by the next bulletin, on 15 April 2024, unless",
        "Two complaints have not been acknowledged, and for one the last day for it has passed.",
        "One extension ends in the next five working days.",
        "Two complaints are at stage two or a panel; for one the next day in the procedure is in",
        "Six complaints wait for an answer from your services; the oldest was received 32 working",
        "Two complaints are due in the next five working days.",
    ):
        assert f"* {sentence}" in text
    assert (
        "NM-2024-0107, stage one: 4 working days overdue\n"
        "  Due 2 April 2024 (extended from 5 March 2024). Received 20 February 2024.\n"
        "  Housing repairs & maintenance. Officer: Avery Lowe.\n"
    ) in text
    assert (
        "NM-2024-0152, stage two: clock not started\n"
        "  Received 5 April 2024, new.\n"
        "  Housing repairs & maintenance. Officer: Avery Lowe.\n"
        "  Not acknowledged: the acknowledgement is due by 10 April 2024.\n"
        "  Statement to be agreed.\n"
    ) in text
    assert (
        "Outstanding on 2 April 2024: 5\n"
        "  New: 2\n"
        "  Closed with an answer, taken off: 1\n"
        "Outstanding on 8 April 2024: 6\n"
        "Of those outstanding then, 4 still are.\n"
    ) in text
    assert "Avery Lowe: 3 open, 1 overdue, 1 due in the next five working days; oldest 32" in text
    assert "No officer recorded." in text


def test_one_overdue_complaint_is_not_the_longest_of_several(
    bulletin: Bulletin, speaker: Speaker, example: ModuleType
) -> None:
    one = example.Counted(overdue_steps=1)("overdue_steps", manager="osei")
    made = replace(bulletin, tally=replace(bulletin.tally, overdue=one), steps=bulletin.steps[:1])
    said = "One complaint is overdue: NM-2024-0107, 4 working days overdue."
    assert said in to_text(made, speaker)


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
    assert to_listing(nothing).when_empty == "No complaint is outstanding."


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
    first, last = (
        dict(zip(dict(listing.headings), row, strict=True))
        for row in (listing.rows[0], listing.rows[-1])
    )
    assert (str(first["Due on"]), str(first["Due before extension"])) == (
        "2024-04-02", "2024-03-05",
    )  # fmt: skip
    assert (first["Group"], first["Working days over or left"]) == ("Overdue", 4)
    assert (last["Due on"], last["Group"], last["Next milestone"]) == (
        None, "Later", "Statement to be agreed",
    )  # fmt: skip
    assert last["New since the last bulletin"] == "Yes"


def test_a_workbook_lists_what_moved_and_who_holds_what(
    bulletin: Bulletin, speaker: Speaker, ledger: Ledger
) -> None:
    sheets = {sheet.sheet: sheet for sheet in to_listings(bulletin, speaker.enter, "b.xlsx")}
    assert list(sheets) == ["Outstanding", "Movement", "By service", "Load"]
    assert [(row[0], row[4], str(row[5])) for row in sheets["Movement"].rows] == [
        ("NM-2024-0090", "Closed", "2024-04-03"),
        ("NM-2024-0151", "New", "2024-04-04"),
        ("NM-2024-0152", "New", "2024-04-05"),
    ]
    assert sheets["Load"].rows == (
        ("Avery Lowe", 3, 1, 1, 1, 32),
        ("Blake <b>Stone</b>", 2, 1, 0, 0, 15),
        ("Not recorded", 1, 0, 1, 1, 9),
    )
    assert {place for figure in ledger for place in ledger.places(figure)} == {
        "b.xlsx By service", "b.xlsx Load",
    }  # fmt: skip


def test_a_digest_names_the_longest_overdue_and_the_milestones_alone(
    bulletin: Bulletin, speaker: Speaker, style: str
) -> None:
    director = replace(bulletin.recipient, scope=Scope(ScopeKind.DIRECTORATE, "homes"))
    made = replace(bulletin, recipient=director, whose="Homes")
    text = visible(to_html(made, speaker, style))
    listed = text[text.index("Overdue Complaint") :]
    assert re.findall(r"NM-2024-\d{4}", listed) == [
        "NM-2024-0107", "NM-2024-0131", "NM-2024-0144",
    ]  # fmt: skip
    assert "Sam Osei: Homes" in text
    assert "Avery Lowe 3" not in text
    assert to_subject(made, speaker) == (
        "Official-Sensitive: Complaints outstanding on 8 April 2024, Homes, 2 overdue"
    )


def test_a_digest_names_no_more_than_ten_overdue(bulletin: Bulletin) -> None:
    director = replace(bulletin.recipient, scope=Scope(ScopeKind.COUNCIL))
    overdue = bulletin.steps[0]
    steps = tuple(replace(overdue, days=days) for days in range(1, 13))
    ((_, title, listed),) = replace(bulletin, recipient=director, steps=steps).groups()
    assert (title, [step.days for step in listed]) == (
        "The longest overdue", list(range(12, 2, -1)),
    )  # fmt: skip


def test_two_builds_are_the_same(
    bulletin: Bulletin, speaker: Speaker, style: str, page: str
) -> None:
    assert to_html(bulletin, speaker, style) == page
