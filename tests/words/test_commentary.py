"""Officers' words: references and sourced numbers, and nothing that runs."""

from collections.abc import Callable

import pytest

from candour.errors import ConfigurationError
from candour.ledger import Ledger
from candour.words import Speaker

Speaking = Callable[..., Speaker]

FILE = "councils/northmere/commentary/2024-03/overview.md"


def test_paragraphs_emphasis_lists_and_quotations_are_kept(
    speaking: Speaking,
) -> None:
    words = "We *did* it.\n\n- one\n- two\n\n> Nobody rang."
    assert speaking().commentary(words, "page.html", FILE) == (
        "<p>We <em>did</em> it.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
        "<blockquote>\n<p>Nobody rang.</p>\n</blockquote>\n"
    )


@pytest.mark.parametrize(
    "written",
    ["<script>alert(1)</script>", "<b>bold</b>", "[link](javascript:alert(1))",
     "![picture](https://example.invalid/x.png)", "<!-- hidden -->"],
)  # fmt: skip
def test_tags_links_and_pictures_stay_text(speaking: Speaking, written: str) -> None:
    page = speaking().commentary(written, "page.html", FILE)
    assert not any(tag in page for tag in ("<script", "<b>", "<a", "<img", "<!--"))


def test_a_reference_prints_its_figure_and_enters_it(speaking: Speaking, ledger: Ledger) -> None:
    page = speaking().commentary(
        'Of {{ fig("complaints_received") }} we answered **most**.', "page.html", FILE
    )
    assert page == (
        '<p>Of <data value="1019" data-figure="complaints_received|2024-03">1,019</data> '
        "we answered <strong>most</strong>.</p>\n"
    )
    assert ledger.places(next(iter(ledger))) == ("page.html",)


def test_a_stated_number_is_a_figure_with_its_source(speaking: Speaking, ledger: Ledger) -> None:
    words = (
        '{{ stated("1,280", source="Repairs system, 2 April") }} and '
        '{{ stated(12.5, source="x", unit="percent") }}'
    )
    page = speaking().commentary(words, "page.html", FILE)
    count, share = ledger
    assert (count.display, share.display) == ("1,280", "12.5%")
    assert count.source == "Repairs system, 2 April"
    assert count.key in page


def test_the_same_stated_number_has_one_key(speaking: Speaking, ledger: Ledger) -> None:
    words = (
        '{{ stated(38, source="Rota") }} {{ stated("38", source="Rota") }} '
        '{{ stated(38, source="Diary") }}'
    )
    speaking().commentary(words, "page.html", FILE)
    assert len(ledger) == 2


@pytest.mark.parametrize(
    "call",
    [
        'stated("about 40", source="x")',
        'stated(40, source=" ")',
        'stated(40, source="x", unit="cats")',
    ],
)
def test_a_stated_number_needs_a_number_a_source_and_a_unit(speaking: Speaking, call: str) -> None:
    with pytest.raises(ConfigurationError, match=r"overview\.md, line 1: stated"):
        speaking().commentary("{{ " + call + " }}", "page.html", FILE)


@pytest.mark.parametrize(
    "trick",
    ["{{ 7 * 7 }}", "{{ fig }}", '{{ fig("one").count }}', "{% set x = 1 %}", "{{ ''.__class__ }}",
     '{{ fig(fig("one").title) }}', "{% for i in range(9) %}x{% endfor %}", "{{ say.received() }}",
     '{{ fig(*["one"]) }}', '{% include "narrative/sentences.j2" %}', '{{ fig("one") | upper }}'],
)  # fmt: skip
def test_anything_but_a_reference_is_refused_with_its_line(speaking: Speaking, trick: str) -> None:
    with pytest.raises(ConfigurationError, match=r"overview\.md, line 3: commentary may hold only"):
        speaking().commentary("One.\n\n" + trick, "page.html", FILE)


def test_broken_braces_are_refused_with_their_line(speaking: Speaking) -> None:
    with pytest.raises(ConfigurationError, match=r"overview\.md, line 2: .*Commentary may hold"):
        speaking().commentary("One.\n{{ fig( }}", "page.html", FILE)


def test_an_unknown_kpi_names_the_file_and_line(speaking: Speaking) -> None:
    with pytest.raises(ConfigurationError, match=r"overview\.md, line 2: KPI 'nope'"):
        speaking().commentary('One.\n{{ fig("nope") }}', "page.html", FILE)


def test_the_characters_figures_travel_in_are_refused(speaking: Speaking) -> None:
    with pytest.raises(ConfigurationError, match="private-use"):
        speaking().commentary("\ue0000\ue001", "page.html", FILE)


def test_no_words_make_no_page(speaking: Speaking) -> None:
    assert speaking().commentary("", "page.html", FILE) == ""
